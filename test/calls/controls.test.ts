import { describe, expect, it } from 'vitest'
import { type GroupPhones, reachableOf } from '../../server/calls/group-phones.ts'
import { waitForNew } from '../../server/calls/outlook.ts'
import { apart, roster, Scene, settings } from './scene.ts'

/** Alice talks to c1; the others rest. */
function talking(...others: readonly string[]): Scene {
  const scene = Scene.open('alice')
  scene.arrives('c1')
  scene.answers('c1')
  for (const id of others) scene.after(1_000).asks(id, 'ready')
  return scene.after(30_000)
}
const mutes = (scene: Scene, on: boolean, operatorId = 'alice') => scene.give({ type: 'operator-mutes', operatorId, callId: 'c1', on })
const holds = (scene: Scene, on: boolean, operatorId = 'alice') => scene.give({ type: 'operator-holds', operatorId, callId: 'c1', on })
const keys = (scene: Scene, typed: string, operatorId = 'alice') =>
  scene.give({ type: 'operator-sends-keys', operatorId, callId: 'c1', keys: typed })
const nothing = { facts: [], effects: [] }
const waiting = () => {
  const scene = Scene.open()
  scene.arrives('c1')
  return scene
}

describe('in a conversation of theirs, an operator', () => {
  it('is not heard and heard again, once each', () => {
    const scene = talking()
    expect(mutes(scene, false)).toMatchObject(nothing)
    mutes(scene, true)
    expect(scene.last.effects).toEqual([{ type: 'mute', channel: scene.leg('c1'), on: true }])
    expect(scene.facts('operator-muted')).toMatchObject([{ callId: 'c1', on: true }])
    expect(mutes(scene, true)).toMatchObject(nothing)
    mutes(scene, false)
    expect(scene.effects('mute')).toMatchObject([{ on: false }])
  })

  it('sends keys to whom they hear: the caller, or whoever was asked and has answered', () => {
    const scene = talking('bruno')
    keys(scene, '12#')
    expect(scene.last.effects).toEqual([{ type: 'send-keys', channel: 'c1', keys: '12#' }])
    scene.give({
      type: 'operator-consults',
      operatorId: 'alice',
      callId: 'c1',
      target: { kind: 'operator', operatorId: 'bruno', name: 'Bruno' },
    })
    const [leg] = scene.effects('ring').map((effect) => effect.leg)
    keys(scene, '3')
    expect(scene.effects('send-keys')).toEqual([{ type: 'send-keys', channel: 'c1', keys: '3' }])
    scene.give({ type: 'leg-answered', leg: leg ?? '' })
    keys(scene, '4')
    expect(scene.effects('send-keys')).toEqual([{ type: 'send-keys', channel: leg, keys: '4' }])
    // Neither put aside nor taken back while a colleague is asked.
    expect(holds(scene, false)).toMatchObject(nothing)
    expect(holds(scene, true)).toMatchObject(nothing)
  })

  it('puts the caller apart and takes them back, once each', () => {
    const scene = talking()
    expect(holds(scene, false)).toMatchObject(nothing)
    holds(scene, true)
    expect([scene.facts('caller-held').length, scene.effects('hold').map(({ channel }) => channel)]).toEqual([1, ['c1']])
    expect(holds(scene, true)).toMatchObject(nothing)
    holds(scene, false)
    expect([scene.facts('caller-resumed').length, scene.effects('connect').map(({ caller }) => caller)]).toEqual([1, ['c1']])
  })

  it.each<readonly [string, (scene: Scene, operatorId?: string) => unknown]>([
    ['mutes', (scene, id) => mutes(scene, true, id)],
    ['sends keys', (scene, id) => keys(scene, '1', id)],
    ['holds', (scene, id) => holds(scene, true, id)],
  ])('%s nobody else’s, and none where nobody talks', (_what, does) => {
    expect(does(talking('bruno'), 'bruno')).toMatchObject(nothing)
    expect(does(waiting(), 'alice')).toMatchObject(nothing)
  })
})

