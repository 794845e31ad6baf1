import { describe, expect, it } from 'vitest'
import type { Target } from '../../server/calls/model.ts'
import { Scene } from './scene.ts'
import { bruno, outside, talking } from './talking.ts'

/* Asterisk found again while a third party rings, is asked, listens or is to have the caller. */

/** Alice's phone, and what the last input rings. */
type Legs = { readonly scene: Scene; readonly leg: string; readonly theirs: string; readonly bridge: string }
const rung = (scene: Scene): Legs => {
  const { status } = scene.call('c1')
  const [made] = scene.effects('ring')
  return {
    scene,
    leg: status.kind === 'talking' ? status.leg : '',
    theirs: made?.leg ?? '',
    bridge: status.kind === 'talking' ? status.bridge : '',
  }
}
function asking(target: Target = bruno): Legs {
  const scene = talking()
  scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target })
  return rung(scene)
}
function asked(): Legs {
  const legs = asking()
  legs.scene.after(2_000).give({ type: 'leg-answered', leg: legs.theirs })
  return legs
}
function joined(): Legs {
  const legs = asked()
  legs.scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
  const { status } = legs.scene.call('c1')
  return { ...legs, bridge: status.kind === 'talking' ? status.bridge : '' }
}
function handing(target: Target = bruno): Legs {
  const scene = talking()
  scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
  return rung(scene)
}
function watched(mode: 'listen' | 'join' = 'listen'): Legs {
  const scene = talking()
  scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode })
  return rung(scene)
}
const leg = (id: string, state: 'up' | 'ringing' | 'down' = 'up') => ({ id, role: 'leg' as const, state })
const consult = (scene: Scene) => {
  const { status } = scene.call('c1')
  return status.kind === 'talking' ? (status.consult?.phase ?? null) : status.kind
}
const reasons = (scene: Scene) => scene.facts('consult-ended').map(({ reason }) => reason)

describe('somebody who is asked', () => {
  it('and still rings, rings on; who picked up meanwhile talks', () => {
    const ringing = asking()
    ringing.scene.finds([{ id: 'c1' }, leg(ringing.leg), leg(ringing.theirs, 'ringing')])
    expect([consult(ringing.scene), ringing.scene.effects('hold').length]).toEqual(['ringing', 1])
    const up = asking()
    up.scene.finds([{ id: 'c1' }, leg(up.leg), leg(up.theirs)])
    expect(consult(up.scene)).toBe('talking')
  })

  it('and is there no more, has not answered, or has left; the caller is back, nothing that is gone is hung up', () => {
    const rang = asking()
    rang.scene.finds([{ id: 'c1' }, leg(rang.leg)])
    expect([consult(rang.scene), reasons(rang.scene), rang.scene.hungUp]).toEqual([null, ['no-answer'], []])
    const talked = asked()
    talked.scene.finds([{ id: 'c1' }, leg(talked.leg)])
    expect([consult(talked.scene), reasons(talked.scene), talked.scene.hungUp]).toEqual([null, ['left'], []])
  })

  it('and talks is put together with the operator again, unless they are', () => {
    const { scene, leg: alices, theirs } = asked()
    const parties = [{ id: 'c1' }, leg(alices), leg(theirs)]
    scene.finds(parties, { [`${theirs}~bridge`]: [alices, theirs] })
    expect(scene.effects('connect')).toEqual([])
    for (const inside of [{}, { [`${theirs}~bridge`]: [alices] }, { [`${theirs}~bridge`]: [theirs] }]) {
      scene.finds(parties, inside)
      expect(scene.effects('connect')).toMatchObject([{ caller: alices, leg: theirs, bridge: `${theirs}~bridge` }])
      expect(scene.effects('hold').map(({ channel }) => channel)).toEqual(['c1'])
    }
  })

  it('and talks with both: whoever of the three is missing joins, nobody is put apart', () => {
    const { scene, leg: alices, theirs, bridge } = joined()
    const parties = [{ id: 'c1' }, leg(alices), leg(theirs)]
    const joins = () => scene.effects('join').map(({ channel }) => channel)
    scene.finds(parties, { [bridge]: ['c1', alices, theirs] })
    expect([joins(), scene.effects('hold')]).toEqual([[], []])
    scene.finds(parties, { [bridge]: [alices] })
    expect(joins()).toEqual(['c1', theirs])
    scene.finds(parties)
    expect(joins()).toEqual(['c1', alices, theirs])
  })
})

