import { Temporal } from 'temporal-polyfill'
import { withFirst } from '../contract/first-of-month.ts'
import type { CallIndicators, Period, TicketIndicators } from '../contract/indicators.ts'
import { callUnits, ticketUnits, type Unit } from './tallies.ts'
import { figureWords } from './words.ts'

export type Rhythm = { readonly every: 'day' | 'week' | 'month'; readonly hour: number }

/** When a rhythm is next due, strictly after a moment: each day, on Mondays, on the first of the month. @param afterMs, @returns ms since 1970 */
export function nextSending({ every, hour }: Rhythm, afterMs: number, timeZone: string): number {
  const falls = (day: Temporal.PlainDate) => every === 'day' || (every === 'week' ? day.dayOfWeek === 1 : day.day === 1)
  let day = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(timeZone).toPlainDate()
  for (;;) {
    const at = day.toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds
    if (falls(day) && at > afterMs) return at
    day = day.add({ days: 1 })
  }
}

/** What is told at a moment: the last day, week or month that is wholly over. */
export function periodBefore(every: Rhythm['every'], atMs: number, timeZone: string): Period {
  const today = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate()
  const begun = every === 'day' ? today : every === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 })
  const from =
    every === 'day' ? begun.subtract({ days: 1 }) : every === 'week' ? begun.subtract({ days: 7 }) : begun.subtract({ months: 1 })
  return { from: from.toString(), to: begun.subtract({ days: 1 }).toString() }
}

const words = {
  fr: {
    locale: 'fr-FR',
    subject: (name: string, period: string) => `${name} : indicateurs, ${period}`,
    between: (from: string, to: string) => (from === to ? from : `du ${from} au ${to}`),
    of: (entity: string) => `Pour ${entity} seulement ; la fin d’appel et l’occupation ne sont d’aucune entité.`,
    calls: 'Téléphone',
    tickets: 'Tickets',
    before: 'avant',
    colon: ' : ',
    none: '–',
    days: 'j',
    link: 'Toutes les définitions, les détails et les fichiers (il faut pouvoir lire les indicateurs) :',
  },
  en: {
    locale: 'en-GB',
    subject: (name: string, period: string) => `${name}: indicators, ${period}`,
    between: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    of: (entity: string) => `For ${entity} alone; wrap-up and occupancy are of no entity.`,
    calls: 'Telephone',
    tickets: 'Tickets',
    before: 'before',
    colon: ': ',
    none: '–',
    days: 'd',
    link: 'All definitions, details and files (for those who may read the indicators):',
  },
} as const

/** What a mail says of a period: each figure beside the period before; the rest is behind a link. */
export function indicatorMailText({
  entity,
  calls,
  tickets,
  name,
  language,
  publicUrl,
}: {
  /** What the entity is called whose figures these are; null: the whole. */
  readonly entity: string | null
  readonly calls: Omit<CallIndicators, 'theirs'>
  readonly tickets: Pick<TicketIndicators, 'figures' | 'before'>
  readonly name: string
  readonly language: keyof typeof words
  readonly publicUrl: string
}): { readonly subject: string; readonly text: string } {
  const w = words[language]
  const { from, to } = calls.period
  const day = (date: string) => {
    const said = Temporal.PlainDate.from(date).toLocaleString(w.locale, { dateStyle: 'long' })
    return language === 'fr' ? withFirst(said) : said
  }
  const shown = (value: number | null | undefined, unit: Unit): string => {
    if (value == null) return w.none
    if (unit === 'count') return value.toLocaleString(w.locale)
    if (unit === 'share') return value.toLocaleString(w.locale, { style: 'percent', maximumFractionDigits: 1 })
    if (value >= 86_400) return `${(value / 86_400).toLocaleString(w.locale, { maximumFractionDigits: 1 })} ${w.days}`
    const [whole, two] = [Math.round(value), (n: number) => String(n).padStart(2, '0')]
    const minutes = `${two(Math.floor((whole % 3_600) / 60))}:${two(whole % 60)}`
    return whole < 3_600 ? minutes : `${Math.floor(whole / 3_600)}:${minutes}`
  }
  const lines = <N extends keyof typeof callUnits | keyof typeof ticketUnits>(
    units: Readonly<Record<N, Unit>>,
    figures: Readonly<Partial<Record<N, number | null>>>,
    before: Readonly<Partial<Record<N, number | null>>>,
  ) =>
    (Object.keys(units) as N[]).map(
      (figure) =>
        `- ${figureWords[language].figure[figure][0]}${w.colon}${shown(figures[figure], units[figure])} (${w.before}${w.colon}${shown(before[figure], units[figure])})`,
    )
  return {
    subject: w.subject(name, w.between(day(from), day(to))),
    text: [
      w.between(day(from), day(to)),
      ...(entity === null ? [] : [w.of(entity)]),
      '',
      w.calls,
      ...lines(callUnits, calls.figures, calls.before),
      '',
      w.tickets,
      ...lines(ticketUnits, tickets.figures, tickets.before),
      '',
      w.link,
      `${publicUrl}/console/indicateurs?du=${from}&au=${to}`,
    ].join('\n'),
  }
}
