import { endCall } from './ending.ts'
import type { Input } from './inputs.ts'
import { muteOperator, sendKeys } from './controls.ts'
import type { Call } from './model.ts'
import { cancelConsult, confer, consult, endConsult, handOver, transfer } from './transfer.ts'
import { orderRecording } from './recording.ts'
import { rejoin } from './rejoining.ts'
import { finish } from './survey.ts'
import type { Turn } from './turn.ts'
import { endWatch, takeCall, watch } from './watching.ts'

export type Wish = Extract<
  Input,
  {
    type:
      | 'operator-consults'
      | 'consult-cancelled'
      | 'conference-asked'
      | 'operator-transfers'
      | 'operator-mutes'
      | 'operator-records'
      | 'operator-sends-keys'
      | 'operator-rejoins'
      | 'call-taken'
      | 'call-watched'
      | 'watch-left'
      | 'call-stopped'
  }
>

/** What operators and supervisors want of a call under way. */
export function wish(turn: Turn, call: Call, input: Wish): void {
  switch (input.type) {
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

/** The operator's end of a conversation: a question to somebody is over first, and of three the two others remain. */
export function leaveTalk(turn: Turn, call: Call): void {
  const asked = call.status.kind === 'talking' ? call.status.consult : null
  if (asked === null) finish(turn, call)
  else if (asked.phase === 'joined') handOver(turn, call)
  else endConsult(turn, call, 'cancelled')
}

/** Only somebody who is on the line can be hung up. */
function stopCall(turn: Turn, call: Call): void {
  const { kind } = call.status
  if (kind !== 'kept' && kind !== 'placing' && kind !== 'dialling') endCall(turn, call, 'operator')
}
