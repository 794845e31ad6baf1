/** What is counted of a period, and the figures that follow. */
import type { CallRecord } from './call-record.ts'

/** What one call adds to the counts of its half hour, and what they sum up to; durations in ms. */
export type CallCounts = Readonly<Record<(typeof callCounts)[number], number>>
export const callCounts = [
  // Arrived while the desk was open, or met it closed.
  'offered',
  'afterHours',
  'answered',
  'answeredInTime',
  'abandoned',
  'shortAbandoned',
  'answeredWaitMs',
  'abandonedWaitMs',
  'talkMs',
  'holdMs',
  'held',
  'transferred',
  'capped',
  'extended',
  'missed',
  'alarmed',
  'messages',
  'kept',
  'reached',
  'placedOut',
] as const

/** Operators' time in each state, in ms, and how many wrap-ups there were. */
export type StateCounts = Readonly<Record<(typeof stateCounts)[number], number>>
export const stateCounts = ['readyMs', 'talkingMs', 'wrapUpMs', 'wrapUps'] as const

/** Bounds of what counts as answered in time, and as hung up at once, in s. */
export const inTimeS = 60
export const shortS = 10
/** Bounds of the distribution of waits, in s; beyond the last: longer. */
export const waitBoundsS = [10, 30, 60, 120, 300, 600, 900] as const

export type Unit = 'count' | 'share' | 'seconds'
export type Figures<N extends string> = Readonly<Record<N, number | null>>

export const callUnits = {
  offered: 'count',
  fromPage: 'count',
  answered: 'count',
  abandoned: 'count',
  shortAbandoned: 'count',
  answeredShare: 'share',
  abandonedShare: 'share',
  serviceLevel: 'share',
  asa: 'seconds',
  abandonedAfter: 'seconds',
  talk: 'seconds',
  wrapUp: 'seconds',
  hold: 'seconds',
  heldShare: 'share',
  transferredShare: 'share',
  capped: 'count',
  extended: 'count',
  missed: 'count',
  alarmed: 'count',
  kept: 'count',
  reachedShare: 'share',
  owed: 'count',
  owedHeld: 'share',
  owedLate: 'count',
  messages: 'count',
  absorbed: 'count',
  afterHours: 'count',
  placedOut: 'count',
  occupancy: 'share',
} as const satisfies Readonly<Record<string, Unit>>
export type CallFigure = keyof typeof callUnits

/** Answers owed that became so in a period; of those called back or over their delay, the ones called back in time. */
export type OwedCounts = { readonly owed: number; readonly judged: number; readonly inTime: number }
/** What is counted beside the sums by day: callers who freed their line by joining a disruption, those of the desk's page, answers owed. */
export type Beside = OwedCounts & { readonly absorbed: number; readonly fromPage: number }

/** Nothing over nothing says nothing. */
const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const one = (condition: boolean): number => (condition ? 1 : 0)

/** Incoming calls count where they arrived; calls out only as such, and what their limit did. */
function countsOf(call: CallRecord): CallCounts {
  const incoming = call.direction === 'in'
  const answered = incoming && call.answered
  const abandoned = incoming && call.abandoned
  return {
    offered: one(incoming && !call.closed),
    afterHours: one(incoming && call.closed),
    answered: one(answered),
    answeredInTime: one(answered && call.waitMs <= inTimeS * 1_000),
    abandoned: one(abandoned),
    shortAbandoned: one(abandoned && call.waitMs < shortS * 1_000),
    answeredWaitMs: answered ? call.waitMs : 0,
    abandonedWaitMs: abandoned ? call.waitMs : 0,
    talkMs: incoming ? call.talkMs : 0,
    holdMs: incoming ? call.holdMs : 0,
    held: one(incoming && call.holds > 0),
    transferred: one(incoming && call.transfers > 0),
    capped: one(call.capped),
    extended: call.extended,
    missed: call.misses,
    alarmed: one(call.alarmed),
    messages: one(call.message),
    kept: one(call.kept),
    reached: one(call.reached),
    placedOut: one(!incoming),
  }
}

/** One operator's calls that arrived in one half hour. @property operatorId empty: nobody answered */
export type CallHalf = CallCounts & {
  readonly half: number
  readonly operatorId: string
  readonly answeredWaits: readonly number[]
  readonly abandonedWaits: readonly number[]
}
const halfMs = 1_800_000
export const halfOf = (atMs: number): number => Math.floor(atMs / halfMs) * halfMs

