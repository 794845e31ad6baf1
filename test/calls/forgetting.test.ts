import { describe, expect, it } from 'vitest'
import { evolve } from '../../server/calls/evolve.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { emptyDesk } from '../../server/calls/model.ts'
import { speaks } from '../../server/calls/remembered.ts'
import { packState, unpackState } from '../../server/engine/packed-state.ts'
import { nine, Scene } from './scene.ts'

const [hers, his] = ['+33561551234', '+33561559999']
const dayMs = 86_400_000

/** Alice has talked to two callers, who had both asked for English. */
function spokenTo(): Scene {
  const scene = Scene.open()
  for (const [id, number] of [
    ['c1', hers],
    ['c2', his],
  ] as const) {
    scene.after(1_000).arrives(id, number)
    scene.after(1_000).give({ type: 'key-pressed', channel: id, key: '2' })
    scene.after(1_000).asks('alice', 'ready')
    scene.after(1_000).answers(id)
    scene.after(1_000).gone(id)
  }
  return scene
}
const known = ({ state }: Scene) => [Object.keys(state.english), Object.keys(state.lastSpoke)]

describe('what the desk remembers of a number', () => {
  it('goes when the person is erased, and the fact of it names no number', () => {
    const scene = spokenTo()
    const before = scene.state
    expect(known(scene)).toEqual([
      [hers, his],
      [hers, his],
    ])
    const { facts } = scene.give({ type: 'numbers-erased', numbers: [hers, '+33561550000'] })
    expect(known(scene)).toEqual([[his], [his]])
    expect(JSON.stringify(facts)).not.toContain(hers)
    expect(facts.reduce(evolve, before)).toEqual(scene.state)
    scene.arrives('c3', hers)
    expect(scene.call('c3').language).toBe('fr')
  })

  it('is nothing to write down where nothing is remembered', () => {
    const scene = spokenTo()
    expect(scene.give({ type: 'numbers-erased', numbers: ['+33561550000'] }).facts).toEqual([])
    expect(scene.give({ type: 'numbers-over', before: nine }).facts).toEqual([])
  })

  it('goes once its days are over since they called last, and stays of whoever called again', () => {
    const scene = spokenTo()
    scene.after(300 * dayMs).arrives('c3', his)
    scene.gone('c3')
    const before = scene.state
    const { facts } = scene.after(100 * dayMs).give({ type: 'numbers-over', before: scene.now - 365 * dayMs })
    expect(known(scene)).toEqual([[his], []])
    expect(facts.reduce(evolve, before)).toEqual(scene.state)
  })

  it('is that of a thousand callers in English, whoever called last', () => {
    const asked = Array.from({ length: 1_001 }, (_, i): readonly Fact[] => {
      const about = { at: nine + i, callId: `c${i}` }
      return [
        { ...about, type: 'call-arrived', number: `+3356100${1_000 + i}`, people: [] },
        { ...about, type: 'language-chosen', language: 'en' },
        { ...about, type: 'call-ended', reason: 'abandoned', by: 'caller' },
      ]
    })
    const { english } = asked.flat().reduce(evolve, emptyDesk)
    expect([Object.keys(english).length, english['+33561001000'], english['+33561002000']]).toEqual([1_000, undefined, nine + 1_000])
  })

  it('is kept of those whom an earlier version knew without a moment, from the latest it knew', () => {
    const scene = spokenTo()
    const record = { ...packState(scene.state), english: { [hers]: true, [his]: true } as const }
    const read = new Scene()
    read.state = unpackState(record)
    read.now = scene.now
    const latest = scene.operator('alice').status.since
    expect(Object.values(read.state.english)).toEqual([latest, latest - 1])
    read.give({ type: 'numbers-erased', numbers: [hers] })
    expect(Object.keys(read.state.english)).toEqual([his])
  })

  it('lets go of the one that is the longest ago, an extension no sooner than a number of ten figures', () => {
    const spoken = (numbers: readonly string[]) => numbers.reduce((state, number, at) => speaks(state, number, 'en', at), emptyDesk).english
    const outside = Array.from({ length: 1_001 }, (_, i) => `+336${String(10_000_000 + i)}`)
    const [first = '', second = ''] = outside
    const known = spoken([...outside.slice(0, 999), '4242', ...outside.slice(999)])
    expect(Object.keys(known)).toHaveLength(1_000)
    expect([first, second, '4242'].map((number) => number in known)).toEqual([false, false, true])
  })
})
