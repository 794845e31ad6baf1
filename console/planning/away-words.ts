import type { TFunction } from 'i18next'
import type { RotaDay } from '../../server/contract/rota.ts'

/** That whoever was put down is away, for all of it or for hours. */
export const awayWords = ({ away, awayFor }: RotaDay['shifts'][number], t: TFunction): string[] =>
  away ? [t('rota.away')] : awayFor.map((part) => t('rota.awayFor', part))
