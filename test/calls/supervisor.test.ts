import { describe, expect, it } from 'vitest'
import type { Watch } from '../../server/calls/model.ts'
import { Scene } from './scene.ts'
import { at } from './situations.ts'
import { bruno, outside, talking } from './talking.ts'

/* A supervisor at a conversation, and one who takes a chosen caller: who may, and what is asked of Asterisk. */

type Mode = Watch['mode']
const watches = (scene: Scene, mode: Mode = 'listen', operatorId = 'chloe') =>
  scene.give({ type: 'call-watched', operatorId, callId: 'c1', mode })
const theirs = (scene: Scene) => {
  const { status } = scene.call('c1')
  return status.kind === 'talking' ? (status.watch?.leg ?? '') : ''
}
const watching = (mode: Mode) => {
  const scene = talking()
  watches(scene, mode)
  scene.give({ type: 'leg-answered', leg: theirs(scene) })
  return scene
}
/** The operator's page is being loaded anew. */
const waitedFor = () => {
  const scene = talking()
  const browsers = [...scene.state.operators.values()].map((o) => ({ ...o, phone: o.id === 'alice' ? ('browser' as const) : null }))
  scene.give({ type: 'roster', operators: browsers })
  scene.gone('c1~leg0')
  return scene
}
const did = (scene: Scene) => scene.last.effects.map(({ type }) => type)
const nothing = { facts: [], effects: [] }

describe('a supervisor', () => {
  it('is rung with whose call it is', () => {
    const scene = talking()
    watches(scene)
    expect(scene.effects('ring')).toMatchObject([
      { to: { operatorId: 'chloe' }, caller: 'c1~leg0', shows: { number: '+33561551234', name: 'Écoute : 05 61 55 12 34' } },
    ])
  })

  it.each<readonly [string, () => Scene, string]>([
    ['at the own conversation', talking, 'alice'],
    ['whom nobody knows', talking, 'nobody'],
    [
      'whose own phone rings',
      () => {
        const scene = talking()
        scene.arrives('c2', '+33561559999')
        return scene
      },
      'bruno',
    ],
    ['at a call that waits', () => at('waiting'), 'chloe'],
    [
      'at a caller who was handed over to somebody outside',
      () => {
        const scene = talking()
        scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: outside })
        scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
        return scene
      },
      'chloe',
    ],
    ['where another is already', () => watching('listen'), 'bruno'],
    ['while the operator’s browser is waited for', waitedFor, 'chloe'],
  ])('%s is not rung', (_who, begin, operatorId) => {
    expect(watches(begin(), 'join', operatorId)).toMatchObject(nothing)
  })

  it.each<readonly [Mode, object]>([
    ['listen', { type: 'spy', channel: 'c1~leg0', whisper: false }],
    ['whisper', { type: 'spy', channel: 'c1~leg0', whisper: true }],
    ['join', { type: 'join', bridge: 'c1~leg0~bridge' }],
  ])('who picked up is there as asked: %s', (mode, effect) => {
    expect(watching(mode).last.effects).toMatchObject([effect])
  })

  it.each<readonly [Mode, Mode, readonly string[]]>([
    ['listen', 'whisper', ['stop-spying', 'spy']],
    ['whisper', 'join', ['stop-spying', 'join']],
    ['join', 'listen', ['spy']],
    ['listen', 'listen', []],
  ])('from %s to %s', (from, to, effects) => {
    const scene = watching(from)
    watches(scene, to)
    expect(did(scene)).toEqual(effects)
  })

  it('who changes how before picking up comes the new way', () => {
    const scene = talking()
    watches(scene, 'listen')
    expect(watches(scene, 'whisper').effects).toEqual([])
    scene.give({ type: 'leg-answered', leg: theirs(scene) })
    expect(scene.effects('spy')).toMatchObject([{ whisper: true }])
  })

  const leaving: readonly (readonly [string, () => Scene, readonly string[]])[] = [
    [
      'while the phone rings',
      () => {
        const scene = talking()
        watches(scene)
        return scene
      },
      [],
    ],
    ['who listened', () => watching('listen'), ['stop-spying']],
    ['who whispered', () => watching('whisper'), ['stop-spying']],
    ['who had joined', () => watching('join'), []],
  ]
  it.each(leaving)('leaves, %s: what listened stops, the phone goes', (_how, begin, first) => {
    const scene = begin()
    scene.give({ type: 'watch-left', operatorId: 'chloe', callId: 'c1' })
    expect(did(scene)).toEqual([...first, 'hang-up', 'drop-bridge'])
  })

  it.each(leaving)('%s, is let go as the caller hangs up', (_how, begin, first) => {
    const scene = begin()
    const leg = theirs(scene)
    scene.gone('c1')
    expect(did(scene).filter((type) => type === 'stop-spying')).toEqual(first)
    expect(scene.hungUp).toEqual(['c1~leg0', leg])
    expect(scene.effects('drop-bridge').map(({ bridge }) => bridge)).toEqual(['c1~leg0~bridge', `${leg}~bridge`])
  })

  it('sent away by another is there still', () => {
    expect(watching('listen').give({ type: 'watch-left', operatorId: 'bruno', callId: 'c1' })).toMatchObject(nothing)
  })

  it.each(['ready', 'paused', 'offline'] as const)('who says « %s » leaves, and is that', (state) => {
    const scene = watching('listen')
    scene.asks('chloe', state)
    expect(did(scene).slice(0, 3)).toEqual(['stop-spying', 'hang-up', 'drop-bridge'])
    expect(scene.operator('chloe').status.kind).toBe(state)
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', watch: null })
  })

  it.each<Mode>(['join', 'listen'])('who is there to %s stays with the operator, who has all three talk', (mode) => {
    const scene = watching(mode)
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    const asked = scene.effects('ring')[0]?.leg ?? ''
    scene.give({ type: 'leg-answered', leg: asked })
    scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    expect(scene.effects('join')).toEqual([{ type: 'join', channel: 'c1', bridge: `${asked}~bridge` }])
  })

  it.each<readonly [Mode, boolean]>([
    ['join', true],
    ['listen', false],
  ])('who is there to %s while the operator talks to somebody asked, and afterwards', (mode, comesAlong) => {
    const scene = watching(mode)
    const bridge = 'c1~leg0~bridge'
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    const asked = scene.effects('ring')[0]?.leg ?? ''
    scene.give({ type: 'leg-answered', leg: asked })
    expect(scene.effects('join')).toEqual(comesAlong ? [{ type: 'join', channel: theirs(scene), bridge: `${asked}~bridge` }] : [])
    scene.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect(scene.effects('join')).toEqual(comesAlong ? [{ type: 'join', channel: theirs(scene), bridge }] : [])
    const order = did(scene)
    if (comesAlong) expect(order.indexOf('join')).toBeLessThan(order.indexOf('drop-bridge'))
  })

  it('who joins while the operator talks to somebody asked is where they are', () => {
    const scene = talking()
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    const asked = scene.effects('ring')[0]?.leg ?? ''
    scene.give({ type: 'leg-answered', leg: asked })
    watches(scene, 'join')
    scene.give({ type: 'leg-answered', leg: theirs(scene) })
    expect(scene.effects('join')).toEqual([{ type: 'join', channel: theirs(scene), bridge: `${asked}~bridge` }])
  })

  it('rings for nobody meanwhile: neither a caller, nor a question', () => {
    const scene = watching('listen')
    expect(
      scene.give({ type: 'operator-calls', operatorId: 'chloe', callId: 'o1', number: '+33561551234', people: [], owedId: null }),
    ).toMatchObject(nothing)
    const chloe = { kind: 'operator', operatorId: 'chloe', name: 'Chloe' } as const
    expect(scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: chloe })).toMatchObject(nothing)
  })
})

