/** What the desk remembers of what is over: the next waits are foreseen from it. */
import type { Language } from './announcements.ts'
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
  return number === null ? state : { ...state, lastSpoke: withNumber(state.lastSpoke, number, { operatorId, at }, (one) => one.at) }
}

/** What the caller of a number is spoken to in, from now on. */
export function speaks(state: DeskState, number: string, language: Language, at: number): DeskState {
  if (language === 'en') return { ...state, english: withNumber(state.english, number, at, (one) => one) }
  const { [number]: _before, ...others } = state.english
  return { ...state, english: others }
}

/** What is remembered of numbers since a moment that is over goes. */
export const withoutNumbers = (state: DeskState, isOver: (at: number) => boolean): DeskState => ({
  ...state,
  english: Object.fromEntries(Object.entries(state.english).filter(([, at]) => !isOver(at))),
  lastSpoke: Object.fromEntries(Object.entries(state.lastSpoke).filter(([, { at }]) => !isOver(at))),
})

/** One more number. By their moments, not by their places: an object puts what looks like an index, as an extension does, before all else. */
function withNumber<T>(all: Readonly<Record<string, T>>, number: string, one: T, atOf: (one: T) => number): Readonly<Record<string, T>> {
  const others = Object.entries(all).filter(([known]) => known !== number)
  const kept =
    others.length < numbersRemembered ? others : others.toSorted(([, a], [, b]) => atOf(a) - atOf(b)).slice(1 - numbersRemembered)
  return Object.fromEntries([...kept, [number, one]])
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
