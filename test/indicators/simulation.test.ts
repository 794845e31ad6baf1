import { describe, expect, it } from 'vitest'
import { draw, seeded } from '../../server/indicators/chance.ts'
import { busySigmaOf, drawDays, type Handling, lognormalOf, simulateDay, simulatedNeed } from '../../server/indicators/simulation.ts'
import { expectedA, operatorsNeeded } from '../../server/indicators/staffing.ts'

const handling: Handling = { talkMedianMs: 240_000, talkSigma: 0.8, limitMs: 900_000, wrapUpMs: 40_000, patienceMs: 240_000 }
const bounds = { withinMs: 60_000, limitMs: 900_000 }
const flat = (calls: number, halves: number) => Array.from({ length: halves }, () => calls)
const daysOf = (means: readonly number[], of: Handling = handling, busySigma = 0, days = 400) =>
  drawDays(means, { handling: of, busySigma, days }, seeded(7))
const share = (of: readonly ({ serviceLevel: number; abandoned: number } | null)[], name: 'serviceLevel' | 'abandoned') =>
  of.reduce((sum, one) => sum + (one?.[name] ?? 0), 0) / of.length

describe('a simulated day', () => {
  it('is the one of Erlang A where the day is long, calls are even and durations exponential', () => {
    // A lognormal of this σ has an exponential's variance; without abandons of half the callers only the mean counts much.
    const sigma = Math.sqrt(Math.log(2))
    const even: Handling = {
      talkMedianMs: 300_000 / Math.exp(sigma ** 2 / 2),
      talkSigma: sigma,
      limitMs: null,
      wrapUpMs: 1,
      patienceMs: 240_000,
    }
    for (const [calls, n] of [
      [10, 2],
      [10, 3],
      [30, 6],
    ] as const) {
      const told = simulateDay(daysOf(flat(calls, 24), even), flat(n, 24), { withinMs: 60_000, limitMs: null }).slice(6)
      const formula = expectedA(n, { callsPerS: calls / 1_800, handlingS: 300 }, 240, 60)
      expect(share(told, 'abandoned')).toBeCloseTo(formula.abandoned, 1)
      expect(Math.abs(share(told, 'serviceLevel') - formula.serviceLevel)).toBeLessThan(0.04)
    }
  })

  it('is the same each time it is asked, and better with one operator more, on the same days', () => {
    const means = [4, 9, 12, 6, 3]
    expect(simulateDay(daysOf(means), [2, 3, 3, 2, 2], bounds)).toEqual(simulateDay(daysOf(means), [2, 3, 3, 2, 2], bounds))
    const level = (n: number) => share(simulateDay(daysOf(means), flat(n, 5), bounds), 'serviceLevel')
    expect([1, 2, 3, 4, 5].map(level)).toEqual([1, 2, 3, 4, 5].map(level).toSorted((a, b) => a - b))
  })

  it('hands what one half hour leaves waiting to the next, and loses who waits for nobody', () => {
    const patient = { ...handling, patienceMs: null }
    // Nobody is there while all of them call; then everybody is, and nobody is answered in time.
    const [first, second] = simulateDay(daysOf([20, 1], patient), [0, 30], bounds)
    expect(first?.serviceLevel).toBeLessThan(0.08)
    expect(first?.abandoned).toBe(0)
    expect(second?.serviceLevel).toBeGreaterThan(0.9)
    expect(simulateDay(daysOf([20], patient), [0], bounds)[0]).toMatchObject({ serviceLevel: 0, abandoned: 1 })
  })

  it('needs fewer where conversations are cut sooner, and says how many were', () => {
    const needs = (limitMs: number | null) =>
      simulatedNeed(daysOf(flat(25, 8), { ...handling, limitMs }), 8, { ...bounds, limitMs, serviceLevel: 0.8, occupancy: 1 })
    const total = (of: readonly number[]) => of.reduce((sum, n) => sum + n, 0)
    expect(total(needs(300_000))).toBeLessThan(total(needs(900_000)))
    expect(total(needs(900_000))).toBeLessThanOrEqual(total(needs(null)))
    const cut = (limitMs: number) =>
      simulateDay(daysOf(flat(10, 4), { ...handling, limitMs }), flat(9, 4), { ...bounds, limitMs })[1]?.capped ?? 0
    // Of a lognormal of median 4 min and σ 0.8, one in twenty lasts 15 min.
    expect(cut(900_000)).toBeCloseTo(0.05, 1)
    expect(cut(300_000)).toBeGreaterThan(0.3)
  })

  it('meets its own aim with what it asks for, not with one fewer', () => {
    const means = [3, 8, 14, 14, 9, 5]
    const days = daysOf(means, handling, 0.15)
    const aim = { ...bounds, serviceLevel: 0.8, occupancy: 0.9 }
    const needed = simulatedNeed(days, means.length, aim)
    const given = simulateDay(days, needed, bounds)
    for (const half of given) expect(half?.serviceLevel).toBeGreaterThan(0.77)
    const fewer = simulateDay(
      days,
      needed.map((n) => Math.max(0, n - 1)),
      bounds,
    )
    expect(fewer.some((half) => (half?.serviceLevel ?? 1) < 0.8 || (half?.occupancy ?? 0) > 0.9)).toBe(true)
    expect(simulatedNeed(daysOf([0, 0]), 2, aim)).toEqual([0, 0])
  })

  it('asks for more than Erlang A where days differ, and about as many where they do not', () => {
    const aim = { serviceLevel: 0.8, withinS: 60, occupancy: 1, patienceS: 240 }
    const means = flat(20, 16)
    const meanS = daysOf(means)
      .flat(2)
      .reduce((sum, { workMs }, _i, all) => sum + workMs / 1_000 / all.length, 0)
    const formula = operatorsNeeded({ callsPerS: 20 / 1_800, handlingS: meanS }, aim)
    const by = (busySigma: number) =>
      simulatedNeed(daysOf(means, handling, busySigma), 16, { ...bounds, serviceLevel: 0.8, occupancy: 1 }).reduce((sum, n) => sum + n, 0) /
      16
    expect(Math.abs(by(0) - formula)).toBeLessThanOrEqual(1)
    expect(by(0.5)).toBeGreaterThan(by(0))
  })
})

