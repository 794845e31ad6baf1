import { describe, expect, it } from 'vitest'
import { busySigmaOf, drawDays, type DrawnDay, lognormalOf, simulateDay, simulatedNeed } from '../../server/indicators/simulation.ts'
import { expectedA, expectedC, operatorsNeeded } from '../../server/indicators/staffing.ts'

/* Days of a few callers, worked out by hand; s and half hours. */

const s = 1_000
const half = 1_800 * s
type Caller = DrawnDay[number][number]
const caller = (at: number, talk: number, more: { readonly wrapUp?: number; readonly leaves?: number } = {}): Caller => ({
  atMs: at * s,
  talkMs: talk * s,
  workMs: (talk + (more.wrapUp ?? 0)) * s,
  leavesMs: more.leaves === undefined ? Number.POSITIVE_INFINITY : more.leaves * s,
})
const bounds = { withinMs: 60 * s, limitMs: 60 * s }

describe('a day worked out by hand', () => {
  it('counts who is answered in time, who leaves, how long they waited, and whom the limit cut', () => {
    const day = [[caller(0, 60, { wrapUp: 30 }), caller(30, 59, { wrapUp: 1 }), caller(40, 10, { leaves: 100 })], []]
    expect(simulateDay([day], [1, 1], bounds)).toEqual([
      { serviceLevel: 2 / 3, abandoned: 1 / 3, waitS: (0 + 60 + 60) / 3, occupancy: 150 / 1_800, capped: 1 / 2 },
      null,
    ])
    // A moment more than the bound is not in time; without a limit nobody is cut.
    expect(simulateDay([day], [1, 1], { withinMs: 60 * s - 1, limitMs: null })[0]).toMatchObject({ serviceLevel: 1 / 3, capped: 0 })
  })

  it('gives each caller whoever is free first', () => {
    const day = [[caller(0, 100), caller(0, 50), caller(10, 5), caller(20, 5)]]
    expect(simulateDay([day], [2], bounds)[0]).toMatchObject({ waitS: (0 + 0 + 40 + 35) / 4, serviceLevel: 1, abandoned: 0 })
    expect(simulateDay([day], [3], bounds)[0]).toMatchObject({ waitS: 0 })
  })

  it('has who leaves at the moment they would be answered leave, and whose patience is a moment longer stay', () => {
    const day = (leaves: number) => [[caller(0, 100), caller(40, 5, { leaves })]]
    expect(simulateDay([day(100)], [1], bounds)[0]).toMatchObject({ abandoned: 1 / 2, waitS: 30 })
    expect(simulateDay([day(100.001)], [1], bounds)[0]).toMatchObject({ abandoned: 0, waitS: 30 })
  })

  it('serves in the next half hour who waited into it, and counts them where they came', () => {
    const day = [[caller(1, 10, { leaves: 5_000 })], [caller(1_805, 10)], []]
    expect(simulateDay([day], [0, 1, 1], bounds)).toEqual([
      { serviceLevel: 0, abandoned: 0, waitS: 1_799, occupancy: 1, capped: 0 },
      { serviceLevel: 1, abandoned: 0, waitS: 5, occupancy: 10 / 1_800, capped: 0 },
      null,
    ])
  })

  it('lets whoever talks as their shift ends finish, and nobody else waits for them', () => {
    const day = [[caller(0, 3_000)], [caller(1_900, 10)]]
    expect(simulateDay([day], [1, 1], bounds)[1]).toMatchObject({ waitS: 1_100 })
    expect(simulateDay([day], [1, 2], bounds)[1]).toMatchObject({ waitS: 0 })
    expect(simulateDay([day], [1, 1], bounds)[0]).toMatchObject({ occupancy: 1 })
  })

  it('has who waits for nobody leave, by their own patience or at closing', () => {
    expect(simulateDay([[[caller(600, 10, { leaves: 900 })]]], [0], bounds)[0]).toMatchObject({ abandoned: 1, waitS: 300, capped: 0 })
    expect(simulateDay([[[caller(600, 10)], []]], [0, 0], bounds)[0]).toMatchObject({ abandoned: 1, waitS: 3_000 })
    expect(simulateDay([[[caller(1_799, 10)]]], [1], bounds)[0]).toMatchObject({ abandoned: 0 })
  })

  it('is the mean of several', () => {
    const days = [[[caller(0, 900)]], [[caller(0, 900), caller(450, 900)]]]
    expect(simulateDay(days, [1], bounds)).toEqual([{ serviceLevel: 2 / 3, abandoned: 0, waitS: 150, occupancy: 2_700 / 3_600, capped: 1 }])
  })
})

describe('the fewest operators of a half hour', () => {
  const aim = { ...bounds, serviceLevel: 1, occupancy: 1 }
  it('are none where nobody calls, and as many as call at once where nobody may wait', () => {
    const at = (n: number) => Array.from({ length: n }, () => caller(1_800, 100))
    expect(simulatedNeed([[[], at(1), []]], 3, { ...aim, withinMs: 0 })).toEqual([0, 1, 0])
    expect(simulatedNeed([[[], at(3), []]], 3, { ...aim, withinMs: 0 })).toEqual([0, 3, 0])
    expect(simulatedNeed([[[], at(3), []]], 3, { ...aim, withinMs: 100 * s })).toEqual([0, 2, 0])
    expect(simulatedNeed([[[], at(3), []]], 3, { ...aim, withinMs: 200 * s })).toEqual([0, 1, 0])
    expect(simulatedNeed([[[], at(3), []]], 3, { ...aim, withinMs: 0, serviceLevel: 2 / 3 })).toEqual([0, 2, 0])
  })

  it('are more where the aim would have them busier than they may be', () => {
    const busy = [[[caller(0, 900), caller(900, 450)]]]
    expect(simulatedNeed(busy, 1, { ...aim, occupancy: 0.75 })).toEqual([1])
    expect(simulatedNeed(busy, 1, { ...aim, occupancy: 0.74 })).toEqual([2])
  })

  it('have to do with what the half hour before leaves them', () => {
    const long = [[[caller(1_700, 1_000)], [caller(1_900, 100)]]]
    expect(simulatedNeed(long, 2, aim)).toEqual([1, 2])
    expect(simulatedNeed(long, 2, { ...aim, withinMs: 800 * s })).toEqual([1, 1])
  })
})

