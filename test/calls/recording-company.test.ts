import { describe, expect, it } from 'vitest'
import type { RecordingOrder } from '../../server/contract/http.ts'
import { mainLine, type Recording, type Settings } from '../../server/calls/settings.ts'
import { type Scene, settings } from './scene.ts'
import { bruno, outside, talking } from './talking.ts'

/* Who orders a recording, who joins one, and what becomes of it in the hands of somebody else. */

const under = (recording: Recording): Settings => ({ ...settings, lines: settings.lines.map((line) => ({ ...line, recording })) })
const orders = (scene: Scene, order: RecordingOrder, operatorId = 'alice') =>
  scene.give({ type: 'operator-records', operatorId, callId: 'c1', order })
const holds = (scene: Scene, on: boolean) => scene.give({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on })
const talkOf = (scene: Scene) => {
  const { status } = scene.call('c1')
  if (status.kind !== 'talking') throw new Error(status.kind)
  return status
}
const of = (scene: Scene) => talkOf(scene).recording
const said = (scene: Scene) => scene.give({ type: 'playback-ended', playback: of(scene)?.playback ?? '' })
const did = (scene: Scene) => scene.last.effects.map((e) => e.type)
const nothing = { facts: [], effects: [] }

const announced = (rule: Recording = 'on-demand') => {
  const scene = talking().under(under(rule))
  orders(scene, 'start')
  return scene
}
const recorded = (rule: Recording = 'on-demand') => {
  const scene = announced(rule)
  said(scene)
  return scene
}
const paused = () => {
  const scene = recorded()
  orders(scene, 'pause')
  return scene
}
/** Bruno is asked, picks up, and all three talk. */
const confers = (scene: Scene) => {
  scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
  scene.give({ type: 'leg-answered', leg: talkOf(scene).consult?.leg ?? '' })
  return scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
}
const handsOver = (scene: Scene, target = bruno) => {
  scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
  return scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
}

describe('an order about a recording', () => {
  it.each<readonly [string, () => unknown]>([
    ['of somebody else’s conversation', () => orders(talking().under(under('on-demand')), 'start', 'bruno')],
    ['to begin what has begun', () => orders(recorded(), 'start')],
    ['to begin while the sentence is being said', () => orders(announced(), 'start')],
    [
      'to begin while the caller is on hold',
      () => {
        const scene = talking().under(under('on-demand'))
        holds(scene, true)
        return orders(scene, 'start')
      },
    ],
    ['to pause what has not begun', () => orders(announced(), 'pause')],
    ['to pause what is paused', () => orders(paused(), 'pause')],
    ['to go on with what goes on', () => orders(recorded(), 'resume')],
    ['to end what there is not', () => orders(talking().under(under('on-demand')), 'cancel')],
    ['to end what the line always records', () => orders(recorded('always'), 'cancel')],
  ])('%s does nothing', (_what, gives) => {
    expect(gives()).toMatchObject(nothing)
  })

  it('ends it where the operator asked for it: the sound is closed, the conversation goes on', () => {
    const scene = recorded()
    const [{ name } = { name: '' }, before] = [of(scene) ?? undefined, talkOf(scene)]
    orders(scene, 'cancel')
    expect(scene.facts('recording-stopped')).toMatchObject([{ reason: 'operator' }])
    expect(scene.last.effects).toEqual([{ type: 'stop-recording', channel: 'c1', recording: name }])
    expect(talkOf(scene)).toEqual({ ...before, recording: null })
  })

  it('ends it before the sentence is over: nothing was recorded, nothing will be', () => {
    const scene = announced()
    const playback = of(scene)?.playback ?? ''
    expect(orders(scene, 'cancel').effects).toEqual([])
    expect(scene.give({ type: 'playback-ended', playback })).toMatchObject(nothing)
  })

  it('pauses and goes on as often as one likes', () => {
    const scene = paused()
    orders(scene, 'resume')
    orders(scene, 'pause')
    expect(scene.effects('pause-recording')).toMatchObject([{ on: true }])
  })
})

