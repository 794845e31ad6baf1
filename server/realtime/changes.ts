import type { CallView, OperatorView } from '../contract/entities.ts'
import type { DeskChange } from '../contract/live.ts'
import type { DeskView } from '../engine/desk.ts'
import type { Turned } from '../engine/engine.ts'
import { positions, viewCall, viewOperator } from '../engine/view.ts'

/** What has changed since the last numbered change was sent, each thing once. */
export type PendingChange = {
  readonly calls: ReadonlyMap<string, CallView>
  readonly ended: ReadonlyMap<string, DeskChange['ended'][number]>
  readonly operators: ReadonlyMap<string, OperatorView>
  readonly desk: Pick<DeskView, 'open' | 'hours' | 'opening' | 'telephony' | 'lines'> | null
}

export const noChange: PendingChange = { calls: new Map(), ended: new Map(), operators: new Map(), desk: null }

/**
 * Add one turn. Calls and operators are compared by identity (the state shares what did not change); a call whose place in the
 * queue moved has changed too. `sent` holds the positions last told and is brought up to date.
 */
export function changeFrom(pending: PendingChange, { before, state, logged }: Turned, sent: Map<string, number>): PendingChange {
  const calls = new Map(pending.calls)
  const ended = new Map(pending.ended)
  const operators = new Map(pending.operators)
  const now = positions(state)
  for (const call of state.calls.values()) {
    const position = now.get(call.id) ?? null
    if (before.calls.get(call.id) === call && (sent.get(call.id) ?? null) === position) continue
    calls.set(call.id, viewCall(call, position))
    if (position === null) sent.delete(call.id)
    else sent.set(call.id, position)
  }
  for (const { fact } of logged) {
    if (fact.type !== 'call-ended') continue
    const talk = before.calls.get(fact.callId)?.status
    ended.set(fact.callId, { id: fact.callId, operatorId: talk?.kind === 'talking' ? talk.operatorId : null, reason: fact.reason })
    calls.delete(fact.callId)
    sent.delete(fact.callId)
  }
  for (const operator of state.operators.values())
    if (before.operators.get(operator.id) !== operator) operators.set(operator.id, viewOperator(operator))
  return { ...pending, calls, ended, operators }
}
