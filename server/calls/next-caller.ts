import { decide } from './decide.ts'
import type { DeskState } from './model.ts'
import type { Settings } from './settings.ts'

/** For whom this operator's phone would ring, were they ready: callers of other lines, or not to be called yet, are not theirs. Null: nobody. */
export function nextCaller(state: DeskState, operatorId: string, now: number, settings: Settings): string | null {
  const { facts } = decide(state, { type: 'operator-asks', operatorId, change: { state: 'ready' } }, now, settings)
  const offers = facts.filter((fact) => fact.type === 'offer-made')
  return offers.find((offer) => offer.operatorId === operatorId)?.callId ?? null
}