describe('the sentence that tells of a recording', () => {
  it('begins nothing when another one is over', () => {
    expect(announced().give({ type: 'playback-ended', playback: 'c1~play99' })).toMatchObject(nothing)
  })

  it('that fails once it was said is no concern; a recording that fails is none any more, and says so', () => {
    const scene = recorded()
    const { playback, name } = of(scene) ?? { playback: '', name: '' }
    expect(scene.give({ type: 'command-failed', command: 'announce', target: playback })).toMatchObject(nothing)
    scene.give({ type: 'command-failed', command: 'record', target: name })
    expect(scene.facts('recording-stopped')).toMatchObject([{ reason: 'failed' }])
    expect(of(scene)).toBeNull()
  })

  it('is said again after an absence of the service, but not to a caller on hold', () => {
    const parties = [{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' as const }]
    const scene = announced()
    scene.finds(parties, { 'c1~leg0~bridge': ['c1', 'c1~leg0'] })
    expect(scene.effects('announce')).toMatchObject([{ sounds: ['sound:guichet/recorded'] }])
    const apart = announced()
    holds(apart, true)
    apart.finds(parties, { 'c1~leg0~bridge': ['c1~leg0'] })
    expect(did(apart)).toEqual(['hold'])
  })
})

describe('a recording taken up after an absence of the service', () => {
  it.each<readonly [string, (scene: Scene) => unknown]>([
    ['is paused if it was', (scene) => orders(scene, 'pause')],
    ['rests while the caller is on hold', (scene) => holds(scene, true)],
  ])('%s', (_what, before) => {
    const scene = recorded()
    before(scene)
    scene.finds([{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' }], { 'c1~leg0~bridge': ['c1', 'c1~leg0'] })
    expect(did(scene).filter((type) => type !== 'hold')).toEqual(['record-talk', 'pause-recording'])
    expect(scene.effects('pause-recording')).toMatchObject([{ on: true }])
  })
})

describe('somebody who joins', () => {
  it('is told before anything of them is kept: what was recorded is closed, what follows is another sound', () => {
    const scene = recorded()
    const { name } = of(scene) ?? { name: '' }
    confers(scene)
    expect(scene.effects('stop-recording')).toMatchObject([{ recording: name }])
    expect(scene.effects('announce')).toMatchObject([{ bridge: talkOf(scene).bridge }])
    said(scene)
    expect(scene.effects('record-talk')).toMatchObject([{ bridge: talkOf(scene).bridge, recording: of(scene)?.name }])
  })

  it('while it is paused ends it: nobody would tell them when it goes on', () => {
    const scene = paused()
    const { name } = of(scene) ?? { name: '' }
    confers(scene)
    expect(scene.facts('recording-stopped')).toMatchObject([{ reason: 'company' }])
    expect(scene.effects('stop-recording')).toMatchObject([{ recording: name }])
    expect([scene.effects('announce'), of(scene)]).toEqual([[], null])
  })

  it('during the sentence has it said anew, and nothing to close', () => {
    const scene = announced()
    const first = of(scene)?.playback
    confers(scene)
    expect([scene.effects('announce').length, scene.effects('stop-recording')]).toEqual([1, []])
    expect(of(scene)?.playback).not.toBe(first)
  })

  it('and stays with the caller, the operator having left, is told of a new one where the line always records', () => {
    const scene = recorded('always')
    confers(scene)
    said(scene)
    const { name } = of(scene) ?? { name: '' }
    scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(talkOf(scene)).toMatchObject({ operatorId: 'bruno', consult: null })
    expect(scene.effects('stop-recording')).toMatchObject([{ recording: name }])
    expect(scene.effects('announce')).toHaveLength(1)
  })

  it('and leaves again changes nothing for those who stay', () => {
    const scene = recorded()
    confers(scene)
    said(scene)
    const { name } = of(scene) ?? { name: '' }
    scene.give({ type: 'operator-hangs-up', operatorId: 'bruno', callId: 'c1' })
    expect([did(scene).includes('announce'), did(scene).includes('stop-recording'), of(scene)?.name]).toEqual([false, false, name])
  })

  it('to be asked alone keeps nothing: the caller is apart', () => {
    const scene = recorded()
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    expect(scene.effects('pause-recording')).toMatchObject([{ on: true }])
    scene.give({ type: 'leg-answered', leg: talkOf(scene).consult?.leg ?? '' })
    expect(did(scene)).not.toContain('announce')
    scene.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect(scene.effects('pause-recording')).toMatchObject([{ on: false }])
  })
})

describe('a caller who is handed over', () => {
  it('leaves the recording behind, and is told of a new one where the line always records', () => {
    const scene = recorded('always')
    const { name } = of(scene) ?? { name: '' }
    scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: bruno })
    expect(scene.effects('stop-recording')).toMatchObject([{ recording: name }])
    scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
    expect(scene.effects('announce')).toMatchObject([{ bridge: talkOf(scene).bridge }])
  })

  it('to somebody outside the desk is recorded by nobody', () => {
    const scene = recorded('always')
    handsOver(scene, outside)
    expect(talkOf(scene)).toMatchObject({ operatorId: null, recording: null })
    expect(did(scene)).not.toContain('announce')
  })

  it('where an operator had asked for it, has none until somebody asks again', () => {
    const scene = recorded()
    handsOver(scene)
    expect([of(scene), did(scene).includes('announce')]).toEqual([null, false])
  })
})

it('another line’s rule is not this one’s', () => {
  const elsewhere = { ...settings, lines: [...settings.lines, { ...settings.lines[0], id: 'vip', recording: 'always' }] } as Settings
  const scene = talking().under(elsewhere)
  expect(scene.call('c1').line).toBe(mainLine)
  expect(orders(scene, 'start')).toMatchObject(nothing)
})
