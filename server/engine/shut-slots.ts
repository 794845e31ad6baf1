import type { Logger } from 'pino'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { keepSlot, ordered } from '../calendar/slots.ts'
import type { OpeningOrder } from '../contract/entities.ts'
import type { CallbackSlotStore, SlotWords } from '../database/callback-slot-store.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly slots: Pick<CallbackSlotStore, 'noteShut'>
  readonly calendar: () => OpeningCalendar
  /** What somebody ordered by hand; null: the hours hold. */
  readonly order: () => OpeningOrder | null
  readonly words: () => SlotWords
  /** In ms. */
  readonly now: () => number
  readonly onChanged: () => void
  readonly log: Logger
}

const everyMs = 30_000
/** A closure that is taken back by then was a slip, and nobody is written to. */
const toldAfterMs = 5 * 60_000

/**
 * Watches over the half hours that were promised: where the desk closes, supervisors see it, whoever chose them is told, and the call is due
 * once the desk has opened again.
 */
export const shutSlots = ({ slots, calendar, order, words, now, onChanged, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Promised half hours could not be held against the hours; tried again at the next look',
    async look() {
      const [by, nowMs] = [order(), now()]
      const untilMs = by === null || by.until === null ? null : Date.parse(by.until)
      const hours = ordered(calendar(), by && { open: by.open, untilMs }, nowMs)
      if (await slots.noteShut((slot, before) => keepSlot(slot, hours, nowMs, before), toldAfterMs, words())) onChanged()
    },
  })
