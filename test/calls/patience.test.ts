import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patienceOf, type Stay } from '../../server/calls/patience.ts'
import { seeded } from '../support/seeded.ts'
import { Scene } from './scene.ts'

const minute = 60_000
const chances = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)
const median = (stays: readonly Stay[], waitedMs = 0) => patienceOf(stays)(waitedMs, 0.5)

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
        const patience = patienceOf(known)
        const drawn = chances.map((chance) => patience(waitedMs, chance))
        expect(drawn[0]).toBeGreaterThanOrEqual(0)
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
      }),
    )
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
    expect(scene.state.stays).toEqual([
      { ms: 64_000, left: true },
      { ms: 63_000, left: true },
      { ms: 60_000, left: false },
      { ms: 62_000, left: false },
      { ms: 61_000, left: false },
    ])
  })
})
