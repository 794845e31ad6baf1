import { Temporal } from 'temporal-polyfill'
import type { OpeningCalendar } from './calendar.ts'
import { dayMs, openIntervals, type Interval } from './intervals.ts'
import { dayInWords, type Language, written } from './sentences.ts'

export const slotMs = 30 * 60_000
/** Nobody is promised a call sooner: the desk has to see it coming. */
const soonestMs = 15 * 60_000
const aheadDays = 10

/** Half hours in which the desk is open from end to end, the next first. @param most how many */
export function slotsAhead(calendar: OpeningCalendar, nowMs: number, most: number): readonly Interval[] {
  const slots: Interval[] = []
  for (const { fromMs, toMs } of openIntervals(calendar, nowMs + soonestMs, nowMs + aheadDays * dayMs)) {
    for (let at = Math.ceil(fromMs / slotMs) * slotMs; at + slotMs <= toMs && slots.length < most; at += slotMs)
      slots.push({ fromMs: at, toMs: at + slotMs })
  }
  return slots
}

/** When the day of a moment is over, in a time zone; in ms. */
export const endOfDay = (nowMs: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).epochMilliseconds

/** « mardi 1er décembre », « entre 10 h et 10 h 30 », and both. In the time zone given, for whoever is called. */
export function slotInWords({ fromMs, toMs }: Interval, language: Language, timeZone: string) {
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const day = dayInWords(at(fromMs).toPlainDate().toString(), language)
  const [from, to] = [fromMs, toMs].map((ms) => written(at(ms).hour * 60 + at(ms).minute, language))
  const hours = language === 'fr' ? `entre ${from} et ${to}` : `between ${from} and ${to}`
  return { day, hours, whole: `${day}, ${hours}` }
}
