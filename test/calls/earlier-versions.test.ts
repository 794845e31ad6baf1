import { describe, expect, it } from 'vitest'
import { evolve } from '../../server/calls/evolve.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { emptyDesk } from '../../server/calls/model.ts'
import { type Stay, staysOf } from '../../server/calls/patience.ts'
import { type DeskSnapshotRecord, packState, unpackState } from '../../server/engine/packed-state.ts'
import { nine, Scene } from './scene.ts'

/** As the first version wrote them. */
const firstLog = [
  { at: nine, type: 'roster-set', operators: [{ id: 'alice', name: 'Alice', extension: '6101' }] },
  { at: nine, type: 'desk-opened' },
  { at: nine, type: 'operator-ready', operatorId: 'alice' },
  { at: nine + 1_000, type: 'call-arrived', callId: 'c1', number: '+33561551234', people: [] },
  { at: nine + 1_000, type: 'offer-made', callId: 'c1', operatorId: 'alice', leg: 'c1~leg0' },
] as const satisfies readonly Fact[]

describe('what an earlier version wrote', () => {
  it('in its log: a phone that rings, rings on', () => {
    const state = firstLog.reduce(evolve, emptyDesk)
    expect(state.calls.get('c1')).toMatchObject({
      offers: [{ operatorId: 'alice', leg: 'c1~leg0', madeAt: nine + 1_000, why: null }],
      status: { kind: 'ringing' },
    })
    expect(state.operators.get('alice')?.status).toMatchObject({ kind: 'offered', callId: 'c1' })
  })

  it('as a snapshot: the one phone that rang is one of several that could', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.arrives('c2', '+33561559999')
    const { calls, ...rest } = JSON.parse(JSON.stringify(packState(scene.state))) as DeskSnapshotRecord
    const before = calls.map(({ offers: [offer], ...call }) => {
      const { why: _later, ...earlier } = offer ?? {}
      return { ...call, offer: offer === undefined ? null : earlier }
    })
    const record = { ...rest, calls: before } as unknown as DeskSnapshotRecord
    expect(unpackState(record)).toEqual(scene.state)
  })

  it('as a snapshot: the waits that are over, one by one; sums by other stretches tell nothing', () => {
    const waits: Stay[] = [
      { ms: 90_000, left: true },
      { ms: 20_000, left: false },
    ]
    const { stayed: _later, ...earlier } = packState(emptyDesk)
    const read = unpackState({ ...earlier, stays: waits })
    expect(read.stayed).toEqual(staysOf(waits))
    expect(packState(read)).not.toHaveProperty('stays')
    expect(unpackState(packState(read))).toEqual(read)
    expect(unpackState({ ...earlier, stayed: { left: [3, 4], stayedMs: [1, 2] } }).stayed).toEqual(staysOf([]))
    expect(unpackState(earlier).stayed).toEqual(staysOf([]))
  })
})
