/** How a call ends, whatever its status. */
import type { Call, EndReason } from './model.ts'
import { endOffers } from './offers.ts'
import { dropBridges, hangUpParties } from './parties.ts'
import type { Turn } from './turn.ts'
import { keepMessage } from './waiting.ts'

type EndedBy = 'caller' | 'operator' | 'desk' | 'unknown'

/** End a call whatever its status: everything of it goes, its operator is freed, a voice message under way is kept. */
export function endCall(
  turn: Turn,
  call: Call,
  by: EndedBy,
  {
    callerGone = false,
    cut = false,
    gone,
  }: { readonly callerGone?: boolean; readonly cut?: boolean; readonly gone?: string | undefined } = {},
): void {
  endOffers(turn, call, 'caller-gone')
  const kept = keepMessage(turn, call, null)
  hangUpParties(turn, call, gone)
  dropBridges(turn, call)
  if (!callerGone) turn.perform({ type: 'hang-up', channel: call.channel })
  turn.record({ type: 'call-ended', callId: call.id, reason: cut && !kept ? 'cut' : reasonOf(call, by, kept), by })
}

function reasonOf({ status }: Call, by: EndedBy, messageKept: boolean): EndReason {
  if (status.kind === 'talking' || status.kind === 'transferring') return by === 'desk' ? 'cut' : 'completed'
  if (status.kind === 'ending') return status.reason
  if (status.kind === 'dialling') return 'unanswered'
  if (status.kind === 'placing') return 'withdrawn'
  if (messageKept) return 'message'
  if (status.kind === 'closed') return 'closed'
  return by === 'unknown' ? 'cut' : 'abandoned'
}
