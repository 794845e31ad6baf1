import { Temporal } from 'temporal-polyfill'
import type { OpeningCalendar } from './calendar.ts'
import { addWorking, isOpen, nextChange } from './hours.ts'
import { dayMs, openIntervals, type Interval } from './intervals.ts'
import { dayInWords, type Language, written } from './sentences.ts'

const slotMs = 30 * 60_000
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
const endOfDay = (nowMs: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).epochMilliseconds

/** The hours under somebody's order from now on; without an end it is for the rest of the day: nobody knows more. @param untilMs null: no end */
export function ordered(
  calendar: OpeningCalendar,
  order: { readonly open: boolean; readonly untilMs: number | null } | null,
  nowMs: number,
): OpeningCalendar {
  if (order === null) return calendar
  const toMs = order.untilMs ?? endOfDay(nowMs, calendar.timeZone)
  if (toMs <= nowMs) return calendar
  const kind = order.open ? 'open' : 'closed'
  return { ...calendar, exceptions: [...calendar.exceptions, { kind, fromMs: nowMs, toMs, reason: '' }] }
}

/** A half hour as it is kept. @property reopensAt when the desk, closed at a time of it, opens again; null: it is open from end to end */
export type KeptSlot = { readonly dueAt: number; readonly reopensAt: number | null }

/**
 * What becomes of a promised half hour that nobody has settled. Where the desk is closed at a time of it, the call is owed within as long from
 * the reopening. Once its own time is over, only another closure or an earlier reopening moves it, and what is late stays late.
 * @param before what was made of it at the last look
 */
export function keepSlot(slot: Interval, hours: OpeningCalendar, nowMs: number, before: KeptSlot): KeptSlot {
  const lengthMs = slot.toMs - slot.fromMs
  const from = (openMs: number): KeptSlot => ({ reopensAt: openMs, dueAt: addWorking(hours, openMs, lengthMs) ?? before.dueAt })
  const reopening = (closedMs: number) => {
    const next = nextChange(hours, closedMs)
    return next === null ? { ...before, reopensAt: before.reopensAt ?? slot.toMs } : from(next.atMs)
  }
  if (nowMs < slot.toMs) {
    const startMs = Math.max(slot.fromMs, nowMs)
    const [first] = openIntervals(hours, startMs, slot.toMs)
    if (first?.fromMs === startMs && first.toMs === slot.toMs) return { dueAt: slot.toMs, reopensAt: null }
    return reopening(first?.fromMs === startMs ? first.toMs : startMs)
  }
  if (before.reopensAt === null || before.dueAt <= nowMs) return before
  if (!isOpen(hours, nowMs)) return before.reopensAt <= nowMs && isOpen(hours, before.dueAt - 1) ? before : reopening(nowMs)
  if (before.reopensAt > nowMs) return from(nowMs)
  return isOpen(hours, before.dueAt - 1) ? before : from(before.reopensAt)
}

/** « lundi 30 novembre à 8 h 30 » */
export function momentInWords(ms: number, language: Language, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const time = written(at.hour * 60 + at.minute, language)
  return `${dayInWords(at.toPlainDate().toString(), language)} ${language === 'fr' ? 'à' : 'at'} ${time}`
}

/** « jusqu’à 14 h », of another day « jusqu’au lundi 30 novembre à 14 h » */
export function untilInWords(ms: number, nowMs: number, language: Language, timeZone: string): string {
  if (ms > endOfDay(nowMs, timeZone)) return `${language === 'fr' ? 'jusqu’au' : 'until'} ${momentInWords(ms, language, timeZone)}`
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  return `${language === 'fr' ? 'jusqu’à' : 'until'} ${written(at.hour * 60 + at.minute, language)}`
}

/** « mardi 1er décembre », « entre 10 h et 10 h 30 », and both. In the time zone given, for whoever is called. */
export function slotInWords({ fromMs, toMs }: Interval, language: Language, timeZone: string) {
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const day = dayInWords(at(fromMs).toPlainDate().toString(), language)
  const [from, to] = [fromMs, toMs].map((ms) => written(at(ms).hour * 60 + at(ms).minute, language))
  const hours = language === 'fr' ? `entre ${from} et ${to}` : `between ${from} and ${to}`
  return { day, hours, whole: `${day}, ${hours}` }
}