describe('what days are drawn from', () => {
  const handling = { talkMedianMs: 100 * s, talkSigma: 0, limitMs: null, wrapUpMs: 10 * s, patienceMs: null }
  const always = () => 0.5
  it('are calls by half hour, each with its conversation, what follows it, and its patience', () => {
    const [day, ...more] = drawDays([0.6, 1.4], { handling, busySigma: 0, days: 2 }, always)
    const work = 100 * s + Math.LN2 * 10 * s
    const one = { atMs: 1.5 * half, talkMs: 100 * s, workMs: work, leavesMs: Number.POSITIVE_INFINITY }
    expect(day).toEqual([[], [one, one]])
    expect(more).toEqual([day])
    const patient = { ...handling, patienceMs: 60 * s, limitMs: 80 * s }
    expect(drawDays([0.7], { handling: patient, busySigma: 0, days: 1 }, always)[0]?.[0]).toEqual([
      { atMs: half / 2, talkMs: 80 * s, workMs: 80 * s + Math.LN2 * 10 * s, leavesMs: half / 2 + Math.LN2 * 60 * s },
    ])
  })

  it('are busier and calmer by a factor whose mean is one, and ten at most', () => {
    const calls = (mean: number, busySigma: number, random: () => number) =>
      drawDays([mean], { handling, busySigma, days: 1 }, random)[0]?.[0]?.length
    // Chance of a half twice is a normal of −√(2 ln 2): the factor is e^(−σ²/2 − σ√(2 ln 2)).
    const factor = Math.exp(-0.125 - 0.5 * Math.sqrt(2 * Math.LN2))
    expect(calls((10.1 * Math.LN2) / factor, 0.5, always)).toBe(10)
    expect(calls((9.9 * Math.LN2) / factor, 0.5, always)).toBe(9)
    let asked = 0
    expect(calls(1, 3, () => (asked++ === 1 ? 0 : 1 - 1e-9))).toBe(0)
  })

  it('come in the order of their moments', () => {
    const moments = [0.5, 0.5, 0.5, 0.5, 0.9, 0.9, 0.1]
    let asked = 0
    const [day] = drawDays([1.2], { handling, busySigma: 0, days: 1 }, () => moments[asked++ % moments.length] ?? 0.5)
    const ats = (day?.[0] ?? []).map(({ atMs }) => atMs)
    expect(ats).toEqual(ats.toSorted((a, b) => a - b))
  })
})

describe('what is read off what was measured', () => {
  it.each([
    [[100, 120, 240], null, Math.log(2.4) / (2 * 0.674_49)],
    [[100, 120, 240], 243, Math.log(2.4) / (2 * 0.674_49)],
    [[100, 120, 240], 242, Math.log(1.2) / 0.674_49],
    [[100, 120, 121], null, Math.log(1.21) / (2 * 0.674_49)],
    [[100, 100, 101], null, 0.05],
    [[1, 100, 10_000], null, 2],
    [[0, 120, 240], null, 0.8],
  ] as const)('conversations of quartiles %j, cut at %j, spread by %d', ([low, median, high], limit, sigma) => {
    const found = lognormalOf([low, median, high], limit)
    expect(found.talkMedianMs).toBe(median)
    expect(found.talkSigma).toBeCloseTo(sigma, 9)
  })

  it('days are busier and calmer than chance by what their squares have too much of', () => {
    const days = (...calls: readonly number[]) => calls.map((n) => ({ calls: n, expected: 100 }))
    expect(busySigmaOf(days(50, 150, 50, 150))).toBe(0)
    expect(busySigmaOf([...days(50, 150, 50, 150), { calls: 9, expected: 0 }])).toBe(0)
    expect(busySigmaOf(days(100, 100, 100, 100, 100))).toBe(0)
    expect(busySigmaOf(days(80, 120, 80, 120, 80))).toBeCloseTo(Math.sqrt(Math.log(1 + (400 - 100) / 10_000)), 9)
    expect(busySigmaOf(days(0, 300, 0, 300, 0))).toBe(0.6)
  })

  it('where nobody calls nothing is expected, where nobody is there everybody leaves, and nobody is asked for beyond five hundred', () => {
    const none = { callsPerS: 0, handlingS: 300 }
    const quiet = { serviceLevel: 1, abandoned: 0, waitS: 0, occupancy: 0 }
    expect([expectedC(2, none, 60), expectedA(2, none, 240, 60)]).toEqual([quiet, quiet])
    expect(expectedA(0, { callsPerS: 1, handlingS: 300 }, 240, 60)).toEqual({ serviceLevel: 0, abandoned: 1, waitS: 240, occupancy: 1 })
    const aim = { serviceLevel: 0.8, withinS: 60, occupancy: 0.85, patienceS: null }
    expect(operatorsNeeded(none, aim)).toBe(0)
    expect(operatorsNeeded({ callsPerS: 1_000, handlingS: 300 }, aim)).toBe(500)
    expect(operatorsNeeded({ callsPerS: 1 / 300, handlingS: 30 }, aim)).toBe(1)
  })
})
