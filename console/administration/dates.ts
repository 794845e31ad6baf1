import { dateText } from '../ui/format.ts'

/** Dates without a time: read and written in UTC, so that no time zone moves them. */
const at = (date: string) => new Date(`${date}T00:00:00Z`)
const shown = (date: string, options: Intl.DateTimeFormatOptions, language?: 'fr' | 'en') =>
  dateText(at(date), { ...options, timeZone: 'UTC' }, language)

/** « lundi » @param day 1 is Monday */
export const weekdayName = (day: number): string => shown(`2024-01-0${day}`, { weekday: 'long' })
/** « jeudi 24 décembre 2026 » */
export const longDate = (date: string): string => shown(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
/** « novembre 2026 » @param month `2026-11` */
export const monthName = (month: string): string => shown(`${month}-01`, { month: 'long', year: 'numeric' })
/** 1 is Monday. */
export const weekdayOf = (date: string): number => ((at(date).getUTCDay() + 6) % 7) + 1

/** « du jeudi 24 décembre au dimanche 3 janvier », whatever language the console is in. */
export function saidDates(from: string, to: string, language: 'fr' | 'en'): string {
  const said = (date: string) => shown(date, { weekday: 'long', day: 'numeric', month: 'long' }, language).replace(',', '')
  const [first, last] = [from, to].map((date) => (date === '' ? '…' : said(date)))
  if (language === 'en') return from === to ? `on ${first}` : `from ${first} to ${last}`
  return from === to ? `le ${first}` : `du ${first} au ${last}`
}
