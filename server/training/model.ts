/**
 * A training day: sample callers ring one after the other, or two at once, each with a need that is known beforehand, so that what the
 * operators wrote of it can be held against it. Moments are milliseconds since 1970, durations seconds where a script says them.
 */

export type ScriptName = 'premiers-appels' | 'journee'

/** What a good answer leaves behind. `categories`: any of them, or one below. */
export type Expected =
  /** Settled on the telephone. */
  | { readonly kind: 'solved'; readonly categories: readonly string[] }
  /** Handed to a group that is to settle it. */
  | { readonly kind: 'handed'; readonly categories: readonly string[]; readonly groups: readonly string[] }
  /** Not the desk's: refused, and sent on. */
  | { readonly kind: 'refused' }
  /** The person's open ticket, not a second one. */
  | { readonly kind: 'attached' }
  /** The disruption that was announced, in one gesture. */
  | { readonly kind: 'joined' }

export type Scene = {
  readonly id: string
  readonly title: string
  /** By the sample person's login, or a number that is nobody's. */
  readonly caller: { readonly login: string } | { readonly number: string }
  /** Said by the caller, and written beside the conversation. */
  readonly says: string
  /** `after`: once the calls before it are over; `with`: while they go on. */
  readonly begins: 'after' | 'with'
  /** How long after that. */
  readonly pauseS: number
  /** Hangs up when nobody has answered by then, and is owed a call. */
  readonly patienceS: number
  readonly expected: Expected
  /** What the debrief says of it, whatever was done. */
  readonly lesson: string
  /** Level 2 announces the day's disruption before this call. */
  readonly announces?: true
}

type Breakdown = {
  readonly title: string
  readonly place: string
  readonly touched: string
  readonly workaround: string
  readonly categoryId: string
  readonly resolution: string
}

export type Script = {
  readonly id: ScriptName
  readonly minutes: number
  readonly disruption: Breakdown | null
  readonly scenes: readonly Scene[]
}

/** A call of the day. `callId`: the desk's; `channel`: the caller's own, by which they hang up. */
export type Played = {
  readonly scene: string
  readonly callId: string
  readonly channel: string
  readonly number: string | null
  readonly personId: string | null
  readonly who: string
  readonly placedAt: number
  /** When the desk had nothing to do with it any more. */
  readonly overAt: number | null
}

export type TrainingDay = {
  readonly id: string
  readonly script: ScriptName
  readonly startedAt: number
  readonly startedBy: string
  readonly played: readonly Played[]
  readonly disruption: {
    readonly id: string
    readonly ticket: number
    readonly announcedAt: number
    readonly endedAt: number | null
  } | null
}
