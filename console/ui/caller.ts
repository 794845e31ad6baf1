import { onlyOne } from '../../server/contract/only-one.ts'
import type { CallView } from '../../server/contract/entities.ts'
import { i18n } from './i18n.ts'

/** The name when one person has the number, else the number as it is read. */
export const nameOrNumber = ({ people, numberShown }: Pick<CallView, 'people' | 'numberShown'>): string =>
  onlyOne(people)?.name ?? numberShown

/** The same of a call; from the desk's page without either, that it comes from there. */
export const callerName = (call: CallView): string =>
  nameOrNumber(call.page !== undefined && call.number === null ? { ...call, numberShown: i18n.t('call.fromPage') } : call)
