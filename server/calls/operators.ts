import type { OperatorChange } from '../contract/http.ts'
import type { RosterEntry } from './model.ts'
import { endOffer } from './offers.ts'
import type { Turn } from './turn.ts'

/** What an operator asks of their own state. During a conversation a pause comes after it; while ringing it lets the call go on. */
export function askOperator(turn: Turn, operatorId: string, change: OperatorChange): void {
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined) return
  const { status } = operator
  if (status.kind === 'talking') {
    const then =
      change.state === 'ready'
        ? null
        : change.state === 'offline'
          ? { kind: 'offline' as const }
          : { kind: 'paused' as const, reason: change.reason }
    return turn.record({ type: 'operator-will-rest', operatorId, then })
  }
  if (change.state === 'ready') {
    if (status.kind !== 'ready' && status.kind !== 'offered') turn.record({ type: 'operator-ready', operatorId })
    return
  }
  if (status.kind === 'offered') {
    const call = turn.call(status.callId)
    if (call !== undefined) endOffer(turn, call, 'operator-left')
  }
  if (change.state === 'paused') turn.record({ type: 'operator-paused', operatorId, reason: change.reason })
  else turn.record({ type: 'operator-left', operatorId })
}

/** Who takes calls, from now on. Whoever is no longer named is rung no more, and is away once a conversation under way is over. */
export function setRoster(turn: Turn, operators: readonly RosterEntry[]): void {
  const named = new Set(operators.map((o) => o.id))
  for (const { id, status } of turn.state.operators.values()) {
    if (!named.has(id) && status.kind !== 'offline') askOperator(turn, id, { state: 'offline' })
  }
  turn.record({ type: 'roster-set', operators })
}
