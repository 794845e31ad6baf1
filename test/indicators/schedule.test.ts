import { describe, expect, it } from 'vitest'
import { indicatorMailText, nextSending, periodBefore } from '../../server/indicators/schedule.ts'

const zone = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)

describe('mails of indicators', () => {
  it.each([
    ['day', 7, '2026-11-28T05:59:00Z', '2026-11-28T06:00:00.000Z'],
    ['day', 7, '2026-11-28T06:00:00Z', '2026-11-29T06:00:00.000Z'],
    ['week', 8, '2026-11-28T10:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['month', 8, '2026-12-01T07:00:00Z', '2027-01-01T07:00:00.000Z'],
    // Summer time begins on the 29th: the hour is the desk's.
    ['day', 7, '2026-03-28T12:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['day', 0, '2026-10-24T23:30:00Z', '2026-10-25T23:00:00.000Z'],
  ] as const)('are due each %s at %i h, after %s on %s', (every, hour, after, due) => {
    expect(new Date(nextSending({ every, hour }, at(after), zone)).toISOString()).toBe(due)
  })

  it.each([
    ['day', '2026-11-28T06:00:00Z', '2026-11-27', '2026-11-27'],
    ['week', '2026-11-30T07:00:00Z', '2026-11-23', '2026-11-29'],
    ['month', '2026-12-01T07:00:00Z', '2026-11-01', '2026-11-30'],
    ['month', '2027-01-01T07:00:00Z', '2026-12-01', '2026-12-31'],
    // Already tomorrow at the desk.
    ['day', '2026-11-28T23:30:00Z', '2026-11-28', '2026-11-28'],
  ] as const)('tell of the last %s that is over: on %s, from %s to %s', (every, when, from, to) => {
    expect(periodBefore(every, at(when), zone)).toEqual({ from, to })
  })

  it('say the first of a month as it is said', () => {
    const period = { from: '2026-11-01', to: '2026-11-30' }
    const told = (language: 'fr' | 'en') =>
      indicatorMailText({
        entity: null,
        calls: { period, before: {}, figures: {} } as unknown as Parameters<typeof indicatorMailText>[0]['calls'],
        tickets: { before: {}, figures: {} } as unknown as Parameters<typeof indicatorMailText>[0]['tickets'],
        name: 'Guichet',
        language,
        publicUrl: 'https://guichet.univ.example',
      }).subject
    expect(told('fr')).toContain('1er novembre 2026 au 30 novembre 2026')
    expect(told('en')).toContain('1 November 2026 to 30 November 2026')
  })
})
