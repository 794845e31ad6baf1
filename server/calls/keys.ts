/** A key of somebody on the line: what it chooses at this moment stands in choices.ts, what follows from it here. */
import { choicesOf } from './choices.ts'
import { callOf } from './ids.ts'
import { askToJoin } from './joining.ts'
import { endOffers } from './offers.ts'
import { askOtherNumber, askPlace, checkKeyed, keepPlace, keyFigure, stayInLine } from './places.ts'
import { rate } from './survey.ts'
import type { Turn } from './turn.ts'
import { changeLanguage, inviteMessage } from './waiting.ts'

export function keyPressed(turn: Turn, channel: string, key: string): void {
  const call = callOf(turn.state, channel)
  if (call?.channel !== channel) return
  const keeping = call.status.kind === 'waiting' ? call.status.keeping : null
  const choice = choicesOf(call, turn.settings).find((one) => one.key === key)?.name
  switch (choice) {
    case 'message':
    case 'ticket-message':
      endOffers(turn, call, 'caller-gone')
      return inviteMessage(turn, turn.latest(call))
    case 'language':
      return changeLanguage(turn, call)
    case 'join':
      return askToJoin(turn, call)
    case 'keep-place':
      return askPlace(turn, call)
    case 'stay':
      return stayInLine(turn, call)
    case 'confirm':
      return keeping?.step === 'confirm' ? keepPlace(turn, call, keeping.number) : undefined
    case 'other-number':
      return askOtherNumber(turn, call)
    case 'number-over':
      return keeping?.step === 'keying' ? checkKeyed(turn, call, keeping) : undefined
    case 'rating':
      return rate(turn, call, key)
    case 'message-over':
      // Asterisk ends the recording by itself.
      return
    case undefined:
      return keeping?.step === 'keying' ? keyFigure(turn, call, keeping, key) : undefined
    default:
      return choice satisfies never
  }
}
