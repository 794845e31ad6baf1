import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrivalsIn,
  erlangB,
  erlangC,
  expectedA,
  expectedC,
  meanArrivals,
  operatorsNeeded,
  patienceOf,
} from '../../server/indicators/staffing.ts'

/** Erlang A told another way: the stationary probabilities of the birth and death process itself. */
function abandonedByStates(n: number, callsPerS: number, handlingS: number, patienceS: number): number {
  let [weight, sum, lost] = [1, 1, 0]
  for (let k = 1; k < n + 5_000; k += 1) {
    weight *= callsPerS / (Math.min(k, n) / handlingS + Math.max(0, k - n) / patienceS)
    sum += weight
    lost += (Math.max(0, k - n) / patienceS) * weight
    if (sum > 1e200) [weight, sum, lost] = [weight / 1e200, sum / 1e200, lost / 1e200]
  }
  return lost / sum / callsPerS
}

describe('Erlang B and C', () => {
  it.each([
    // Published tables of Erlang B: operators, erlangs, blocked.
    [10, 10, 0.2146],
    [5, 2, 0.0367],
    [30, 20, 0.0085],
    [1, 1, 0.5],
  ])('of %i operators and %d erlangs block %d', (n, a, blocked) => {
    expect(erlangB(n, a)).toBeCloseTo(blocked, 4)
  })

  it('gives the worked example that call centres are taught by: 100 calls in half an hour, 180 s each, 14 operators', () => {
    const load = { callsPerS: 100 / 1_800, handlingS: 180 }
    expect(erlangC(14, 10)).toBeCloseTo(0.174, 3)
    const expected = expectedC(14, load, 20)
    expect(expected.serviceLevel).toBeCloseTo(0.888, 3)
    expect(expected.waitS).toBeCloseTo(7.8, 1)
    expect(expected.occupancy).toBeCloseTo(0.714, 3)
    expect(operatorsNeeded(load, { serviceLevel: 0.8, withinS: 20, occupancy: 0.85, patienceS: null })).toBe(14)
  })

  it('says that a load nobody can carry is never answered', () => {
    expect(expectedC(10, { callsPerS: 10, handlingS: 1 }, 60)).toMatchObject({ serviceLevel: 0, waitS: Number.POSITIVE_INFINITY })
    expect(erlangC(9, 10)).toBe(1)
  })
})

describe('Erlang A', () => {
  it('gives the table of Garnett, Mandelbaum and Reiman (2002): 48 calls a minute of one minute, 50 operators, patience of two minutes', () => {
    const load = { callsPerS: 48 / 60, handlingS: 60 }
    const expected = expectedA(50, load, 120, 20)
    expect(expected.abandoned).toBeCloseTo(0.031, 3)
    expect(expected.waitS).toBeCloseTo(3.7, 1)
    expect(expected.occupancy).toBeCloseTo(0.93, 2)
    expect(expectedC(50, load, 20).waitS).toBeCloseTo(20.8, 1)
  })

  it('agrees with the states’ own probabilities, overloaded or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.2, max: 2.5, noNaN: true }),
        fc.double({ min: 30, max: 900, noNaN: true }),
        fc.double({ min: 20, max: 1_500, noNaN: true }),
        (n, perOperator, handlingS, patienceS) => {
          const callsPerS = (n * perOperator) / handlingS
          const { abandoned, serviceLevel } = expectedA(n, { callsPerS, handlingS }, patienceS, 60)
          expect(abandoned).toBeCloseTo(abandonedByStates(n, callsPerS, handlingS, patienceS), 4)
          expect(serviceLevel + abandoned).toBeLessThanOrEqual(1.000_001)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('becomes Erlang C when nobody ever leaves', () => {
    const load = { callsPerS: 100 / 1_800, handlingS: 180 }
    expect(expectedA(14, load, 1e7, 20).serviceLevel).toBeCloseTo(expectedC(14, load, 20).serviceLevel, 3)
  })

  it('never needs fewer operators for more calls, nor more than without patience', () => {
    const aim = { serviceLevel: 0.8, withinS: 60, occupancy: 0.85, patienceS: 240 }
    const needs = [0, 2, 5, 10, 20, 40].map((calls) => operatorsNeeded({ callsPerS: calls / 1_800, handlingS: 400 }, aim))
    expect(needs).toEqual(needs.toSorted((a, b) => a - b))
    expect(needs[0]).toBe(0)
    for (const [i, calls] of [0, 2, 5, 10, 20, 40].entries())
      expect(needs[i]).toBeLessThanOrEqual(operatorsNeeded({ callsPerS: calls / 1_800, handlingS: 400 }, { ...aim, patienceS: null }))
  })
})

describe('what the history says', () => {
  it('is the mean of the half hours in which the desk was open: a closed Monday is no quiet Monday', () => {
    const monday = { weekday: 1, minute: 540 }
    const open = [
      { ...monday, half: 1 },
      { ...monday, half: 3 },
      { weekday: 2, minute: 540, half: 4 },
    ]
    // Half hour 2 was a holiday: three calls met the closed message.
    const means = meanArrivals(
      open,
      new Map([
        [1, 10],
        [2, 3],
        [3, 14],
      ]),
    )
    expect(arrivalsIn(means, monday)).toBe(12)
    expect(arrivalsIn(means, { weekday: 2, minute: 540 })).toBe(0)
    expect(arrivalsIn(means, { weekday: 3, minute: 540 })).toBe(0)
  })

  it('knows patience from all waits, those cut short by an answer too', () => {
    expect(patienceOf(600_000, 3)).toBe(200)
    expect(patienceOf(600_000, 0)).toBeNull()
  })
})
