import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide } from '../../server/calls/decide.ts'
import { evolve } from '../../server/calls/evolve.ts'
import { oneMoreMs } from '../../server/calls/wrap-up.ts'
import { Scene, settings } from './scene.ts'
import { at } from './situations.ts'

const wrapUpMs = settings.wrapUpMs ?? 0
/** The conversation with c1 is over; alice writes. */
const writing = () => {
  const scene = at('talking')
  scene.gone('c1')
  return scene
}

describe('after a conversation', () => {
  it('nothing rings, and the end of wrap-up is known at once', () => {
    const scene = writing()
    expect(scene.operator('alice').status).toMatchObject({ kind: 'wrap-up', callId: 'c1', until: scene.now + wrapUpMs })
    scene.arrives('c2')
    expect(scene.call('c2').offers).toEqual([])
  })

  it('the operator is ready by itself when wrap-up is over, and the one who waits rings', () => {
    const scene = writing()
    const until = scene.now + wrapUpMs
    scene.arrives('c2')
    scene.played('c2')
    scene.after(until - scene.now - 1).give({ type: 'tick' })
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.after(1).give({ type: 'tick' })
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })

  it('one more minute puts the end off, again and again', () => {
    const scene = writing()
    const until = scene.now + wrapUpMs
    scene.after(10_000).give({ type: 'operator-needs-longer', operatorId: 'alice' })
    scene.give({ type: 'operator-needs-longer', operatorId: 'alice' })
    expect(scene.operator('alice').status).toMatchObject({ until: until + 2 * oneMoreMs })
    expect(nextDeadline(scene.state, settings)).toBe(until + 2 * oneMoreMs)
  })

  it('the operator may be ready earlier', () => {
    const scene = writing()
    scene.after(1_000).asks('alice', 'ready')
    expect(scene.operator('alice').status.kind).toBe('ready')
    expect(nextDeadline(scene.state, settings)).toBeNull()
  })

  it('one more minute means nothing in any other state', () => {
    const scene = Scene.open('alice')
    expect(scene.give({ type: 'operator-needs-longer', operatorId: 'alice' })).toMatchObject({ facts: [], effects: [] })
    expect(scene.give({ type: 'operator-needs-longer', operatorId: 'nobody' })).toMatchObject({ facts: [], effects: [] })
  })

  it('without a clock wrap-up lasts until the operator says ready', () => {
    const scene = at('talking')
    const { state } = decide(scene.state, { type: 'channel-gone', channel: 'c1', cause: 16 }, scene.now, { ...settings, wrapUpMs: null })
    expect(state.operators.get('alice')?.status).toMatchObject({ kind: 'wrap-up', until: null })
    expect(nextDeadline(state, settings)).toBeNull()
  })

  it('with no time at all the next caller rings in the same turn', () => {
    const scene = at('talking')
    scene.arrives('c2')
    const asked = { ...settings, wrapUpMs: 0 }
    const { state } = decide(scene.state, { type: 'channel-gone', channel: 'c1', cause: 16 }, scene.now, asked)
    expect(state.operators.get('alice')?.status).toMatchObject({ kind: 'offered' })
    expect(state.calls.get('c2')?.offers.map((o) => o.operatorId)).toEqual(['alice'])
  })

  it('an end that comes after the operator left changes nothing', () => {
    const scene = writing()
    scene.asks('alice', 'offline')
    const fact = { type: 'wrap-up-timed', operatorId: 'alice', until: scene.now, at: scene.now } as const
    expect(evolve(scene.state, fact)).toEqual(scene.state)
  })
})
