import { Temporal } from 'temporal-polyfill'
import type { OpeningCalendar } from './calendar.ts'
import { dayMs, openIntervals } from './intervals.ts'

const longestDays = 400

/** The latest instant (ms) since which so much open time has passed; where the desk hardly opens, 400 days ago. @param nowMs ms @param durationMs ms */
export function workingAgo(calendar: OpeningCalendar, nowMs: number, durationMs: number): number {
  let left = durationMs
  for (let n = 1; n <= longestDays; n += 1) {
    for (const { fromMs, toMs } of openIntervals(calendar, nowMs - n * dayMs, nowMs - (n - 1) * dayMs).toReversed()) {
      if (toMs - fromMs >= left) return toMs - left
      left -= toMs - fromMs
    }
  }
  return nowMs - longestDays * dayMs
}

/** The same time of day, so many days on which the desk opens before. @param nowMs ms @returns ms */
export function workingDaysAgo(calendar: OpeningCalendar, nowMs: number, days: number): number {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(calendar.timeZone)
  let left = days
  for (let n = 1; n <= longestDays; n += 1) {
    const day = now.subtract({ days: n })
    const midnight = day.startOfDay()
    if (openIntervals(calendar, midnight.epochMilliseconds, midnight.add({ days: 1 }).epochMilliseconds).length > 0) left -= 1
    if (left <= 0) return day.epochMilliseconds
  }
  return now.subtract({ days: longestDays }).epochMilliseconds
}
