import type { OpeningCalendar } from '../calendar/calendar.ts'
import { addWorking } from '../calendar/hours.ts'
import { ordered } from '../calendar/slots.ts'

/** An answer owed: somebody tried to reach the desk and was not helped. Moments are milliseconds since 1970 (UTC). */

/**
 * message    left a voice message
 * place      keeps a place in the queue; the desk line calls by itself when its turn has come
 * abandoned  hung up before anybody answered, or once back in line, or left a message too short to say anything
 * closed     called outside opening hours and left no message
 * cut        lost the line by our fault, or in a way nobody saw
 * capped     the conversation's limit ended the call
 * slot       asked on the page to be called within a half hour, which begins at its `at`; nobody calls before
 */
export type OriginKind = 'message' | 'place' | 'abandoned' | 'closed' | 'cut' | 'capped' | 'slot'

/** One reason to call back; there is at most one for each call. */
export type Origin = {
  readonly kind: OriginKind
  /** When the answer became owed. */
  readonly at: number
  readonly callId: string
  /** Where the sound can be heard; null without a message, or until its sound has been brought in. */
  readonly messageId: string | null
  /** The message's length, how long the caller had waited, or how long the call had lasted; null when it says nothing. */
  readonly seconds: number | null
  /** When it would be due by itself; absent: noted by an earlier version. */
  readonly dueAt?: number
  /** The desk turned out to be closed when it was due: when it opens again, and nobody calls before; absent: it is open then. */
  readonly reopensAt?: number
}

export type Outcome = 'reached' | 'no-answer' | 'busy' | 'wrong-number' | 'later'
export type Actor = { readonly id: string; readonly name: string }

export type Attempt = {
  readonly at: number
  readonly by: Actor
  readonly outcome: Outcome
  readonly note: string | null
  /** When the person wants to be called; only with `later`. */
  readonly laterAt: number | null
}

/** How far an answer that is late was taken: supervisors see it, then the site's addresses are written to. */
export type EscalationStep = 'supervisors' | 'mail'
/** @property to the addresses written to */
export type Escalation = { readonly at: number; readonly step: EscalationStep; readonly to: readonly string[] }

/** What the person has been written: that a call of theirs was missed, that they were called back in vain. */
export type Told = 'missed' | 'attempted'

/**
 * `got-through`: the person called again and was answered. `message`: its voice message was settled as such. `withdrawn`: who had chosen
 * a slot needs no call any more.
 */
export type SettledHow = 'reached' | 'wrong-number' | 'message' | 'got-through' | 'withdrawn'

export type EntryStatus =
  | { readonly kind: 'open' }
  | { readonly kind: 'taken'; readonly by: Actor; readonly at: number }
  | { readonly kind: 'settled'; readonly how: SettledHow; readonly by: Actor | null; readonly at: number }

export type Entry = {
  readonly id: string
  /** Normalised; null when withheld. */
  readonly number: string | null
  /** In the order in which they became known. */
  readonly origins: readonly Origin[]
  readonly firstAt: number
  readonly lastAt: number
  readonly dueAt: number
  /** A conversation that we ended is taken up before everything else. */
  readonly priority: boolean
  readonly attempts: readonly Attempt[]
  readonly escalations: readonly Escalation[]
  /** Absent: nothing yet. */
  readonly told?: readonly { readonly at: number; readonly about: Told }[]
  /** The last step taken for the due time that holds. */
  readonly escalated: EscalationStep | null
  readonly status: EntryStatus
}

/** How soon the answer is owed, in opening hours. */
export const owedWithinMs = 3_600_000

/**
 * The hours in which answers are owed. Closed by somebody's order, nobody is there to call; opened by one, nothing is owed sooner than in
 * the usual hours. @param sinceMs when the order holds from
 */
export const owingHours = (
  calendar: OpeningCalendar,
  order: { readonly open: boolean; readonly until: number | null } | null,
  sinceMs: number,
): OpeningCalendar => ordered(calendar, order === null || order.open ? null : { open: false, untilMs: order.until }, sinceMs)

/** When an answer is due that became owed at a moment, in ms. */
export function owedAt(
  calendar: OpeningCalendar,
  order: { readonly open: boolean; readonly at: number; readonly until: number | null } | null,
  ms: number,
): number {
  return addWorking(owingHours(calendar, order, Math.max(ms, order?.at ?? ms)), ms, owedWithinMs) ?? ms + owedWithinMs
}

/** The order of the list: what we cut short, then by due time, then by who came first. */
export function byUrgency(a: Entry, b: Entry): number {
  return Number(b.priority) - Number(a.priority) || a.dueAt - b.dueAt || a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1)
}
