import { addWorking, workingMs } from '../calendar/hours.ts'
import { dayMs, openIntervals } from '../calendar/intervals.ts'
import { isWithin } from '../contract/category-tree.ts'
import type { ClockDelays, ClockName, RunningClock, TicketClock } from '../contract/clocks.ts'
import type { Ticket, TicketStatus } from '../contract/entities.ts'
import type { ClockEnd, TicketPolicy } from './model.ts'

/*
 * The clocks of a ticket (R48). One runs until somebody takes it up, and begins anew for each group that has yet to. The other runs until
 * the level that has the ticket is done with it: a solution, or the hand-over to another level. Both count open time alone. A ticket that
 * waits, for whatever or whomever, stands still, and nothing else makes it; a solution that is proposed waits for the requester, and so
 * does a request that nobody has confirmed to be theirs. Level 3 is waited for, so it has no end. What a level used is kept while another
 * has the ticket. A group that promises a delay of its own is timed by that, for as long as the ticket stays with it and apart from the
 * others of its level, unless a rule says how long tickets like this one may take. Closed ends both.
 */
type Level = 'level1' | 'level2'
export type ClockContext = { readonly now: string; readonly policy: TicketPolicy }
type Sorted = Pick<Ticket, 'categoryId' | 'priority'>

const untaken: ReadonlySet<TicketStatus> = new Set(['pre-ticket', 'new', 'redirected', 'reopened'])
const still: ReadonlySet<TicketStatus> = new Set(['waiting', 'solution-proposed'])
const minuteMs = 60_000

/** The first rule that is about a ticket. */
const ruleOf = ({ clocks, categories }: TicketPolicy, { categoryId, priority }: Sorted): ClockDelays | undefined =>
  clocks.rules.find(
    (rule) =>
      (rule.categoryId === null || isWithin(categories, categoryId, rule.categoryId)) &&
      (rule.priority === null || rule.priority === priority),
  )

/** The delay of its own by which a group is timed, in minutes; undefined: it is timed as its level is. */
const ownMinutes = (whose: string, ticket: Sorted, policy: TicketPolicy): number | undefined =>
  ruleOf(policy, ticket) === undefined ? policy.groupMinutes?.get(whose) : undefined

/** The delay that holds: the first rule's, else the group's own, else the usual one. */
function allowedFor({ name, whose }: Pick<RunningClock, 'name' | 'whose'>, ticket: Sorted, policy: TicketPolicy): number | null {
  const { takeUpMinutes, level1Minutes, level2Minutes } = ruleOf(policy, ticket) ?? policy.clocks
  const own = name === 'level2' ? ownMinutes(whose, ticket, policy) : undefined
  const minutes = own ?? { 'take-up': takeUpMinutes, level1: level1Minutes, level2: level2Minutes }[name]
  return minutes === null ? null : minutes * minuteMs
}

/** When so much of it is used, from where it stands; what is past already was so when it began to run again. @returns ISO 8601, or null */
function whenUsed(clock: Pick<RunningClock, 'since' | 'usedMs'>, usedMs: number, { calendar }: TicketPolicy): string | null {
  if (clock.since === null) return null
  const at = addWorking(calendar, Date.parse(clock.since), Math.max(0, usedMs - clock.usedMs))
  return at === null ? null : new Date(at).toISOString()
}

/** A clock's moments, from what it has used and may use. */
function timed(clock: RunningClock, ticket: Sorted, policy: TicketPolicy): RunningClock {
  const allowedMs = allowedFor(clock, ticket, policy)
  const { warnPercent } = policy.clocks
  const dueAt = allowedMs === null ? null : whenUsed(clock, allowedMs, policy)
  const warned = allowedMs === null || warnPercent === null ? null : whenUsed(clock, (allowedMs * warnPercent) / 100, policy)
  return { ...clock, allowedMs, dueAt, warnAt: warned }
}

/** Open time used by a moment. @param now ISO 8601 @returns ms */
export const usedBy = (clock: Pick<RunningClock, 'since' | 'usedMs'>, now: string, { calendar }: TicketPolicy): number =>
  clock.usedMs + (clock.since === null ? 0 : workingMs(calendar, Date.parse(clock.since), Date.parse(now)))

const begun = (name: ClockName, whose: string, since: string, usedMs = 0): RunningClock => ({
  name,
  whose,
  startedAt: since,
  usedMs,
  since,
  allowedMs: null,
  dueAt: null,
  warnAt: null,
  step: 'running',
})

const ended = (clock: RunningClock, { now, policy }: ClockContext): ClockEnd => {
  const usedMs = usedBy(clock, now, policy)
  const { name, whose, startedAt, allowedMs } = clock
  return { name, whose, startedAt, endedAt: now, usedMs, allowedMs, held: allowedMs === null || usedMs <= allowedMs }
}

