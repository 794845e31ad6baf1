import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { zoneOf } from './zones.ts'

/*
 * What a calendar's file says within a window, occurrence by occurrence. Recurrences run in the wall time of the event's own zone and become
 * instants one by one, so that nine o'clock stays nine o'clock on both sides of a change of clock. Zones are the system's by their names;
 * a VTIMEZONE is asked only where a name means nothing.
 */

/** Moments in ms; `day`s are ISO dates, the last one included. */
export type Occurrence = {
  readonly uid: string
  /** Tells occurrences of one event apart for good, also when one of them is moved: where its rule puts it. */
  readonly key: string
  readonly title: string
  readonly place: string
  readonly text: string
  readonly categories: readonly string[]
  /** Addresses of who attends, then of who organises. */
  readonly mails: readonly string[]
  readonly cancelled: boolean
  readonly startMs: number
  readonly endMs: number
  readonly days: { readonly from: string; readonly to: string } | null
}
export type Window = { readonly fromMs: number; readonly toMs: number; readonly timeZone: string }

/** A daily event of 1990 reaches this day within so many steps. */
const mostSteps = 20_000
const mostOccurrences = 1_000
const dayMs = 86_400_000

type Wall = { readonly plain: Temporal.PlainDateTime; readonly ms: number; readonly isDate: boolean }
type Zoned = (plain: Temporal.PlainDateTime) => number

const plainOf = (time: ICAL.Time): Temporal.PlainDateTime =>
  new Temporal.PlainDateTime(time.year, time.month, time.day, time.hour, time.minute, Math.min(time.second, 59))

const inZone =
  (zone: string): Zoned =>
  (plain) =>
    plain.toZonedDateTime(zone).epochMilliseconds

/** How a property's wall time becomes an instant. */
function zonedBy(property: ICAL.Property, time: ICAL.Time, timeZone: string): Zoned {
  if (time.isDate) return inZone(timeZone)
  if (time.zone === ICAL.Timezone.utcTimezone) return inZone('UTC')
  const tzid = property.getFirstParameter('tzid')
  if (typeof tzid !== 'string' || tzid === '') return inZone(timeZone)
  const zone = zoneOf(tzid)
  if (zone !== null) return inZone(zone)
  const described = time.zone
  if (described === null || described === ICAL.Timezone.localTimezone) return inZone(timeZone)
  return (plain) => {
    const there = new ICAL.Time(
      { year: plain.year, month: plain.month, day: plain.day, hour: plain.hour, minute: plain.minute, second: plain.second, isDate: false },
      described,
    )
    return there.toUnixTime() * 1000
  }
}

function wallsOf(event: ICAL.Component, name: string, timeZone: string): Wall[] {
  return event.getAllProperties(name).flatMap((property) =>
    property.getValues().flatMap((value) => {
      const time = value instanceof ICAL.Period ? value.start : value
      if (!(time instanceof ICAL.Time)) return []
      const plain = plainOf(time)
      return [{ plain, ms: zonedBy(property, time, timeZone)(plain), isDate: time.isDate }]
    }),
  )
}

const textOf = (event: ICAL.Component, name: string): string => {
  const value = event.getFirstPropertyValue(name)
  return typeof value === 'string' ? value.trim() : ''
}
const mailsOf = (event: ICAL.Component): string[] =>
  ['attendee', 'organizer'].flatMap((name) =>
    event.getAllProperties(name).flatMap((property) => {
      const value = property.getFirstValue()
      return typeof value === 'string' && /^mailto:/i.test(value) ? [value.slice('mailto:'.length).trim().toLowerCase()] : []
    }),
  )

/** Where one component stands in time. @throws Error when it has no beginning */
function spanOf(event: ICAL.Component, timeZone: string) {
  const [start] = wallsOf(event, 'dtstart', timeZone)
  const property = event.getFirstProperty('dtstart')
  const time = property?.getFirstValue()
  if (start === undefined || property === null || !(time instanceof ICAL.Time)) throw new Error('an event without DTSTART')
  const zoned = zonedBy(property, time, timeZone)
  const [end] = wallsOf(event, 'dtend', timeZone)
  const duration = event.getFirstPropertyValue('duration')
  const days = start.isDate
    ? Math.max(
        1,
        end !== undefined
          ? start.plain.toPlainDate().until(end.plain.toPlainDate()).days
          : duration instanceof ICAL.Duration
            ? duration.weeks * 7 + duration.days
            : 1,
      )
    : 0
  /** RFC 5545, 3.8.5.3: with DTEND every occurrence lasts exactly as long; with DURATION its days are the calendar's. */
  const endOf = (plain: Temporal.PlainDateTime, ms: number): number => {
    if (days > 0) return zoned(plain.add({ days }))
    if (end !== undefined) return ms + Math.max(0, end.ms - start.ms)
    if (!(duration instanceof ICAL.Duration) || duration.isNegative) return ms
    const { weeks, days: whole, hours, minutes, seconds } = duration
    return zoned(plain.add({ days: weeks * 7 + whole })) + ((hours * 60 + minutes) * 60 + seconds) * 1000
  }
  return { start, zoned, days, endOf }
}

