import { describe, expect, it } from 'vitest'
import { estimateWait, fewestTalks } from '../../server/calls/wait.ts'

const talks = (meanMs: number) => Array.from({ length: fewestTalks }, () => meanMs)
const estimate = (position: number, operators: number, meanMs = 60_000) => {
  const range = estimateWait({ position, operators, talks: talks(meanMs) })
  if (range === null) throw new Error('no estimate')
  return range
}

/** P(Erlang(k, mean) ≤ t), summed from its Poisson form: exact, where the estimate is an approximation. */
function erlangBelow(k: number, mean: number, t: number): number {
  let [term, sum] = [1, 0]
  for (let n = 0; n < k; n += 1) {
    sum += term
    term *= t / mean / (n + 1)
  }
  return 1 - Math.exp(-t / mean) * sum
}

/** Mulberry32: the same numbers at each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** All operators busy with conversations of exponential length: when the caller at `position` is served. */
function simulatedWait(position: number, operators: number, meanMs: number, random: () => number): number {
  const talk = () => -Math.log(1 - random()) * meanMs
  const freeAt = Array.from({ length: operators }, talk)
  let served = 0
  for (let n = 0; n < position; n += 1) {
    const next = freeAt.indexOf(Math.min(...freeAt))
    served = freeAt[next] ?? 0
    freeAt[next] = served + talk()
  }
  return served
}

describe('the wait', () => {
  it.each([1, 2, 3, 5, 10, 20, 50])('at position %i lies between the 20 % and the 80 % quantile of its distribution', (position) => {
    const { lowMs, highMs } = estimate(position, 1)
    expect(erlangBelow(position, 60_000, lowMs)).toBeCloseTo(0.2, 2)
    expect(erlangBelow(position, 60_000, highMs)).toBeCloseTo(0.8, 2)
  })

  it.each([
    [1, 3],
    [4, 1],
    [6, 2],
    [12, 5],
  ])('at position %i with %i operators is outlasted by a fifth of simulated callers, and undercut by a fifth', (position, operators) => {
    const random = seeded(position * 100 + operators)
    const { lowMs, highMs } = estimate(position, operators, 300_000)
    const tries = 20_000
    const waits = Array.from({ length: tries }, () => simulatedWait(position, operators, 300_000, random))
    expect(waits.filter((w) => w < lowMs).length / tries).toBeCloseTo(0.2, 1)
    expect(waits.filter((w) => w > highMs).length / tries).toBeCloseTo(0.2, 1)
  })

  it('grows with each place and shrinks with each operator', () => {
    for (let position = 1; position < 20; position += 1) {
      expect(estimate(position + 1, 3).lowMs).toBeGreaterThan(estimate(position, 3).lowMs)
      expect(estimate(position + 1, 3).highMs).toBeGreaterThan(estimate(position, 3).highMs)
      expect(estimate(position, 4).highMs).toBeLessThan(estimate(position, 3).highMs)
    }
  })

  it('is not estimated when nobody serves the queue, or too few conversations say how long one lasts', () => {
    expect(estimateWait({ position: 1, operators: 0, talks: talks(60_000) })).toBeNull()
    expect(estimateWait({ position: 0, operators: 1, talks: talks(60_000) })).toBeNull()
    expect(estimateWait({ position: 1, operators: 1, talks: talks(60_000).slice(1) })).toBeNull()
  })
})
