import type { TFunction } from 'i18next'
import type { Disruption } from '../../server/contract/disruptions.ts'
import { fullMoment, momentAfterWord } from '../ui/format.ts'

/** « depuis 9:50, fin prévue 12:00 »; when it ended; when what was called off was to begin. */
export function whenOf(t: TFunction, one: Disruption): string {
  if (one.phase === 'called-off') return t('disruptions.wasPlanned', { when: fullMoment(one.startsAt) })
  if (one.endedAt !== null) return fullMoment(one.endedAt)
  const begins = t(one.phase === 'ahead' ? 'disruptions.begins' : 'disruptions.since', { when: momentAfterWord(one.startsAt) })
  const until = one.expectedEndAt === null ? t('disruptions.noEnd') : t('disruptions.until', { when: momentAfterWord(one.expectedEndAt) })
  return `${begins}, ${until}`
}

/** « 12 appels absorbés par le téléphone · 31 demandes rattachées »; empty when there is none. */
export const attachedOf = (t: TFunction, { absorbed, children }: Disruption): string =>
  [
    ...(absorbed > 0 ? [t('disruptions.absorbed', { count: absorbed })] : []),
    ...(children > 0 ? [t('disruptions.children', { count: children })] : []),
  ].join(' · ')
