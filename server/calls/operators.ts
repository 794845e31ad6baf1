import type { OperatorChange } from '../contract/http.ts'
import type { Resting, RosterEntry } from './model.ts'
import { stopRinging } from './declining.ts'
import { endOffer } from './offers.ts'
import { takeUpAgain } from './rejoining.ts'
import type { Turn } from './turn.ts'
import { endWatch } from './watching.ts'

/**
 * What an operator asks of their own state, or somebody else orders (`by`, a name). During a conversation a pause comes after it;
 * while ringing it lets the call go on.
 */
export function askOperator(turn: Turn, operatorId: string, change: OperatorChange, by?: string): void {
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined) return
  const { status } = operator
  const ordered = { operatorId, ...(by !== undefined && { by }) }
  if (status.kind === 'talking') return turn.record({ type: 'operator-will-rest', then: restOf(change), ...ordered })
  if (status.kind === 'watching') {
    const call = turn.call(status.callId)
    if (call !== undefined) endWatch(turn, call)
  }
  if (change.state === 'ready') {
    if (status.kind !== 'ready' && status.kind !== 'offered') turn.record({ type: 'operator-ready', ...ordered })
    return
  }
  if (status.kind === 'offered') {
    const call = turn.call(status.callId)
    if (call !== undefined) stopRinging(turn, call, operatorId, 'operator-left')
  }
  switch (change.state) {
    case 'paused':
      return turn.record({ type: 'operator-paused', reason: change.reason, ...ordered })
    case 'front-desk':
      return turn.record({ type: 'operator-at-front-desk', ...ordered })
    case 'offline':
      return turn.record({ type: 'operator-left', ...ordered })
    default:
      return change satisfies never
  }
}

function restOf(change: OperatorChange): Resting | null {
  switch (change.state) {
    case 'ready':
      return null
    case 'paused':
      return { kind: 'paused', reason: change.reason }
    case 'front-desk':
    case 'offline':
      return { kind: change.state }
    default:
      return change satisfies never
  }
}

/** Who takes calls, from now on. Whoever is no longer named is rung no more, and is away once a conversation under way is over. */
export function setRoster(turn: Turn, operators: readonly RosterEntry[]): void {
  const named = new Set(operators.map((o) => o.id))
  for (const { id, status } of turn.state.operators.values()) {
    if (!named.has(id) && status.kind !== 'offline') askOperator(turn, id, { state: 'offline' })
  }
  turn.record({ type: 'roster-set', operators })
}

/** A browser that goes while it rings has missed nothing: the caller is the next one's, and this operator's again once it is back. */
export function browserPhone(turn: Turn, operatorId: string, here: boolean): void {
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined || (operator.browserHere ?? false) === here) return
  turn.record({ type: 'browser-phone', operatorId, here })
  if (operator.phone !== 'browser') return
  if (here) return takeUpAgain(turn, operatorId)
  for (const call of turn.state.calls.values())
    for (const offer of call.offers) if (offer.operatorId === operatorId) endOffer(turn, call, offer, 'lost')
}
