import type { Logger } from 'pino'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { openIntervals, type Interval } from '../calendar/intervals.ts'
import { endOfDay } from '../calendar/slots.ts'
import type { OpeningOrder } from '../contract/entities.ts'
import type { CallbackSlotStore, SlotWords } from '../database/callback-slot-store.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly slots: Pick<CallbackSlotStore, 'noteShut'>
  readonly calendar: () => OpeningCalendar
  /** What somebody ordered by hand; null: the hours hold. */
  readonly order: () => OpeningOrder | null
  readonly timeZone: string
  readonly words: () => SlotWords
  /** In ms. */
  readonly now: () => number
  readonly onChanged: () => void
  readonly log: Logger
}

const everyMs = 30_000
/** A closure that is taken back by then was a slip, and nobody is written to. */
export const toldAfterMs = 5 * 60_000

/**
 * Whether the desk is closed at a time of a half hour that was promised. « Fermer maintenant » without an end is for the rest of the day:
 * nobody knows more.
 */
export function isShut(slot: Interval, calendar: OpeningCalendar, order: OpeningOrder | null, nowMs: number, timeZone: string): boolean {
  if (order !== null) {
    const untilMs = order.until === null ? endOfDay(nowMs, timeZone) : Date.parse(order.until)
    if (slot.fromMs < untilMs) return !order.open
  }
  const open = openIntervals(calendar, slot.fromMs, slot.toMs)
  return !open.some(({ fromMs, toMs }) => fromMs <= slot.fromMs && toMs >= slot.toMs)
}

/** Watches over the half hours that were promised: where the desk closes, supervisors see it, and whoever chose them is told. */
export const shutSlots = ({ slots, calendar, order, timeZone, words, now, onChanged, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Promised half hours could not be held against the hours; tried again at the next look',
    async look() {
      const [hours, ordered] = [calendar(), order()]
      if (await slots.noteShut((slot) => isShut(slot, hours, ordered, now(), timeZone), toldAfterMs, words())) onChanged()
    },
  })
