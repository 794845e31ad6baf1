import { Temporal } from 'temporal-polyfill'
import type { ExceptionalDays, HoursSettings } from '../contract/settings.ts'
import type { Span } from './calendar.ts'
import { regionOf } from './from-settings.ts'
import { holidayOn } from './holidays.ts'
import type { Language } from './sentences.ts'
import { dateSentence, spansSentence } from './sentences.ts'

type Named = Readonly<Record<Language, string>>
/** `usual` follows the week; the others say why a day does not. */
type DayKind = 'usual' | 'holiday' | 'exceptional'
export type Day = { readonly date: string; readonly kind: DayKind; readonly spans: readonly Span[]; readonly name: Named | null }

const both = (text: string): Named => ({ fr: text, en: text })

/** Of two that overlap, the later in the list holds, as in the calendar itself. @param date `2026-12-24` */
export const exceptionalOn = (hours: HoursSettings, date: string): ExceptionalDays | null =>
  hours.exceptions.findLast(({ from, to }) => from <= date && date <= to) ?? null

const weekday = (n: number) => Math.min(7, Math.max(1, n)) as keyof HoursSettings['week']

function dayOn(hours: HoursSettings, date: Temporal.PlainDate): Day {
  const iso = date.toString()
  const exceptional = exceptionalOn(hours, iso)
  if (exceptional !== null) return { date: iso, kind: 'exceptional', spans: exceptional.spans, name: both(exceptional.reason) }
  const holiday = holidayOn(date, regionOf(hours.region))
  if (holiday !== null) return { date: iso, kind: 'holiday', spans: [], name: { fr: holiday.name, en: holiday.english } }
  return { date: iso, kind: 'usual', spans: hours.week[weekday(date.dayOfWeek)], name: null }
}

/** Each day of a stretch: when it is open, and why not as usual. @param from `2026-11-01` @param to the last day, included */
export function daysBetween(hours: HoursSettings, from: string, to: string): readonly Day[] {
  const first = Temporal.PlainDate.from(from)
  const length = first.until(to).days + 1
  return Array.from({ length: Math.max(0, length) }, (_, n) => dayOn(hours, first.add({ days: n })))
}

/** The first and the last day of the twelve months that begin with this one, as the calendar's time zone counts them. */
export function yearFrom(timeZone: string, nowMs: number): { readonly today: string; readonly from: string; readonly to: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate()
  const from = today.with({ day: 1 })
  return { today: today.toString(), from: from.toString(), to: from.add({ months: 12 }).subtract({ days: 1 }).toString() }
}

const sameStretch = (a: Day, b: Day) =>
  a.kind === b.kind && a.name?.fr === b.name?.fr && JSON.stringify(a.spans) === JSON.stringify(b.spans)

/**
 * What the coming days hold that is not as usual, in sentences: « Fermé du jeudi 24 décembre au dimanche 3 janvier : congés ».
 * Holidays on days that are closed anyway are left out.
 */
export function notices(hours: HoursSettings, today: string, days: number, language: Language): readonly string[] {
  const stretches: { first: Day; last: Day }[] = []
  const first = Temporal.PlainDate.from(today)
  for (let n = 0; n < longestDays; n += 1) {
    const day = dayOn(hours, first.add({ days: n }))
    const before = stretches.at(-1)
    const goesOn = before !== undefined && sameStretch(before.last, day) && daysApart(before.last, day) === 1
    if (!goesOn && n > days) break
    if (goesOn) before.last = day
    else if (day.kind !== 'usual' && !closedAnyway(hours, day)) stretches.push({ first: day, last: day })
  }
  return stretches.map(({ first, last }) => noticeOf(first, last, language))
}

/** A stretch that began is followed to its end, but not beyond this. */
const longestDays = 400
const daysApart = (a: Day, b: Day) => Temporal.PlainDate.from(a.date).until(b.date).days
const closedAnyway = (hours: HoursSettings, day: Day) =>
  day.kind === 'holiday' && hours.week[weekday(Temporal.PlainDate.from(day.date).dayOfWeek)].length === 0

function noticeOf(first: Day, last: Day, language: Language): string {
  const when = dateSentence(first.date, last.date, language)
  const why = first.name?.[language] ?? ''
  if (first.spans.length === 0) return language === 'fr' ? `Fermé ${when}\u00a0: ${why}` : `Closed ${when}: ${why}`
  const spans = spansSentence(first.spans, language)
  return language === 'fr' ? `Ouvert ${when}, ${spans}\u00a0: ${why}` : `Open ${when}, ${spans}: ${why}`
}
