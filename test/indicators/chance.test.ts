import { expect, it } from 'vitest'
import { draw, drawRest, exponential, poisson, seeded } from '../../server/indicators/chance.ts'

/** Chance that says what it is told, over and over. */
const saying = (...numbers: readonly number[]) => {
  let asked = 0
  return () => numbers[asked++ % numbers.length] ?? 0
}
const calm = { medianMs: 1_000, sigma: 0, mostMs: 60_000 }

it('the same seed has the same numbers, those of Mulberry32', () => {
  const numbers = (seed: number) => Array.from({ length: 3 }, seeded(seed))
  expect(numbers(1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
  expect(numbers(1)).toEqual(numbers(1))
  expect(numbers(2)).not.toEqual(numbers(1))
})

it('a duration is its median where nothing spreads it, spread by its sigma, and cut', () => {
  expect(draw(calm, saying(0.3, 0.6))).toBe(1_000)
  // A normal of √(2 ln 2) where the two numbers are a half and nothing, of as much below where the second is a half.
  expect(draw({ ...calm, sigma: 1 }, saying(0.5, 0))).toBeCloseTo(1_000 * Math.exp(Math.sqrt(2 * Math.LN2)), 6)
  expect(draw({ ...calm, sigma: 2 }, saying(0.5, 0.5))).toBeCloseTo(1_000 * Math.exp(-2 * Math.sqrt(2 * Math.LN2)), 6)
  expect(draw({ ...calm, mostMs: 900 }, saying(0.5))).toBe(900)
})

it('what is left of a duration is the rest of one that is long enough, or nothing', () => {
  expect(drawRest(calm, 400, saying(0.5))).toBe(600)
  expect(drawRest(calm, 1_000, saying(0.5))).toBe(0)
  // The first that is drawn lasts too short.
  const second = { ...calm, sigma: 1 }
  expect(drawRest(second, 1_000, saying(0.5, 0.5, 0.5, 0))).toBeCloseTo(1_000 * Math.exp(Math.sqrt(2 * Math.LN2)) - 1_000, 6)
  let asked = 0
  expect(drawRest(calm, 2_000, () => (asked++, 0.5))).toBe(0)
  expect(asked).toBe(2 * 200)
})

it('gaps are exponential, and as many come as fit before the mean is over', () => {
  expect(exponential(1_000, saying(0.5))).toBeCloseTo(1_000 * Math.LN2, 9)
  expect(exponential(1_000, saying(0))).toBeCloseTo(0, 9)
  expect([0, 0.6, 0.7, 1.3, 1.4].map((mean) => poisson(mean, saying(0.5)))).toEqual([0, 0, 1, 1, 2])
})
