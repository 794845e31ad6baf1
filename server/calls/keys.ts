/** A key of somebody on the line: what it chooses at this moment stands in choices.ts, what follows from it here. */
import { choicesOf, numberAsked } from './choices.ts'
import { callOf } from './ids.ts'
import { askToJoin } from './joining.ts'
import { askMessageNumber, inviteMessage, inviteToSpeak } from './message-number.ts'
import { endOffers } from './offers.ts'
import { askOtherNumber, askPlace, checkKeyed, keepPlace, keyFigure, stayInLine } from './places.ts'
import { rate } from './survey.ts'
import type { Turn } from './turn.ts'
import { changeLanguage } from './waiting.ts'

export function keyPressed(turn: Turn, channel: string, key: string): void {
  const call = callOf(turn.state, channel)
  if (call?.channel !== channel) return
  const keeping = numberAsked(call)
  const isWaiting = call.status.kind === 'waiting'
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
      if (keeping?.step !== 'confirm') return
      return isWaiting ? keepPlace(turn, call, keeping.number) : inviteToSpeak(turn, call, keeping.number)
    case 'other-number':
      return isWaiting ? askOtherNumber(turn, call) : askMessageNumber(turn, call)
    case 'without-number':
      return inviteToSpeak(turn, call, null)
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
