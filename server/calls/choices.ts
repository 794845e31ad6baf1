/** What a caller may choose by a key at this moment; what is said, for who reads it. */
import type { Call } from './model.ts'
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
  | 'message-over'
  | 'rating'
export type Choice = { readonly key: string; readonly name: ChoiceName }

export function choicesOf(call: Call, { disruptions }: Settings): readonly Choice[] {
  const { status } = call
  const join: readonly Choice[] = disruptions.length > 0 ? [{ key: '4', name: 'join' }] : []
  if (status.kind === 'closed') return [{ key: '2', name: 'language' }, ...join]
  if (status.kind === 'message') return status.playing === null ? [{ key: '#', name: 'message-over' }] : []
  if (status.kind === 'ending') return status.asks ? ['1', '2', '3', '4', '5'].map((key) => ({ key, name: 'rating' })) : []
  if (status.kind !== 'waiting') return []
  if (status.keeping?.step === 'confirm')
    return [
      { key: '1', name: 'confirm' },
      { key: '2', name: 'other-number' },
      { key: '*', name: 'stay' },
    ]
  if (status.keeping?.step === 'keying')
    return [
      { key: '#', name: 'number-over' },
      { key: '*', name: 'stay' },
    ]
  return [
    { key: '1', name: status.aboutTicket ? 'ticket-message' : 'message' },
    { key: '3', name: 'keep-place' },
    ...join,
    { key: '2', name: 'language' },
  ]
}

/** Whether figures are asked for. */
export const asksForNumber = ({ status }: Call): boolean => status.kind === 'waiting' && status.keeping?.step === 'keying'
