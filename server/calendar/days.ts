import { Temporal } from 'temporal-polyfill'
import type { OpeningCalendar } from './calendar.ts'
import { openIntervals } from './intervals.ts'

/** A calendar that opens on no day within so many is as good as closed: days are then counted as they come. */
const longestDays = 400

/**
 * The same time of day, so many working days later: a day counts when the desk opens on it.
 * @param fromMs ms @param days 0 or more @returns ms
 */
export function addWorkingDays(calendar: OpeningCalendar, fromMs: number, days: number): number {
  const from = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(calendar.timeZone)
  let left = days
  for (let n = 1; n <= longestDays && left > 0; n += 1) {
    const day = from.add({ days: n })
    const midnight = day.startOfDay()
    if (openIntervals(calendar, midnight.epochMilliseconds, midnight.add({ days: 1 }).epochMilliseconds).length > 0) left -= 1
    if (left === 0) return day.epochMilliseconds
  }
  return from.add({ days }).epochMilliseconds
}

/** The midnight that ends the day of an instant. @param ms ms @returns ms */
export const endOfDay = ({ timeZone }: OpeningCalendar, ms: number): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).add({ days: 1 }).startOfDay().epochMilliseconds

/** Which day it is, `2026-12-24`, for who asks at every step of a call: worked out once a day. */
export function dayTeller(timeZone: string): (nowMs: number) => string {
  let known = { day: '', fromMs: 0, toMs: 0 }
  return (nowMs) => {
    if (nowMs < known.fromMs || nowMs >= known.toMs) {
      const midnight = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).startOfDay()
      const next = midnight.add({ days: 1 }).startOfDay()
      known = { day: midnight.toPlainDate().toString(), fromMs: midnight.epochMilliseconds, toMs: next.epochMilliseconds }
    }
    return known.day
  }
}
