import type { CallIndicators, TicketCriterion, TicketIndicators } from '../contract/indicators.ts'
import { callUnits, ticketUnits, type Unit } from './tallies.ts'
import { figureWords, sourceOf } from './words.ts'

export type SheetLanguage = keyof typeof figureWords
/**
 * `unit` says how a number is to be shown; a duration is in s. `head`: the name of a column. `date`: the text is a day (`2026-11-24`) or a
 * moment of the desk's own wall time (`2026-11-24T10:24:00`).
 */
export type Cell = {
  readonly value: string | number | null
  readonly unit?: Unit
  readonly head?: true
  readonly date?: 'day' | 'moment'
}
export type Sheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[] }

const words = {
  fr: {
    calls: 'Téléphone',
    tickets: 'Tickets',
    figure: 'Indicateur',
    value: 'Période',
    before: 'Période précédente',
    of: 'Sur',
    definition: 'Définition',
    source: 'Source',
    days: { day: 'Par jour', week: 'Par semaine', month: 'Par mois' },
    from: 'Depuis',
    hours: 'Par heure',
    weekday: 'Jour',
    hour: 'Heure',
    operators: 'Par opérateur',
    operator: 'Opérateur',
    talk: 'Conversation (s)',
    waits: 'Attentes',
    upTo: 'Moins de (s)',
    longer: 'au-delà',
    ages: 'Âge des tickets en cours',
    upToDays: 'Moins de (jours)',
    seconds: '(s)',
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  },
  en: {
    calls: 'Telephone',
    tickets: 'Tickets',
    figure: 'Figure',
    value: 'Period',
    before: 'Period before',
    of: 'Over',
    definition: 'Definition',
    source: 'Source',
    days: { day: 'By day', week: 'By week', month: 'By month' },
    from: 'From',
    hours: 'By hour',
    weekday: 'Day',
    hour: 'Hour',
    operators: 'By operator',
    operator: 'Operator',
    talk: 'Conversation (s)',
    waits: 'Waits',
    upTo: 'Under (s)',
    longer: 'longer',
    ages: 'Age of open tickets',
    upToDays: 'Under (days)',
    seconds: '(s)',
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  },
} as const

export const text = (value: string | null): Cell => ({ value })
export const heads = (...names: readonly string[]): readonly Cell[] => names.map((value) => ({ value, head: true }))
export const number = (value: number | null, unit: Unit = 'count'): Cell => ({ value, unit })
export const day = (value: string | null): Cell => ({ value, date: 'day' })
/** @param value in wall time */
export const moment = (value: string | null): Cell => ({ value, date: 'moment' })

type Compared = Pick<CallIndicators, 'period' | 'previous'> & {
  readonly figures: Readonly<Partial<Record<string, number | null>>>
  readonly before: Readonly<Partial<Record<string, number | null>>>
  readonly of: Readonly<Partial<Record<string, number>>>
}

/** Each figure with what it was, over how many it is taken, and its definition. */
function figureRows<N extends keyof (typeof figureWords)['fr']['figure']>(
  { period, previous, figures, before, of }: Compared,
  units: Readonly<Record<N, Unit>>,
  language: SheetLanguage,
): Sheet['rows'] {
  const w = words[language]
  return [
    heads(
      w.figure,
      `${w.value} ${period.from} – ${period.to}`,
      `${w.before} ${previous.from} – ${previous.to}`,
      w.of,
      w.definition,
      w.source,
    ),
    ...(Object.keys(units) as N[]).map((name) => {
      const [label, definition] = figureWords[language].figure[name]
      const unit = units[name]
      return [
        text(unit === 'seconds' ? `${label} ${w.seconds}` : label),
        number(figures[name] ?? null, unit),
        number(before[name] ?? null, unit),
        number(of[name] ?? null),
        text(definition),
        text(sourceOf(name, language)),
      ]
    }),
  ]
}