const levelOf = ({ groupId }: Pick<Ticket, 'groupId'>): Level => (groupId === null ? 'level1' : 'level2')
/** The group whose own delay a clock counts against; null: it counts against its level's. */
const ownerOf = (level: Level, whose: string, ticket: Sorted, policy: TicketPolicy): string | null =>
  level === 'level2' && ownMinutes(whose, ticket, policy) !== undefined ? whose : null
const whoseIs = ({ groupId }: Pick<Ticket, 'groupId'>): string => groupId ?? 'level1'

/** What a ticket without a clock begins with: one that is new at its opening, one of an earlier version where it stands. */
function first(ticket: Ticket): TicketClock {
  const since = ticket.statusSince
  return {
    takeUp: ticket.unconfirmed ? null : begun('take-up', 'level1', since),
    solve: begun('level1', 'level1', since),
    spent: { level1: 0, level2: 0 },
  }
}

/**
 * A ticket's clocks once it has become what it is, and those that ended by that.
 * @param ticket as it is now, with the clocks that it had
 */
export function wound(ticket: Ticket, context: ClockContext): { readonly clock: TicketClock; readonly ends: readonly ClockEnd[] } {
  const { policy } = context
  const before = rewound(ticket.clock ?? first(ticket), ticket, policy)
  const [takeUp, takenUp] = takeUpAfter(before.takeUp, ticket, context)
  const [solve, solved] = solveAfter(before, ticket, context)
  const clock = rewound({ takeUp, solve, spent: spentAfter(before, ticket, solved, policy) }, ticket, policy)
  // Of a ticket that had no clock before it was seen for the first time, nobody knows how long anything took.
  const known = ticket.clock !== null || ticket.openedAt === context.now
  return { clock, ends: known ? [takenUp, solved].filter((one) => one !== null) : [] }
}

/** The same clocks, by the delays and the opening hours that hold now. */
const rewound = (clock: TicketClock, ticket: Sorted, policy: TicketPolicy): TicketClock => ({
  ...clock,
  takeUp: clock.takeUp === null ? null : timed(clock.takeUp, ticket, policy),
  solve: clock.solve === null ? null : timed(clock.solve, ticket, policy),
})

type After = readonly [RunningClock | null, ClockEnd | null]

function takeUpAfter(before: RunningClock | null, ticket: Ticket, context: ClockContext): After {
  const awaited = untaken.has(ticket.status) && !ticket.unconfirmed
  if (awaited && before?.whose === whoseIs(ticket)) return [before, null]
  return [awaited ? begun('take-up', whoseIs(ticket), context.now) : null, before === null ? null : ended(before, context)]
}

function solveAfter({ solve, spent }: TicketClock, ticket: Ticket, context: ClockContext): After {
  const closed = ticket.status === 'closed'
  const level = levelOf(ticket)
  const owner = ownerOf(level, whoseIs(ticket), ticket, context.policy)
  const goesOn = !closed && solve?.name === level && ownerOf(level, solve.whose, ticket, context.policy) === owner
  const end = solve === null || goesOn ? null : ended(solve, context)
  if (closed) return [null, end]
  const before = owner === null ? spent[level] : (spent.groups?.[owner] ?? 0)
  const running = goesOn ? { ...solve, whose: whoseIs(ticket) } : begun(level, whoseIs(ticket), context.now, before)
  return [still.has(ticket.status) || ticket.unconfirmed ? stopped(running, context) : started(running, context), end]
}

const stopped = (clock: RunningClock, { now, policy }: ClockContext): RunningClock =>
  clock.since === null ? clock : { ...clock, usedMs: usedBy(clock, now, policy), since: null }
const started = (clock: RunningClock, { now }: ClockContext): RunningClock => (clock.since === null ? { ...clock, since: now } : clock)

/** A ticket that comes back after its closing is timed anew. */
function spentAfter({ spent }: TicketClock, ticket: Ticket, solved: ClockEnd | null, policy: TicketPolicy): TicketClock['spent'] {
  if (ticket.status === 'closed') return { level1: 0, level2: 0 }
  if (solved === null || solved.name === 'take-up') return spent
  const owner = ownerOf(solved.name, solved.whose, ticket, policy)
  if (owner === null) return { ...spent, [solved.name]: solved.usedMs }
  return { ...spent, groups: { ...spent.groups, [owner]: solved.usedMs } }
}

const shownDays = 15

/** Open time from a moment to others, negative for those before; no more than a fortnight's. @param nowMs ms @returns ISO 8601 → ms */
export function timeLeft({ calendar }: TicketPolicy, nowMs: number): (dueAt: string) => number {
  const intervals = openIntervals(calendar, nowMs - shownDays * dayMs, nowMs + shownDays * dayMs)
  const between = (from: number, to: number) =>
    intervals.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs)), 0)
  return (dueAt) => {
    const due = Date.parse(dueAt)
    return due >= nowMs ? between(nowMs, due) : -between(due, nowMs)
  }
}
