import type { Call } from './model.ts'
import { endOffer, offerOf } from './offers.ts'
import { endConsult, transferFailed } from './transfer.ts'
import type { Turn } from './turn.ts'
import { endWatch } from './watching.ts'

/** An operator's phone is not to ring for a call any more: refused, or the operator leaves. */
export function stopRinging(turn: Turn, call: Call, operatorId: string, why: 'declined' | 'operator-left'): void {
  const { status } = call
  const offer = offerOf(call, operatorId)
  if (offer !== undefined) return endOffer(turn, call, offer, why)
  if (status.kind === 'transferring' && status.target.kind === 'operator' && status.target.operatorId === operatorId)
    return transferFailed(turn, call, 'busy')
  if (status.kind !== 'talking') return
  const { consult, watch } = status
  if (consult?.phase === 'ringing' && consult.target.kind === 'operator' && consult.target.operatorId === operatorId)
    endConsult(turn, call, 'busy')
  else if (watch?.supervisorId === operatorId) endWatch(turn, call)
}
