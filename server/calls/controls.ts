/** What an operator does to a conversation of two: hold, microphone, keys. */
import { netSeconds } from './limit.ts'
import type { Call } from './model.ts'
import type { Turn } from './turn.ts'

/** The operator is not heard, or is again. */
export function muteOperator(turn: Turn, call: Call, operatorId: string, on: boolean): void {
  const { status } = call
  if (status.kind !== 'talking' || status.operatorId !== operatorId || status.muted === on) return
  turn.record({ type: 'operator-muted', callId: call.id, on })
  turn.perform({ type: 'mute', channel: status.leg, on })
}

/** Telephone keys, to whom the operator hears. */
export function sendKeys(turn: Turn, call: Call, operatorId: string, keys: string): void {
  const { status } = call
  if (status.kind !== 'talking' || status.operatorId !== operatorId) return
  const asked = status.consult?.phase === 'talking' ? status.consult.leg : null
  turn.perform({ type: 'send-keys', channel: asked ?? call.channel, keys })
}

/** The caller is put apart with music, and taken back. The limit runs on. */
export function holdCaller(turn: Turn, call: Call, operatorId: string, on: boolean): void {
  const { status } = call
  if (status.kind !== 'talking' || status.operatorId !== operatorId || status.onHold === on || status.consult !== null) return
  if (status.rejoining != null) return
  turn.record({ type: on ? 'caller-held' : 'caller-resumed', callId: call.id })
  const limitS = netSeconds(turn, call, status.capAt)
  if (on) turn.perform({ type: 'hold', channel: call.channel, limitS })
  else turn.perform({ type: 'connect', caller: call.channel, leg: status.leg, bridge: status.bridge, limitS })
}
