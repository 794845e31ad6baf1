import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RotaShift, ShiftChange } from '../../server/contract/rota.ts'
import { copiedWeek, dutyAt, mayChangeShift, rotaDays, telephonePresences, uncovered } from '../../server/calendar/rota.ts'

const span = (from: string, to: string) => ({ from, to })
const shift = (operatorId: string, from: string, to: string, offered = false) => ({
  id: `${operatorId} ${from}`,
  operatorId,
  name: operatorId,
  day: '2026-11-24',
  from,
  to,
  post: 'both' as const,
  offered,
})
const open = [span('08:30', '12:00'), span('13:00', '16:30')]

describe('the rota', () => {
  it.each([
    ['nobody', [], open],
    ['one all day', [span('08:00', '17:00')], []],
    ['two that touch', [span('12:00', '16:30'), span('08:30', '12:00')], []],
    ['a hole at noon', [span('08:30', '11:30'), span('13:30', '16:30')], [span('11:30', '12:00'), span('13:00', '13:30')]],
    ['only outside the hours', [span('06:00', '08:30'), span('12:00', '13:00')], open],
    ['one within another', [span('08:30', '16:00'), span('09:00', '10:00')], [span('16:00', '16:30')]],
  ])('finds what is uncovered with %s', (_who, shifts, gaps) => {
    expect(uncovered(open, shifts)).toEqual(gaps)
  })

  it('leaves no minute that is both open and without anybody, and names none that has somebody', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    const time = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
    const anySpan = fc
      .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
      .filter(([from, to]) => from < to)
      .map(([from, to]) => span(time(from), time(to)))
    const within = (spans: readonly { from: string; to: string }[], at: string) => spans.some(({ from, to }) => from <= at && at < to)
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 6 }), fc.integer({ min: 0, max: 1439 }), (shifts, minute) => {
        const at = time(minute)
        expect(within(uncovered(open, shifts), at)).toBe(within(open, at) && !within(shifts, at))
      }),
    )
  })

  it('does not count who is away, neither as cover nor as expected', () => {
    const away = [{ accountId: 'alice', from: '2026-11-24', to: '2026-11-25' }]
    const [day] = rotaDays(
      [{ date: '2026-11-24', spans: open }],
      [shift('bruno', '13:00', '16:30'), shift('alice', '08:30', '16:30')],
      away,
    )
    expect(day?.shifts.map(({ operatorId, away: gone }) => [operatorId, gone])).toEqual([
      ['alice', true],
      ['bruno', false],
    ])
    expect(day?.gaps).toEqual([span('08:30', '12:00')])
    if (day === undefined) return
    expect(dutyAt(day, '09:00', new Set())).toEqual({ expected: [], missing: [] })
    expect(dutyAt(day, '13:00', new Set()).missing).toEqual([{ id: 'bruno', name: 'bruno', from: '13:00', to: '16:30' }])
    expect(dutyAt(day, '13:00', new Set(['bruno'])).missing).toEqual([])
    expect(dutyAt(day, '16:30', new Set()).expected).toEqual([])
  })

  it.each([
    ['until the day before', '2026-11-20', '2026-11-23', false],
    ['until that day', '2026-11-20', '2026-11-24', true],
    ['from that day', '2026-11-24', '2026-11-30', true],
    ['from the day after', '2026-11-25', '2026-11-30', false],
  ])('takes whoever is away %s so', (_when, from, to, away) => {
    const [day] = rotaDays(
      [{ date: '2026-11-24', spans: open }],
      [shift('alice', '08:30', '12:00')],
      [
        { accountId: 'bruno', from: '2026-11-24', to: '2026-11-24' },
        { accountId: 'alice', from, to },
      ],
    )
    expect(day?.shifts).toMatchObject([{ away }])
  })

  it('counts hours away only of their holder, on their day, within the shift, in order; nobody is expected in them', () => {
    const hours = (from: string, to: string, accountId = 'alice', date = '2026-11-24') => ({ accountId, day: date, from, to })
    const [day] = rotaDays(
      [{ date: '2026-11-24', spans: open }],
      [shift('alice', '09:00', '12:00')],
      [],
      [
        hours('11:30', '13:00'),
        hours('08:00', '09:30'),
        hours('10:00', '10:30'),
        hours('08:00', '09:00'),
        hours('12:00', '13:00'),
        hours('09:00', '12:00', 'bruno'),
        hours('09:00', '12:00', 'alice', '2026-11-25'),
      ],
    )
    expect(day?.shifts).toMatchObject([{ away: false, awayFor: [span('09:00', '09:30'), span('10:00', '10:30'), span('11:30', '12:00')] }])
    expect(day?.gaps).toEqual([span('08:30', '09:30'), span('10:00', '10:30'), span('11:30', '12:00'), span('13:00', '16:30')])
    if (day === undefined) return
    const expected = (time: string) => dutyAt(day, time, new Set()).expected.length
    expect(['09:29', '09:30', '09:59', '10:00', '10:29', '10:30', '11:29', '11:30'].map(expected)).toEqual([0, 1, 1, 0, 0, 1, 1, 0])
  })

  it('shows each day its own shifts, by time and then by name, and what is open', () => {
    const other = { ...shift('alice', '08:30', '12:00'), day: '2026-11-25' }
    const [first, second] = rotaDays(
      [
        { date: '2026-11-24', spans: open },
        { date: '2026-11-25', spans: [] },
      ],
      [shift('zoe', '08:30', '09:00'), shift('bruno', '08:30', '16:30'), shift('alice', '13:00', '16:30'), other],
      [],
    )
    expect(first).toMatchObject({ date: '2026-11-24', open, gaps: [], cover: [], short: [] })
    expect(first?.shifts.map(({ operatorId }) => operatorId)).toEqual(['bruno', 'zoe', 'alice'])
    expect(second).toMatchObject({ date: '2026-11-25', open: [], shifts: [{ operatorId: 'alice', day: '2026-11-25', awayFor: [] }] })
  })

  it('lets a shift change hands when its holder offers it and a colleague takes it, or when who plans says so', () => {
    const [kept, offered] = [shift('alice', '08:30', '12:00'), shift('alice', '08:30', '12:00', true)]
    const may = (of: typeof kept, change: ShiftChange, id: string, plans = false) => mayChangeShift(of, change, { id, plans })
    expect(may(kept, { offered: true }, 'alice')).toBe(true)
    expect(may(kept, { offered: true }, 'bruno')).toBe(false)
    expect(may(kept, { operatorId: 'bruno' }, 'bruno')).toBe(false)
    expect(may(offered, { operatorId: 'bruno' }, 'bruno')).toBe(true)
    expect(may(offered, { operatorId: 'chloe' }, 'bruno')).toBe(false)
    expect(may(kept, { operatorId: 'chloe' }, 'sophie', true)).toBe(true)
    const moved = { operatorId: 'alice', day: '2026-11-25', from: '08:30', to: '12:00', post: 'phone' } as const
    expect(may(offered, moved, 'alice')).toBe(false)
    expect(may(kept, moved, 'sophie', true)).toBe(true)
  })

  it('copies a week where its holders are free, offers left behind', () => {
    const week = [shift('alice', '08:30', '12:00', true), shift('bruno', '13:00', '16:30')]
    const there = [{ ...shift('bruno', '16:00', '18:00'), day: '2026-12-01' }]
    const { added, skipped } = copiedWeek(week, there, () => '2026-12-01')
    expect(added).toEqual([
      { operatorId: 'alice', name: 'alice', day: '2026-12-01', from: '08:30', to: '12:00', post: 'both', offered: false },
    ])
    expect(skipped).toBe(1)
  })

  it.each([
    ['somebody else’s shift at the same time', { operatorId: 'bruno' }, 0],
    ['their own on another day', { day: '2026-12-02' }, 0],
    ['their own that ends as it begins', { from: '06:00', to: '08:30' }, 0],
    ['their own that begins as it ends', { from: '12:00', to: '14:00' }, 0],
    ['their own that has a minute of it', { from: '11:59', to: '14:00' }, 1],
    ['their own within it', { from: '09:00', to: '09:30' }, 1],
  ])('copies a shift beside %s, or leaves it out', (_what, change, left) => {
    const there = [
      { ...shift('chloe', '06:00', '07:00'), day: '2026-11-30' },
      { ...shift('alice', '08:30', '12:00'), day: '2026-12-01', ...change },
    ]
    expect(copiedWeek([shift('alice', '08:30', '12:00')], there, () => '2026-12-01').skipped).toBe(left)
  })
})

