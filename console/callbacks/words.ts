import type { TFunction } from 'i18next'
import type { OwedEntry } from '../../server/contract/http.ts'
import { lasting } from '../ui/lasting.ts'
import { clockOf, momentAfterWord } from '../ui/format.ts'

export type Origin = OwedEntry['origins'][number]

/** What stands under the name. */
export function aboutOf(entry: OwedEntry, t: TFunction): string {
  const [only, ...others] = entry.people
  if (only === undefined) return t('call.unknown')
  return others.length > 0 ? entry.people.map((p) => p.name).join(', ') : [entry.numberShown, only.unit].filter(Boolean).join(' · ')
}

/** The first message that has not become a ticket. */
export const unwrittenMessage = (entry: OwedEntry): Origin | undefined =>
  entry.origins.find(({ messageId, ticket }) => messageId !== null && ticket === null)

/** Why this person is to be called, in words. */
export function reasonOf({ kind, seconds }: Origin, t: TFunction): string {
  switch (kind) {
    case 'message':
      return seconds === null ? t('owed.reason.messageOnly') : t('owed.reason.message', { time: clockOf(seconds).replace(/^0(?=\d:)/, '') })
    case 'place':
      return t('owed.reason.place')
    case 'abandoned':
      return t('owed.reason.abandoned', { time: lasting(seconds ?? 0, t) })
    case 'closed':
      return t('owed.reason.closed')
    case 'cut':
      return t('owed.reason.cut', { time: lasting(seconds ?? 0, t) })
    case 'capped':
      return t('owed.reason.capped')
    case 'slot':
      return t('owed.reason.slot')
    default:
      return kind satisfies never
  }
}

/** « avant 10:24 », or how late it is. */
export function dueOf(dueAt: string, nowMs: number, t: TFunction): { readonly text: string; readonly late: boolean } {
  const lateS = (nowMs - Date.parse(dueAt)) / 1_000
  if (lateS < 60) {
    return { text: t('owed.before', { time: momentAfterWord(dueAt, nowMs) }), late: false }
  }
  return { text: t('owed.late', { time: lasting(lateS, t) }), late: true }
}
