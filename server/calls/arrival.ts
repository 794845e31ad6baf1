/** Somebody calls, or is handed back by the dialplan, which looked after them while the service said nothing. */
import { endCall } from './ending.ts'
import type { Input } from './inputs.ts'
import { lineDialled } from './lines.ts'
import { endOffers, matchQueue } from './offers.ts'
import { placeOf } from './queue.ts'
import { resume } from './recovery.ts'
import { findTicket } from './ticket-news.ts'
import type { Turn } from './turn.ts'
import { playClosed } from './waiting.ts'

type Arrival = Omit<Extract<Input, { type: 'call-arrived' }>, 'type'>

/** Since when whoever arrives ranks in line, ms since 1970: their line's lead and a place they had before count. */
export const rankOf = ({ now, settings }: Turn, { dialled, rank, since = now }: Pick<Arrival, 'dialled' | 'rank' | 'since'>): number =>
  Math.min(Math.min(now, since) - lineDialled(settings, dialled).aheadMs, rank ?? now)

/** @param serial where ids made for the call go on, when some were made before anybody here knew of it */
export function arrive(turn: Turn, arrival: Arrival, serial = 0): void {
  const { channel, number, dialled, people, page } = arrival
  const known = turn.call(channel)
  if (known !== undefined) return known.status.kind === 'talking' ? endCall(turn, known, 'desk') : resume(turn, known, [])
  turn.record({
    type: 'call-arrived',
    callId: channel,
    number,
    people,
    line: lineDialled(turn.settings, dialled).id,
    rank: rankOf(turn, arrival),
    ...(page && { page }),
    ...(serial > 0 && { serial }),
  })
  if (arrival.ticket !== undefined) findTicket(turn, channel, arrival.ticket)
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
