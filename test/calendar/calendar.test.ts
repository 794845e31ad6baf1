import Holidays from 'date-holidays'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysException, defineCalendar, usualWeek, type Exception } from '../../server/calendar/calendar.ts'
import { frenchHolidays, regions, type Region } from '../../server/calendar/holidays.ts'
import { addWorking, isOpen, nextChange, workingMs } from '../../server/calendar/hours.ts'
import { openIntervals } from '../../server/calendar/intervals.ts'
import { hoursSentence, spokenHours } from '../../server/calendar/sentences.ts'

const at = (moment: string) => Date.parse(moment)
const hour = 3_600_000
const plain = (sentence: string) => sentence.replaceAll('\u00a0', ' ')
const usual = defineCalendar({})
const closing = (from: string, to: string, kind: Exception['kind'] = 'closed'): Exception => ({
  kind,
  fromMs: at(from),
  toMs: at(to),
  reason: 'test',
})

const dates: Readonly<Record<number, readonly string[]>> = {
  2026: ['1/1', '6/4', '1/5', '8/5', '14/5', '25/5', '14/7', '15/8', '1/11', '11/11', '25/12'],
  2027: ['1/1', '29/3', '1/5', '6/5', '8/5', '17/5', '14/7', '15/8', '1/11', '11/11', '25/12'],
  2028: ['1/1', '17/4', '1/5', '8/5', '25/5', '5/6', '14/7', '15/8', '1/11', '11/11', '25/12'],
}

