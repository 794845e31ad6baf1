import { Temporal } from 'temporal-polyfill'
import type { ExceptionalDays, HolidayRegion, HoursSettings } from '../contract/settings.ts'
import { daysException, defineCalendar, type Exception, type OpeningCalendar } from './calendar.ts'
import type { Region } from './holidays.ts'
import { instantOf } from './intervals.ts'

const regions: Readonly<Record<HolidayRegion, Region>> = { metropole: 'FR', 'alsace-moselle': 'FR-67' }
export const regionOf = (region: HolidayRegion): Region => regions[region]

/** The calendar that a site's hours make. */
export function calendarOf({ week, region, exceptions }: HoursSettings, timeZone: string): OpeningCalendar {
  return defineCalendar({
    timeZone,
    region: regionOf(region),
    week,
    exceptions: exceptions.flatMap((days) => exceptionsOf(days, timeZone)),
  })
}

/** Closed all day; then, on each day, its own spans are open. */
function exceptionsOf({ from, to, spans, reason }: ExceptionalDays, timeZone: string): readonly Exception[] {
  const found: Exception[] = [daysException(timeZone, 'closed', from, to, reason)]
  const last = Temporal.PlainDate.from(to)
  for (let date = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    for (const span of spans) {
      const [fromMs, toMs] = [instantOf(timeZone, date, span.from), instantOf(timeZone, date, span.to)]
      if (toMs > fromMs) found.push({ kind: 'open', reason, fromMs, toMs })
    }
  }
  return found
}
