/**
 * One question by key after a conversation, off unless a site turns it on. Only the caller is kept: the operator is in wrap-up already.
 * Whoever hangs up has not answered.
 */
import { sound } from './announcements.ts'
import { endCall } from './ending.ts'
import { playbackId } from './ids.ts'
import { keepCaller } from './parties.ts'
import type { Call } from './model.ts'
import type { Turn } from './turn.ts'
import { farewell, lastWords } from './waiting.ts'

/** Time to find the key. */
const silence = 'sound:silence/5'

/**
 * The operator has ended a conversation of two: the caller is asked, where the site asks.
 * @param gone the telephone that has hung up already
 */
export function finish(turn: Turn, call: Call, gone?: string): void {
  if (!turn.settings.survey || call.status.kind !== 'talking' || call.status.operatorId === null)
    return endCall(turn, call, 'operator', { gone })
  keepCaller(turn, call, gone)
  turn.perform({ type: 'leave-talk', channel: call.channel })
  lastWords(turn, call)
  const announcement = { playback: playbackId(call), sounds: [sound('survey'), silence] }
  turn.record({ type: 'farewell-started', callId: call.id, announcement, reason: 'completed', asks: true })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** Somebody who was asked has answered. @param key from 1 to 5 */
export function rate(turn: Turn, call: Call, key: string): void {
  if (call.status.kind !== 'ending') return
  turn.record({ type: 'survey-answered', callId: call.id, rating: Number(key) })
  turn.perform({ type: 'stop-playing', channel: call.channel, playback: call.status.playing.playback })
  farewell(turn, call, 'survey-thanks', 'completed')
}
