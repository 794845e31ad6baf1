import { endCall } from './ending.ts'
import type { Input } from './inputs.ts'
import { holdCaller, muteOperator, sendKeys } from './controls.ts'
import { stopRinging } from './declining.ts'
import { extendLimit } from './limit.ts'
import type { Call, Consult } from './model.ts'
import { endDialling } from './outgoing.ts'
import { isAsked } from './parties.ts'
import { cancelConsult, confer, consult, endConsult, handOver, transfer } from './transfer.ts'
import { orderRecording } from './recording.ts'
import { rejoin } from './rejoining.ts'
import { finish } from './survey.ts'
import type { Turn } from './turn.ts'
import { endWatch, takeCall, watch } from './watching.ts'

/** What operators and supervisors want of a call under way. */
export type Wish = Exclude<Extract<Input, { callId: string }>, { type: 'caller-identified' | 'ticket-found' | 'operator-calls' }>

export function wish(turn: Turn, call: Call, input: Wish): void {
  switch (input.type) {
    case 'operator-declines':
      return stopRinging(turn, call, input.operatorId, 'declined')
    case 'operator-hangs-up':
      return hangUp(turn, call, input.operatorId)
    case 'operator-extends':
      return extendLimit(turn, call, input.operatorId, input.reason)
    case 'operator-holds':
      return holdCaller(turn, call, input.operatorId, input.on)
    case 'operator-consults':
      return consult(turn, call, input.operatorId, input.target)
    case 'consult-cancelled':
      return cancelConsult(turn, call, input.operatorId)
    case 'conference-asked':
      return confer(turn, call, input.operatorId)
    case 'operator-transfers':
      return transfer(turn, call, input.operatorId, input.target)
    case 'operator-mutes':
      return muteOperator(turn, call, input.operatorId, input.on)
    case 'operator-records':
      return orderRecording(turn, call, input.operatorId, input.order)
    case 'operator-sends-keys':
      return sendKeys(turn, call, input.operatorId, input.keys)
    case 'operator-rejoins':
      return rejoin(turn, call, input.operatorId)
    case 'call-taken':
      return takeCall(turn, call, input.operatorId)
    case 'call-watched':
      return watch(turn, call, input.operatorId, input.mode)
    case 'watch-left': {
      if (call.status.kind === 'talking' && call.status.watch?.supervisorId === input.operatorId) endWatch(turn, call)
      return
    }
    case 'call-stopped':
      return stopCall(turn, call)
    default:
      return input satisfies never
  }
}

/** The operator's end: of a conversation, of a call that is being made, or of having been asked. */
function hangUp(turn: Turn, call: Call, operatorId: string): void {
  const { status } = call
  if (isAsked(call, operatorId)) endConsult(turn, call, 'left')
  else if (status.kind === 'dialling' && status.operatorId === operatorId) endDialling(turn, call, 'cancelled')
  else if (status.kind === 'talking' && status.operatorId === operatorId) leaveTalk(turn, call, status.consult)
}

/** A question to somebody is over first, and of three the two others remain. */
function leaveTalk(turn: Turn, call: Call, asked: Consult | null): void {
  if (asked === null) finish(turn, call)
  else if (asked.phase === 'joined') handOver(turn, call)
  else endConsult(turn, call, 'cancelled')
}

/** Only somebody who is on the line can be hung up. */
function stopCall(turn: Turn, call: Call): void {
  const { kind } = call.status
  if (kind !== 'kept' && kind !== 'placing' && kind !== 'dialling') endCall(turn, call, 'operator')
}
