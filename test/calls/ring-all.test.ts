import { describe, expect, it } from 'vitest'
import { ringAll, Scene, settings } from './scene.ts'

const free = (...ready: readonly string[]) => Scene.open(...ready).under(ringAll)
const rung = (scene: Scene, callId: string) => scene.call(callId).offers.map((o) => o.operatorId)
const legOf = (scene: Scene, callId: string, operatorId: string) =>
  scene.call(callId).offers.find((o) => o.operatorId === operatorId)?.leg ?? 'none'
const state = (scene: Scene, operatorId: string) => scene.operator(operatorId).status.kind

describe('everybody free is rung at once', () => {
  it('each on a phone of its own, the one idle for longest first, and is told why', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    expect(scene.facts('offer-made').map(({ operatorId, leg, why }) => [operatorId, leg, why])).toEqual([
      ['alice', 'c1~leg0', { kind: 'ring-all', among: 3 }],
      ['bruno', 'c1~leg1', { kind: 'ring-all', among: 3 }],
      ['chloe', 'c1~leg2', { kind: 'ring-all', among: 3 }],
    ])
    expect(scene.effects('ring').map((e) => e.leg)).toEqual(['c1~leg0', 'c1~leg1', 'c1~leg2'])
  })

  it('but no more than may', () => {
    const scene = Scene.open('alice', 'bruno', 'chloe').under({ ...ringAll, ringMost: 2 })
    scene.arrives('c1')
    expect(rung(scene, 'c1')).toEqual(['alice', 'bruno'])
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'c1' })
    expect(rung(scene, 'c1')).toEqual(['bruno', 'chloe'])
  })

  it('whoever becomes ready meanwhile is rung too', () => {
    const scene = free('alice', 'bruno')
    scene.arrives('c1')
    scene.after(3_000).asks('chloe', 'ready')
    expect(rung(scene, 'c1')).toEqual(['alice', 'bruno', 'chloe'])
  })

  it('the first who picks up has the caller, joined before the other phones are silenced', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.after(2_000).give({ type: 'leg-answered', leg: 'c1~leg1' })
    expect(scene.call('c1')).toMatchObject({ offers: [], status: { kind: 'talking', operatorId: 'bruno' } })
    expect(scene.last.facts.map((f) => f.type)).toEqual(['offer-ended', 'offer-ended', 'call-answered'])
    expect(scene.last.effects.map((e) => e.type)).toEqual(['answer', 'connect', 'hang-up', 'drop-bridge', 'hang-up', 'drop-bridge'])
    expect(scene.hungUp).toEqual(['c1~leg0', 'c1~leg2'])
    for (const id of ['alice', 'chloe']) expect(scene.operator(id)).toMatchObject({ misses: 0, restUntil: 0, status: { kind: 'ready' } })
  })

  it('two who pick up in the same instant: one has the caller, the other is ready again and has missed nothing', () => {
    const scene = free('alice', 'bruno')
    scene.arrives('c1')
    scene.give({ type: 'leg-answered', leg: 'c1~leg1' })
    scene.give({ type: 'leg-answered', leg: 'c1~leg0' })
    expect(scene.last).toMatchObject({ facts: [], effects: [{ type: 'hang-up', channel: 'c1~leg0' }] })
    expect(scene.gone('c1~leg0')).toMatchObject({ facts: [], effects: [] })
    expect([state(scene, 'bruno'), state(scene, 'alice'), scene.operator('alice').misses]).toEqual(['talking', 'ready', 0])
  })

  it('one declines, another’s phone is busy: the others ring on', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'c1' })
    scene.gone('c1~leg1', 17)
    expect(rung(scene, 'c1')).toEqual(['chloe'])
    expect(scene.call('c1').status.kind).toBe('ringing')
    scene.after(settings.restMs + 1_000).give({ type: 'tick' })
    expect(rung(scene, 'c1')).toEqual(['chloe'])
  })

  it('nobody picks up in time: a miss for each who rang and did not decline, and the caller joins the queue', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.give({ type: 'operator-declines', operatorId: 'chloe', callId: 'c1' })
    scene.after(settings.restMs + 1_000).give({ type: 'operator-declines', operatorId: 'chloe', callId: 'c1' })
    scene.falls()
    expect(scene.facts('offer-ended').map(({ operatorId, reason }) => [operatorId, reason])).toEqual([
      ['alice', 'no-answer'],
      ['bruno', 'no-answer'],
    ])
    expect(['alice', 'bruno', 'chloe'].map((id) => scene.operator(id).misses)).toEqual([1, 1, 0])
    expect(rung(scene, 'c1')).toEqual(['chloe'])
    scene.falls()
    expect(rung(scene, 'c1')).toEqual(['chloe', 'alice', 'bruno'])
  })
})

