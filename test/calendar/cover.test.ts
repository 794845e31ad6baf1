import { describe, expect, it } from 'vitest'
import { proposedShifts, shortOf, thereIn } from '../../server/calendar/cover.ts'
import type { RotaDay } from '../../server/contract/rota.ts'

const shift = (operatorId: string, from: string, to: string, more: Partial<RotaDay['shifts'][number]> = {}): RotaDay['shifts'][number] => ({
  id: `${operatorId} ${from}`,
  operatorId,
  name: operatorId,
  day: '2026-11-30',
  from,
  to,
  post: 'both',
  offered: false,
  away: false,
  awayFor: [],
  ...more,
})
const halves = ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '11:30']
const needs = (...needed: number[]) => halves.slice(0, needed.length).map((from, i) => ({ from, needed: needed[i] ?? 0 }))
const day = (shifts: RotaDay['shifts'], cover: RotaDay['cover'], date = '2026-11-30') => ({
  date,
  open: [{ from: '08:30', to: '12:00' }],
  shifts,
  cover,
})
const operators = [
  { id: 'alice', name: 'Alice' },
  { id: 'bruno', name: 'Bruno' },
  { id: 'chloe', name: 'Chloé' },
]
const never = () => false

describe('what a half hour needs', () => {
  it('is met by who is down for the telephone and there for the whole of it', () => {
    const shifts = [
      shift('alice', '08:30', '10:00', { awayFor: [{ from: '09:00', to: '09:15' }] }),
      shift('bruno', '08:30', '08:45'),
      shift('chloe', '08:30', '12:00', { post: 'counter' }),
    ]
    expect(halves.map((from) => thereIn(day(shifts, []), from).size)).toEqual([1, 0, 1, 0, 0, 0, 0])
    expect(shortOf(day(shifts, []), needs(2, 1, 1, 1, 1))).toEqual([
      { from: '08:30', to: '09:30', missing: 1 },
      { from: '10:00', to: '11:00', missing: 1 },
    ])
    expect(shortOf(day(shifts, []), [])).toEqual([])
  })

  it('counts a person once, from the half hour in which they begin, and again from the one in which they come back', () => {
    const shifts = [
      shift('alice', '09:00', '12:00', { awayFor: [{ from: '09:30', to: '10:00' }] }),
      shift('alice', '10:30', '11:30'),
      shift('bruno', '10:30', '11:00'),
      shift('chloe', '08:30', '12:00', { away: true }),
    ]
    expect(halves.map((from) => [...thereIn(day(shifts, []), from)].join())).toEqual([
      '',
      'alice',
      '',
      'alice',
      'alice,bruno',
      'alice',
      'alice',
    ])
    expect(shortOf(day(shifts, []), needs(1, 2, 2, 2, 2))).toEqual([
      { from: '08:30', to: '09:30', missing: 1 },
      { from: '09:30', to: '10:00', missing: 2 },
      { from: '10:00', to: '10:30', missing: 1 },
    ])
  })
})

describe('a day that opens or closes at a quarter', () => {
  const quarters = (shifts: RotaDay['shifts']) => ({
    shifts,
    open: [
      { from: '08:15', to: '12:10' },
      { from: '13:20', to: '16:45' },
    ],
  })

  it('has those who are there from its opening on, and until its end, in the half hours that it begins and ends in', () => {
    const both = quarters([shift('alice', '08:15', '12:10'), shift('alice', '13:20', '16:45'), shift('bruno', '08:30', '16:30')])
    expect(['08:00', '08:30', '12:00', '13:00', '16:30', '17:00'].map((from) => [...thereIn(both, from)].join())).toEqual([
      'alice',
      'alice,bruno',
      'alice,bruno',
      'alice,bruno',
      'alice',
      '',
    ])
    expect(shortOf(both, [{ from: '08:00', needed: 1 }])).toEqual([])
  })

  it('needs whoever is put down in all of what a half hour has open, around a break too', () => {
    const open = [
      { from: '08:30', to: '12:05' },
      { from: '12:20', to: '16:30' },
    ]
    const shifts = [shift('alice', '08:30', '12:05'), shift('alice', '12:20', '16:30'), shift('bruno', '08:30', '12:05')]
    expect([...thereIn({ shifts, open }, '12:00')]).toEqual(['alice'])
  })
})

