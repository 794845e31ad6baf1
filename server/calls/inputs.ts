import type { Person } from '../contract/entities.ts'
import type { OperatorChange, RecordingOrder } from '../contract/http.ts'
import type { Language } from './announcements.ts'
import type { PageCall, RosterEntry, Target, TicketNews, Watch } from './model.ts'

/** What a caller from the page is known by. `language`: the page's own; `after`: the page whose place in the queue it takes, by its own id. */
export type FromPage = PageCall & { readonly language: Language; readonly after?: string }

/** A channel as Asterisk lists it after a (re)connection. */
export type ListedChannel = {
  readonly id: string
  readonly state: 'down' | 'ringing' | 'up'
  /** What the channel is to us: a caller on the line, or an operator's leg. */
  readonly role: 'caller' | 'leg'
  readonly number: string | null
  /** What a caller dialled, normalised; null when that is no number. */
  readonly dialled: string | null
  readonly people: readonly Person[]
  readonly page?: FromPage
  /** The place in the queue that a page lost by being loaded anew, and comes back to; absent: that of whoever arrives now. */
  readonly rank?: number
  /** When it was made, in ms since 1970, of a caller whom nobody here knows; absent: now. */
  readonly since?: number
}
/** A conversation of which nothing is known here, because what was written of it is lost or has yet to come: as Asterisk has it. */
export type FoundTalk = {
  readonly callId: string
  /** The caller's, or that of whom we called. */
  readonly channel: string
  readonly leg: string
  readonly bridge: string
  /** Whose phone the leg is. */
  readonly operatorId: string
  /** Whom we called; null when they called. */
  readonly called: string | null
  /** Until Asterisk's own limit, in s; null: it has none. */
  readonly leftS: number | null
  /** What was begun last to record it, which may be under way still; null: nothing. */
  readonly recording: string | null
  /** Above that of every id made for the call so far. */
  readonly serial: number
}
export type Inventory = {
  /** When Asterisk was started, by its own clock; null when it does not say. Another start than before: whatever it does not list was cut, not hung up. */
  readonly startedAt: string | null
  readonly channels: readonly ListedChannel[]
  readonly bridges: ReadonlyMap<string, readonly string[]>
  /** Names of the recordings still being made. */
  readonly recordings: readonly string[]
  readonly talks: readonly FoundTalk[]
}

/** Everything that can happen to the desk line, without any of the telephone server's own objects. */
export type Input =
  | {
      readonly type: 'call-arrived'
      readonly channel: string
      readonly number: string | null
      readonly dialled: string | null
      readonly people: readonly Person[]
      /** Absent: by a telephone. */
      readonly page?: FromPage
      /** See `ListedChannel`. */
      readonly rank?: number
      readonly since?: number
      /** What is known at once of their open ticket; absent: nothing. */
      readonly ticket?: TicketNews
    }
  | { readonly type: 'caller-identified'; readonly callId: string; readonly people: readonly Person[] }
  /** The caller has an open ticket. */
  | { readonly type: 'ticket-found'; readonly callId: string; readonly ticket: TicketNews }
  | { readonly type: 'channel-gone'; readonly channel: string; readonly cause: number }
  /** A telephone has ended its call by itself: its channel goes as soon as Asterisk is done with it. */
  | { readonly type: 'phone-hung-up'; readonly channel: string }
  | { readonly type: 'leg-answered'; readonly leg: string }
  | { readonly type: 'playback-ended'; readonly playback: string }
  | { readonly type: 'recording-ended'; readonly recording: string; readonly durationMs: number | null }
  | { readonly type: 'key-pressed'; readonly channel: string; readonly key: string }
  | {
      readonly type: 'command-failed'
      readonly command: 'ring' | 'play' | 'announce' | 'record' | 'connect'
      readonly target: string
    }
  /** `by`: the name of whoever orders it in the operator's place. */
  | { readonly type: 'operator-asks'; readonly operatorId: string; readonly change: OperatorChange; readonly by?: string }
  /** The browser that is an operator's phone has come, or gone. */
  | { readonly type: 'browser-phone'; readonly operatorId: string; readonly here: boolean }
  | { readonly type: 'operator-needs-longer'; readonly operatorId: string }
  | { readonly type: 'operator-declines'; readonly operatorId: string; readonly callId: string }
  | { readonly type: 'operator-hangs-up'; readonly operatorId: string; readonly callId: string }
  | { readonly type: 'operator-extends'; readonly operatorId: string; readonly callId: string; readonly reason: string }
  | { readonly type: 'operator-holds'; readonly operatorId: string; readonly callId: string; readonly on: boolean }
  | {
      readonly type: 'operator-calls'
      readonly operatorId: string
      /** Chosen by whoever asks; new. */
      readonly callId: string
      readonly number: string
      readonly people: readonly Person[]
      readonly owedId: string | null
    }
  | { readonly type: 'operator-consults'; readonly operatorId: string; readonly callId: string; readonly target: Target }
  | { readonly type: 'consult-cancelled'; readonly operatorId: string; readonly callId: string }
  | { readonly type: 'conference-asked'; readonly operatorId: string; readonly callId: string }
  /** `target` null: to whom is being asked. */
  | { readonly type: 'operator-transfers'; readonly operatorId: string; readonly callId: string; readonly target: Target | null }
  | { readonly type: 'operator-mutes'; readonly operatorId: string; readonly callId: string; readonly on: boolean }
  | { readonly type: 'operator-records'; readonly operatorId: string; readonly callId: string; readonly order: RecordingOrder }
  | { readonly type: 'operator-sends-keys'; readonly operatorId: string; readonly callId: string; readonly keys: string }
  /** The operator's browser has nothing of a conversation that is this operator's: the page was loaded anew. */
  | { readonly type: 'operator-rejoins'; readonly operatorId: string; readonly callId: string }
  /** This operator's phone is to ring for a chosen waiting caller. */
  | { readonly type: 'call-taken'; readonly operatorId: string; readonly callId: string }
  | { readonly type: 'call-watched'; readonly operatorId: string; readonly callId: string; readonly mode: Watch['mode'] }
  | { readonly type: 'watch-left'; readonly operatorId: string; readonly callId: string }
  /** A supervisor ends a call, whatever its status. */
  | { readonly type: 'call-stopped'; readonly callId: string }
  /** A number is owed nothing any more: nor is its kept place. */
  | { readonly type: 'number-settled'; readonly number: string }
  /** Whose numbers these were is erased. */
  | { readonly type: 'numbers-erased'; readonly numbers: readonly string[] }
  /** Numbers are kept no longer than since this moment. */
  | { readonly type: 'numbers-over'; readonly before: number }
  /** Open or close now, whatever the calendar says; `open` null goes back to the calendar. */
  | { readonly type: 'opening-ordered'; readonly open: boolean | null; readonly by: string; readonly until: number | null }
  | { readonly type: 'hours'; readonly open: boolean }
  | { readonly type: 'roster'; readonly operators: readonly RosterEntry[] }
  | { readonly type: 'inventory'; readonly inventory: Inventory }
  | { readonly type: 'tick' }
