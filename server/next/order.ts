/**
 * The one order of all that waits (R24): my own call; callers on the line, when I can answer them; answers owed; what I have not
 * written; tickets to take up, pre-tickets first, then by priority, the form before other media (R33), the oldest first. What is
 * mine already comes before what is not, within its kind, so that nothing taken is forgotten. Tickets in progress wait for
 * somebody's word, not for an operator: they are the background, and are not given out.
 */
import type { Medium, TicketStatus } from '../contract/entities.ts'
import { byUrgency, type Entry } from '../owed/model.ts'

/** Moments are milliseconds since 1970 (UTC). */
export type Call = {
  readonly id: string
  readonly offeredTo: readonly string[]
  readonly operatorId: string | null
  /** 1 for the next to be served; null when it does not wait. */
  readonly position: number | null
}
export type Unwritten = { readonly id: string; readonly operatorId: string | null; readonly endedAt: number }
export type ToTakeUp = {
  readonly number: number
  readonly status: TicketStatus
  readonly medium: Medium
  readonly priority: number
  readonly openedAt: number
  /** Whom it was given to of late. */
  readonly claimedBy: string | null
}
/** Calls are known from memory at once; the rest is in PostgreSQL. */
export type OnTheLine = { readonly me: string; readonly mayAnswer: boolean; readonly calls: readonly Call[] }
export type Written = {
  readonly owed: readonly Entry[]
  readonly unwritten: readonly Unwritten[]
  readonly tickets: readonly ToTakeUp[]
}

export type Thing =
  | { readonly kind: 'call'; readonly id: string }
  | { readonly kind: 'line'; readonly id: string }
  | { readonly kind: 'callback'; readonly id: string }
  | { readonly kind: 'unwritten'; readonly id: string }
  | { readonly kind: 'ticket'; readonly number: number }

/** An attempt that reached nobody is not repeated sooner by « Suivant ». */
export const restAfterAttemptMs = 15 * 60_000

export const keyOf = (thing: Thing): string => `${thing.kind}:${thing.kind === 'ticket' ? thing.number : thing.id}`

/** My call, then the first who waits when I can answer. */
export function onTheLine({ me, mayAnswer, calls }: OnTheLine): readonly Thing[] {
  const mine = calls.filter((c) => c.operatorId === me || c.offeredTo.includes(me))
  const waiting = calls.filter((c) => c.position !== null && c.operatorId === null && c.offeredTo.length === 0)
  const first = waiting.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))[0]
  return [
    ...mine.map(({ id }): Thing => ({ kind: 'call', id })),
    ...(first !== undefined && mayAnswer && mine.length === 0 ? [{ kind: 'line', id: first.id } as const] : []),
  ]
}

/** What is written down and waits for `me`, the first to do first. */
export function written(me: string, { owed, unwritten, tickets }: Written, now: number): readonly Thing[] {
  const takenBy = ({ status }: Entry) => (status.kind === 'taken' ? status.by.id : null)
  const callable = owed.filter((entry) => takenBy(entry) === me || (takenBy(entry) === null && mayBeCalled(entry, now)))
  const mineFirst = (a: string | null, b: string | null) => Number(b === me) - Number(a === me)
  return [
    ...callable.toSorted((a, b) => mineFirst(takenBy(a), takenBy(b)) || byUrgency(a, b)).map(({ id }): Thing => ({ kind: 'callback', id })),
    ...unwritten
      .filter((call) => call.operatorId === me)
      .toSorted((a, b) => a.endedAt - b.endedAt)
      .map(({ id }): Thing => ({ kind: 'unwritten', id })),
    ...tickets
      .filter(({ status, claimedBy }) => (status === 'pre-ticket' || status === 'new') && (claimedBy === null || claimedBy === me))
      .toSorted((a, b) => mineFirst(a.claimedBy, b.claimedBy) || byTurn(a, b))
      .map(({ number }): Thing => ({ kind: 'ticket', number })),
  ]
}

/** Neither put off to a later time, nor before the slot that was chosen, nor tried a moment ago. */
function mayBeCalled({ attempts, dueAt, origins }: Entry, now: number): boolean {
  if (origins.length > 0 && origins.every(({ kind, at }) => kind === 'slot' && at > now)) return false
  const last = attempts.at(-1)
  if (last === undefined) return true
  return last.outcome === 'later' ? dueAt <= now : last.at + restAfterAttemptMs <= now
}

const unfinished = ({ status }: ToTakeUp) => (status === 'pre-ticket' ? 0 : 1)
const medium = ({ medium }: ToTakeUp) => (medium === 'form' ? 0 : 1)

const byTurn = (a: ToTakeUp, b: ToTakeUp): number =>
  unfinished(a) - unfinished(b) || a.priority - b.priority || medium(a) - medium(b) || a.openedAt - b.openedAt || a.number - b.number
