/** A phone that we ring for a call, whatever it is to it (see `Part`): it is answered, or fails; after an absence, it is found. */
import { consultEndOf, dialEndOf, offerEndOf } from './hang-up-causes.ts'
import { callOf } from './ids.ts'
import type { ListedChannel } from './inputs.ts'
import type { Call } from './model.ts'
import { endOffer } from './offers.ts'
import { endDialling, joinDialled, pickUp } from './outgoing.ts'
import { type Part, partOf } from './parties.ts'
import { operatorBack, rejoinFailed } from './rejoining.ts'
import { consultAnswered, endConsult, transferAnswered, transferFailed } from './transfer.ts'
import type { Turn } from './turn.ts'
import { endWatch, watchAnswered } from './watching.ts'

/** It is picked up; one that is not wanted any more goes. */
export function phoneAnswered(turn: Turn, leg: string): void {
  const call = callOf(turn.state, leg)
  const part = call === undefined ? null : partOf(call, leg)
  if (call === undefined || part === null) return turn.perform({ type: 'hang-up', channel: leg })
  switch (part.is) {
    case 'offered':
      return pickUp(turn, call, part.offer)
    case 'dialled':
      return joinDialled(turn, call)
    case 'handed':
      return transferAnswered(turn, call)
    case 'asked':
      return part.consult.phase === 'ringing' ? consultAnswered(turn, call) : undefined
    case 'watching':
      return part.watch.phase === 'ringing' ? watchAnswered(turn, call) : undefined
    case 'rejoining':
      return operatorBack(turn, call, part.talk, leg)
    case 'person':
    case 'dialling':
    case 'talking':
      return
    default:
      return part satisfies never
  }
}

/** It could not be rung, or is there no more. @param gone channels that have ended by themselves */
export function phoneFailed(turn: Turn, call: Call, part: Part, cause: number, gone: readonly string[] = []): void {
  const isGone = gone.length > 0
  switch (part.is) {
    case 'dialled':
      return endDialling(turn, call, dialEndOf(cause), gone)
    case 'offered':
      return endOffer(turn, call, part.offer, offerEndOf(cause), isGone)
    case 'handed':
      return transferFailed(turn, call, consultEndOf(cause), isGone)
    case 'asked':
      return endConsult(turn, call, part.consult.phase === 'ringing' ? consultEndOf(cause) : 'left', isGone)
    case 'watching':
      return endWatch(turn, call, isGone)
    case 'rejoining':
      return rejoinFailed(turn, call, isGone)
    case 'person':
    case 'dialling':
    case 'talking':
      return
    default:
      return part satisfies never
  }
}

/** One that rang when the service lost sight of it. */
export function takeUpPhone(turn: Turn, { id, state }: ListedChannel): void {
  if (state === 'up') phoneAnswered(turn, id)
}