describe('who of a group may be rung', () => {
  const member = (accountId: string, ...numbers: readonly string[]) => ({ accountId, name: accountId.toUpperCase(), numbers })
  const group = (...members: GroupPhones['members']): GroupPhones => ({ id: 'dsrt', name: 'dSRT', mail: null, members })
  const reached = (of: GroupPhones, mayDial: (number: string) => boolean = () => true, scene = talking('bruno')) =>
    reachableOf(of, scene.state, mayDial).map((one) => (one.kind === 'operator' ? one.operatorId : `${one.name} ${one.number}`))

  it('are colleagues whose phone is free first, then those with a number, once each', () => {
    const nadia = member('nadia', '05 61 55 66 11', '05 61 55 66 12')
    expect(reached(group(nadia, member('bruno', '05 61 55 66 13')))).toEqual(['bruno', 'NADIA +33561556611'])
  })

  it('are by their number those who talk, or are not at the desk', () => {
    expect(reached(group(member('alice', '05 61 55 66 11'), member('chloe', '05 61 55 66 12')))).toEqual([
      'ALICE +33561556611',
      'CHLOE +33561556612',
    ])
  })

  it('are not those who have no number that may be dialled, or that is one', () => {
    const mayDial = (number: string) => number !== '+33561556611'
    expect(reached(group(member('a'), member('b', 'poste ?'), member('c', '05 61 55 66 11', '05 61 55 66 12')), mayDial)).toEqual([
      'C +33561556612',
    ])
    expect(reached(group(member('c', '05 61 55 66 11')), mayDial)).toEqual([])
  })

  it('are five at most', () => {
    const many = Array.from({ length: 6 }, (_, i) => member(`n${i}`, `05 61 55 66 1${i}`))
    expect(reached(group(...many))).toHaveLength(5)
    expect(reached(group(...many, member('bruno'))).slice(0, 2)).toEqual(['bruno', 'N0 +33561556610'])
  })
})

describe('what somebody who called now would be told', () => {
  const told = (scene: Scene, under = settings) => waitForNew(scene.state, scene.now, under)
  const minute = 60_000

  it('is no wait while somebody is free and nobody waits, and nothing where lines have operators of their own', () => {
    expect(told(Scene.open('alice'))).toEqual({ lowMs: 0, highMs: 0 })
    expect(told(Scene.open('alice'), apart)).toBeNull()
  })

  it('is nothing while nobody is there, or nobody has talked long enough to tell', () => {
    expect(told(Scene.open())).toBeNull()
    expect(told(talking())).toBeNull()
    const away = Scene.open('alice')
    away.give({ type: 'roster', operators: roster.map((entry) => ({ ...entry, phone: 'browser' })) })
    expect(told(away)).toBeNull()
  })

  it('is as long as that of whoever stands last, and theirs', () => {
    const scene = talking()
    const known = { ...scene.state, talks: Array.from({ length: 40 }, () => 5 * minute) }
    const alone = waitForNew(known, scene.now, settings)
    if (alone === null) throw new Error('nothing is told')
    expect(alone.highMs).toBeGreaterThan(minute)
    scene.state = known
    scene.arrives('c2')
    const second = waitForNew(scene.state, scene.now, settings)
    scene.arrives('c3')
    const third = waitForNew(scene.state, scene.now, settings)
    expect([second, third].map((one) => (one?.highMs ?? 0) > alone.highMs)).toEqual([true, true])
    expect(third?.highMs).toBeGreaterThan(second?.highMs ?? 0)
  })

  it('is a wait where somebody is free, yet others stand in line', () => {
    const scene = talking()
    scene.state = { ...scene.state, talks: Array.from({ length: 40 }, () => 5 * minute) }
    scene.arrives('c2')
    scene.asks('bruno', 'ready')
    expect(scene.call('c2').offers).toHaveLength(1)
    expect(told(scene)).not.toEqual({ lowMs: 0, highMs: 0 })
  })
})
