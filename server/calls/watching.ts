/** A supervisor at a conversation (R22): listens, whispers to the operator alone, or joins; takes a chosen caller. */
import { isAtRest } from './change.ts'
import { bridgeOfLeg, legId } from './ids.ts'
import type { Call, Talking, Watch } from './model.ts'
import { showNumber } from './number.ts'
import { bridgeOfTalk } from './parties.ts'
import { endOffers, makeOffer, ringTimeoutS } from './offers.ts'
import type { Turn } from './turn.ts'

/** Come to a conversation, or change how one is there. The supervisor's own phone rings first. */
export function watch(turn: Turn, call: Call, supervisorId: string, mode: Watch['mode']): void {
  const { status } = call
  if (status.kind !== 'talking' || status.operatorId === null || status.operatorId === supervisorId) return
  // There is nobody to listen to, and the conversation may be over.
  if (status.rejoining != null) return
  if (status.watch !== null) {
    if (status.watch.supervisorId === supervisorId && status.watch.mode !== mode) changeMode(turn, call, status, status.watch, mode)
    return
  }
  const supervisor = turn.state.operators.get(supervisorId)
  if (supervisor === undefined || !isAtRest(supervisor.status)) return
  const leg = legId(call)
  turn.record({ type: 'watch-started', callId: call.id, supervisorId, leg, mode })
  const shows = { number: call.number, name: `Écoute : ${showNumber(call.number)}` }
  const to = { kind: 'operator', operatorId: supervisorId } as const
  turn.perform({ type: 'ring', leg, to, caller: status.leg, shows, bridge: bridgeOfLeg(leg), timeoutS: ringTimeoutS(turn) })
}

function changeMode(turn: Turn, call: Call, status: Talking, { leg, phase, mode: before }: Watch, mode: Watch['mode']): void {
  turn.record({ type: 'watch-changed', callId: call.id, mode })
  if (phase === 'ringing') return
  if (before !== 'join') turn.perform({ type: 'stop-spying', channel: status.leg, leg })
  attend(turn, status, { leg, mode })
}

/** The bridge in which a supervisor who has picked up is. */
export const placeOfWatch = (status: Talking, { leg, mode }: Pick<Watch, 'leg' | 'mode'>): string =>
  mode === 'join' ? bridgeOfTalk(status) : bridgeOfLeg(leg)

/** Have a supervisor who has picked up hear, and be heard as they wish. */
export function attend(turn: Turn, status: Talking, { leg, mode }: Pick<Watch, 'leg' | 'mode'>): void {
  const bridge = placeOfWatch(status, { leg, mode })
  if (mode === 'join') turn.perform({ type: 'join', channel: leg, bridge })
  else turn.perform({ type: 'spy', channel: status.leg, leg, bridge, whisper: mode === 'whisper' })
}

/** The supervisor has picked up. */
export function watchAnswered(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'talking' || status.watch === null) return
  turn.record({ type: 'watch-answered', callId: call.id })
  attend(turn, status, status.watch)
}

/** The supervisor leaves, or the conversation changes hands. */
export function endWatch(turn: Turn, call: Call, legIsGone = false): void {
  const { status } = call
  if (status.kind !== 'talking' || status.watch === null) return
  const { leg, mode, phase } = status.watch
  turn.record({ type: 'watch-ended', callId: call.id })
  if (phase === 'up' && mode !== 'join') turn.perform({ type: 'stop-spying', channel: status.leg, leg })
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: leg })
  turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(leg), channel: leg })
}

/** A chosen caller, whatever the order: this operator's phone rings for them, and nobody else's. */
export function takeCall(turn: Turn, call: Call, operatorId: string): void {
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined || !isAtRest(operator.status)) return
  const { kind } = call.status
  if (kind !== 'waiting' && kind !== 'ringing' && !(kind === 'kept' && call.status.playing === null)) return
  endOffers(turn, call, 'caller-gone')
  makeOffer(turn, turn.latest(call), operatorId)
}