/** The telephone's figures of a period, then by day, by hour, by wait and by operator. */
export function callSheets(indicators: CallIndicators, language: SheetLanguage): readonly Sheet[] {
  const { steps, step, hours, waits, operators } = indicators
  const [w, { figure }] = [words[language], figureWords[language]]
  return [
    { name: w.calls, rows: figureRows(indicators, callUnits, language) },
    {
      name: w.days[step],
      rows: [
        heads(w.from, figure.offered[0], figure.answered[0], figure.abandoned[0]),
        ...steps.map((s) => [day(s.from), number(s.offered), number(s.answered), number(s.abandoned)]),
      ],
    },
    {
      name: w.hours,
      rows: [
        heads(w.weekday, w.hour, figure.offered[0], figure.answered[0]),
        ...hours.map((h) => [text(w.weekdays[h.weekday - 1] ?? ''), number(h.hour), number(h.offered), number(h.answered)]),
      ],
    },
    {
      name: w.waits,
      rows: [
        heads(w.upTo, figure.answered[0], figure.abandoned[0]),
        ...waits.map((one) => [one.upToS === null ? text(w.longer) : number(one.upToS), number(one.answered), number(one.abandoned)]),
      ],
    },
    {
      name: w.operators,
      rows: [
        heads(w.operator, figure.answered[0], w.talk, figure.occupancy[0]),
        ...operators.map((o) => [text(o.name), number(o.answered), number(o.talkS, 'seconds'), number(o.occupancy, 'share')]),
      ],
    },
  ]
}

/** Tickets' figures of a period, by a criterion or a crossing, by day, and the open ones by age. */
export function ticketSheets(indicators: TicketIndicators, language: SheetLanguage): readonly Sheet[] {
  const { by, across, rows, steps, step, hours, ages, names } = indicators
  const [w, { figure, criterion }] = [words[language], figureWords[language]]
  const units = Object.entries(ticketUnits) as [keyof typeof ticketUnits, Unit][]
  return [
    { name: w.tickets, rows: figureRows(indicators, ticketUnits, language) },
    {
      name: across === null ? criterion[by] : `${criterion[by]} × ${criterion[across]}`,
      rows: [
        heads(
          criterion[by],
          ...(across === null ? [] : [criterion[across]]),
          ...units.map(([name, unit]) => (unit === 'seconds' ? `${figure[name][0]} ${w.seconds}` : figure[name][0])),
        ),
        ...rows.map((row) => [
          text(valueIn(language, by, row.value, names)),
          ...(across === null ? [] : [text(valueIn(language, across, row.across, names))]),
          ...units.map(([name, unit]) => number(row.figures[name] ?? null, unit)),
        ]),
      ],
    },
    {
      name: w.days[step],
      rows: [heads(w.from, figure.opened[0], figure.closed[0]), ...steps.map((s) => [day(s.from), number(s.opened), number(s.closed)])],
    },
    {
      name: w.hours,
      rows: [
        heads(w.weekday, w.hour, figure.opened[0]),
        ...hours.map((h) => [text(w.weekdays[h.weekday - 1] ?? ''), number(h.hour), number(h.opened)]),
      ],
    },
    {
      name: w.ages,
      rows: [
        heads(w.upToDays, figure.backlog[0]),
        ...ages.map((age) => [age.upToDays === null ? text(w.longer) : number(age.upToDays), number(age.tickets)]),
      ],
    },
  ]
}

/** A ticket's value of one criterion, in words. */
export function valueIn(
  language: SheetLanguage,
  criterion: TicketCriterion,
  value: string | null,
  names: TicketIndicators['names'],
): string {
  const { value: known, unsaid, ours } = figureWords[language]
  if (value === null) return criterion === 'sentTo' ? ours : unsaid
  const of: Readonly<Record<string, Readonly<Record<string, string>>>> = known
  return names[criterion]?.[value] ?? of[criterion]?.[value] ?? value
}

const decimals = (value: number, language: SheetLanguage): string => {
  const written = String(Math.round(value * 10_000) / 10_000)
  return language === 'fr' ? written.replace('.', ',') : written
}
/** A spreadsheet takes a cell that begins with one of these for a formula. */
const formula = /^[=+\-@\t\r]/

/** Sheets one below the other, as spreadsheets here read them: semicolons, the language's decimals, a mark that says UTF-8. */
export function csvOfSheets(sheets: readonly Sheet[], language: SheetLanguage): string {
  const cell = ({ value, date }: Cell) => {
    if (typeof value === 'number') return decimals(value, language)
    const said = date === 'moment' ? (value ?? '').replace('T', ' ') : (value ?? '')
    const safe = formula.test(said) ? `'${said}` : said
    return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${sheets.flatMap(({ rows }) => [...rows.map((row) => row.map(cell).join(';')), '']).join('\r\n')}\r\n`
}
