import { callIdOf, isLeg } from '../../server/calls/ids.ts'
import type { DeskChange } from '../../server/contract/live.ts'
import type { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import { cpuMs, processesOf } from './cost.ts'
import { type Heard, listen } from './ear.ts'
import { type Figure, mean, spread } from './figures.ts'
import { placeCalls, warmUpCalls } from './line.ts'
import { firsts } from './runs.ts'

const calls = 150

/** From a caller's INVITE to the ready operator's: SIPp's own timestamps on both sides. With it, what the calls cost. */
export async function measureInvite(desk: DeskLine): Promise<readonly Figure[]> {
  const processes = await processesOf(desk)
  await placeCalls(desk, warmUpCalls)
  await desk.reset()
  const before = { service: cpuMs(processes.service), asterisk: cpuMs(processes.asterisk) }
  const { caller, phone } = await placeCalls(desk, calls)
  const spent = { service: cpuMs(processes.service) - before.service, asterisk: cpuMs(processes.asterisk) - before.asterisk }
  const [dialled, rung] = [firsts(caller, 'INVITE', true), firsts(phone, 'INVITE', false)]
  if (dialled.length !== calls || rung.length !== calls)
    throw new Error(`${dialled.length} calls and ${rung.length} phones rung, for ${calls}`)
  await desk.reset()
  // Callers are served in their order, so the nth phone that rings rings for the nth caller.
  return [
    spread(
      'queue.invite',
      dialled.map((at, i) => ((rung[i] ?? 0) - at) * 1_000),
      'p50',
      8,
    ),
    mean('queue.cpu.service', spent.service, calls),
    mean('queue.cpu.asterisk', spent.asterisk, calls),
  ]
}

/**
 * From Asterisk's event, by its own timestamp, to the change received by a Socket.IO client: an arrival (its step into the
 * application), an answer (the phone's channel is up), an end (the caller's channel is destroyed).
 */
export async function measureEvent(desk: DeskLine): Promise<readonly Figure[]> {
  await placeCalls(desk, warmUpCalls)
  await desk.reset()
  const ear = await listen(desk)
  const { live } = await placeCalls(desk, calls)
  ear.close()
  const delays = ear.heard.flatMap((event) => {
    const shown = shownBy(event)
    const seen = shown === null ? null : firstSeen(live, shown)
    return seen === null ? [] : [seen - event.at]
  })
  if (delays.length !== 3 * calls) throw new Error(`${delays.length} events were shown, of ${3 * calls}`)
  await desk.reset()
  return [spread('queue.event', delays, 'p95', 50)]
}

type Shown = (change: DeskChange) => boolean

/** What a client must be shown after an event; null for an event that shows nothing. */
function shownBy({ type, channel, state, app }: Heard): Shown | null {
  const call = callIdOf(channel)
  if (type === 'ChannelDialplan' && app === 'Stasis' && !isLeg(channel)) return (change) => change.calls.some((c) => c.id === call)
  if (type === 'ChannelStateChange' && state === 'Up' && isLeg(channel)) {
    return (change) => change.calls.some((c) => c.id === call && c.status === 'talking')
  }
  if (type === 'ChannelDestroyed' && !isLeg(channel)) return (change) => change.ended.some((c) => c.id === call)
  return null
}

const firstSeen = (live: Live, shown: Shown): number | null => live.seen.find(({ change }) => shown(change))?.at ?? null