describe('French public holidays', () => {
  it.each(Object.entries(dates))('of %s are these eleven', (year, expected) => {
    expect(frenchHolidays(Number(year), 'FR').map(({ day, month }) => `${day}/${month}`)).toEqual(expected)
  })

  it.each(['FR-57', 'FR-67', 'FR-68'] as const)('of %s have Good Friday and St Stephen besides', (region) => {
    const local = frenchHolidays(2026, region).map(({ day, month }) => `${day}/${month}`)
    expect(local).toHaveLength(13)
    expect(local).toContain('3/4')
    expect(local).toContain('26/12')
  })

  it.each(regions)('of %s agree with the date-holidays package from 2000 to 2060', (region: Region) => {
    const peer = region === 'FR' ? new Holidays('FR') : new Holidays('FR', region.slice(3))
    for (let year = 2000; year <= 2060; year += 1) {
      const theirs = peer
        .getHolidays(year)
        .filter((h) => h.type === 'public')
        .map((h) => h.date.slice(5, 10))
      const ours = frenchHolidays(year, region).map(({ day, month }) => `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
      expect(new Set(ours), String(year)).toEqual(new Set(theirs))
    }
  })
})

describe('the desk', () => {
  it.each([
    ['2026-11-24T08:29:59.999+01:00', false],
    ['2026-11-24T08:30:00+01:00', true],
    ['2026-11-24T16:29:59.999+01:00', true],
    ['2026-11-24T16:30:00+01:00', false],
    ['2026-11-21T10:00:00+01:00', false],
    ['2026-11-22T10:00:00+01:00', false],
    ['2026-11-11T10:00:00+01:00', false],
    ['2026-07-14T10:00:00+02:00', false],
    ['2026-07-15T08:30:00+02:00', true],
    ['2026-07-15T08:29:00+02:00', false],
    // The Friday before and the Monday after each change of clocks.
    ['2026-03-27T08:30:00+01:00', true],
    ['2026-03-30T08:30:00+02:00', true],
    ['2026-03-30T08:29:00+02:00', false],
    ['2026-10-23T16:29:00+02:00', true],
    ['2026-10-26T16:29:00+01:00', true],
    ['2026-10-26T08:29:00+01:00', false],
  ])('at %s is open: %s', (moment, open) => {
    expect(isOpen(usual, at(moment))).toBe(open)
  })

  it('keeps its own time zone whatever the host says', () => {
    const island = defineCalendar({ timeZone: 'Indian/Reunion' })
    expect(isOpen(island, at('2026-11-24T08:30:00+04:00'))).toBe(true)
    expect(isOpen(island, at('2026-11-24T08:30:00+01:00'))).toBe(true)
    expect(isOpen(island, at('2026-11-24T16:00:00+01:00'))).toBe(false)
  })

  it('closed at once reopens at the next usual hour, unless an opening declared later says otherwise', () => {
    const shut = closing('2026-11-24T10:00:00+01:00', '2026-11-25T00:00:00+01:00')
    const closed = defineCalendar({ exceptions: [shut] })
    expect(isOpen(closed, at('2026-11-24T10:00:00+01:00'))).toBe(false)
    expect(nextChange(closed, at('2026-11-24T11:00:00+01:00'))).toEqual({ atMs: at('2026-11-25T08:30:00+01:00'), opens: true })
    const reopened = defineCalendar({ exceptions: [shut, closing('2026-11-24T14:00:00+01:00', '2026-11-24T15:00:00+01:00', 'open')] })
    expect(nextChange(reopened, at('2026-11-24T11:00:00+01:00'))).toEqual({ atMs: at('2026-11-24T14:00:00+01:00'), opens: true })
    expect(nextChange(reopened, at('2026-11-24T14:30:00+01:00'))).toEqual({ atMs: at('2026-11-24T15:00:00+01:00'), opens: false })
  })

  it('opens on a holiday declared open, and closes whole days declared ahead', () => {
    const calendar = defineCalendar({
      exceptions: [
        closing('2026-11-11T09:00:00+01:00', '2026-11-11T12:00:00+01:00', 'open'),
        daysException('Europe/Paris', 'closed', '2026-12-24', '2026-12-31', 'congés'),
      ],
    })
    expect(isOpen(calendar, at('2026-11-11T10:00:00+01:00'))).toBe(true)
    expect(isOpen(calendar, at('2026-12-24T08:30:00+01:00'))).toBe(false)
    expect(isOpen(calendar, at('2026-12-31T16:00:00+01:00'))).toBe(false)
    expect(nextChange(calendar, at('2026-12-23T16:30:00+01:00'))).toEqual({ atMs: at('2027-01-04T08:30:00+01:00'), opens: true })
  })

  it('that never opens, or never closes, has no next change', () => {
    const none = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
    expect(nextChange(defineCalendar({ week: none }), at('2026-11-24T10:00:00Z'))).toBeNull()
    const always = defineCalendar({ exceptions: [closing('2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z', 'open')] })
    expect(nextChange(always, at('2026-11-24T10:00:00Z'))).toBeNull()
    expect(hoursSentence(always, at('2026-11-24T10:00:00Z'), 'fr')).toBe('Ouvert')
  })

  it('that is open round the clock tells its closure also where it falls on the tenth day, for good or for an hour', () => {
    const none = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
    const now = at('2026-11-24T10:00:00Z')
    const tenth = now + 10 * 24 * hour
    const open = { kind: 'open' as const, fromMs: now - hour, toMs: tenth, reason: '' }
    const again = { ...open, fromMs: tenth + hour, toMs: tenth + 30 * 24 * hour }
    for (const exceptions of [[open], [open, again]])
      expect(nextChange(defineCalendar({ week: none, exceptions }), now)).toEqual({ atMs: tenth, opens: false })
  })

  it.each([
    [{ region: 'FR-99' }, /région/],
    [{ region: 'DE' }, /région/],
    [{ timeZone: 'Europe/Toulouse' }, /fuseau/],
    [{ week: { ...usualWeek, 1: [{ from: '8h30', to: '16:30' }] } }, /heure/],
    [{ week: { ...usualWeek, 1: [{ from: '16:30', to: '08:30' }] } }, /plages/],
    [
      {
        week: {
          ...usualWeek,
          1: [
            { from: '08:00', to: '12:00' },
            { from: '11:00', to: '16:00' },
          ],
        },
      },
      /plages/,
    ],
    [{ exceptions: [{ kind: 'closed' as const, fromMs: 2, toMs: 1, reason: '' }] }, /finit/],
  ])('refuses the calendar %j', (given, reason) => {
    expect(() => defineCalendar(given)).toThrow(reason)
  })
})

describe('the hours, told', () => {
  const lunch = defineCalendar({
    week: {
      ...usualWeek,
      2: [
        { from: '08:30', to: '12:00' },
        { from: '13:15', to: '24:00' },
      ],
    },
  })
  it.each([
    ['2026-11-24T10:00:00+01:00', 'Ouvert jusqu’à 16 h 30', 'Open until 4:30 p.m.'],
    ['2026-11-24T07:00:00+01:00', 'Fermé · ouvre à 8 h 30', 'Closed · opens at 8:30 a.m.'],
    ['2026-11-24T17:00:00+01:00', 'Fermé · ouvre demain à 8 h 30', 'Closed · opens tomorrow at 8:30 a.m.'],
    ['2026-11-20T17:00:00+01:00', 'Fermé · ouvre lundi à 8 h 30', 'Closed · opens on Monday at 8:30 a.m.'],
    ['2026-11-10T17:00:00+01:00', 'Fermé · ouvre jeudi à 8 h 30', 'Closed · opens on Thursday at 8:30 a.m.'],
    ['2026-12-31T23:30:00+01:00', 'Fermé · ouvre lundi à 8 h 30', 'Closed · opens on Monday at 8:30 a.m.'],
  ])('at %s: %s', (moment, french, english) => {
    expect(plain(hoursSentence(usual, at(moment), 'fr'))).toBe(french)
    expect(plain(hoursSentence(usual, at(moment), 'en'))).toBe(english)
  })

  it('name the date when it is a week away or more, and midday and midnight', () => {
    const holidays = defineCalendar({ exceptions: [daysException('Europe/Paris', 'closed', '2026-12-24', '2027-01-03', 'congés')] })
    expect(plain(hoursSentence(holidays, at('2026-12-23T20:00:00+01:00'), 'fr'))).toBe('Fermé · ouvre le lundi 4 janvier à 8 h 30')
    expect(plain(hoursSentence(lunch, at('2026-11-24T10:00:00+01:00'), 'fr'))).toBe('Ouvert jusqu’à 12 h')
    expect(plain(hoursSentence(lunch, at('2026-11-24T20:00:00+01:00'), 'fr'))).toBe('Ouvert jusqu’à minuit')
    expect(hoursSentence(usual, at('2026-11-24T10:00:00+01:00'), 'fr')).toContain('16\u00a0h\u00a030')
  })

  it('are spoken as a voice says them', () => {
    expect(plain(spokenHours(usual, 'fr'))).toBe('du lundi au vendredi, de 8 heures 30 à 16 heures 30')
    expect(spokenHours(usual, 'en')).toBe('Monday to Friday, from 8:30 a.m. to 4:30 p.m.')
    expect(plain(spokenHours(lunch, 'fr'))).toBe(
      'le lundi, de 8 heures 30 à 16 heures 30 ; le mardi, de 8 heures 30 à midi et de 13 heures 15 à minuit ; du mercredi au vendredi, de 8 heures 30 à 16 heures 30',
    )
  })
})

describe('working time', () => {
  it.each([
    ['2026-11-24T09:00:00+01:00', '2026-11-24T10:00:00+01:00', 1],
    ['2026-11-24T16:00:00+01:00', '2026-11-25T09:00:00+01:00', 1],
    ['2026-11-20T16:00:00+01:00', '2026-11-23T09:00:00+01:00', 1],
    ['2026-11-21T00:00:00+01:00', '2026-11-23T00:00:00+01:00', 0],
    ['2026-11-10T00:00:00+01:00', '2026-11-13T00:00:00+01:00', 16],
    ['2026-03-27T00:00:00+01:00', '2026-03-31T00:00:00+02:00', 16],
    ['2026-11-25T00:00:00+01:00', '2026-11-24T00:00:00+01:00', 0],
  ])('between %s and %s is %d h', (from, to, hours) => {
    expect(workingMs(usual, at(from), at(to))).toBe(hours * hour)
  })

  it('added goes over nights, week-ends and holidays', () => {
    expect(addWorking(usual, at('2026-11-24T16:00:00+01:00'), hour)).toBe(at('2026-11-25T09:00:00+01:00'))
    expect(addWorking(usual, at('2026-11-10T16:30:00+01:00'), 8 * hour)).toBe(at('2026-11-12T16:30:00+01:00'))
    const night = at('2026-11-24T20:00:00+01:00')
    expect([addWorking(usual, night, 0), addWorking(usual, night, -1)]).toEqual([night, night])
    expect(addWorking(defineCalendar({ week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }), 0, 1)).toBeNull()
  })

  const year = at('2026-01-01T00:00:00Z')
  const instant = fc.integer({ min: 0, max: 366 * 24 * 60 }).map((minutes) => year + minutes * 60_000)
  const exception = fc
    .record({
      kind: fc.constantFrom<'open' | 'closed'>('open', 'closed'),
      fromMs: instant,
      lengthMs: fc.integer({ min: 1, max: 90 * hour }),
    })
    .map(({ kind, fromMs, lengthMs }): Exception => ({ kind, fromMs, toMs: fromMs + lengthMs, reason: '' }))
  const calendar = fc
    .record({
      region: fc.constantFrom(...regions),
      exceptions: fc.array(exception, { maxLength: 4 }),
      timeZone: fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne'),
    })
    .map(defineCalendar)

  it('added and measured agree', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 60 * hour }), (c, fromMs, durationMs) => {
        const due = addWorking(c, fromMs, durationMs)
        if (due === null) throw new Error('these calendars open every week')
        expect(workingMs(c, fromMs, due)).toBe(durationMs)
        expect(isOpen(c, due - 1)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same measured in one go or in two', () => {
    fc.assert(
      fc.property(calendar, fc.tuple(instant, instant, instant), (c, instants) => {
        const [a = 0, b = 0, z = 0] = instants.toSorted((x, y) => x - y).map((ms) => Math.min(ms, instants[0] + 40 * 24 * hour))
        expect(workingMs(c, a, b) + workingMs(c, b, z)).toBe(workingMs(c, a, z))
      }),
      { numRuns: 40 },
    )
  })

  it('never changes state before the next change, and always does then', () => {
    fc.assert(
      fc.property(calendar, instant, fc.float({ min: 0, max: 1, noNaN: true }), (c, now, part) => {
        const change = nextChange(c, now)
        if (change === null) throw new Error('these calendars change every week')
        expect(isOpen(c, change.atMs)).toBe(change.opens)
        expect(isOpen(c, now)).toBe(!change.opens)
        expect(isOpen(c, now + Math.floor((change.atMs - 1 - now) * part))).toBe(!change.opens)
      }),
      { numRuns: 100 },
    )
  })

  it('comes in stretches that are in order and apart', () => {
    fc.assert(
      fc.property(calendar, instant, (c, fromMs) => {
        const found = openIntervals(c, fromMs, fromMs + 15 * 24 * hour)
        for (const [n, { fromMs: begin, toMs: end }] of found.entries()) {
          expect(end).toBeGreaterThan(begin)
          expect(begin).toBeGreaterThan(found[n - 1]?.toMs ?? -Infinity)
        }
      }),
      { numRuns: 100 },
    )
  })
})
