/**
 * The one order of all that waits (R24): my own call; callers on the line, when I can answer them; whoever waits in writing with the page
 * before them; answers owed; what I have not written; who wrote and has left; tickets to take up, pre-tickets first, then by priority,
 * the form before other media (R33), the oldest first. What is mine already comes before what is not, within its kind, so that nothing
 * taken is forgotten. Tickets in progress wait for somebody's word, not for an operator: they are the background, and are not given out,
 * unless their requester waits for an answer in a conversation.
 */
import type { Medium, TicketStatus } from '../contract/entities.ts'
import { byUrgency, type Entry } from '../owed/model.ts'

/** Moments are milliseconds since 1970 (UTC). */
export type Call = {
  readonly id: string
  readonly offeredTo: readonly string[]
  readonly operatorId: string | null
}
type Unwritten = { readonly id: string; readonly operatorId: string | null; readonly endedAt: number }
export type ToTakeUp = {
  readonly number: number
  readonly status: TicketStatus
  readonly medium: Medium
  readonly priority: number
  readonly openedAt: number
  /** Whom it was given to of late. */
  readonly claimedBy: string | null
}
/** Somebody who waits for a written answer. */
export type Talk = {
  readonly number: number
  /** When they wrote what nobody has answered. */
  readonly since: number
  /** They have the page before them. */
  readonly here: boolean
  readonly ownerId: string | null
  /** Whom it was given to a moment ago. */
  readonly claimedBy: string | null
}
/** Calls are known from memory at once; the rest is in PostgreSQL. `caller`: for whom my phone would ring, were I ready; null: nobody. */
export type OnTheLine = { readonly me: string; readonly caller: string | null; readonly calls: readonly Call[] }
export type Written = {
  readonly owed: readonly Entry[]
  readonly unwritten: readonly Unwritten[]
  readonly tickets: readonly ToTakeUp[]
  readonly talks: readonly Talk[]
}

export type Thing =
  | { readonly kind: 'call'; readonly id: string }
  | { readonly kind: 'line'; readonly id: string }
  | { readonly kind: 'callback'; readonly id: string }
  | { readonly kind: 'unwritten'; readonly id: string }
  | { readonly kind: 'talk'; readonly number: number }
  | { readonly kind: 'ticket'; readonly number: number }

/** An attempt that reached nobody is not repeated sooner by « Suivant ». */
export const restAfterAttemptMs = 15 * 60_000
/** Whoever follows the ticket answers; once its requester has looked at the page for so long without an answer, anybody does. */
export const talkPatienceMs = 3 * 60_000

export const keyOf = (thing: Thing): string => `${thing.kind}:${'number' in thing ? thing.number : thing.id}`

/** My call, then whoever waits for me. */
export function onTheLine({ me, caller, calls }: OnTheLine): readonly Thing[] {
  const mine = calls.filter((c) => c.operatorId === me || c.offeredTo.includes(me))
  if (mine.length > 0) return mine.map(({ id }): Thing => ({ kind: 'call', id }))
  return caller === null ? [] : [{ kind: 'line', id: caller }]
}

/** What is written down and waits for `me`, the first to do first. */
export function written(me: string, { owed, unwritten, tickets, talks }: Written, now: number): readonly Thing[] {
  const takenBy = ({ status }: Entry) => (status.kind === 'taken' ? status.by.id : null)
  const callable = owed.filter((entry) => takenBy(entry) === me || (takenBy(entry) === null && mayBeCalled(entry, now)))
  const mineFirst = (a: string | null, b: string | null) => Number(b === me) - Number(a === me)
  const toAnswer = talks
    .filter((talk) => mayAnswerTalk(talk, me, now))
    .toSorted((a, b) => Number(isMine(b, me)) - Number(isMine(a, me)) || a.since - b.since || a.number - b.number)
  const live = toAnswer.filter(({ here }) => here)
  // Who has left is answered by mail: a request that nobody has taken up is then one like any other.
  const left = toAnswer.filter(({ here, number }) => !here && !tickets.some((ticket) => ticket.number === number))
  const talk = ({ number }: Talk): Thing => ({ kind: 'talk', number })
  return [
    ...live.map(talk),
    ...callable.toSorted((a, b) => mineFirst(takenBy(a), takenBy(b)) || byUrgency(a, b)).map(({ id }): Thing => ({ kind: 'callback', id })),
    ...unwritten
      .filter((call) => call.operatorId === me)
      .toSorted((a, b) => a.endedAt - b.endedAt)
      .map(({ id }): Thing => ({ kind: 'unwritten', id })),
    ...left.map(talk),
    ...tickets
      .filter(({ status, claimedBy }) => (status === 'pre-ticket' || status === 'new') && (claimedBy === null || claimedBy === me))
      .filter(({ number }) => !live.some((one) => one.number === number))
      .toSorted((a, b) => mineFirst(a.claimedBy, b.claimedBy) || byTurn(a, b))
      .map(({ number }): Thing => ({ kind: 'ticket', number })),
  ]
}

const isMine = ({ ownerId, claimedBy }: Talk, me: string) => ownerId === me || claimedBy === me
function mayAnswerTalk(talk: Talk, me: string, now: number): boolean {
  if (isMine(talk, me)) return true
  return talk.claimedBy === null && (talk.ownerId === null || (talk.here && talk.since + talkPatienceMs <= now))
}

/** Neither put off to a later time, nor before the slot that was chosen or the reopening that stands for it, nor tried a moment ago. */
function mayBeCalled({ attempts, dueAt, origins }: Entry, now: number): boolean {
  if (origins.length > 0 && origins.every(({ kind, at, reopensAt }) => kind === 'slot' && (reopensAt ?? at) > now)) return false
  const last = attempts.at(-1)
  if (last === undefined) return true
  return last.outcome === 'later' ? dueAt <= now : last.at + restAfterAttemptMs <= now
}

const unfinished = ({ status }: ToTakeUp) => (status === 'pre-ticket' ? 0 : 1)
const medium = ({ medium }: ToTakeUp) => (medium === 'form' ? 0 : 1)

const byTurn = (a: ToTakeUp, b: ToTakeUp): number =>
  unfinished(a) - unfinished(b) || a.priority - b.priority || medium(a) - medium(b) || a.openedAt - b.openedAt || a.number - b.number