describe('several callers, everybody rung at once', () => {
  it('the second waits while the first rings everywhere, and has the others once the first is answered', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.arrives('c2', '+33561559999')
    expect(rung(scene, 'c2')).toEqual([])
    scene.after(2_000).give({ type: 'leg-answered', leg: 'c1~leg0' })
    expect(rung(scene, 'c2')).toEqual(['bruno', 'chloe'])
  })

  it('each has one phone before anybody has two', () => {
    const scene = Scene.open().under(ringAll)
    scene.arrives('c1')
    scene.arrives('c2', '+33561559999')
    scene.asks('alice', 'ready')
    scene.after(1_000).asks('bruno', 'ready')
    scene.after(1_000).asks('chloe', 'ready')
    expect([rung(scene, 'c1'), rung(scene, 'c2')]).toEqual([['alice', 'chloe'], ['bruno']])
  })
})

describe('beside a preference', () => {
  it('the operator of the last conversation rings alone until the bound, then with the others', () => {
    const scene = free('alice', 'bruno', 'chloe').under({ ...ringAll, stickyMs: 8_000 })
    scene.arrives('c1')
    scene.give({ type: 'leg-answered', leg: legOf(scene, 'c1', 'bruno') })
    scene.after(60_000).gone('c1')
    scene.asks('bruno', 'ready')
    scene.after(1_000).arrives('c2')
    expect(scene.facts('offer-made').map(({ operatorId, why }) => [operatorId, why?.kind])).toEqual([['bruno', 'last-spoke']])
    scene.falls()
    expect(scene.now - scene.call('c2').arrivedAt).toBe(8_000)
    expect(rung(scene, 'c2')).toEqual(['bruno', 'alice', 'chloe'])
    scene.give({ type: 'leg-answered', leg: legOf(scene, 'c2', 'bruno') })
    expect(scene.call('c2').why?.kind).toBe('last-spoke')
  })

  it('a supervisor’s chosen caller rings at that phone alone', () => {
    const scene = free('alice', 'bruno')
    scene.arrives('c1')
    scene.asks('chloe', 'front-desk')
    scene.give({ type: 'call-taken', operatorId: 'chloe', callId: 'c1' })
    expect(rung(scene, 'c1')).toEqual(['chloe'])
    expect([state(scene, 'alice'), state(scene, 'bruno')]).toEqual(['ready', 'ready'])
  })
})

describe('Asterisk is found again while several phones ring', () => {
  it('those still there ring on, those gone are given up', () => {
    const scene = free('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.after(1_000).finds([
      { id: 'c1', state: 'ringing' },
      { id: 'c1~leg0', role: 'leg', state: 'ringing' },
      { id: 'c1~leg2', role: 'leg', state: 'down' },
    ])
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ operatorId: 'bruno', reason: 'lost' })])
    expect(rung(scene, 'c1')).toEqual(expect.arrayContaining(['alice', 'chloe']))
  })

  it('two picked up meanwhile: the first has the caller, the other is hung up without a miss', () => {
    const scene = free('alice', 'bruno')
    scene.arrives('c1')
    scene.after(1_000).finds([
      { id: 'c1', state: 'ringing' },
      { id: 'c1~leg0', role: 'leg' },
      { id: 'c1~leg1', role: 'leg' },
    ])
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'alice' })
    expect(scene.hungUp).toContain('c1~leg1')
    expect(scene.operator('bruno')).toMatchObject({ misses: 0, status: { kind: 'ready' } })
  })
})

describe('a kept place', () => {
  it('rings everybody, and the first who picks up calls the person', () => {
    const scene = Scene.open().under(ringAll)
    scene.arrives('c1')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    scene.gone('c1')
    scene.asks('alice', 'ready')
    scene.after(1_000).asks('bruno', 'ready')
    expect(rung(scene, 'c1')).toEqual(['alice', 'bruno'])
    const spare = legOf(scene, 'c1', 'alice')
    scene.give({ type: 'leg-answered', leg: legOf(scene, 'c1', 'bruno') })
    expect(scene.call('c1').status).toMatchObject({ kind: 'dialling', operatorId: 'bruno' })
    expect([scene.hungUp, state(scene, 'alice')]).toEqual([[spare], 'ready'])
  })
})
