/** Somebody calls, or is handed back by the dialplan, which looked after them while the service said nothing. */
import { endCall } from './ending.ts'
import type { Input } from './inputs.ts'
import { lineDialled } from './lines.ts'
import { endOffers, matchQueue } from './offers.ts'
import { placeOf } from './queue.ts'
import { resume } from './recovery.ts'
import type { Turn } from './turn.ts'
import { playClosed } from './waiting.ts'

export function arrive(
  turn: Turn,
  { channel, number, dialled, people, page, rank, since = turn.now }: Omit<Extract<Input, { type: 'call-arrived' }>, 'type'>,
): void {
  const known = turn.call(channel)
  if (known !== undefined) return known.status.kind === 'talking' ? endCall(turn, known, 'desk') : resume(turn, known, [])
  const { id: line, aheadMs } = lineDialled(turn.settings, dialled)
  turn.record({
    type: 'call-arrived',
    callId: channel,
    number,
    people,
    line,
    rank: Math.min(Math.min(turn.now, since) - aheadMs, rank ?? turn.now),
    ...(page && { page }),
  })
  const call = turn.call(channel)
  if (call === undefined) return
  const place = placeOf(turn.state, number)
  if (place !== null) endOffers(turn, place, 'caller-gone')
  if (turn.state.open) {
    matchQueue(turn)
    // A caller put into the queue has a new limit instead.
    if (turn.call(channel)?.status.kind === 'ringing') turn.perform({ type: 'take-over', channel, beside: true })
  } else {
    turn.perform({ type: 'take-over', channel, beside: false })
    playClosed(turn, call)
  }
}
