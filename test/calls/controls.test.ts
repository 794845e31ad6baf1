import { describe, expect, it } from 'vitest'
import { type GroupPhones, reachableOf } from '../../server/calls/group-phones.ts'
import { Scene } from './scene.ts'

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
