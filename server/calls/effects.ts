import type { Language } from './announcements.ts'

/** Whose phone a channel is made for. */
export type Callee = { readonly kind: 'operator'; readonly operatorId: string } | { readonly kind: 'number'; readonly number: string }

/** What the telephone server is to do. Every id is ours, so that a repeated command is harmless. */
export type Effect =
  /**
   * Call off the dialplan's watchdog, which would take an unattended caller back. A channel that plays something obeys only when it
   * is over, so this comes before; `beside` the call's other commands when a phone that is to ring must not wait for it.
   */
  | { readonly type: 'take-over'; readonly channel: string; readonly beside: boolean }
  | { readonly type: 'answer'; readonly channel: string }
  /** Put into the queue's bridge: music, alone. Within `limitS` seconds the desk must have said something again, or the dialplan takes the caller back. */
  | { readonly type: 'hold'; readonly channel: string; readonly limitS: number }
  | {
      readonly type: 'play'
      readonly channel: string
      readonly playback: string
      readonly sounds: readonly string[]
      readonly language: Language
    }
  | { readonly type: 'stop-playing'; readonly channel: string; readonly playback: string }
  | { readonly type: 'record'; readonly channel: string; readonly recording: string; readonly maxS: number }
  | {
      /** Make a phone's channel and ring it. */
      readonly type: 'ring'
      readonly leg: string
      readonly to: Callee
      /** The channel on whose behalf it rings, where there is one by now. */
      readonly caller: string | null
      /** What the phone shows; for an outside number, the desk's own. */
      readonly shows: { readonly number: string | null; readonly name: string } | null
      /** Made beside it, for when it is answered; null when there is one already. */
      readonly bridge: string | null
      readonly timeoutS: number
    }
  /** Join caller and operator; at `limitS` seconds Asterisk ends both by itself. */
  | { readonly type: 'connect'; readonly caller: string; readonly leg: string; readonly bridge: string; readonly limitS: number }
  /** Arm Asterisk's own limit anew, on both legs; `leg` null: on a caller who is alone. */
  | { readonly type: 'limit'; readonly channel: string; readonly leg: string | null; readonly limitS: number }
  /** A short tone that this channel's party hears alone. */
  | { readonly type: 'whisper'; readonly channel: string }
  /** Say something to everybody in a conversation. */
  | {
      readonly type: 'announce'
      readonly channel: string
      readonly bridge: string
      readonly playback: string
      readonly sounds: readonly string[]
      readonly language: Language
    }
  /** The caller talks to nobody any more: should the service die, the dialplan keeps them instead of ending the conversation. */
  | { readonly type: 'leave-talk'; readonly channel: string }
  /** Out of a bridge that is going, before anything is played: Asterisk never lets go of whom it begins to play to on the way out. */
  | { readonly type: 'leave-bridge'; readonly channel: string; readonly bridge: string }
  /** Cut what this channel's party says. */
  | { readonly type: 'mute'; readonly channel: string; readonly on: boolean }
  | { readonly type: 'send-keys'; readonly channel: string; readonly keys: string }
  /** Take one more into a conversation. */
  | { readonly type: 'join'; readonly channel: string; readonly bridge: string }
  /** Let `leg` hear a conversation through `channel`, and be heard by that channel's party when it whispers; apart from them, in `bridge`. */
  | { readonly type: 'spy'; readonly channel: string; readonly leg: string; readonly bridge: string; readonly whisper: boolean }
  | { readonly type: 'stop-spying'; readonly channel: string; readonly leg: string }
  /** Keep what is said in `bridge` as a sound. */
  | { readonly type: 'record-talk'; readonly channel: string; readonly bridge: string; readonly recording: string }
  | { readonly type: 'pause-recording'; readonly channel: string; readonly recording: string; readonly on: boolean }
  | { readonly type: 'stop-recording'; readonly channel: string; readonly recording: string }
  | { readonly type: 'hang-up'; readonly channel: string }
  | { readonly type: 'drop-bridge'; readonly bridge: string; readonly channel: string }
