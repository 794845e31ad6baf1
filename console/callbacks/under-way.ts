import type { TFunction } from 'i18next'
import type { CallView } from '../../server/contract/entities.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import type { Desk } from '../live/desk.ts'

/** Whether this call is made to answer this entry. */
export const isAbout = (entry: OwedEntry, call: CallView): boolean =>
  call.owedId === entry.id ||
  entry.origins.some((origin) => origin.callId === call.id) ||
  (call.direction === 'out' && call.number !== null && call.number === entry.number)

/** The call of the moment that this entry has to do with: made for it, or the person's own. */
const callOf = (entry: OwedEntry, desk: Desk): CallView | undefined =>
  desk.calls.find((call) => isAbout(entry, call)) ??
  desk.calls.find((call) => entry.number !== null && call.number === entry.number && call.status === 'waiting')

/** What happens on the line with this person right now, in words. `busy`: there is nobody to call. */
export type UnderWay = { readonly text: string; readonly busy: boolean }

const busy = (text: string): UnderWay => ({ text, busy: true })

/** Null when nothing happens. */
export function underWay(entry: OwedEntry, desk: Desk, t: TFunction): UnderWay | null {
  const call = callOf(entry, desk)
  if (call === undefined) return null
  const mine = call.operatorId === desk.me
  const who = desk.operators.find((o) => o.id === call.operatorId)?.name ?? ''
  switch (call.status) {
    case 'placing':
      return busy(mine ? t('calling.now.placing') : t('calling.now.placingBy', { who }))
    case 'dialling':
      return busy(mine ? t('calling.now.dialling') : t('calling.now.placingBy', { who }))
    case 'talking':
    case 'transferring':
      return busy(mine ? t('calling.now.talking') : t('calling.now.talkingWith', { who }))
    case 'kept':
      return { text: t('calling.now.kept'), busy: false }
    case 'ringing':
    case 'waiting':
      return busy(t('calling.now.waiting'))
    case 'message':
    case 'closed':
    case 'ending':
      return null
    default:
      return call.status satisfies never
  }
}
