import { describe, expect, it } from 'vitest'
import { roster, Scene, settings } from './scene.ts'
import { at } from './situations.ts'
import { bruno, talking } from './talking.ts'

describe('an operator asks for a state', () => {
  it.each(['paused', 'front-desk', 'offline'] as const)(
    '%s while the phone rings: the next is rung, the caller keeps the place',
    (state) => {
      const scene = Scene.open('alice', 'bruno')
      scene.arrives('c1')
      scene.asks('alice', state)
      expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ operatorId: 'alice', reason: 'operator-left' })])
      expect(scene.hungUp).toEqual(['c1~leg0'])
      expect(scene.operator('alice').status.kind).toBe(state)
      expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    },
  )

  it.each(['paused', 'front-desk', 'offline'] as const)('%s while talking: the conversation goes on, the state comes after it', (state) => {
    const scene = at('talking')
    scene.asks('alice', state)
    expect(scene.last.effects).toEqual([])
    expect(scene.operator('alice').status.kind).toBe('talking')
    scene.gone('c1')
    expect(scene.operator('alice').status).toMatchObject(state === 'paused' ? { kind: state, reason: 'Repas' } : { kind: state })
  })

  it('ready while talking: takes the pause asked for back', () => {
    const scene = at('talking')
    scene.asks('alice', 'paused')
    scene.asks('alice', 'ready')
    scene.gone('c1')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('ready while the phone rings: nothing happens', () => {
    expect(at('ringing').asks('alice', 'ready')).toMatchObject({ facts: [], effects: [] })
  })

  it('and is unknown: nothing happens', () => {
    expect(Scene.open().asks('nobody', 'ready')).toMatchObject({ facts: [], effects: [] })
  })
})

describe('a colleague who was asked', () => {
  it('and wants a pause meanwhile is in it as soon as the question is over, and the one who asked is not', () => {
    const scene = talking()
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    scene.give({ type: 'leg-answered', leg: 'c1~leg1' })
    scene.asks('bruno', 'paused')
    scene.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect(scene.operator('bruno').status).toMatchObject({ kind: 'paused', reason: 'Repas' })
    expect(scene.operator('alice').status).toMatchObject({ kind: 'talking', then: null })
  })
})

describe('somebody else orders an operator’s state', () => {
  it('the fact says who, and so does the state until the operator’s next own wish', () => {
    const scene = Scene.open('alice')
    scene.asks('alice', 'paused', 'Sophie Garnier')
    expect(scene.facts('operator-paused')).toEqual([expect.objectContaining({ operatorId: 'alice', by: 'Sophie Garnier' })])
    expect(scene.operator('alice').orderedBy).toBe('Sophie Garnier')
    scene.asks('alice', 'ready')
    expect(scene.operator('alice').orderedBy).toBeNull()
  })

  it('ready again after missed calls: the misses are forgotten', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    for (let rings = 0; rings < 2 * settings.missesBeforePause - 1; rings += 1) scene.falls()
    scene.asks('alice', 'ready', 'Sophie Garnier')
    expect(scene.operator('alice')).toMatchObject({ misses: 0, orderedBy: 'Sophie Garnier' })
  })

  it('during a conversation it comes after it, and a call answered since takes the name away', () => {
    const scene = at('talking')
    scene.asks('alice', 'front-desk', 'Sophie Garnier')
    scene.gone('c1')
    expect(scene.operator('alice')).toMatchObject({ orderedBy: 'Sophie Garnier', status: { kind: 'front-desk' } })
    scene.asks('alice', 'ready', 'Sophie Garnier')
    scene.arrives('c2')
    scene.answers('c2')
    expect(scene.operator('alice').orderedBy).toBeNull()
  })
})

describe('the roster changes', () => {
  it('new names and extensions are taken, states are kept', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'roster', operators: roster.map((o) => ({ ...o, name: `${o.name}!`, extension: '6200' })) })
    expect(scene.operator('alice')).toMatchObject({ name: 'alice!', extension: '6200', status: { kind: 'ready' } })
  })

  it('whoever is no longer on it is no longer rung', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'roster', operators: roster.slice(1) })
    expect(scene.state.operators.has('alice')).toBe(false)
    scene.arrives('c1')
    expect(scene.call('c1').offers).toEqual([])
  })

  it('whoever leaves it and was away has not left twice', () => {
    const scene = Scene.open()
    scene.give({ type: 'roster', operators: roster.slice(1) })
    expect(scene.last.facts.map(({ type }) => type)).toEqual(['roster-set'])
  })

  it('whoever leaves it while the phone rings is not rung again: the next is', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    scene.give({ type: 'roster', operators: roster.slice(1) })
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    expect(scene.state.operators.has('alice')).toBe(false)
  })

  it('whoever leaves it while talking ends the conversation in peace, and is away afterwards', () => {
    const scene = at('talking')
    scene.give({ type: 'roster', operators: roster.slice(1) })
    expect(scene.last.effects).toEqual([])
    expect(scene.operator('alice').status.kind).toBe('talking')
    scene.gone('c1')
    expect(scene.operator('alice').status.kind).toBe('offline')
  })
})
