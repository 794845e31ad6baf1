import type { OpeningCalendar } from './calendar.ts'
import { dayMs, openIntervals, type Interval } from './intervals.ts'

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
