import type { TFunction } from 'i18next'
import { within } from '../../server/contract/in-words.ts'
import type { WaitingFor } from '../../server/contract/ticket-states.ts'
import { fullMoment } from '../ui/format.ts'

/** « Attend AMUE, réf. INC-77, pour le 30 novembre 2026 à 10:00 » */
export function waitingWords(t: TFunction, what: WaitingFor): string {
  const by = (at: string | null) => (at === null ? '' : t('life.waits.by', { when: fullMoment(at) }))
  switch (what.for) {
    case 'user':
      return t('life.waits.user') + (what.remindAt === null ? '' : t('life.waits.remind', { when: fullMoment(what.remindAt) }))
    case 'level3':
      return t('life.waits.level3', { name: what.name, reference: what.reference }) + by(what.dueAt)
    case 'instance':
      return t('life.waits.instance', { name: what.name }) + by(what.dueAt)
    case 'date':
      return t('life.waits.date', { when: fullMoment(what.until) })
    case 'parent':
      return t('links.waits', { number: what.ticket })
    default:
      return what satisfies never
  }
}

/** The same behind other words: « attend AMUE, réf. INC-77 » */
export const waitingWithin = (t: TFunction, what: WaitingFor): string => within(waitingWords(t, what))
