/**
 * Whom a call rings (R21, R11b). Of the operators who are free, the one idle for longest, or all of them; before that, when the
 * settings say so, whoever this number talked to last, and for a caller who asked for English those who speak it. A preference may
 * make the caller wait for somebody who is busy, but never beyond its bound, counted from the arrival. All of these among those who
 * serve the line that was called; when none of them is free and the caller has waited long enough, among the others.
 */
import { mayRingFrom, servesOwn } from './lines.ts'
import { isReachable } from './reach.ts'
import type { Call, DeskState, OfferReason, Operator } from './model.ts'
import type { Settings } from './settings.ts'

export type Choice = { readonly operator: Operator; readonly why: OfferReason }

type Preference = {
  readonly prefers: (operator: Operator) => boolean
  /** Others are not rung before this moment while somebody preferred is about. */
  readonly until: number
  readonly why: OfferReason
}

function preferencesOf(state: DeskState, call: Call, { stickyMs, englishMs, speakEnglish }: Settings): readonly Preference[] {
  const last = call.number === null || stickyMs === null ? undefined : state.lastSpoke[call.number]
  const found: Preference[] = []
  if (last !== undefined && stickyMs !== null) {
    const why = { kind: 'last-spoke', at: last.at } as const
    found.push({ prefers: (o) => o.id === last.operatorId, until: call.arrivedAt + stickyMs, why })
  }
  if (call.language === 'en') {
    found.push({ prefers: (o) => speakEnglish.includes(o.id), until: call.arrivedAt + englishMs, why: { kind: 'speaks-english' } })
  }
  return found
}

/** Comes back to the queue by itself, sooner or later. */
const busy = ({ status }: Operator): boolean =>
  status.kind === 'ready' || status.kind === 'offered' || status.kind === 'wrap-up' || (status.kind === 'talking' && status.then === null)

/** Ties by id, so that the choice is the same everywhere. */
const longestIdle = (operators: readonly Operator[]): Operator | undefined =>
  operators.toSorted((a, b) => a.status.since - b.status.since || (a.id < b.id ? -1 : 1))[0]

const isFree = (o: Operator, now: number): boolean => o.status.kind === 'ready' && o.restUntil <= now && isReachable(o)
/** Whether there is anybody at all to choose from. */
export const isAnybodyFree = ({ operators }: DeskState, now: number): boolean => [...operators.values()].some((o) => isFree(o, now))

/**
 * The operator to ring for a call, besides those who are rung for it already, and why that one; null when nobody is free, or
 * somebody preferred is worth a bounded wait. One who passed on this call is rung again only when nobody else is free.
 */
export function chooseOperator(state: DeskState, call: Call, now: number, settings: Settings): Choice | null {
  const operators = [...state.operators.values()]
  const may = (o: Operator) => mayRingFrom(call, o.id, settings) <= now
  const free = operators.filter((o) => isFree(o, now) && may(o))
  const willing = (o: Operator) => !call.passedBy.includes(o.id)
  const fresh = free.filter(willing)
  for (const { prefers, until, why } of preferencesOf(state, call, settings)) {
    const operator = longestIdle(fresh.filter(prefers))
    if (operator !== undefined) return { operator, why }
    if (now < until && operators.some((o) => prefers(o) && willing(o) && busy(o) && may(o) && isReachable(o))) return null
  }
  const own = fresh.filter((o) => servesOwn(call, o.id, settings))
  const operator = longestIdle(own)
  if (operator !== undefined) return { operator, why: reasonFor(operator, call, own.length, now, settings) }
  const other = longestIdle(fresh)
  if (other !== undefined) return { operator: other, why: { kind: 'overflow' } }
  const again = rungAfresh(call) ? undefined : longestIdle(free)
  return again === undefined ? null : { operator: again, why: { kind: 'nobody-else' } }
}

/** Whether somebody is rung who has not passed on the call. */
const rungAfresh = ({ offers, passedBy }: Call): boolean => offers.some((o) => !passedBy.includes(o.operatorId))

function reasonFor({ status }: Operator, { offers }: Call, fresh: number, now: number, { ringMost }: Settings): OfferReason {
  const among = fresh + offers.length
  if (among === 1) return { kind: 'only-free' }
  if (ringMost > 1) return { kind: 'ring-all', among: Math.min(among, ringMost) }
  return { kind: 'longest-idle', idleMs: now - status.since, among }
}

/** When the clock alone may let this call ring somebody who is ready; infinite when only an event can. */
export function matchDeadline(state: DeskState, call: Call, settings: Settings): number {
  let next = Number.POSITIVE_INFINITY
  const operators = [...state.operators.values()]
  const worthAWait = (o: Operator) => !call.passedBy.includes(o.id) && busy(o) && isReachable(o)
  const preferences = preferencesOf(state, call, settings).filter(({ prefers }) => operators.some((o) => prefers(o) && worthAWait(o)))
  for (const operator of operators) {
    const passed = call.passedBy.includes(operator.id)
    if (operator.status.kind !== 'ready' || !isReachable(operator) || (passed && rungAfresh(call))) continue
    const first = passed ? -1 : preferences.findIndex(({ prefers }) => prefers(operator))
    const before = first < 0 ? preferences : preferences.slice(0, first)
    next = Math.min(next, Math.max(operator.restUntil, mayRingFrom(call, operator.id, settings), ...before.map(({ until }) => until)))
  }
  return next
}
