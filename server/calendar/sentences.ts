import { Temporal } from 'temporal-polyfill'
import { minutesOf, type OpeningCalendar, type Span, type Week } from './calendar.ts'
import { isOpen, nextChange } from './hours.ts'

export type Language = 'fr' | 'en'

const days = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const
const months = {
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
} as const

const two = (n: number) => String(n).padStart(2, '0')

/** « 16 h 30 », « 12 h » (no-break spaces); “4:30 p.m.”, “noon” is “12 p.m.”. @param minutes since midnight */
export function written(minutes: number, language: Language): string {
  const hour = Math.floor(minutes / 60) % 24
  const minute = minutes % 60
  if (language === 'fr') return minute === 0 ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${two(minute)}`
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${two(minute)}`}\u00a0${hour < 12 ? 'a.m.' : 'p.m.'}`
}

/** « demain », « lundi », « le lundi 4 janvier », from today; null for today itself. */
function dayFrom(today: Temporal.PlainDate, day: Temporal.PlainDate, language: Language): string | null {
  const ahead = today.until(day).days
  if (ahead === 0) return null
  if (ahead === 1) return language === 'fr' ? 'demain' : 'tomorrow'
  const name = days[language][day.dayOfWeek - 1] ?? ''
  if (ahead < 7) return language === 'fr' ? name : `on ${name}`
  const month = months[language][day.month - 1] ?? ''
  return language === 'fr' ? `le ${name} ${day.day === 1 ? '1er' : day.day} ${month}` : `on ${name}, ${day.day} ${month}`
}

/**
 * The desk's hours now, in a sentence: « Ouvert jusqu’à 16 h 30 », « Fermé · ouvre demain à 8 h 30 », « Fermé · ouvre le lundi 4
 * janvier à 8 h 30 ». Said in the calendar's own time zone.
 */
export function hoursSentence(calendar: OpeningCalendar, instantMs: number, language: Language): string {
  const open = isOpen(calendar, instantMs)
  const change = nextChange(calendar, instantMs)
  const french = language === 'fr'
  if (change === null) return open ? (french ? 'Ouvert' : 'Open') : french ? 'Fermé' : 'Closed'
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.timeZone)
  const moment = at(change.atMs)
  const day = dayFrom(at(instantMs).toPlainDate(), moment.toPlainDate(), language)
  const time = written(moment.hour * 60 + moment.minute, language)
  const midnight = moment.hour === 0 && moment.minute === 0 && (day === 'demain' || day === 'tomorrow')
  if (open && midnight) return french ? 'Ouvert jusqu’à minuit' : 'Open until midnight'
  if (open && french)
    return day === null
      ? `Ouvert jusqu’à ${time}`
      : `Ouvert jusqu’${day.startsWith('le ') ? 'au' : 'à'} ${day.replace(/^le /, '')}, ${time}`
  if (open) return `Open until ${day === null ? time : `${day.replace(/^on /, '')} at ${time}`}`
  if (french) return `Fermé · ouvre ${day === null ? '' : `${day} `}à ${time}`
  return `Closed · opens ${day === null ? '' : `${day} `}at ${time}`
}

/** A moment as people say it from now: « 14 h 30 », « demain à 8 h 30 », « lundi à 8 h 30 ». In the calendar's own time zone. */
export function clockSentence(calendar: OpeningCalendar, instantMs: number, nowMs: number): string {
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.timeZone)
  const moment = at(instantMs)
  const day = dayFrom(at(nowMs).toPlainDate(), moment.toPlainDate(), 'fr')
  return `${day === null ? '' : `${day} à `}${written(moment.hour * 60 + moment.minute, 'fr')}`
}

/** « 8 heures 30 », « une heure », « midi » as a voice says them. */
function spokenTime(minutes: number, language: Language): string {
  if (language === 'en') return written(minutes, language).replace('\u00a0', ' ')
  const hour = Math.floor(minutes / 60)
  const minute = minutes % 60
  if (hour === 24 || (hour === 0 && minute === 0)) return 'minuit'
  if (hour === 12 && minute === 0) return 'midi'
  return `${hour === 1 ? 'une heure' : `${hour} heures`}${minute === 0 ? '' : ` ${minute}`}`
}

function spokenSpans(spans: readonly Span[], language: Language): string {
  const said = spans.map(({ from, to }) => {
    const [begin, end] = [spokenTime(minutesOf(from), language), spokenTime(minutesOf(to), language)]
    if (language === 'en') return `from ${begin} to ${end}`
    return `de ${begin} à ${end}`
  })
  return said.join(language === 'fr' ? ' et ' : ' and ')
}

type Run = { readonly first: number; readonly last: number; readonly spans: readonly Span[] }

/** Days in a row with the same hours. */
function runs(week: Week): Run[] {
  const found: Run[] = []
  for (const day of [1, 2, 3, 4, 5, 6, 7] as const) {
    const spans = week[day]
    const before = found.at(-1)
    const same = before !== undefined && before.last === day - 1 && JSON.stringify(before.spans) === JSON.stringify(spans)
    if (same) found[found.length - 1] = { ...before, last: day }
    else if (spans.length > 0) found.push({ first: day, last: day, spans })
  }
  return found
}

function spokenRun({ first, last, spans }: Run, language: Language): string {
  const [begin, end] = [days[language][first - 1] ?? '', days[language][last - 1] ?? '']
  const hours = spokenSpans(spans, language)
  if (language === 'en') return `${first === last ? `on ${begin}` : `${begin} to ${end}`}, ${hours}`
  return `${first === last ? `le ${begin}` : `du ${begin} au ${end}`}, ${hours}`
}

/** The usual week as the announcement says it: « du lundi au vendredi, de 8 heures 30 à 16 heures 30 ». Empty when never open. */
export function spokenHours(calendar: OpeningCalendar, language: Language): string {
  return runs(calendar.week)
    .map((run) => spokenRun(run, language))
    .join(language === 'fr' ? '\u00a0; ' : '; ')
}

/** « 8 h 30 – 12 h et 13 h 15 – 17 h » */
export const spansSentence = (spans: readonly Span[], language: Language): string =>
  spans
    .map(({ from, to }) => `${written(minutesOf(from), language)}\u00a0– ${written(minutesOf(to), language)}`)
    .join(language === 'fr' ? ' et ' : ' and ')

/** The usual week as it is written, a line for each run of days alike: « Du lundi au vendredi, 8 h 30 – 16 h 30 ». */
export const writtenWeek = (week: Week, language: Language): readonly string[] =>
  runs(week).map(({ first, last, spans }) => {
    const [begin, end] = [days[language][first - 1] ?? '', days[language][last - 1] ?? '']
    const hours = spansSentence(spans, language)
    if (language === 'en') return `${first === last ? begin : `${begin} to ${end}`}, ${hours}`
    return `${first === last ? `Le ${begin}` : `Du ${begin} au ${end}`}, ${hours}`
  })

/** « mardi 1er décembre », “Tuesday 1 December”. @param iso the day, `2026-12-01` */
export function dayInWords(iso: string, language: Language): string {
  const { day, dayOfWeek, month } = Temporal.PlainDate.from(iso)
  const number = language === 'fr' && day === 1 ? '1er' : day
  return `${days[language][dayOfWeek - 1] ?? ''} ${number} ${months[language][month - 1] ?? ''}`
}

/** « le jeudi 24 décembre », « du jeudi 24 décembre au dimanche 3 janvier » */
export function dateSentence(from: string, to: string, language: Language): string {
  const said = (iso: string) => dayInWords(iso, language)
  if (language === 'en') return from === to ? `on ${said(from)}` : `from ${said(from)} to ${said(to)}`
  return from === to ? `le ${said(from)}` : `du ${said(from)} au ${said(to)}`
}
