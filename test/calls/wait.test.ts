import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateWait, fewestTalks, type Line, type Server, type WaitRange } from '../../server/calls/wait.ts'

const minute = 60_000
const capMs = 15 * minute
const talking = (forMs = 0): Server => ({ kind: 'talking', forMs, leftMs: capMs - forMs })
const line = (change: Partial<Line> = {}): Line => ({
  position: 1,
  servers: [talking()],
  talks: Array.from({ length: fewestTalks }, () => 5 * minute),
  wrapUps: [],
  capMs,
  wrapUpMs: 0,
  ...change,
})
const estimate = (change: Partial<Line> = {}): WaitRange => {
  const range = estimateWait(line(change))
  if (range === null) throw new Error('no estimate')
  return range
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

/** A conversation of exponential length, cut by the limit. */
const talkOf = (meanMs: number, random: () => number) => Math.min(capMs, -Math.log(1 - random()) * meanMs)

/** All operators in the middle of conversations: when the caller at `position` is served. */
function simulatedWait(position: number, servers: readonly Server[], meanMs: number, random: () => number): number {
  const free = servers.map((s) => {
    if (s.kind === 'free') return s.inMs
    let whole = talkOf(meanMs, random)
    while (whole < s.forMs) whole = talkOf(meanMs, random)
    return whole - s.forMs
  })
  for (let ahead = 1; ahead < position; ahead += 1) free[free.indexOf(Math.min(...free))] = Math.min(...free) + talkOf(meanMs, random)
  return Math.min(...free)
}

const duration = fc.integer({ min: 0, max: capMs })
const server: fc.Arbitrary<Server> = fc.oneof(
  fc.nat(60_000).map((inMs): Server => ({ kind: 'free', inMs })),
  duration.map((forMs): Server => talking(forMs)),
  fc.tuple(fc.nat(120_000), fc.nat(120_000)).map(([forMs, leftMs]): Server => ({ kind: 'wrap-up', forMs, leftMs })),
)
const lines: fc.Arbitrary<Line> = fc.record({
  position: fc.integer({ min: 1, max: 20 }),
  servers: fc.array(server, { minLength: 1, maxLength: 6 }),
  talks: fc.array(duration, { minLength: fewestTalks, maxLength: 50 }),
  wrapUps: fc.array(fc.nat(120_000), { maxLength: 20 }),
  capMs: fc.constant(capMs),
  wrapUpMs: fc.constantFrom(0, 120_000),
})

describe('the wait', () => {
  it.each([
    [1, [talking(minute), talking(4 * minute), talking(9 * minute)]],
    [4, [talking(2 * minute)]],
    [6, [talking(0), talking(10 * minute)]],
    [12, [talking(0), talking(minute), talking(2 * minute), talking(3 * minute), talking(4 * minute)]],
  ] as const)('at position %i is outlasted by about a fifth of simulated callers, and undercut by a fifth', (position, servers) => {
    const random = seeded(position * 100 + servers.length)
    const [histories, tries] = [40, 100]
    let [under, over] = [0, 0]
    for (let history = 0; history < histories; history += 1) {
      const { lowMs, highMs } = estimate({ position, servers, talks: Array.from({ length: 50 }, () => talkOf(5 * minute, random)) })
      const waits = Array.from({ length: tries }, () => simulatedWait(position, servers, 5 * minute, random))
      under += waits.filter((w) => w < lowMs).length / tries / histories
      over += waits.filter((w) => w > highMs).length / tries / histories
    }
    expect([under, over].filter((share) => share < 0.12 || share > 0.28)).toEqual([])
  })

  it('never is negative, nor a range upside down', () => {
    fc.assert(
      fc.property(lines, (any) => {
        const { lowMs, highMs } = estimate(any)
        expect(lowMs).toBeGreaterThanOrEqual(0)
        expect(highMs).toBeGreaterThanOrEqual(lowMs)
      }),
    )
  })

  it('never shrinks with a place further back', () => {
    fc.assert(
      fc.property(lines, (any) => {
        const [here, behind] = [estimate(any), estimate({ ...any, position: any.position + 1 })]
        expect(behind.lowMs).toBeGreaterThanOrEqual(here.lowMs)
        expect(behind.highMs).toBeGreaterThanOrEqual(here.highMs)
      }),
    )
  })

  it('never grows with one more operator', () => {
    fc.assert(
      fc.property(lines, server, (any, more) => {
        const [before, after] = [estimate(any), estimate({ ...any, servers: [...any.servers, more] })]
        expect(after.lowMs).toBeLessThanOrEqual(before.lowMs)
        expect(after.highMs).toBeLessThanOrEqual(before.highMs)
      }),
    )
  })

  it('of the next in line is never longer than what the limit and wrap-up leave', () => {
    fc.assert(
      fc.property(duration, fc.constantFrom(0, 120_000), (forMs, wrapUpMs) => {
        expect(estimate({ servers: [talking(forMs)], wrapUpMs }).highMs).toBeLessThanOrEqual(capMs - forMs + wrapUpMs)
      }),
    )
  })

  it('gets shorter as a conversation of usual length goes on', () => {
    const talks = Array.from({ length: 20 }, (_, i) => (4 + i / 10) * minute)
    expect(estimate({ servers: [talking(3 * minute)], talks }).highMs).toBeLessThan(estimate({ servers: [talking(minute)], talks }).highMs)
  })

  it('counts the wrap-up that follows each conversation', () => {
    const [without, counted] = [estimate({ position: 3 }), estimate({ position: 3, wrapUps: Array.from({ length: 20 }, () => minute) })]
    expect(counted.lowMs).toBeGreaterThan(without.lowMs + 2 * minute)
  })

  it('is nothing when somebody is free for each one in line', () => {
    expect(
      estimate({
        position: 2,
        servers: [
          { kind: 'free', inMs: 0 },
          { kind: 'free', inMs: 0 },
        ],
      }),
    ).toEqual({ lowMs: 0, highMs: 0 })
  })

  it('is a wide range while few conversations are known, and narrows with more', () => {
    const width = ({ lowMs, highMs }: WaitRange) => highMs - lowMs
    const talks = (n: number) => Array.from({ length: n }, (_, i) => (4 + (2 * i) / n) * minute)
    expect(width(estimate({ talks: talks(fewestTalks) }))).toBeGreaterThan(width(estimate({ talks: talks(50) })))
  })

  it('is not estimated when nobody serves the line, or too few conversations say how long one lasts', () => {
    expect(estimateWait(line({ servers: [] }))).toBeNull()
    expect(estimateWait(line({ position: 0 }))).toBeNull()
    expect(estimateWait(line({ talks: [minute] }))).toBeNull()
  })
})
