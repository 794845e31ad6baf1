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
  messages: 'count',
  afterHours: 'count',
  placedOut: 'count',
  occupancy: 'share',
} as const satisfies Readonly<Record<string, Unit>>
export type CallFigure = keyof typeof callUnits

/** Nothing over nothing says nothing. */
const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const one = (condition: boolean): number => (condition ? 1 : 0)

/** Incoming calls count where they arrived; calls out only as such, and what their limit did. */
export function countsOf(call: CallRecord): CallCounts {
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
export const halfMs = 1_800_000
export const halfOf = (atMs: number): number => Math.floor(atMs / halfMs) * halfMs

export function callHalf(call: CallRecord): CallHalf {
  const counts = countsOf(call)
  const bound = waitBoundsS.findIndex((s) => call.waitMs < s * 1_000)
  const place = bound < 0 ? waitBoundsS.length : bound
  const waits = (counted: number) => Array.from({ length: waitBoundsS.length + 1 }, (_, i) => (i === place ? counted : 0))
  return {
    ...counts,
    half: halfOf(call.arrivedAt),
    operatorId: call.operatorId ?? '',
    answeredWaits: waits(counts.answered),
    abandonedWaits: waits(counts.abandoned),
  }
}

export const occupancyOf = ({ readyMs, talkingMs, wrapUpMs }: StateCounts): number | null =>
  over(talkingMs + wrapUpMs, talkingMs + wrapUpMs + readyMs)

/**
 * Service level: answered within the bound over offered less short abandons (Koole, Call Center Optimization, 2013, ch. 2, which
 * asks that the treatment of abandons be said). Average speed of answer: over answered calls alone. Occupancy: time in conversation
 * and wrap-up over that and readiness (ibid.).
 */
export function callFigures(t: CallCounts & StateCounts): Figures<CallFigure> {
  return {
    offered: t.offered,
    answered: t.answered,
    abandoned: t.abandoned,
    shortAbandoned: t.shortAbandoned,
    answeredShare: over(t.answered, t.offered),
    abandonedShare: over(t.abandoned - t.shortAbandoned, t.offered - t.shortAbandoned),
    serviceLevel: over(t.answeredInTime, t.offered - t.shortAbandoned),
    asa: over(t.answeredWaitMs / 1_000, t.answered),
    abandonedAfter: over(t.abandonedWaitMs / 1_000, t.abandoned),
    talk: over(t.talkMs / 1_000, t.answered + t.reached),
    wrapUp: over(t.wrapUpMs / 1_000, t.wrapUps),
    hold: over(t.holdMs / 1_000, t.held),
    heldShare: over(t.held, t.answered),
    transferredShare: over(t.transferred, t.answered),
    capped: t.capped,
    extended: t.extended,
    missed: t.missed,
    alarmed: t.alarmed,
    kept: t.kept,
    reachedShare: over(t.reached, t.kept),
    messages: t.messages,
    afterHours: t.afterHours,
    placedOut: t.placedOut,
    occupancy: occupancyOf(t),
  }
}

/** Counts of tickets by opening, but `closed` by closing; durations are sums in s. */
export type TicketTally = {
  readonly opened: number
  readonly closed: number
  /** Closed in the gesture that opened them. */
  readonly atOnce: number
  readonly byPhone: number
  /** Of those closed in the period. */
  readonly openForS: number
  /** Open at the period's end, and since how long. */
  readonly backlog: number
  readonly backlogS: number
  /** Of the backlog, older than a week. */
  readonly stale: number
}
export const ticketUnits = {
  opened: 'count',
  closed: 'count',
  firstContact: 'share',
  byPhone: 'share',
  openFor: 'seconds',
  backlog: 'count',
  backlogAge: 'seconds',
  stale: 'count',
} as const satisfies Readonly<Record<string, Unit>>
export type TicketFigure = keyof typeof ticketUnits

export function ticketFigures(t: TicketTally): Figures<TicketFigure> {
  return {
    opened: t.opened,
    closed: t.closed,
    firstContact: over(t.atOnce, t.opened),
    byPhone: over(t.byPhone, t.opened),
    openFor: over(t.openForS, t.closed),
    backlog: t.backlog,
    backlogAge: over(t.backlogS, t.backlog),
    stale: t.stale,
  }
}