describe('what the history says of conversations and days', () => {
  it('is found again through the quartiles of what the limit has cut', () => {
    const random = seeded(3)
    const measured = Array.from({ length: 20_000 }, () => draw({ medianMs: 240_000, sigma: 0.8, mostMs: 900_000 }, random)).toSorted(
      (a, b) => a - b,
    )
    const quartile = (of: number) => measured[Math.floor(measured.length * of)] ?? 0
    const found = lognormalOf([quartile(0.25), quartile(0.5), quartile(0.75)], 900_000)
    expect(found.talkMedianMs / 240_000).toBeCloseTo(1, 1)
    expect(found.talkSigma).toBeCloseTo(0.8, 1)
    // Where more than a quarter is cut, the lower half says.
    expect(lognormalOf([140_000, 240_000, 300_000], 300_000).talkSigma).toBeCloseTo(Math.log(240 / 140) / 0.67449, 3)
    expect(lognormalOf([1, 1, 1], null).talkSigma).toBe(0.05)
  })

  it('takes for busier days only what chance alone does not make', () => {
    const random = seeded(11)
    const days = (sigma: number) => {
      const means = Array.from({ length: 400 }, () => 100)
      return drawDays([100], { handling, busySigma: sigma, days: means.length }, random).map((day) => ({
        calls: day[0]?.length ?? 0,
        expected: 100,
      }))
    }
    expect(busySigmaOf(days(0))).toBeLessThan(0.05)
    expect(busySigmaOf(days(0.3))).toBeCloseTo(0.3, 1)
    expect(busySigmaOf([{ calls: 3, expected: 9 }])).toBe(0)
  })
})
