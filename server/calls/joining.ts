/**
 * Joining a disruption (key 4): written down, thanked, and the line is free. The ticket follows from what is written down, whether the
 * database is there or not.
 */
import { onlyOne } from '../contract/only-one.ts'
import { sound } from './announcements.ts'
import { joined } from './disruption.ts'
import { playbackId } from './ids.ts'
import type { Call } from './model.ts'
import { endOffers } from './offers.ts'
import type { Turn } from './turn.ts'
import { farewell, stopAnnouncing } from './waiting.ts'

/** Who withholds their number is asked for one while they wait; on the closed side they join without. */
export function askToJoin(turn: Turn, call: Call): void {
  if (call.number === null && call.status.kind === 'waiting') askNumberToJoin(turn, call)
  else join(turn, call, call.number)
}

export function askNumberToJoin(turn: Turn, call: Call, before: readonly string[] = []): void {
  stopAnnouncing(turn, call)
  const announcement = { playback: playbackId(call), sounds: [...before, sound('disruption-number')] }
  turn.record({ type: 'place-asked', callId: call.id, keeping: { step: 'keying', digits: '', joins: true }, announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** Written down before it is said. A mail is promised only where there is an address to write to. */
export function join(turn: Turn, call: Call, number: string | null): void {
  const disruption = joined(call, turn.settings)
  if (disruption === null) return
  if ('playing' in call.status && call.status.playing !== null)
    turn.perform({ type: 'stop-playing', channel: call.channel, playback: call.status.playing.playback })
  endOffers(turn, call, 'caller-gone')
  turn.record({ type: 'disruption-joined', callId: call.id, disruptionId: disruption.id, number })
  const mailed = number === call.number && (onlyOne(call.people)?.email ?? null) !== null
  farewell(turn, turn.latest(call), mailed ? 'disruption-joined-mail' : 'disruption-joined', 'attached')
}
