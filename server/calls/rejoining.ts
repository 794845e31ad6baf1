/**
 * A page that is loaded anew, or a browser that falls, ends an operator's side of a conversation and nothing else: the caller hears
 * music for a bounded while, and the browser is rung again as soon as it is back. Whoever does not come back has lost the caller to the
 * next operator, first in line.
 *
 *                     talks              lost, not yet back       lost, rung again
 *   leg gone          lost               –                        lost, not yet back (that leg)
 *   browser is back   –                  rung again               –
 *   page asks         lost, rung again   rung again               –
 *   picks up          –                  –                        talks
 *   caller gone, or the operator ends it: as in any conversation
 *   the while is over –                  caller back in line      caller back in line
 *
 * With other phones nobody loads a page: their leg's end is the operator's word.
 */
import { raiseAlarm } from './alarm.ts'
import { sound } from './announcements.ts'
import { callerName } from './caller-name.ts'
import { endCall } from './ending.ts'
import { legId, playbackId } from './ids.ts'
import { armNet, netSeconds } from './limit.ts'
import type { Call, Talking } from './model.ts'
import { ringTimeoutS } from './offers.ts'
import { keepCaller } from './parties.ts'
import { isReachable } from './reach.ts'
import { endConsult } from './transfer.ts'
import type { Turn } from './turn.ts'
import { holdLimitS } from './waiting.ts'
import { endWatch } from './watching.ts'

/** How long a conversation waits for its operator's browser. */
export const rejoinMs = 20_000

/**
 * The operator's leg is gone, or plays to nobody.
 * @returns false when it was no browser's, or nobody is there to wait for it: nothing has been done
 */
export function loseOperator(turn: Turn, call: Call, { operatorId, consult, leg, capAt }: Talking, legIsGone = true): boolean {
  // Whom was asked has the caller: nobody waits.
  if (operatorId === null || (consult !== null && consult.phase !== 'ringing')) return false
  const operator = turn.state.operators.get(operatorId)
  if (operator?.phone !== 'browser') return false
  endWatch(turn, call)
  endConsult(turn, turn.latest(call), 'cancelled')
  turn.record({ type: 'operator-lost', callId: call.id })
  turn.perform({ type: 'hold', channel: call.channel, limitS: netSeconds(turn, call, capAt) })
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: leg })
  // A page that asks is there, whatever is known of its connection.
  if (!legIsGone || isReachable(operator)) ringAgain(turn, turn.latest(call), operatorId)
  return true
}

/** The operator's page has nothing of the conversation. */
export function rejoin(turn: Turn, call: Call, operatorId: string): void {
  const { status } = call
  if (status.kind !== 'talking' || status.operatorId !== operatorId) return
  if (status.rejoining == null) loseOperator(turn, call, status, false)
  else if (status.rejoining.leg === null) ringAgain(turn, call, operatorId)
}

/** The operator's browser is there again. */
export function takeUpAgain(turn: Turn, operatorId: string): void {
  for (const call of turn.state.calls.values()) {
    const { status } = call
    if (status.kind === 'talking' && status.operatorId === operatorId && status.rejoining?.leg === null) ringAgain(turn, call, operatorId)
  }
}

function ringAgain(turn: Turn, call: Call, operatorId: string): void {
  const leg = legId(call)
  turn.record({ type: 'operator-rung-again', callId: call.id, leg })
  const to = { kind: 'operator', operatorId } as const
  const shows = { number: call.number, name: callerName(call) }
  turn.perform({ type: 'ring', leg, to, caller: call.channel, shows, bridge: null, timeoutS: ringTimeoutS(turn) })
}

/** That phone could not be rung, or was not picked up: once more when the browser says that it is there. */
export function rejoinFailed(turn: Turn, call: Call, isGone: boolean): void {
  const leg = call.status.kind === 'talking' ? call.status.rejoining?.leg : null
  turn.record({ type: 'operator-rung-again', callId: call.id, leg: null })
  if (leg != null && !isGone) turn.perform({ type: 'hang-up', channel: leg })
}

/** The operator is there again: both talk, or the caller stays on hold as before. */
export function operatorBack(turn: Turn, call: Call, { bridge, capAt, muted, onHold }: Talking, leg: string): void {
  turn.record({ type: 'operator-back', callId: call.id, leg })
  if (onHold) {
    turn.perform({ type: 'join', channel: leg, bridge })
    armNet(turn, turn.latest(call))
  } else turn.perform({ type: 'connect', caller: call.channel, leg, bridge, limitS: netSeconds(turn, call, capAt) })
  if (muted) turn.perform({ type: 'mute', channel: leg, on: true })
}

export const rejoinDeadline = ({ rejoining }: Talking): number =>
  rejoining == null ? Number.POSITIVE_INFINITY : rejoining.since + rejoinMs

/** The browser does not come back: somebody who called waits first in line, somebody whom we called is let go. */
export function giveUpRejoining(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'talking') return
  if (call.direction === 'out') return endCall(turn, call, 'desk')
  keepCaller(turn, call)
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'leave-talk', channel: call.channel })
  const announcement = { playback: playbackId(call), sounds: [sound('talk-lost')] }
  turn.record({ type: 'caller-requeued', callId: call.id, announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
  raiseAlarm(turn, turn.latest(call))
}
