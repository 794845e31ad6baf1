/** What the desk remembers of what is over: the next waits are foreseen from it. */
import type { CallStatus, DeskState } from './model.ts'
import { withStay } from './patience.ts'

const talksRemembered = 1_000
const numbersRemembered = 1_000

const add = <T>(all: readonly T[], one: T, most: number): readonly T[] => [...all, one].slice(-most)

export const talkOver = (state: DeskState, ms: number): DeskState => ({ ...state, talks: add(state.talks, ms, talksRemembered) })

/** A wrap-up that ends in readiness now. */
export function wrapUpOver(state: DeskState, operatorId: string, at: number): DeskState {
  const before = state.operators.get(operatorId)?.status
  return before?.kind === 'wrap-up' ? { ...state, wrapUps: add(state.wrapUps, at - before.since, talksRemembered) } : state
}

/** A call that waits, if it does, stops waiting now. */
export function waitOver(state: DeskState, callId: string, at: number, left: boolean): DeskState {
  const status = state.calls.get(callId)?.status
  return status?.kind === 'waiting' ? { ...state, stayed: withStay(state.stayed, { ms: at - status.since, left }) } : state
}

/** Whom the caller's number talks to. */
export function spoke(state: DeskState, callId: string, operatorId: string, at: number): DeskState {
  const number = state.calls.get(callId)?.number ?? null
  if (number === null) return state
  const others = Object.entries(state.lastSpoke).filter(([known]) => known !== number)
  return { ...state, lastSpoke: Object.fromEntries([...others.slice(1 - numbersRemembered), [number, { operatorId, at }]]) }
}

/** So long a page that was loaded anew may come back to its place. */
export const pagePlaceMs = 60_000
const pagePlacesRemembered = 200

/**
 * The call of a page is over, and its caller neither had an answer nor was led to something else: the page may have been loaded anew. Who left on
 * purpose is known to the page alone, which forgets its token then.
 */
export function pageLeft(state: DeskState, callId: string, at: number, lost: boolean): DeskState {
  const call = state.calls.get(callId)
  if (call?.page === undefined || !lost || !onTheLine.has(call.status.kind)) return state
  const fresh = state.pagePlaces.filter((place) => at - place.at < pagePlaceMs)
  return { ...state, pagePlaces: add(fresh, { page: call.page.id, rank: call.rank, at }, pagePlacesRemembered) }
}
const onTheLine: ReadonlySet<CallStatus['kind']> = new Set(['ringing', 'waiting', 'talking', 'transferring'])
