import { describe, expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'
import { at } from './situations.ts'

describe('a phone that rings', () => {
  it('is given up by Asterisk a little after we do', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    expect(scene.effects('ring')).toMatchObject([{ leg: 'c1~leg0', timeoutS: settings.ringMs / 1000 + 5 }])
  })

  it('is answered from ringback: the caller is answered and joined, with the limit armed on both sides', () => {
    const scene = at('ringing')
    scene.answers('c1')
    expect(scene.last.effects).toEqual([
      { type: 'answer', channel: 'c1' },
      { type: 'connect', caller: 'c1', leg: 'c1~leg0', bridge: 'c1~leg0~bridge', limitS: settings.capMs / 1000 + 10 },
    ])
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'alice', capAt: scene.now + settings.capMs })
  })

  it('is answered from the queue: what was being said stops, and no second answer is given', () => {
    const scene = at('waiting while a phone rings')
    const playback = scene.playback('c1')
    scene.answers('c1')
    expect(scene.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'connect'])
    expect(scene.effects('stop-playing')[0]?.playback).toBe(playback)
  })

  it('is not answered: the next operator’s rings, and the caller keeps the place and the music', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    scene.falls()
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ operatorId: 'alice', reason: 'no-answer' })])
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'drop-bridge', 'ring'])
    expect(scene.call('c1').offers).toMatchObject([{ operatorId: 'bruno', leg: 'c1~leg1' }])
    expect(scene.call('c1').order).toBe(1)
  })

  it('is answered by nobody: the caller joins the queue, and is first when somebody comes', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.arrives('c2')
    scene.falls()
    expect(scene.call('c1').status.kind).toBe('waiting')
    expect(scene.said).toEqual(['other-language', 'waiting', 'key-for-message', 'offer-callback', 'position-1'])
    scene.asks('bruno', 'ready')
    expect(scene.facts('offer-made')).toEqual([expect.objectContaining({ callId: 'c1', operatorId: 'bruno' })])
  })

  it('is tried again after a rest when there is nobody else', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.falls()
    const missedAt = scene.now
    scene.falls()
    expect(scene.now).toBe(missedAt + settings.restMs)
    expect(scene.facts('offer-made')).toEqual([
      expect.objectContaining({ operatorId: 'alice', leg: expect.stringMatching(/~leg[1-9]\d*$/) }),
    ])
  })

  it('keeps not being answered: its operator is paused, visibly', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    for (let rings = 0; rings < 2 * settings.missesBeforePause - 1; rings += 1) scene.falls()
    expect(scene.operator('alice').status).toMatchObject({ kind: 'paused', reason: 'missed' })
    scene.asks('alice', 'ready')
    expect(scene.operator('alice')).toMatchObject({ misses: 0, restUntil: 0, status: { kind: 'offered' } })
  })

  it('missed, then answered: the misses are forgotten', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.falls()
    scene.falls()
    expect(scene.operator('alice').misses).toBe(1)
    scene.answers('c1')
    expect(scene.operator('alice').misses).toBe(0)
  })

  it('answered after it was given up: hung up, whoever rings now', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    scene.falls()
    scene.give({ type: 'leg-answered', leg: 'c1~leg0' })
    expect(scene.last).toMatchObject({ facts: [], effects: [{ type: 'hang-up', channel: 'c1~leg0' }] })
  })

  it('given up: its late end or failure changes nothing, while another rings and while another talks', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    scene.falls()
    const late = () => {
      expect(scene.gone('c1~leg0')).toMatchObject({ facts: [], effects: [] })
      for (const command of ['ring', 'connect'] as const) {
        expect(scene.give({ type: 'command-failed', command, target: 'c1~leg0' })).toMatchObject({ facts: [], effects: [] })
      }
    }
    late()
    scene.answers('c1')
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'bruno' })
    late()
  })

  it('answered twice over: the second word changes nothing', () => {
    const scene = at('talking')
    expect(scene.give({ type: 'leg-answered', leg: scene.leg('c1') })).toMatchObject({ facts: [], effects: [] })
  })
})

describe('an operator declines', () => {
  it('another who is free is rung, and not the decliner again while one is', () => {
    const scene = Scene.open('alice', 'bruno', 'chloe')
    scene.arrives('c1')
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'c1' })
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    scene.after(settings.restMs + 1_000).give({ type: 'operator-declines', operatorId: 'bruno', callId: 'c1' })
    expect(scene.call('c1').offers[0]?.operatorId).toBe('chloe')
    expect(scene.operator('alice')).toMatchObject({ misses: 0, status: { kind: 'ready' } })
  })

  it('and keeps the place among the ready', () => {
    const scene = Scene.open('alice', 'bruno')
    const { since } = scene.operator('alice').status
    scene.arrives('c1')
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'c1' })
    expect(scene.operator('alice').status).toEqual({ kind: 'ready', since })
  })

  it('on the phone itself, busy: the same as on the screen', () => {
    const scene = at('ringing')
    scene.gone('c1~leg0', 17)
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason: 'declined' })])
    expect(scene.hungUp).toEqual([])
  })

  it('somebody else’s call: nothing happens', () => {
    const scene = at('ringing')
    expect(scene.give({ type: 'operator-declines', operatorId: 'bruno', callId: 'c1' })).toMatchObject({ facts: [], effects: [] })
  })
})

describe.each([
  [16, 'no-answer'],
  [18, 'no-answer'],
  [19, 'no-answer'],
  [17, 'declined'],
  [21, 'declined'],
  [0, 'unreachable'],
  [20, 'unreachable'],
  [38, 'unreachable'],
])('a phone that ends with cause %i before the answer', (cause, reason) => {
  it(`is ${reason}, and the caller goes on`, () => {
    const scene = at('ringing')
    scene.gone('c1~leg0', cause)
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason, restUntil: scene.now + settings.restMs })])
    expect(scene.call('c1')).toMatchObject({ offers: [], status: { kind: 'waiting' } })
  })
})

describe('a command that failed', () => {
  it('ring: the operator cannot be reached, the next is rung', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    scene.give({ type: 'command-failed', command: 'ring', target: 'c1~leg0' })
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason: 'unreachable' })])
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
  })

  it('twice for one operator: paused as out of reach', () => {
    const scene = at('ringing')
    scene.give({ type: 'command-failed', command: 'ring', target: 'c1~leg0' })
    scene.falls()
    scene.give({ type: 'command-failed', command: 'ring', target: scene.leg('c1') })
    expect(scene.operator('alice').status).toMatchObject({ kind: 'paused', reason: 'unreachable' })
  })

  it('connect: the call is ended, and the operator freed', () => {
    const scene = at('talking')
    scene.give({ type: 'command-failed', command: 'connect', target: scene.leg('c1') })
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'cut', by: 'desk' })])
    expect(scene.hungUp).toEqual(['c1~leg0', 'c1'])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('of a phone or a call that is no more: nothing happens', () => {
    const scene = at('talking')
    for (const target of ['c1~leg7', 'c9~leg0']) {
      for (const command of ['ring', 'connect'] as const)
        expect(scene.give({ type: 'command-failed', command, target })).toMatchObject({ facts: [], effects: [] })
    }
  })
})
