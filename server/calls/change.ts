/** Small changes of the state, of which the fold of facts is made. */
import type { Announcement, AtRest, Call, CallStatus, DeskState, Operator, OperatorStatus, Resting, Talking } from './model.ts'
import { talkOver } from './remembered.ts'

/** A sound whose end was never heard of is taken as over after this: a site's own are no longer. */
export const lostPlaybackMs = 120_000

export const withCall = (state: DeskState, id: string, change: (call: Call) => Call): DeskState => {
  const call = state.calls.get(id)
  return call === undefined ? state : { ...state, calls: new Map(state.calls).set(id, change(call)) }
}

export const withOperator = (state: DeskState, id: string, change: (operator: Operator) => Operator): DeskState => {
  const operator = state.operators.get(id)
  return operator === undefined ? state : { ...state, operators: new Map(state.operators).set(id, change(operator)) }
}

export const withTalk = (state: DeskState, id: string, change: (talk: Talking) => Talking): DeskState =>
  withCall(state, id, (call) => (call.status.kind === 'talking' ? { ...call, status: change(call.status) } : call))

/** In line, whatever was before; what is said comes first. */
export const inLine = (announcement: Announcement, at: number): CallStatus => ({
  kind: 'waiting',
  since: at,
  playing: announcement,
  nextAnnouncementAt: at + lostPlaybackMs,
  keeping: null,
  aboutTicket: false,
})

/** A conversation that begins. */
export const newTalk = (who: Pick<Talking, 'operatorId' | 'outside' | 'leg' | 'bridge' | 'capAt'>, at: number): CallStatus => ({
  kind: 'talking',
  since: at,
  ...who,
  extensions: 0,
  warned: 'none',
  onHold: false,
  muted: false,
  consult: null,
  watch: null,
  recording: null,
})

export const status =
  (to: CallStatus) =>
  (call: Call): Call => ({ ...call, status: to })
export const become =
  (to: OperatorStatus, by?: string) =>
  (operator: Operator): Operator => ({ ...operator, status: to, orderedBy: by ?? null })

export const rested = (then: Resting, since: number): OperatorStatus => ({ ...then, since })

/** Whether nothing rings at, and nobody is on, the operator's phone. */
export const isAtRest = (at: OperatorStatus): at is AtRest => at.kind !== 'offered' && at.kind !== 'talking' && at.kind !== 'watching'

/** What an operator who was away comes back to; null for whom the next call may ring. */
export function restingOf(before: AtRest): Resting | null {
  switch (before.kind) {
    case 'offline':
    case 'front-desk':
      return { kind: before.kind }
    case 'paused':
      return { kind: 'paused', reason: before.reason }
    case 'ready':
    case 'wrap-up':
      return null
    default:
      return before satisfies never
  }
}

/** Where an operator returns to when a phone that rings now is not answered. */
export const atRest = (from: OperatorStatus): AtRest =>
  from.kind === 'offered' || from.kind === 'watching'
    ? from.before
    : from.kind === 'talking'
      ? { kind: 'wrap-up', since: from.since, callId: from.callId, until: null }
      : from

export const afterTalk = (operator: Operator, callId: string, at: number): OperatorStatus =>
  operator.status.kind === 'talking' && operator.status.then !== null
    ? rested(operator.status.then, at)
    : { kind: 'wrap-up', since: at, callId, until: null }

/** An operator who was rung, or is asked, talks. */
export const engageOperator = (state: DeskState, id: string, callId: string, at: number): DeskState =>
  withOperator(state, id, (o) => ({
    ...o,
    misses: 0,
    status: { kind: 'talking', since: at, callId, then: o.status.kind === 'talking' ? o.status.then : restingOf(atRest(o.status)) },
  }))

/** An operator who was rung, asked or supervising is as before; who has been asked and talked has nothing to write up. */
export const releaseOperator = (state: DeskState, id: string, callId: string, at: number): DeskState =>
  withOperator(state, id, (o) => {
    if (o.status.kind === 'offered' || o.status.kind === 'watching')
      return o.status.callId === callId ? { ...o, status: o.status.before } : o
    if (o.status.kind !== 'talking' || o.status.callId !== callId) return o
    const { then } = o.status
    return { ...o, status: then === null ? { kind: 'ready', since: at } : rested(then, at) }
  })

/** Free everybody of a conversation, or of a transfer, and remember how long it lasted. */
export function releaseTalk(state: DeskState, callId: string, at: number): DeskState {
  const talk = state.calls.get(callId)?.status
  if (talk?.kind === 'transferring')
    return talk.target.kind === 'operator' ? releaseOperator(state, talk.target.operatorId, callId, at) : state
  if (talk?.kind !== 'talking') return state
  const { consult, watch, operatorId } = talk
  let freed = state
  if (consult?.target.kind === 'operator') freed = releaseOperator(freed, consult.target.operatorId, callId, at)
  if (watch !== null) freed = releaseOperator(freed, watch.supervisorId, callId, at)
  if (operatorId === null) return freed
  freed = withOperator(freed, operatorId, (o) => ({ ...o, status: afterTalk(o, callId, at) }))
  return talkOver(freed, at - talk.since)
}