/* What was asked of Asterisk just before a kill was not done. */
describe('a conversation whose last words were not heard', () => {
  it('of the first of a group who was to be asked: the next is rung for a caller with music', () => {
    const { scene, leg: alices } = asking({ ...outside, group: { id: 'g', name: 'PSN', others: [bruno] } })
    scene.finds([{ id: 'c1' }, leg(alices)], { [`${alices}~bridge`]: ['c1', alices] })
    expect(scene.last.effects.map(({ type }) => type)).toEqual(['hold', 'drop-bridge', 'ring'])
  })

  it('of three of whom the one asked is gone: the two are together again', () => {
    const { scene, leg: alices, bridge } = joined()
    scene.finds([{ id: 'c1' }, leg(alices)], { 'guichet-queue': ['c1'], [bridge]: [alices] })
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c1', leg: alices, bridge }])
  })

  it('of an operator who has left, as whom they asked picked up: the caller is theirs', () => {
    const { scene, theirs } = asking()
    scene.finds([{ id: 'c1' }, leg(theirs)])
    expect(scene.facts('call-transferred')).toMatchObject([{ target: bruno }])
  })

  it.each(['listen', 'join'] as const)('of a supervisor who has picked up: they hear it (%s), and are left where they do', (mode) => {
    const { scene, leg: alices, theirs, bridge } = watched(mode)
    scene.give({ type: 'leg-answered', leg: theirs })
    const [wanted] = scene.effects(mode === 'join' ? 'join' : 'spy')
    const found = (where: Readonly<Record<string, readonly string[]>>) => {
      scene.finds([{ id: 'c1' }, leg(alices), leg(theirs)], { [bridge]: ['c1', alices], ...where })
      return scene.last.effects
    }
    expect(found({})).toEqual([wanted])
    expect(found(mode === 'join' ? { [bridge]: ['c1', alices, theirs] } : { [`${theirs}~bridge`]: [theirs] })).toEqual([])
  })

  it('of a caller on hold: the operator’s phone alone joins their bridge, with the limit that it had there', () => {
    const scene = talking()
    scene.give({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on: true })
    scene.finds([{ id: 'c1' }, leg('c1~leg0')], { 'guichet-queue': ['c1'] })
    expect(scene.last.effects.map((e) => [e.type, 'channel' in e ? e.channel : ''])).toEqual([
      ['hold', 'c1'],
      ['join', 'c1~leg0'],
      ['limit', 'c1'],
    ])
    expect(scene.effects('limit')).toMatchObject([{ leg: 'c1~leg0' }])
  })

  it('of a caller who was handed over to somebody outside has the limit that began then, of which Asterisk may not have heard', () => {
    const { scene, theirs } = asking(outside)
    scene.after(2_000).give({ type: 'leg-answered', leg: theirs })
    scene.after(60_000).give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: null })
    scene.finds([{ id: 'c1' }, leg(theirs)], { [`${theirs}~bridge`]: ['c1', theirs] })
    expect(scene.effects('limit')).toMatchObject([{ channel: 'c1', leg: theirs, limitS: 15 * 60 + 10 }])
  })

  it('of an operator who is not to be heard: they are not', () => {
    const scene = talking()
    const found = () => scene.finds([{ id: 'c1' }, leg('c1~leg0')], { 'c1~leg0~bridge': ['c1', 'c1~leg0'] }).effects
    expect(found()).toEqual([])
    scene.give({ type: 'operator-mutes', operatorId: 'alice', callId: 'c1', on: true })
    expect(found()).toEqual([{ type: 'mute', channel: 'c1~leg0', on: true }])
  })
})