describe('who is to be at the telephone', () => {
  const presences = (
    shifts: readonly RotaShift[],
    absences: Parameters<typeof rotaDays>[2] = [],
    hours: Parameters<typeof rotaDays>[3] = [],
  ) =>
    rotaDays([{ date: '2026-11-24', spans: open }], shifts, absences, hours)
      .flatMap((day) => telephonePresences(day, 'Europe/Paris'))
      .map(({ operatorId, from, until }) => [operatorId, ...[from, until].map((ms) => new Date(ms).toISOString().slice(11, 16))])

  it('is whoever is put down for it, alone or with the counter, by the time of the place, the earliest first', () => {
    const shifts = [shift('bruno', '09:00', '11:00'), { ...shift('alice', '08:30', '10:00'), post: 'phone' as const }]
    expect(presences([...shifts, { ...shift('chloe', '08:30', '12:00'), post: 'counter' as const }])).toEqual([
      ['alice', '07:30', '09:00'],
      ['bruno', '08:00', '10:00'],
    ])
  })

  it('is nobody who is away, wholly or for the hours of it', () => {
    const shifts = [shift('alice', '08:30', '12:00'), shift('bruno', '08:30', '12:00')]
    const away = [{ accountId: 'bruno', from: '2026-11-23', to: '2026-11-25' }]
    expect(presences(shifts, away, [{ accountId: 'alice', day: '2026-11-24', from: '09:00', to: '10:00' }])).toEqual([
      ['alice', '07:30', '08:00'],
      ['alice', '09:00', '12:00'],
    ])
  })

  it('is there once for presences that follow each other, whatever else they do', () => {
    const shifts = [{ ...shift('alice', '10:00', '11:00'), post: 'phone' as const }, shift('alice', '08:30', '10:00')]
    expect(presences(shifts)).toEqual([['alice', '07:30', '10:00']])
    expect(presences([shift('alice', '08:30', '10:00'), shift('alice', '10:01', '11:00')])).toHaveLength(2)
  })

  it('serves who waits at closing: an hour more for whoever is there then, and not into the next opening', () => {
    expect(presences([shift('alice', '13:00', '16:30'), shift('bruno', '13:00', '16:29'), shift('chloe', '13:00', '17:00')])).toEqual([
      ['alice', '12:00', '16:30'],
      ['bruno', '12:00', '15:29'],
      ['chloe', '12:00', '17:00'],
    ])
    expect(presences([shift('alice', '08:30', '12:00'), shift('bruno', '08:30', '12:30'), shift('chloe', '08:30', '11:59')])).toEqual([
      ['alice', '07:30', '12:00'],
      ['bruno', '07:30', '12:00'],
      ['chloe', '07:30', '10:59'],
    ])
  })
})
