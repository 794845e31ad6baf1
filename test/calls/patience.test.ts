import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areBySameStretches, noStays, patienceOf, type Stay, type Stays, staysOf, withStay } from '../../server/calls/patience.ts'
import { seeded } from '../support/seeded.ts'
import { Scene } from './scene.ts'

const minute = 60_000
const chances = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)
const median = (stays: readonly Stay[], waitedMs = 0) => patienceOf(staysOf(stays))(waitedMs)(0.5)

/** Callers who leave after a time of exponential length, unless they are answered before. */
function observed(n: number, meanMs: number, answeredMs: number): readonly Stay[] {
  const random = seeded(n)
  return Array.from({ length: n }, () => -Math.log(1 - random()) * meanMs).map((ms) => ({
    ms: Math.min(ms, answeredMs),
    left: ms <= answeredMs,
  }))
}

describe('patience', () => {
  it('has no end where nobody is known to have left', () => {
    expect(median([])).toBe(Number.POSITIVE_INFINITY)
    expect(median([{ ms: minute, left: false }])).toBe(Number.POSITIVE_INFINITY)
    expect(median([{ ms: 0, left: true }])).toBe(Number.POSITIVE_INFINITY)
  })

  it('is found again although most callers are answered before they would leave', () => {
    const found = median(observed(2_000, 10 * minute, 3 * minute))
    expect(found / (Math.log(2) * 10 * minute)).toBeGreaterThan(0.85)
    expect(found / (Math.log(2) * 10 * minute)).toBeLessThan(1.15)
  })

  it('is longer for who has outlasted the minute in which most leave', () => {
    const early: Stay[] = Array.from({ length: 60 }, (_, i) => ({ ms: i % 2 === 0 ? 50_000 : 10 * minute, left: i % 2 === 0 }))
    expect(median(early, minute)).toBeGreaterThan(median(early))
  })

  it('is never negative, and longer with a later chance', () => {
    const stays = fc.array(fc.record({ ms: fc.nat(20 * minute), left: fc.boolean() }), { maxLength: 30 })
    fc.assert(
      fc.property(stays, fc.nat(20 * minute), (known, waitedMs) => {
        const patience = patienceOf(staysOf(known))(waitedMs)
        const drawn = chances.map(patience)
        expect(drawn[0]).toBeGreaterThanOrEqual(0)
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('what is known of the waits that are over', () => {
  const rounded = ({ left, stayedMs }: Stays) => ({ left: left.map(Math.round), stayedMs: stayedMs.map(Math.round) })
  const zeros = (n: number) => Array.from({ length: n }, () => 0)

  it('is, for each stretch, who left in it and how long all were in it', () => {
    expect(withStay(noStays, { ms: 90_000, left: true })).toEqual({
      left: [0, 0, 1, ...zeros(8)],
      stayedMs: [30_000, 30_000, 30_000, ...zeros(8)],
    })
    expect(withStay(noStays, { ms: 60_000, left: true })).toEqual({ left: [0, 1, ...zeros(9)], stayedMs: [30_000, 30_000, ...zeros(9)] })
    expect(withStay(noStays, { ms: 20_000, left: false })).toEqual({ left: zeros(11), stayedMs: [20_000, ...zeros(10)] })
    const hour = rounded(withStay(noStays, { ms: 60 * minute, left: true }))
    expect(hour).toEqual({
      left: [...zeros(10), 1],
      stayedMs: [0.5, 0.5, 1, 1, 1, 2, 2, 4, 4, 8, 36].map((minutes) => minutes * minute),
    })
    expect(withStay(noStays, { ms: 0, left: true })).toEqual(noStays)
  })

  it('fades as further waits come: some 4,000 of them count', () => {
    const known = withStay(noStays, { ms: 20_000, left: true })
    const later = Array.from({ length: 4_000 }).reduce((before: Stays) => withStay(before, { ms: 0, left: false }), known)
    expect(later.left[0]).toBeCloseTo(Math.exp(-1), 3)
    expect((later.stayedMs[0] ?? 0) / 20_000).toBeCloseTo(Math.exp(-1), 3)
  })

  it('tells nothing by other stretches than those of today', () => {
    const { left, stayedMs } = noStays
    expect(areBySameStretches(noStays)).toBe(true)
    expect(areBySameStretches({ left: left.slice(1), stayedMs })).toBe(false)
    expect(areBySameStretches({ left, stayedMs: [...stayedMs, 0] })).toBe(false)
  })

  it('tells as much of long waits as of short ones: who has stayed for a quarter of an hour leaves at the rate seen there', () => {
    const half = (ms: number, n: number): Stay[] => Array.from({ length: n }, (_, i) => ({ ms, left: i % 2 === 0 }))
    const known = [...half(minute, 400), ...half(20 * minute, 400)]
    expect(median(known, 17 * minute) / minute).toBeGreaterThan(4)
    expect(median(known, 17 * minute) / minute).toBeLessThan(8)
  })
})

describe('the waits that the desk remembers', () => {
  it('tell who gave up or went for a message from who was answered, kept the place or heard the desk close', () => {
    const scene = Scene.open('alice')
    scene.arrives('t0')
    scene.answers('t0')
    for (const [i, id] of ['c1', 'c2', 'c3', 'c4', 'c5'].entries()) scene.after(1_000).arrives(id, `+3356155123${i}`)
    scene.after(60_000).gone('c1')
    scene.give({ type: 'key-pressed', channel: 'c2', key: '1' })
    scene.give({ type: 'key-pressed', channel: 'c5', key: '3' })
    scene.give({ type: 'key-pressed', channel: 'c5', key: '1' })
    scene.gone('t0')
    scene.asks('alice', 'ready')
    scene.answers('c3')
    scene.give({ type: 'hours', open: false })
    expect(scene.state.stayed).toEqual(
      staysOf([
        { ms: 64_000, left: true },
        { ms: 63_000, left: true },
        { ms: 60_000, left: false },
        { ms: 62_000, left: false },
        { ms: 61_000, left: false },
      ]),
    )
  })
})
