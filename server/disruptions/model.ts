import type { DisruptionContent, DisruptionVersion, Phase } from '../contract/disruptions.ts'

/** A disruption as it stands; moments are ISO 8601, UTC. */
export type DisruptionState = DisruptionContent & {
  readonly id: string
  readonly version: number
  readonly endedAt: string | null
  readonly resolution: string
}
type What = DisruptionVersion['what']

export type Changed = { readonly kind: 'changed'; readonly what: What; readonly state: DisruptionState }
export type Refused = { readonly kind: 'refused'; readonly code: 'conflict' | 'invalid_body'; readonly detail: string }

type Moments = Pick<DisruptionState, 'startsAt' | 'expectedEndAt' | 'endedAt'>

/** It was over before it began: nothing ever happened. */
export const isCalledOff = ({ startsAt, endedAt }: Pick<Moments, 'startsAt' | 'endedAt'>): boolean =>
  endedAt !== null && Date.parse(endedAt) < Date.parse(startsAt)

/** @param now ms */
export function phaseOf({ startsAt, expectedEndAt, endedAt }: Moments, now: number): Phase {
  if (endedAt !== null) return isCalledOff({ startsAt, endedAt }) ? 'called-off' : 'ended'
  if (Date.parse(startsAt) > now) return 'ahead'
  return expectedEndAt !== null && Date.parse(expectedEndAt) < now ? 'overdue' : 'under-way'
}

/** Callers hear of it now: it goes on, has words to speak, and a ticket to attach them to. */
export const isTold = (state: DisruptionState, ticket: number | null, now: number): boolean => {
  const at = phaseOf(state, now)
  return state.spoken !== null && ticket !== null && (at === 'under-way' || at === 'overdue')
}