/** What a call adds to its half hour: with who answered first, and the conversation of each who talked with them. */
export function callHalves(call: CallRecord): readonly CallHalf[] {
  const counts = countsOf(call)
  const bound = waitBoundsS.findIndex((s) => call.waitMs < s * 1_000)
  const place = bound < 0 ? waitBoundsS.length : bound
  const waits = (counted: number) => Array.from({ length: waitBoundsS.length + 1 }, (_, i) => (i === place ? counted : 0))
  const whole: CallHalf = {
    ...counts,
    half: halfOf(call.arrivedAt),
    operatorId: call.operatorId ?? '',
    answeredWaits: waits(counts.answered),
    abandonedWaits: waits(counts.abandoned),
  }
  if (call.talks === null || counts.talkMs === 0) return [whole]
  const nothingElse = Object.fromEntries(callCounts.map((count) => [count, 0])) as CallCounts
  const others = call.talks.filter(({ operatorId }) => operatorId !== call.operatorId)
  return [
    { ...whole, talkMs: counts.talkMs - others.reduce((sum, { ms }) => sum + ms, 0) },
    ...others.map(({ operatorId, ms }) => ({
      ...nothingElse,
      talkMs: ms,
      half: whole.half,
      operatorId,
      answeredWaits: waits(0),
      abandonedWaits: waits(0),
    })),
  ]
}

export const occupancyOf = ({ readyMs, talkingMs, wrapUpMs }: StateCounts): number | null =>
  over(talkingMs + wrapUpMs, talkingMs + wrapUpMs + readyMs)

/**
 * Service level: answered within the bound over offered less short abandons (Koole, Call Center Optimization, 2013, ch. 2, which
 * asks that the treatment of abandons be said). Average speed of answer: over answered calls alone. Occupancy: time in conversation
 * and wrap-up over that and readiness (ibid.).
 */
export function callFigures(t: CallCounts & StateCounts, beside: Beside = nothingBeside): Figures<CallFigure> {
  return quotients(callParts(t, beside))
}
/** Over what each share and mean is taken: so many calls, or s of operators' time; absent: a plain count. */
export const callWholes = (t: CallCounts & StateCounts, beside: Beside = nothingBeside): Wholes<CallFigure> =>
  wholesOf(callParts(t, beside))
const nothingBeside: Beside = { absorbed: 0, fromPage: 0, owed: 0, judged: 0, inTime: 0 }

/** A count, or a part and what it is a part of. */
type Part = number | readonly [part: number, whole: number] | null
export type Wholes<N extends string> = Readonly<Partial<Record<N, number>>>
const quotients = <N extends string>(parts: Readonly<Record<N, Part>>): Figures<N> =>
  Object.fromEntries(
    Object.entries<Part>(parts).map(([name, part]) => [name, part !== null && typeof part !== 'number' ? over(part[0], part[1]) : part]),
  ) as Figures<N>
const wholesOf = <N extends string>(parts: Readonly<Record<N, Part>>): Wholes<N> =>
  Object.fromEntries(
    Object.entries<Part>(parts).flatMap(([name, part]) => (part !== null && typeof part !== 'number' ? [[name, part[1]]] : [])),
  ) as Wholes<N>

const callParts = (t: CallCounts & StateCounts, beside: Beside): Readonly<Record<CallFigure, Part>> => ({
  offered: t.offered,
  fromPage: beside.fromPage,
  answered: t.answered,
  abandoned: t.abandoned,
  shortAbandoned: t.shortAbandoned,
  answeredShare: [t.answered, t.offered],
  abandonedShare: [t.abandoned - t.shortAbandoned, t.offered - t.shortAbandoned],
  serviceLevel: [t.answeredInTime, t.offered - t.shortAbandoned],
  asa: [t.answeredWaitMs / 1_000, t.answered],
  abandonedAfter: [t.abandonedWaitMs / 1_000, t.abandoned],
  talk: [t.talkMs / 1_000, t.answered + t.reached],
  wrapUp: [t.wrapUpMs / 1_000, t.wrapUps],
  hold: [t.holdMs / 1_000, t.held],
  heldShare: [t.held, t.answered + t.reached],
  transferredShare: [t.transferred, t.answered + t.reached],
  capped: t.capped,
  extended: t.extended,
  missed: t.missed,
  alarmed: t.alarmed,
  kept: t.kept,
  reachedShare: [t.reached, t.kept],
  owed: beside.owed,
  owedHeld: [beside.inTime, beside.judged],
  owedLate: beside.judged - beside.inTime,
  messages: t.messages,
  absorbed: beside.absorbed,
  afterHours: t.afterHours,
  placedOut: t.placedOut,
  occupancy: [(t.talkingMs + t.wrapUpMs) / 1_000, (t.talkingMs + t.wrapUpMs + t.readyMs) / 1_000],
})

