import { withFirst } from '../../server/contract/first-of-month.ts'
import { i18n } from './i18n.ts'

const zone = 'Europe/Paris'
const localeOf = (language: string | undefined) => (language === 'en' ? 'en-GB' : 'fr-FR')
const locale = () => localeOf(i18n.language)
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const numberFormats = new Map<string, Intl.NumberFormat>()

/** A formatter costs a browser a millisecond or more to make, and a page writes hundreds of dates: each is made once. */
function dateFormat(options: Intl.DateTimeFormatOptions, language: string): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(language, options)
  dateFormats.set(key, format)
  return format
}

/** As `dateFormat`, for numbers. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options)
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale(), options)
  numberFormats.set(key, format)
  return format
}

/** A date as it is read: « 1er octobre ». @param language the console's when none is given */
export function dateText(date: Date, options: Intl.DateTimeFormatOptions, language: string = i18n.language): string {
  const text = dateFormat(options, localeOf(language)).format(date)
  return language === 'en' ? text : withFirst(text)
}

const formatted = (iso: string, options: Intl.DateTimeFormatOptions) => dateText(new Date(iso), { timeZone: zone, ...options })

/** `10:24` */
export const timeOf = (iso: string) => formatted(iso, { hour: '2-digit', minute: '2-digit' })

const dayMs = 86_400_000
/** Null: neither today nor the day before or after. */
function nearMoment(iso: string, nowMs: number): string | null {
  const day = (ms: number) => dateOf(new Date(ms).toISOString())
  const then = dateOf(iso)
  if (then === day(nowMs)) return timeOf(iso)
  if (then === day(nowMs - dayMs)) return `${i18n.t('time.yesterday')} ${timeOf(iso)}`
  return then === day(nowMs + dayMs) ? `${i18n.t('time.tomorrow')} ${timeOf(iso)}` : null
}
const farMoment = (iso: string): string => `${formatted(iso, { day: 'numeric', month: 'short' })} ${timeOf(iso)}`

/** `10:24` today, `hier 10:24`, `demain 10:24`, else `23 nov. 10:24`. */
export const momentOf = (iso: string, nowMs = Date.now()): string => nearMoment(iso, nowMs) ?? farMoment(iso)

/** The same after « pour », « depuis », « avant »: `hier 10:24`, but `le 23 nov. 10:24`. */
export const momentAfterWord = (iso: string, nowMs = Date.now()): string =>
  nearMoment(iso, nowMs) ?? i18n.t('time.dated', { when: farMoment(iso) })

/** `Aujourd’hui`, `Hier`, else `lundi 23 novembre`, with its year when it is not this one. */
export function dayHeading(iso: string, nowMs = Date.now()): string {
  const day = (ms: number) => formatted(new Date(ms).toISOString(), { dateStyle: 'short' })
  const then = day(Date.parse(iso))
  if (then === day(nowMs)) return i18n.t('time.todayHeading')
  if (then === day(nowMs - 86_400_000)) return i18n.t('time.yesterdayHeading')
  const year = (of: string) => formatted(of, { year: 'numeric' })
  const sameYear = year(iso) === year(new Date(nowMs).toISOString())
  return formatted(iso, { weekday: 'long', day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) })
}

/** `23 novembre 2026 à 10:24`, for titles and tooltips. */
export const fullMoment = (iso: string) => formatted(iso, { dateStyle: 'long', timeStyle: 'short' })

/** A date (`2026-11-24`) as `24 novembre`, with its year when it is another one. */
export function dayOf(date: string): string {
  const year = date.slice(0, 4) === today().slice(0, 4) ? {} : { year: 'numeric' as const }
  return formatted(`${date}T12:00:00Z`, { day: 'numeric', month: 'long', ...year })
}

/** A date (`2026-11-24`) as `24 novembre 2026`. */
export const dayAndYear = (date: string): string => formatted(`${date}T12:00:00Z`, { day: 'numeric', month: 'long', year: 'numeric' })

/** The month of a date (`2026-11-24`): `novembre 2026`. */
export const monthAndYear = (date: string): string => formatted(`${date}T12:00:00Z`, { month: 'long', year: 'numeric' })

/** The month of a date as `nov.`. */
export const shortMonth = (date: string): string => formatted(`${date}T12:00:00Z`, { month: 'short' })

/** A date (`2026-11-24`) as `mar. 24 nov.`. */
export const weekdayAndDay = (date: string): string => formatted(`${date}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short' })

/** The desk's date, `2026-11-24`. */
export const today = (): string => dateOf(new Date().toISOString())

/** The day of a moment, ISO, as the desk counts days. */
export const dateOf = (iso: string): string => dateFormat({ timeZone: zone }, 'sv-SE').format(new Date(iso))

/** Whole seconds between, as `04:12`, with hours when there are any: `1:04:12`. Never negative. */
export function clock(fromIso: string, nowMs: number): string {
  return clockOf(Math.max(0, Math.floor((nowMs - Date.parse(fromIso)) / 1_000)))
}

/** Seconds as `04:12`. */
export function clockOf(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(s / 3_600)
  const rest = `${two(Math.floor((s % 3_600) / 60))}:${two(s % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** Seconds that remain, as they are read aloud: `1:42`. */
export const countdown = (seconds: number) => clockOf(seconds).replace(/^0(?=\d:)/, '')

/** `1 240`. The first use of a formatter costs a browser 20 ms, which small figures do without. */
export const count = (n: number) => (Number.isInteger(n) && n >= 0 && n < 1_000 ? String(n) : numberFormat().format(n))

/** The first letters of the first and last names: `CD`. */
export function initials(name: string): string {
  const words = name.split(/[\s]+/).filter((w) => /\p{L}/u.test(w))
  const first = words[0]?.match(/\p{L}/u)?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.match(/\p{L}/u)?.[0] ?? '') : ''
  return (first + last).toLocaleUpperCase('fr')
}

/** A moment as a clock at the desk shows it, for a field of date and time: `2026-11-24T10:00`. */
export const wallTime = (iso: string): string =>
  dateFormat({ timeZone: zone, dateStyle: 'short', timeStyle: 'short' }, 'sv-SE').format(new Date(iso)).replace(' ', 'T')

/** What such a field holds as a moment, whatever zone this computer is in; null when nothing usable was typed. */
export function instantOf(wall: string): string | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return null
  const offsetAt = (ms: number) => Date.parse(`${wallTime(new Date(ms).toISOString())}Z`) - Math.floor(ms / 60_000) * 60_000
  const first = asUtc - offsetAt(asUtc)
  return new Date(asUtc - offsetAt(first)).toISOString()
}