describe('somebody who is to have the caller', () => {
  it('and still rings, rings on, the caller with music; who picked up has them', () => {
    const ringing = handing()
    ringing.scene.finds([{ id: 'c1' }, leg(ringing.theirs, 'ringing')])
    expect(consult(ringing.scene)).toBe('transferring')
    expect(ringing.scene.effects('hold').map(({ channel }) => channel)).toEqual(['c1'])
    const up = handing()
    up.scene.finds([{ id: 'c1' }, leg(up.theirs)])
    expect(up.scene.facts('call-transferred')).toMatchObject([{ operatorId: 'alice', target: bruno }])
  })

  it('and is there no more, has not answered: the caller is told', () => {
    const { scene, theirs } = handing()
    scene.finds([{ id: 'c1' }])
    expect(scene.last.effects.slice(0, 2).map(({ type }) => type)).toEqual(['hold', 'leave-talk'])
    expect(scene.facts('transfer-failed')).toMatchObject([{ reason: 'no-answer' }])
    expect(scene.hungUp).not.toContain(theirs)
    expect(scene.said).toContain('transfer-failed')
  })
})

describe('a supervisor at a conversation', () => {
  it('who still rings, rings on; who picked up listens', () => {
    const ringing = watched()
    ringing.scene.finds([{ id: 'c1' }, leg(ringing.leg), leg(ringing.theirs, 'ringing')], { [ringing.bridge]: ['c1', ringing.leg] })
    expect(ringing.scene.last).toMatchObject({ facts: [], effects: [] })
    const up = watched()
    up.scene.finds([{ id: 'c1' }, leg(up.leg), leg(up.theirs)], { [up.bridge]: ['c1', up.leg] })
    expect([up.scene.facts('watch-answered').length, up.scene.effects('spy').length]).toEqual([1, 1])
  })

  it('who listens already is left alone, and who is there no more has left', () => {
    const { scene, leg: alices, theirs, bridge } = watched('join')
    scene.give({ type: 'leg-answered', leg: theirs })
    scene.finds([{ id: 'c1' }, leg(alices), leg(theirs)], { [bridge]: ['c1', alices, theirs] })
    expect(scene.last).toMatchObject({ facts: [], effects: [] })
    scene.finds([{ id: 'c1' }, leg(alices)], { [bridge]: ['c1', alices] })
    expect([scene.facts('watch-ended').length, scene.hungUp]).toEqual([1, []])
    expect(scene.operator('chloe').status.kind).toBe('offline')
  })
})

describe('who has talked, or was rung, is afterwards', () => {
  it.each(['ready', 'paused', 'front-desk', 'offline'] as const)('after a call taken while %s: at what there is to write up', (before) => {
    const scene = Scene.open()
    scene.arrives('c1')
    if (before !== 'offline') scene.asks('alice', before)
    if (before !== 'ready') scene.give({ type: 'call-taken', operatorId: 'alice', callId: 'c1' })
    scene.answers('c1')
    scene.after(10_000).gone('c1')
    expect(scene.operator('alice').status).toMatchObject({ kind: 'wrap-up', callId: 'c1' })
  })

  it.each([
    ['ready', 'ready'],
    ['paused', 'paused'],
    ['front-desk', 'front-desk'],
  ] as const)('after having been asked while %s: %s, with nothing to write up', (before, after) => {
    const scene = talking()
    scene.asks('bruno', before)
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    const { theirs } = rung(scene)
    scene.give({ type: 'leg-answered', leg: theirs })
    expect(scene.operator('bruno').status.kind).toBe('talking')
    scene.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect(scene.operator('bruno').status).toMatchObject({ kind: after, ...(before === 'paused' && { reason: 'Repas' }) })
    expect(scene.operator('alice').status.kind).toBe('talking')
  })
})