describe('a chosen caller', () => {
  const takes = (scene: Scene, operatorId = 'chloe') => scene.give({ type: 'call-taken', operatorId, callId: 'c1' })
  const kept = (left: boolean) => () => {
    const scene = at('waiting')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    if (left) scene.gone('c1')
    return scene
  }

  it.each<readonly [string, () => Scene]>([
    ['who waits', () => at('waiting')],
    ['for whom another’s phone rings, which stops', () => at('ringing')],
    ['who keeps the place, and has left', kept(true)],
  ])('%s rings here', (_who, begin) => {
    const scene = begin()
    const before = scene.call('c1').offers.map(({ leg }) => leg)
    takes(scene)
    expect(scene.call('c1').offers.map(({ operatorId, why }) => [operatorId, why])).toEqual([['chloe', null]])
    expect(scene.hungUp).toEqual(before)
    if (before.length > 0) expect(scene.facts('offer-ended')).toMatchObject([{ operatorId: 'alice', reason: 'caller-gone', restUntil: 0 }])
  })

  it.each<readonly [string, () => Scene, string]>([
    ['who talks', () => at('talking'), 'chloe'],
    ['who hears that the desk is closed', () => at('closed'), 'chloe'],
    ['who leaves a message', () => at('leaving a message'), 'chloe'],
    ['who still hears the goodbye of the place that is kept', kept(false), 'chloe'],
    ['by somebody whom nobody knows', () => at('waiting'), 'nobody'],
    ['by an operator whose phone rings for them already', () => at('ringing'), 'alice'],
  ])('%s does not', (_who, begin, operatorId) => {
    expect(takes(begin(), operatorId)).toMatchObject(nothing)
  })
})