describe('proposed presences', () => {
  it('fill the longest stretch first, with whoever is free and has the fewest hours, and change nothing that is there', () => {
    const { shifts, unfilled } = proposedShifts([day([shift('alice', '08:30', '12:00')], needs(1, 2, 3, 3, 2, 1, 1))], operators, never)
    expect(shifts.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['Bruno', '09:00', '11:00'],
      ['Chloé', '09:30', '10:30'],
    ])
    expect(unfilled).toEqual([])
  })

  it('call nobody in who is away or already there, nor for half an hour, and tell what nobody is free for', () => {
    const { shifts, unfilled } = proposedShifts(
      [day([shift('alice', '08:30', '12:00')], needs(1, 1, 1, 1, 1, 1, 3))],
      operators,
      (operatorId) => operatorId === 'bruno',
    )
    expect(shifts).toEqual([{ operatorId: 'chloe', name: 'Chloé', day: '2026-11-30', from: '11:00', to: '12:00' }])
    expect(unfilled).toEqual([{ day: '2026-11-30', from: '11:30', to: '12:00', missing: 1 }])
  })

  it('share the week out, four hours at a time and seven a day at most', () => {
    const long = (date: string) => ({
      date,
      open: [{ from: '08:00', to: '18:00' }],
      shifts: [],
      cover: Array.from({ length: 20 }, (_, i) => ({
        from: `${String(8 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
        needed: 1,
      })),
    })
    const { shifts, unfilled } = proposedShifts([long('2026-11-30'), long('2026-12-01')], operators, never)
    expect(unfilled).toEqual([])
    const hours = (id: string) =>
      shifts
        .filter(({ operatorId }) => operatorId === id)
        .reduce((sum, { from, to }) => sum + Number(to.slice(0, 2)) - Number(from.slice(0, 2)), 0)
    expect(operators.map(({ id }) => hours(id)).toSorted((a, b) => a - b)).toEqual([6, 6, 8])
    for (const { from, to } of shifts) expect(Number(to.slice(0, 2)) - Number(from.slice(0, 2))).toBeLessThanOrEqual(4)
  })

  const proposed = (days: Parameters<typeof proposedShifts>[0], who = operators) =>
    proposedShifts(days, who, never).shifts.map(({ operatorId, day: date, from, to }) => `${date.slice(8)} ${from}–${to} ${operatorId}`)

  it('give the longest to the first by name of those with as many hours, the earlier of two as long, and are told by day and time', () => {
    expect(proposed([day([], needs(1, 1, 0, 1, 1, 1))])).toEqual(['30 08:30–09:30 bruno', '30 10:00–11:30 alice'])
    expect(proposed([day([], needs(1, 1, 1, 0, 1, 1))])).toEqual(['30 08:30–10:00 alice', '30 10:30–11:30 bruno'])
    expect(proposed([day([], needs(1, 1, 0, 1, 1))])).toEqual(['30 08:30–09:30 alice', '30 10:00–11:00 bruno'])
    expect(proposed([day([], needs(1, 1, 0, 1, 1).toReversed())])).toEqual(['30 08:30–09:30 alice', '30 10:00–11:00 bruno'])
    expect(proposed([day([], needs(1, 1), '2026-12-02'), day([], needs(1, 1), '2026-12-01')], operators.slice(0, 1))).toEqual([
      '01 08:30–09:30 alice',
      '02 08:30–09:30 alice',
    ])
  })

  it.each([
    ['is there at another time', [shift('alice', '09:30', '12:00')], ['30 08:30–09:30 alice']],
    ['was there before', [shift('alice', '07:30', '08:30')], ['30 08:30–09:30 alice']],
    ['is there for a minute of it', [shift('alice', '09:29', '12:00')], []],
    ['would have seven hours that day', [shift('alice', '10:00', '16:00')], ['30 08:30–09:30 alice']],
    ['would have more', [shift('alice', '10:00', '16:01')], []],
  ])('call on somebody who %s, or do not', (_what, shifts, expected) => {
    expect(proposed([day(shifts, needs(1, 1))], operators.slice(0, 1))).toEqual(expected)
  })

  it('take no account of the same hours on another day', () => {
    const before = { ...day([shift('alice', '08:30', '15:00')], []), date: '2026-11-29' }
    expect(proposed([before, day([], needs(1, 1))], operators.slice(0, 1))).toEqual(['30 08:30–09:30 alice'])
  })

  it('tell each stretch that nobody can take, with how many it lacks', () => {
    const { unfilled } = proposedShifts([day([], needs(3, 3, 0, 2, 2))], operators.slice(0, 1), never)
    expect(unfilled).toEqual([
      { day: '2026-11-30', from: '08:30', to: '09:30', missing: 2 },
      { day: '2026-11-30', from: '10:00', to: '11:00', missing: 1 },
    ])
    expect(proposedShifts([day([], needs(1, 1, 0, 2))], [], never).unfilled.map(({ from, to, missing }) => [from, to, missing])).toEqual([
      ['08:30', '09:30', 1],
      ['10:00', '10:30', 2],
    ])
  })

  it.each([
    ['at the start of the opening is an hour from there', '08:30', { from: '08:30', to: '09:30' }],
    ['at its end is the hour before', '11:30', { from: '11:00', to: '12:00' }],
    ['that outlasts it is an hour of it, and to its own end', '11:45', { from: '11:00', to: '12:15' }],
    ['outside it stays as it is', '13:00', { from: '13:00', to: '13:30' }],
  ])('for a half hour %s', (_what, from, expected) => {
    const [only] = proposedShifts([day([], [{ from, needed: 1 }])], operators, never).shifts
    expect(only).toMatchObject(expected)
  })

  it('are a hundred at most', () => {
    const year = Array.from({ length: 101 }, (_, i) => day([], needs(1, 1), `2027-${String(i).padStart(3, '0')}`))
    expect(proposedShifts(year, operators, never).shifts).toHaveLength(100)
  })
})
