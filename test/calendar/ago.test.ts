import { describe, expect, it } from 'vitest'
import { workingAgo, workingDaysAgo } from '../../server/calendar/ago.ts'
import { addWorkingDays, dayTeller } from '../../server/calendar/days.ts'
import { defineCalendar } from '../../server/calendar/calendar.ts'

const calendar = defineCalendar({})
const hour = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()

describe('working time that has passed', () => {
  it.each([
    ['within the day', '2026-11-23T10:30:00.000Z', 1, '2026-11-23T09:30:00.000Z'],
    ['over a week-end', '2026-11-23T08:00:00.000Z', 1, '2026-11-20T15:00:00.000Z'],
    ['from a closed hour', '2026-11-23T22:00:00.000Z', 1, '2026-11-23T14:30:00.000Z'],
  ])('%s', (_what, now, hours, then) => {
    expect(iso(workingAgo(calendar, Date.parse(now), hours * hour))).toBe(then)
  })

  it('in days, takes back what was added', () => {
    const from = Date.parse('2026-12-22T10:00:00.000Z')
    expect(iso(workingDaysAgo(calendar, addWorkingDays(calendar, from, 5), 5))).toBe(iso(from))
  })

  it('is bounded where the desk never opens', () => {
    const never = { ...calendar, week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }
    const now = Date.parse('2026-11-23T10:00:00.000Z')
    expect(workingAgo(never, now, hour)).toBe(now - 400 * 24 * hour)
    expect(workingDaysAgo(never, now, 1)).toBeLessThan(now - 399 * 24 * hour)
  })
})

describe('which day it is', () => {
  it.each([
    ['at noon', '2026-11-23T11:00:00.000Z', '2026-11-23'],
    ['the last moment before midnight', '2026-11-23T22:59:59.999Z', '2026-11-23'],
    ['midnight', '2026-11-23T23:00:00.000Z', '2026-11-24'],
    ['on the day that has 23 hours', '2026-03-29T21:59:59.999Z', '2026-03-29'],
    ['after the day that has 23 hours', '2026-03-29T22:00:00.000Z', '2026-03-30'],
    ['when the clock was set back', '2026-11-23T11:00:00.000Z', '2026-11-23'],
  ])('%s', (_when, now, day) => {
    expect(told(Date.parse(now))).toBe(day)
  })
})

const told = dayTeller('Europe/Paris')
