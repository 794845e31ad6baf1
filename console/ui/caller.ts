import type { CallView } from '../../server/contract/entities.ts'
import { i18n } from './i18n.ts'

/** The name when one person has the number, else the number as it is read. */
export function callerName(call: CallView): string {
  const only = call.people.length === 1 ? call.people[0] : undefined
  return only?.name ?? (call.page !== undefined && call.number === null ? i18n.t('call.fromPage') : call.numberShown)
}
