import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noStays, staysOf } from '../../server/calls/patience.ts'
import { estimateWait, farMs, fewestTalks, type Line, type Server, type WaitRange } from '../../server/calls/wait.ts'
import { runs } from '../support/runs.ts'
import { seeded } from '../support/seeded.ts'

const minute = 60_000
const capMs = 15 * minute
const talking = (forMs = 0): Server => ({ kind: 'talking', forMs, leftMs: capMs - forMs })
/** So many who have just come. */
const patient = (n: number): readonly number[] => Array.from({ length: n }, () => 0)
const line = (change: Partial<Line> = {}): Line => ({
  ahead: [],
  servers: [talking()],
  talks: Array.from({ length: fewestTalks }, () => 5 * minute),
  wrapUps: [],
  stays: noStays,
  capMs,
  wrapUpMs: 0,
  ...change,
})
const estimate = (change: Partial<Line> = {}): WaitRange => {
  const range = estimateWait(line(change))
  if (range === null) throw new Error('no estimate')
  return range
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
const stay = fc.record({ ms: duration, left: fc.boolean() })
const lines: fc.Arbitrary<Line> = fc.record({
  ahead: fc.array(fc.option(duration), { maxLength: 19 }),
  servers: fc.array(server, { minLength: 1, maxLength: 6 }),
  talks: fc.array(duration, { minLength: fewestTalks, maxLength: 50 }),
  wrapUps: fc.array(fc.nat(120_000), { maxLength: 20 }),
  stays: fc.array(stay, { maxLength: 30 }).map(staysOf),
  capMs: fc.constant(capMs),
  wrapUpMs: fc.constantFrom(0, 120_000),
})

describe('the wait', () => {
  it.each([
    [1, [talking(minute), talking(4 * minute), talking(9 * minute)]],
    [4, [talking(2 * minute)]],
    [6, [talking(0), talking(10 * minute)]],
    [12, [talking(0), talking(minute), talking(2 * minute), talking(3 * minute), talking(4 * minute)]],
  ] as const)('at position %i is outlasted by about a tenth of simulated callers, and undercut by a tenth', (position, servers) => {
    const random = seeded(position * 100 + servers.length)
    const [histories, tries] = [40, 100]
    let [under, over] = [0, 0]
    for (let history = 0; history < histories; history += 1) {
      const { lowMs, highMs } = estimate({
        ahead: patient(position - 1),
        servers,
        talks: Array.from({ length: 50 }, () => talkOf(5 * minute, random)),
      })
      const waits = Array.from({ length: tries }, () => simulatedWait(position, servers, 5 * minute, random))
      under += waits.filter((w) => w < lowMs).length / tries / histories
      over += waits.filter((w) => w > highMs).length / tries / histories
    }
    expect([under, over].filter((share) => share < 0.03 || share > 0.18)).toEqual([])
  })

  it('never is negative, nor a range upside down', () => {
    fc.assert(
      fc.property(lines, (any) => {
        const { lowMs, likelyMs, highMs } = estimate(any)
        expect(lowMs).toBeGreaterThanOrEqual(0)
        expect(likelyMs).toBeGreaterThanOrEqual(lowMs)
        expect(highMs).toBeGreaterThanOrEqual(likelyMs)
      }),
    )
  })

  it('never shrinks with a place further back', () => {
    fc.assert(
      fc.property(lines, fc.option(duration), (any, more) => {
        const [here, behind] = [estimate(any), estimate({ ...any, ahead: [...any.ahead, more] })]
        expect(behind.lowMs).toBeGreaterThanOrEqual(here.lowMs)
        expect(behind.highMs).toBeGreaterThanOrEqual(here.highMs)
      }),
    )
  })

  it('never grows with one more operator where nobody leaves', () => {
    const staying = lines.map((any): Line => ({ ...any, stays: noStays }))
    fc.assert(
      fc.property(staying, server, (any, more) => {
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
    const [without, counted] = [
      estimate({ ahead: patient(2) }),
      estimate({ ahead: patient(2), wrapUps: Array.from({ length: 20 }, () => minute) }),
    ]
    expect(counted.lowMs).toBeGreaterThan(without.lowMs + 2 * minute)
  })

  it('is shorter where those ahead are known to leave, and not for a kept place ahead', () => {
    const stays = staysOf(Array.from({ length: 40 }, (_, i) => ({ ms: 3 * minute, left: i % 2 === 0 })))
    const [staying, leaving] = [estimate({ ahead: patient(6) }), estimate({ ahead: patient(6), stays })]
    expect(leaving.likelyMs).toBeLessThan(0.8 * staying.likelyMs)
    expect(estimate({ ahead: [null, null, null], stays })).toEqual(estimate({ ahead: patient(3) }))
  })

  it('is nothing when somebody is free for each one in line', () => {
    expect(
      estimate({
        ahead: patient(1),
        servers: [
          { kind: 'free', inMs: 0 },
          { kind: 'free', inMs: 0 },
        ],
      }),
    ).toEqual({ lowMs: 0, likelyMs: 0, highMs: 0 })
  })

  it('is a wide range while few conversations are known, and narrows with more', () => {
    const width = ({ lowMs, highMs }: WaitRange) => highMs - lowMs
    const talks = (n: number) => Array.from({ length: n }, (_, i) => (4 + (2 * i) / n) * minute)
    expect(width(estimate({ talks: talks(fewestTalks) }))).toBeGreaterThan(width(estimate({ talks: talks(50) })))
  })

  it('is not estimated when nobody serves the line, or too few conversations say how long one lasts', () => {
    expect(estimateWait(line({ servers: [] }))).toBeNull()
    expect(estimateWait(line({ talks: [minute] }))).toBeNull()
  })

  it('for one who writes up is what is left of that, with nothing more to write up', () => {
    const wrapUps = Array.from({ length: 20 }, () => minute)
    const { lowMs, highMs } = estimate({ servers: [{ kind: 'wrap-up', forMs: 0, leftMs: minute }], wrapUps, wrapUpMs: minute })
    expect(lowMs).toBeGreaterThan(0.9 * minute)
    expect(highMs).toBeLessThanOrEqual(minute)
  })

  it('for one who talks ends with the limit, however long conversations were before there was one', () => {
    const talks = Array.from({ length: fewestTalks }, () => 20 * minute)
    expect(estimate({ servers: [talking(10 * minute)], talks }).highMs).toBeLessThanOrEqual(5 * minute)
  })

  it('counts on a next conversation longer than any that is known, up to the limit, or to the longest there was', () => {
    const free: Server = { kind: 'free', inMs: 0 }
    expect(estimate({ ahead: patient(1), servers: [free] }).highMs).toBeGreaterThan(5 * minute)
    const once = [minute, minute, minute, minute, 30 * minute]
    expect(estimate({ ahead: patient(1), servers: [free], talks: once }).highMs).toBeGreaterThan(capMs)
  })
})

describe('the wait, where the rota says who goes and who comes,', () => {
  const free = (inMs: number, goneInMs?: number): Server => ({ kind: 'free', inMs, ...(goneInMs !== undefined && { goneInMs }) })
  const ends = ({ lowMs, highMs }: WaitRange) => [lowMs, highMs]

  it('is served by nobody who goes first: whoever comes next is waited for', () => {
    const leaving: Server = { kind: 'talking', forMs: 0, leftMs: capMs, goneInMs: -minute }
    expect(ends(estimate({ servers: [leaving, free(10 * minute, 60 * minute)] }))).toEqual([10 * minute, 10 * minute])
    expect(ends(estimate({ servers: [free(0, 0), free(minute)] }))).toEqual([minute, minute])
    expect(ends(estimate({ servers: [free(0, 1), free(minute)] }))).toEqual([0, 0])
  })

  it('counts one more conversation of who is about to go, and no second one', () => {
    const servers = [free(0, minute), free(12 * minute)]
    // The one ahead has the first of them, for at least a minute.
    const talks = Array.from({ length: 50 }, () => 5 * minute)
    expect(estimate({ ahead: [null], servers, talks }).likelyMs).toBe(12 * minute)
    expect(estimate({ ahead: [null], servers: [free(0), free(12 * minute)], talks }).likelyMs).toBe(5 * minute)
  })

  it('is longer than what is ever told once nobody is left', () => {
    const { lowMs, likelyMs } = estimate({ servers: [free(0, 0)] })
    expect(Math.min(lowMs, likelyMs)).toBeGreaterThan(farMs)
  })

  it('holds beside what each line may have: who may be rung later, and has gone by then, is not counted', () => {
    expect(ends(estimate({ servers: [free(0, minute), free(0)], reach: [[2 * minute, 3 * minute]] }))).toEqual([3 * minute, 3 * minute])
    expect(ends(estimate({ servers: [free(0, 3 * minute), free(0)], reach: [[2 * minute, 3 * minute]] }))).toEqual([2 * minute, 2 * minute])
  })

  it('is never shorter because somebody goes, and always finite', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.integer({ min: -minute, max: 30 * minute }), (some, which, goneInMs) => {
        const servers = some.servers.map((one, i) => (i === which % some.servers.length ? { ...one, goneInMs } : one))
        const [all, fewer] = [estimateWait(some), estimateWait({ ...some, servers })]
        if (all === null || fewer === null || some.ahead.length > 0) return all === null || Number.isFinite(fewer?.highMs)
        return fewer.lowMs >= all.lowMs && fewer.likelyMs >= all.likelyMs && fewer.highMs >= all.highMs && Number.isFinite(fewer.highMs)
      }),
      { numRuns: runs(200) },
    )
  })
})
