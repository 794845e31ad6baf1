import { describe, expect, it } from 'vitest'
import { evolve } from '../../server/calls/evolve.ts'
import { Scene } from './scene.ts'
import { at } from './situations.ts'

const two = { type: 'key-pressed', channel: 'c1', key: '2' } as const

describe('a caller who presses 2', () => {
  it('hears the waiting message again at once, in English', () => {
    const scene = at('waiting')
    scene.give(two)
    expect(scene.last.effects).toEqual([
      expect.objectContaining({ type: 'stop-playing' }),
      expect.objectContaining({
        type: 'play',
        language: 'en',
        sounds: ['sound:guichet/waiting', 'sound:guichet/key-for-message', 'sound:guichet/offer-callback', 'sound:guichet/position-1'],
      }),
    ])
  })

  it('keeps the place in the queue', () => {
    const scene = Scene.open()
    for (const id of ['c1', 'c2']) scene.arrives(id, null)
    const { order, arrivedAt } = scene.call('c1')
    scene.give(two)
    expect(scene.call('c1')).toMatchObject({ order, arrivedAt, language: 'en' })
  })

  it('hears the closed message in English too, and leaves a message after it', () => {
    const scene = at('closed')
    scene.give(two)
    expect(scene.effects('play')).toEqual([expect.objectContaining({ language: 'en' })])
    scene.played('c1')
    expect(scene.call('c1').status.kind).toBe('message')
  })

  it('need not do so again: the number is remembered, until 2 is pressed for French', () => {
    const scene = at('waiting')
    scene.give(two)
    scene.gone('c1')
    scene.arrives('c2')
    expect(scene.call('c2').language).toBe('en')
    scene.give({ ...two, channel: 'c2' })
    scene.gone('c2')
    scene.arrives('c3')
    expect(scene.call('c3').language).toBe('fr')
  })

  it('is spoken to in English when called back, too', () => {
    const scene = at('waiting')
    scene.give(two)
    scene.gone('c1')
    scene.asks('alice', 'ready')
    scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551234', people: [], owedId: null })
    expect(scene.call('o1').language).toBe('en')
    scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
    scene.give({ type: 'leg-answered', leg: 'o1~out1' })
    scene.falls()
    scene.falls()
    expect(scene.effects('announce')).toEqual([expect.objectContaining({ language: 'en', sounds: ['sound:guichet/limit-soon'] })])
  })

  it('is not remembered when the number is withheld', () => {
    const scene = Scene.open()
    scene.arrives('c1', null)
    scene.give(two)
    expect(scene.state.english).toEqual({})
  })

  it('in conversation changes nothing', () => {
    expect(at('talking').give(two)).toMatchObject({ facts: [], effects: [] })
  })

  it('is remembered by the facts alone', () => {
    const scene = at('waiting')
    const before = scene.state
    const { facts } = scene.give(two)
    expect(facts.reduce(evolve, before)).toEqual(scene.state)
  })
})
