import type { CallIndicators, TicketIndicators } from '../../server/contract/indicators.ts'
import { i18n } from '../ui/i18n.ts'
import type { FigureName } from './figures.tsx'
import { valueShown } from './words.ts'

export type Cells = readonly (string | number | null)[]
type Values = Readonly<Partial<Record<FigureName, number | null>>>

/** The telephone's figures as lines of a spreadsheet: each with its definition, then steps, then hours. */
export const callSheet = ({ period, figures, before, steps, hours }: CallIndicators): readonly Cells[] => [
  [i18n.t('indicators.calls'), `${period.from} – ${period.to}`],
  ...figureLines(figures, before),
  [],
  ...steps.map((s) => [s.from, s.offered, s.answered, s.abandoned]),
  [],
  ...hours.map((h) => [h.weekday, h.hour, h.offered, h.answered]),
]

export const ticketSheet = ({ period, figures, before, by, across, rows }: TicketIndicators): readonly Cells[] => [
  [i18n.t('indicators.tickets'), `${period.from} – ${period.to}`],
  ...figureLines(figures, before),
  [],
  ...rows.map((row) => [valueShown(by, row.value), across === null ? '' : valueShown(across, row.across), row.opened, row.closed]),
]

const figureLines = (figures: Values, before: Values): readonly Cells[] =>
  (Object.keys(figures) as FigureName[]).map((name) => {
    const [label, definition] = i18n.t(`indicators.figure.${name}`, { returnObjects: true })
    return [label, figures[name] ?? null, before[name] ?? null, definition]
  })