/**
 * The beginnings that a rule gives, in the event's own wall time, of occurrences that may touch the window. Those of years ago are stepped
 * over as numbers: a daily event of 1999 must not hold a call up.
 */
function ruled(
  event: ICAL.Component,
  { plain: first, isDate }: Wall,
  zoned: Zoned,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Temporal.PlainDateTime[] {
  const { year, month, day, hour, minute, second } = first
  const floating = new ICAL.Time({ year, month, day, hour, minute, second, isDate }, ICAL.Timezone.localTimezone)
  const found: Temporal.PlainDateTime[] = []
  for (const property of event.getAllProperties('rrule')) {
    const rule = property.getFirstValue()
    if (!(rule instanceof ICAL.Recur)) continue
    // An end in UTC is an instant: it is held against instants, not against wall time; a day counts whole.
    const last = rule.until ?? null
    const lastMs =
      last === null
        ? Number.POSITIVE_INFINITY
        : last.isDate
          ? zoned(plainOf(last).add({ days: 1 })) - 1
          : last.zone === ICAL.Timezone.utcTimezone
            ? inZone('UTC')(plainOf(last))
            : zoned(plainOf(last))
    const open = rule.clone()
    open.until = null
    const iterator = open.iterator(floating)
    for (let n = 0; n < mostSteps; n += 1) {
      const next = iterator.next() as ICAL.Time | null | undefined
      if (next === null || next === undefined) break
      // No zone is further from UTC than this.
      const aboutMs = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute)
      if (aboutMs > toMs + dayMs || aboutMs > lastMs + dayMs) break
      if (aboutMs < fromMs - dayMs) continue
      const plain = plainOf(next)
      const ms = zoned(plain)
      if (ms > toMs || ms > lastMs) break
      found.push(plain)
    }
  }
  return found
}

/** @throws Error when it is no iCalendar, or one of its events cannot be read */
export function occurrencesOf(text: string, window: Window): Occurrence[] {
  const { fromMs, toMs, timeZone } = window
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent')
  const byUid = Map.groupBy(events, (event) => textOf(event, 'uid') || 'no uid')
  return [...byUid].flatMap(([uid, all]) => {
    const masters = all.filter((event) => event.getFirstProperty('recurrence-id') === null)
    const exceptions = new Map(all.flatMap((event) => wallsOf(event, 'recurrence-id', timeZone).map(({ ms }) => [ms, event] as const)))
    const told: Occurrence[] = []
    const tell = (event: ICAL.Component, plain: Temporal.PlainDateTime, ms: number, key: string) => {
      const { days, endOf } = spanOf(event, timeZone)
      const endMs = endOf(plain, ms)
      if (ms >= toMs || Math.max(endMs, ms + 1) <= fromMs || told.length >= mostOccurrences) return
      told.push({
        uid,
        key: `${uid}|${key}`,
        title: textOf(event, 'summary'),
        place: textOf(event, 'location'),
        text: textOf(event, 'description'),
        categories: event.getAllProperties('categories').flatMap((property) => property.getValues().map(String)),
        mails: mailsOf(event),
        cancelled: textOf(event, 'status').toUpperCase() === 'CANCELLED',
        startMs: ms,
        endMs,
        days:
          days > 0
            ? {
                from: plain.toPlainDate().toString(),
                to: plain
                  .toPlainDate()
                  .add({ days: days - 1 })
                  .toString(),
              }
            : null,
      })
    }
    for (const master of masters) {
      const { start, zoned, endOf } = spanOf(master, timeZone)
      const recurs = master.getFirstProperty('rrule') !== null || master.getFirstProperty('rdate') !== null
      if (!recurs) {
        tell(master, start.plain, start.ms, 'once')
        continue
      }
      const out = new Set(wallsOf(master, 'exdate', timeZone).map(({ ms }) => ms))
      const starts = new Map([[start.ms, start.plain]])
      const longestMs = endOf(start.plain, start.ms) - start.ms + dayMs
      for (const plain of ruled(master, start, zoned, { fromMs: fromMs - longestMs, toMs })) starts.set(zoned(plain), plain)
      for (const { plain, ms } of wallsOf(master, 'rdate', timeZone)) starts.set(ms, plain)
      for (const [ms, plain] of starts) if (!out.has(ms) && !exceptions.has(ms)) tell(master, plain, ms, new Date(ms).toISOString())
    }
    for (const [ms, event] of exceptions) {
      const { start } = spanOf(event, timeZone)
      tell(event, start.plain, start.ms, new Date(ms).toISOString())
    }
    return told.toSorted((a, b) => a.startMs - b.startMs)
  })
}
