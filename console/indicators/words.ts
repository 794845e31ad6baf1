import {
  type CallFigure,
  sourceOf,
  type TicketCriterion,
  type TicketFigure,
  type TicketIndicators,
  type Unit,
  valueIn,
} from '../../server/contract/indicators.ts'
import { clockOf, count, dayOf, monthAndYear, numberFormat, shortMonth } from '../ui/format.ts'
import { i18n } from '../ui/i18n.ts'

const dayS = 86_400

/** « 84,2 % », « 03:12 », « 2,4 j », « 1 240 »; a dash where there was nothing to count. */
export function shown(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  switch (unit) {
    case 'count':
      return count(value)
    case 'share':
      return numberFormat({ style: 'percent', maximumFractionDigits: 1 }).format(value)
    case 'seconds':
      return value < dayS
        ? clockOf(value)
        : numberFormat({ style: 'unit', unit: 'day', unitDisplay: 'short', maximumFractionDigits: 1 }).format(value / dayS)
    default:
      return unit satisfies never
  }
}

/** « 37 h » of somebody's time. */
export const hoursOf = (s: number): string =>
  numberFormat({ style: 'unit', unit: 'hour', maximumFractionDigits: s < 36_000 ? 1 : 0 }).format(s / 3_600)

type Step = 'day' | 'week' | 'month'
/** What a bar of a period is: « 24 novembre » for a day or a week, « novembre 2026 ». */
export const stepName = (step: Step, from: string): string => (step === 'month' ? monthAndYear(from) : dayOf(from))
/** What is written under it: « nov. » for a month, of which there are twelve side by side. */
export const underStep = (step: Step, from: string): string => (step === 'month' ? shortMonth(from) : dayOf(from))

/** What a figure counts, and from which source. */
export const definitionOf = (figure: CallFigure | TicketFigure): string => {
  const [, definition] = i18n.t(`indicators.figure.${figure}`, { returnObjects: true })
  return withSource(definition, figure)
}
/** A sentence about something that comes from where this figure does. */
export const withSource = (sentence: string, figure: CallFigure | TicketFigure): string =>
  `${sentence}. ${i18n.t('indicators.from_', { source: sourceOf(figure, language()) })}`

export const language = () => (i18n.language === 'en' ? 'en' : 'fr')

/** A ticket's value of one criterion, in words; one that nobody said says so. */
export const valueShown = (criterion: TicketCriterion, value: string | null, names: TicketIndicators['names']): string =>
  valueIn(language(), criterion, value, names)
