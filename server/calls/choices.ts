/** What a caller may choose by a key at this moment; what is said, for who reads it. */
import type { Call, Keeping } from './model.ts'
import type { Settings } from './settings.ts'

export type ChoiceName =
  | 'message'
  | 'ticket-message'
  | 'language'
  | 'keep-place'
  | 'join'
  | 'confirm'
  | 'other-number'
  | 'stay'
  | 'number-over'
  | 'without-number'
  | 'message-over'
  | 'rating'
export type Choice = { readonly key: string; readonly name: ChoiceName }

/** The number that is being asked for; null: none is. */
export function numberAsked({ status }: Call): Keeping | null {
  if (status.kind === 'waiting') return status.keeping
  return status.kind === 'message' ? (status.asking?.keeping ?? null) : null
}

/** Whether figures are asked for. */
export const asksForNumber = (call: Call): boolean => numberAsked(call)?.step === 'keying'

export function choicesOf(call: Call, { disruptions }: Settings): readonly Choice[] {
  const { status } = call
  const join: readonly Choice[] = disruptions.length > 0 ? [{ key: '4', name: 'join' }] : []
  const otherNumber: readonly Choice[] = [{ key: '3', name: 'other-number' }]
  const asked = numberAsked(call)
  if (asked !== null) return choicesOfNumber(asked, status.kind === 'message' ? 'without-number' : 'stay')
  if (status.kind === 'closed') {
    const aboutTicket: readonly Choice[] = call.ticket?.told === true ? [{ key: '1', name: 'ticket-message' }] : []
    return [...aboutTicket, { key: '2', name: 'language' }, ...(call.number === null ? [] : otherNumber), ...join]
  }
  if (status.kind === 'message') return status.playing === null ? [{ key: '#', name: 'message-over' }] : otherNumber
  if (status.kind === 'ending') return status.asks ? ['1', '2', '3', '4', '5'].map((key) => ({ key, name: 'rating' })) : []
  if (status.kind !== 'waiting') return []
  return [
    { key: '1', name: status.aboutTicket ? 'ticket-message' : 'message' },
    { key: '3', name: 'keep-place' },
    ...join,
    { key: '2', name: 'language' },
  ]
}

/** @param star what giving no number means */
const choicesOfNumber = ({ step }: Keeping, star: ChoiceName): readonly Choice[] =>
  step === 'confirm'
    ? [
        { key: '1', name: 'confirm' },
        { key: '2', name: 'other-number' },
        { key: '*', name: star },
      ]
    : [
        { key: '#', name: 'number-over' },
        { key: '*', name: star },
      ]
