import { Temporal } from 'temporal-polyfill'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysBetween, exceptionalOn, notices, yearFrom } from '../../server/calendar/ahead.ts'
import { calendarOf } from '../../server/calendar/from-settings.ts'
import { addWorking, isOpen, workingMs } from '../../server/calendar/hours.ts'
import { writtenWeek } from '../../server/calendar/sentences.ts'
import { type ExceptionalDays, type HoursSettings, hoursSettings } from '../../server/contract/settings.ts'
import { runs } from '../support/runs.ts'

const paris = 'Europe/Paris'
const hour = 3_600_000
const at = (text: string) => Date.parse(text)
const plain = (texts: readonly string[]) => texts.map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '))
const days = (from: string, to: string, more: Partial<ExceptionalDays> = {}): ExceptionalDays => ({
  id: from,
  from,
  to,
  spans: [],
  reason: 'congés',
  announcement: null,
  ...more,
})
const hoursWith = (...exceptions: readonly ExceptionalDays[]): HoursSettings => hoursSettings.parse({ exceptions })

describe('a site’s hours', () => {
  it('close on exceptional days and open on others that are usually closed, holidays among them', () => {
    const morning = [{ from: '09:00', to: '12:00' }]
    const calendar = calendarOf(
      hoursWith(days('2026-12-21', '2026-12-24'), days('2026-12-25', '2026-12-27', { spans: morning, reason: 'portes ouvertes' })),
      paris,
    )
    expect(isOpen(calendar, at('2026-12-22T10:00:00+01:00'))).toBe(false)
    for (const day of [25, 26, 27]) {
      expect(isOpen(calendar, at(`2026-12-${day}T09:00:00+01:00`))).toBe(true)
      expect(isOpen(calendar, at(`2026-12-${day}T12:00:00+01:00`))).toBe(false)
    }
    expect(isOpen(calendar, at('2026-12-28T08:30:00+01:00'))).toBe(true)
  })

  it('open nothing in an hour that the clocks skip', () => {
    const night = days('2026-03-29', '2026-03-29', {
      spans: [
        { from: '02:00', to: '03:00' },
        { from: '04:00', to: '05:00' },
      ],
    })
    const { exceptions } = calendarOf(hoursWith(night), paris)
    expect(exceptions.map(({ kind, fromMs }) => [kind, new Date(fromMs).toISOString()])).toEqual([
      ['closed', '2026-03-28T23:00:00.000Z'],
      ['open', '2026-03-29T02:00:00.000Z'],
    ])
    const sunday = { ...hoursWith(), week: { ...hoursWith().week, 7: night.spans } }
    expect(workingMs(calendarOf(sunday, paris), at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'))).toBe(hour)
  })

  it('know Alsace-Moselle’s own holidays', () => {
    const goodFriday = at('2026-04-03T10:00:00+02:00')
    expect(isOpen(calendarOf(hoursWith(), paris), goodFriday)).toBe(true)
    expect(isOpen(calendarOf({ ...hoursWith(), region: 'alsace-moselle' }, paris), goodFriday)).toBe(false)
  })

  it.each(['belgique', '', 'FR', 'METROPOLE', null])('refuse the region %j: nothing falls back silently', (region) => {
    expect(hoursSettings.safeParse({ region }).success).toBe(false)
  })

  it.each([
    [[{ from: '08:30', to: '08:30' }]],
    [[{ from: '10:00', to: '09:00' }]],
    [
      [
        { from: '08:00', to: '12:00' },
        { from: '12:00', to: '13:00' },
      ],
    ],
    [[{ from: '08:00', to: '25:00' }]],
    [[{ from: '8:00', to: '12:00' }]],
  ])('refuse the spans %j', (spans) => {
    expect(hoursSettings.safeParse({ exceptions: [days('2026-12-24', '2026-12-24', { spans })] }).success).toBe(false)
  })

  it('of two exceptions on one day, follow the later in the list, in the calendar as in what is shown', () => {
    const hours = hoursWith(days('2026-12-21', '2026-12-24'), days('2026-12-23', '2026-12-23', { spans: [{ from: '10:00', to: '11:00' }] }))
    const morning = at('2026-12-23T10:30:00+01:00')
    expect(isOpen(calendarOf(hours, paris), morning)).toBe(true)
    expect(exceptionalOn(hours, '2026-12-23')?.spans).toHaveLength(1)
    expect(exceptionalOn(hours, '2026-12-24')?.spans).toHaveLength(0)
    expect(exceptionalOn(hours, '2026-12-25')).toBeNull()
  })

  it('tell the coming days that are not as usual, without the holidays on closed days', () => {
    const hours = hoursWith(
      days('2026-12-24', '2027-01-03'),
      days('2027-01-09', '2027-01-09', { spans: [{ from: '09:00', to: '12:30' }], reason: 'rentrée' }),
    )
    expect(plain(notices(hours, '2026-12-20', 30, 'fr'))).toEqual([
      'Fermé du jeudi 24 décembre au dimanche 3 janvier : congés',
      'Ouvert le samedi 9 janvier, 9 h – 12 h 30 : rentrée',
    ])
    expect(plain(notices(hours, '2026-11-24', 30, 'fr'))).toEqual(['Fermé du jeudi 24 décembre au dimanche 3 janvier : congés'])
    expect(plain(notices(hoursWith(), '2026-08-01', 31, 'en'))).toEqual([])
    expect(plain(notices(hoursWith(), '2026-12-20', 20, 'en'))).toEqual([
      'Closed on Friday 25 December: Christmas Day',
      'Closed on Friday 1 January: New Year’s Day',
    ])
  })

  it('are written as the public page shows them', () => {
    expect(plain(writtenWeek(hoursWith().week, 'fr'))).toEqual(['Du lundi au vendredi, 8 h 30 – 16 h 30'])
    const lunch = {
      ...hoursWith().week,
      3: [
        { from: '08:30', to: '12:00' },
        { from: '13:15', to: '17:00' },
      ],
    }
    expect(plain(writtenWeek(lunch, 'fr'))).toEqual([
      'Du lundi au mardi, 8 h 30 – 16 h 30',
      'Le mercredi, 8 h 30 – 12 h et 13 h 15 – 17 h',
      'Du jeudi au vendredi, 8 h 30 – 16 h 30',
    ])
  })

  it('show the year from the first of this month, by the desk’s own midnight', () => {
    expect(yearFrom(paris, at('2026-11-30T23:30:00Z'))).toEqual({ today: '2026-12-01', from: '2026-12-01', to: '2027-11-30' })
    expect(yearFrom(paris, at('2024-02-29T12:00:00Z'))).toEqual({ today: '2024-02-29', from: '2024-02-01', to: '2025-01-31' })
  })
})

const time = fc
  .integer({ min: 0, max: 24 * 4 })
  .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`)
const someSpans = fc.uniqueArray(time, { maxLength: 6 }).map((times) => {
  const sorted = times.toSorted()
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({ from: sorted[2 * i] ?? '', to: sorted[2 * i + 1] ?? '' }))
})
const date = fc.integer({ min: 0, max: 730 }).map((n) => Temporal.PlainDate.from('2026-01-01').add({ days: n }).toString())
const exceptional = fc
  .tuple(date, fc.integer({ min: 0, max: 12 }), someSpans)
  .map(([from, more, spans]) => days(from, Temporal.PlainDate.from(from).add({ days: more }).toString(), { spans }))
const someHours: fc.Arbitrary<HoursSettings> = fc.record({
  week: fc.record({ 1: someSpans, 2: someSpans, 3: someSpans, 4: someSpans, 5: someSpans, 6: someSpans, 7: someSpans }),
  region: fc.constantFrom('metropole' as const, 'alsace-moselle' as const),
  exceptions: fc.array(exceptional, { maxLength: 5 }),
  alwaysOpen: fc.constant(false),
})
const zone = fc.constantFrom(paris, 'Indian/Reunion', 'America/Cayenne')
/** Wall time on a day, as ms; a time that the clocks skip is the hour after. */
const wall = (day: string, text: string, timeZone: string) => {
  const plus = text === '24:00' ? 1 : 0
  return Temporal.PlainDate.from(day)
    .add({ days: plus })
    .toZonedDateTime({ timeZone, plainTime: plus === 1 ? '00:00' : text }).epochMilliseconds
}

describe('hours, whatever a site makes of them', () => {
  it('are open exactly where the days shown say so', () => {
    fc.assert(
      fc.property(someHours, zone, date, (hours, timeZone, day) => {
        const calendar = calendarOf(hours, timeZone)
        const [shown] = daysBetween(hours, day, day)
        const expected = (shown?.spans ?? []).reduce(
          (sum, { from, to }) => sum + Math.max(0, wall(day, to, timeZone) - wall(day, from, timeZone)),
          0,
        )
        expect(workingMs(calendar, wall(day, '00:00', timeZone), wall(day, '24:00', timeZone))).toBe(expected)
        for (const { from, to } of shown?.spans ?? []) {
          const [begin, end] = [wall(day, from, timeZone), wall(day, to, timeZone)]
          if (end > begin) expect([isOpen(calendar, begin), isOpen(calendar, end - 1)]).toEqual([true, true])
        }
      }),
      { numRuns: runs(300) },
    )
  })

  it('lose an hour to the spring’s change of clock and gain one in autumn, when open through the night', () => {
    const night = { from: '00:00', to: '24:00' }
    const week = { 1: [night], 2: [night], 3: [night], 4: [night], 5: [night], 6: [night], 7: [night] }
    const changes = [
      ['2026-03-29', 23],
      ['2026-10-25', 25],
      ['2027-03-28', 23],
      ['2027-10-31', 25],
      ['2026-06-14', 24],
    ] as const
    for (const [day, hours] of changes) {
      const calendar = calendarOf({ ...hoursWith(), week }, paris)
      expect(workingMs(calendar, wall(day, '00:00', paris), wall(day, '24:00', paris))).toBe(hours * hour)
    }
  })

  it('count working time by wall clocks: a working day around a change of clock is as long as any other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026-03-27', '2026-10-23', '2028-03-24', '2028-10-27'),
        fc.integer({ min: 1, max: 16 * 60 }),
        (friday, minutes) => {
          const calendar = calendarOf(hoursWith(), paris)
          const from = wall(friday, '08:30', paris)
          const due = addWorking(calendar, from, minutes * 60_000)
          const monday = Temporal.PlainDate.from(friday).add({ days: 3 }).toString()
          const day = minutes <= 8 * 60 ? friday : monday
          const rest = minutes <= 8 * 60 ? minutes : minutes - 8 * 60
          expect(due).toBe(wall(day, '08:30', paris) + rest * 60_000)
        },
      ),
      { numRuns: 60 },
    )
  })
})
