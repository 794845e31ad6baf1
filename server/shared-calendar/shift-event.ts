import ical, { ICalEventStatus } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { uncovered } from '../calendar/rota.ts'
import type { Span } from '../calendar/calendar.ts'
import type { RotaPost, RotaShift } from '../contract/rota.ts'
import { occurrencesOf } from './events.ts'

export const postWords: Readonly<Record<RotaPost, string>> = { both: 'téléphone et accueil', phone: 'téléphone', counter: 'accueil' }

/** A moment of the desk's wall time as an instant; `24:00` is the next midnight, and what a change of clock skips is moved on. */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const date = Temporal.PlainDate.from(day)
  const [at, clock] = time === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, time]
  return new Date(at.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(clock) }).epochMilliseconds)
}

/** What of a shift is written in the shared calendar; instants are ISO 8601. */
export type ShiftBody = { readonly title: string; readonly start: string; readonly end: string; readonly cancelled: boolean }
export type WrittenShift = RotaShift & { readonly away: boolean; readonly awayFor: readonly Span[] }
/** One event a shift: hours away at its beginning or end shorten it, those within it leave it whole. */
export function bodyOf(shift: WrittenShift, timeZone: string): ShiftBody {
  const there = uncovered([shift], shift.awayFor)
  return {
    title: `${shift.name} (${postWords[shift.post]})`,
    start: instantOf(shift.day, there[0]?.from ?? shift.from, timeZone).toISOString(),
    end: instantOf(shift.day, there.at(-1)?.to ?? shift.to, timeZone).toISOString(),
    cancelled: shift.away,
  }
}
export const isSame = (a: ShiftBody, b: ShiftBody): boolean =>
  a.title === b.title && a.start === b.start && a.end === b.end && a.cancelled === b.cancelled

export function shiftIcs(id: string, body: ShiftBody, publicUrl: string): string {
  const calendar = ical({ prodId: { company: 'guichet-unique', product: 'planning', language: 'FR' } })
  calendar.createEvent({
    id: `${id}@${new URL(publicUrl).hostname}`,
    start: new Date(body.start),
    end: new Date(body.end),
    summary: body.title,
    status: body.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    url: `${publicUrl}/console/planning`,
  })
  return calendar.toString()
}

/** What stands there under one of our addresses, whoever wrote it; null when it cannot be read as one event. */
export function readBody(text: string, timeZone: string): ShiftBody | null {
  try {
    const [one] = occurrencesOf(text, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, timeZone })
    if (one === undefined) return null
    return {
      title: one.title,
      start: new Date(one.startMs).toISOString(),
      end: new Date(one.endMs).toISOString(),
      cancelled: one.cancelled,
    }
  } catch {
    return null
  }
}
