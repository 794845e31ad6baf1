import { Temporal } from 'temporal-polyfill'
import { minutesOf, type Exception, type OpeningCalendar, type Span } from './calendar.ts'
import { holidayOn } from './holidays.ts'

/** A stretch of open time, in ms; the end is not included. */
export type Interval = { readonly fromMs: number; readonly toMs: number }

export const dayMs = 24 * 3_600_000

function spansOn(calendar: OpeningCalendar, date: Temporal.PlainDate): readonly Span[] {
  if (holidayOn(date, calendar.region) !== null) return []
  const { dayOfWeek } = date
  switch (dayOfWeek) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      return calendar.week[dayOfWeek]
    default:
      return []
  }
}

/** Wall time to instant, so that 8:30 is 8:30 on the days the clocks change; a time that is skipped counts as the hour after. */
export function instantOf(timeZone: string, date: Temporal.PlainDate, time: string): number {
  const minutes = minutesOf(time)
  const day = minutes === 24 * 60 ? date.add({ days: 1 }) : date
  const at = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 })
  return day.toZonedDateTime({ timeZone, plainTime: at }).epochMilliseconds
}

function usualIntervals(calendar: OpeningCalendar, fromMs: number, toMs: number): Interval[] {
  const dateAt = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.timeZone).toPlainDate()
  const last = dateAt(toMs)
  const intervals: Interval[] = []
  for (let date = dateAt(fromMs); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    intervals.push(...usualOn(calendar, date))
  }
  return intervals
}

/** A day of a calendar is always the same, and asked for by every delay that crosses it. */
const known = new WeakMap<OpeningCalendar, Map<string, readonly Interval[]>>()
const mostKnown = 2_000

function usualOn(calendar: OpeningCalendar, date: Temporal.PlainDate): readonly Interval[] {
  const days = known.get(calendar) ?? new Map<string, readonly Interval[]>()
  known.set(calendar, days)
  const key = date.toString()
  const found = days.get(key)
  if (found !== undefined) return found
  const made = spansOn(calendar, date).map(({ from, to }) => ({
    fromMs: instantOf(calendar.timeZone, date, from),
    toMs: instantOf(calendar.timeZone, date, to),
  }))
  if (days.size >= mostKnown) days.clear()
  days.set(key, made)
  return made
}

function without(intervals: readonly Interval[], cut: Interval): Interval[] {
  return intervals
    .flatMap(({ fromMs, toMs }) => [
      { fromMs, toMs: Math.min(toMs, cut.fromMs) },
      { fromMs: Math.max(fromMs, cut.toMs), toMs },
    ])
    .filter((interval) => interval.toMs > interval.fromMs)
}

function apply(intervals: readonly Interval[], exception: Exception): Interval[] {
  const rest = without(intervals, exception)
  return exception.kind === 'closed' ? rest : [...rest, { fromMs: exception.fromMs, toMs: exception.toMs }]
}

/** When the desk is open between two instants: in order, apart from one another, cut at both ends. */
export function openIntervals(calendar: OpeningCalendar, fromMs: number, toMs: number): readonly Interval[] {
  const all = calendar.exceptions.reduce(apply, usualIntervals(calendar, fromMs, toMs)).sort((a, b) => a.fromMs - b.fromMs)
  const merged: Interval[] = []
  for (const one of all) {
    const interval = { fromMs: Math.max(one.fromMs, fromMs), toMs: Math.min(one.toMs, toMs) }
    if (interval.toMs <= interval.fromMs) continue
    const before = merged.at(-1)
    if (before !== undefined && before.toMs >= interval.fromMs)
      merged[merged.length - 1] = { fromMs: before.fromMs, toMs: Math.max(before.toMs, interval.toMs) }
    else merged.push(interval)
  }
  return merged
}
