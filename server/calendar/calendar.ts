import { Temporal } from 'temporal-polyfill'
import { regions, type Region } from './holidays.ts'

/** From one time of day to another, `08:30` to `16:30`; `24:00` is midnight at the day's end. */
export type Span = { readonly from: string; readonly to: string }
/** By ISO day of the week: 1 is Monday, 7 Sunday. */
export type Week = Readonly<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly Span[]>>
/** Declared ahead or at once; of two that overlap, the later in the list holds. Instants in ms, the end not included. */
export type Exception = { readonly kind: 'closed' | 'open'; readonly fromMs: number; readonly toMs: number; readonly reason: string }

export type OpeningCalendar = {
  readonly timeZone: string
  readonly region: Region
  readonly week: Week
  readonly exceptions: readonly Exception[]
}

const workday: readonly Span[] = [{ from: '08:30', to: '16:30' }]
/** The desk's usual hours: Monday to Friday, 8:30 to 16:30. */
export const usualWeek: Week = { 1: workday, 2: workday, 3: workday, 4: workday, 5: workday, 6: [], 7: [] }

/** Minutes after midnight. @throws RangeError */
export function minutesOf(time: string): number {
  const parts = /^(\d{2}):(\d{2})$/.exec(time)
  const minutes = parts === null ? Number.NaN : Number(parts[1]) * 60 + Number(parts[2])
  if (Number.isNaN(minutes) || minutes > 24 * 60 || Number(parts?.[2]) > 59)
    throw new RangeError(`« ${time} » n’est pas une heure : écrivez par exemple 08:30`)
  return minutes
}

function checkDay(spans: readonly Span[]): void {
  let last = -1
  for (const { from, to } of spans) {
    if (minutesOf(from) <= last || minutesOf(to) <= minutesOf(from))
      throw new RangeError(`Les plages d’un jour se suivent sans se toucher : « ${from}–${to} » ne va pas`)
    last = minutesOf(to)
  }
}

/**
 * A calendar that can be relied upon.
 * @throws RangeError with a sentence that says what to correct: unknown region or time zone, times that are not or overlap,
 *   an exception that ends before it begins.
 */
export function defineCalendar(given: {
  readonly timeZone?: string
  readonly region?: string
  readonly week?: Week
  readonly exceptions?: readonly Exception[]
}): OpeningCalendar {
  const { timeZone = 'Europe/Paris', region = 'FR', week = usualWeek, exceptions = [] } = given
  const known = regions.find((one) => one === region)
  if (known === undefined) throw new RangeError(`La région « ${region} » est inconnue : FR, FR-57, FR-67 ou FR-68`)
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
  } catch {
    throw new RangeError(`Le fuseau « ${timeZone} » est inconnu : écrivez par exemple Europe/Paris`)
  }
  for (const spans of Object.values(week)) checkDay(spans)
  for (const { fromMs, toMs } of exceptions) {
    if (!Number.isFinite(fromMs) || !Number.isFinite(toMs) || toMs <= fromMs) throw new RangeError('Une exception finit après son début')
  }
  return { timeZone, region: known, week, exceptions }
}

/**
 * An exception for a whole day, or several, of the calendar's time zone.
 * @param from `2026-12-24`; @param to the last day, included
 */
export function daysException(timeZone: string, kind: Exception['kind'], from: string, to: string, reason: string): Exception {
  const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds
  return { kind, reason, fromMs: midnight(Temporal.PlainDate.from(from)), toMs: midnight(Temporal.PlainDate.from(to).add({ days: 1 })) }
}
