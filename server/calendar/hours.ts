import { dayMs, openIntervals } from './intervals.ts'
import type { OpeningCalendar } from './calendar.ts'

/** A calendar without a change for this long has none worth telling. */
const horizonDays = 400
const windowDays = 10
/** Working time beyond this many years is never reached: the calendar is as good as closed. */
const longestYears = 20

export type Change = { readonly atMs: number /** What the desk becomes. */; readonly opens: boolean }

/** Whether the desk is open at an instant (ms). */
export function isOpen(calendar: OpeningCalendar, instantMs: number): boolean {
  return openIntervals(calendar, instantMs, instantMs + 1).length > 0
}

/** The next time the desk opens or closes, after `instantMs`; null when it does neither within 400 days. */
export function nextChange(calendar: OpeningCalendar, instantMs: number): Change | null {
  const open = isOpen(calendar, instantMs)
  for (let fromMs = instantMs; fromMs < instantMs + horizonDays * dayMs; fromMs += windowDays * dayMs) {
    const toMs = fromMs + windowDays * dayMs
    const first = openIntervals(calendar, fromMs, toMs)[0]
    if (!open && first !== undefined) return { atMs: first.fromMs, opens: true }
    if (open && (first === undefined || first.fromMs > fromMs)) return { atMs: fromMs, opens: false }
    if (open && first !== undefined && first.toMs < toMs) return { atMs: first.toMs, opens: false }
  }
  return null
}

/** Open time between two instants, in ms; 0 when the second comes first. */
export function workingMs(calendar: OpeningCalendar, fromMs: number, toMs: number): number {
  return toMs <= fromMs ? 0 : openIntervals(calendar, fromMs, toMs).reduce((sum, interval) => sum + interval.toMs - interval.fromMs, 0)
}

/**
 * The earliest instant (ms) by which `durationMs` of open time has passed since `fromMs`; null when the calendar does not hold
 * that much in twenty years.
 */
export function addWorking(calendar: OpeningCalendar, fromMs: number, durationMs: number): number | null {
  let left = durationMs
  if (left <= 0) return fromMs
  // Most delays end within days: the first looks are short.
  let aheadDays = 2
  for (let startMs = fromMs; startMs < fromMs + longestYears * 366 * dayMs; startMs += aheadDays * dayMs) {
    if (startMs > fromMs) aheadDays = Math.min(3 * windowDays, 2 * aheadDays)
    for (const interval of openIntervals(calendar, startMs, startMs + aheadDays * dayMs)) {
      const lengthMs = interval.toMs - interval.fromMs
      if (lengthMs >= left) return interval.fromMs + left
      left -= lengthMs
    }
  }
  return null
}