/** Bounds of the backlog's ages, in days. */
export const backlogBoundsDays = [1, 7, 30, 90] as const
type Older = Readonly<Record<`olderThan${(typeof backlogBoundsDays)[number]}`, number>>

/**
 * Counts of tickets opened in a period, and what has become of them by now; but `closed` of those closed in it, and `backlog` of those open at
 * its end. Durations are sums in s.
 */
export type TicketTally = Older & {
  readonly opened: number
  /** Closed in the gesture that opened them, never redirected nor reopened; without those refused as not for this desk. */
  readonly atOnce: number
  readonly byPhone: number
  /** Went to a group at least once; of those, came back from one or went on to another. */
  readonly redirected: number
  readonly bounced: number
  /** Closed at least once; of those, opened again. */
  readonly everClosed: number
  readonly reopened: number
  /** Closed as not for this desk and not opened again; calls refused as such in the period, of which there is no ticket. */
  readonly refused: number
  readonly refusedCalls: number
  /** Their delays that are over and had a bound, and those held. */
  readonly takeUps: number
  readonly takeUpsHeld: number
  readonly level1s: number
  readonly level1sHeld: number
  readonly level2s: number
  readonly level2sHeld: number
  readonly closed: number
  readonly openForS: number
  readonly backlog: number
  readonly backlogS: number
}
export const ticketUnits = {
  opened: 'count',
  closed: 'count',
  firstContact: 'share',
  byPhone: 'share',
  redirected: 'share',
  bounced: 'share',
  reopened: 'share',
  refused: 'count',
  refusedShare: 'share',
  openFor: 'seconds',
  takeUpHeld: 'share',
  level1Held: 'share',
  level2Held: 'share',
  backlog: 'count',
  backlogAge: 'seconds',
  stale: 'count',
} as const satisfies Readonly<Record<string, Unit>>
export type TicketFigure = keyof typeof ticketUnits

const ticketParts = (t: TicketTally): Readonly<Record<TicketFigure, Part>> => ({
  opened: t.opened,
  closed: t.closed,
  firstContact: [t.atOnce, t.opened - t.refused],
  byPhone: [t.byPhone, t.opened],
  redirected: [t.redirected, t.opened],
  bounced: [t.bounced, t.redirected],
  reopened: [t.reopened, t.everClosed],
  refused: t.refused + t.refusedCalls,
  refusedShare: [t.refused + t.refusedCalls, t.opened + t.refusedCalls],
  openFor: [t.openForS, t.closed],
  takeUpHeld: [t.takeUpsHeld, t.takeUps],
  level1Held: [t.level1sHeld, t.level1s],
  level2Held: [t.level2sHeld, t.level2s],
  backlog: t.backlog,
  backlogAge: [t.backlogS, t.backlog],
  stale: t.olderThan7,
})
export const ticketFigures = (t: TicketTally): Figures<TicketFigure> => quotients(ticketParts(t))
export const ticketWholes = (t: TicketTally): Wholes<TicketFigure> => wholesOf(ticketParts(t))

/** The backlog by age: up to each bound, in days; null: older. */
export function backlogAges(t: TicketTally): { readonly upToDays: number | null; readonly tickets: number }[] {
  const older = [t.backlog, ...backlogBoundsDays.map((days) => t[`olderThan${days}`]), 0]
  return [...backlogBoundsDays, null].map((upToDays, i) => ({ upToDays, tickets: (older[i] ?? 0) - (older[i + 1] ?? 0) }))
}
