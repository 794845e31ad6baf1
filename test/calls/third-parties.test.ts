import { describe, expect, it } from 'vitest'
import type { Target } from '../../server/calls/model.ts'
import { claire, Scene, settings } from './scene.ts'
import { at } from './situations.ts'
import { bruno, outside, talking } from './talking.ts'

/* What Asterisk says of the phones of third parties: that they entered, could not be rung, have gone. */

type Begun = { readonly scene: Scene; readonly theirs: string }
const rung = (scene: Scene): Begun => ({ scene, theirs: scene.effects('ring')[0]?.leg ?? '' })
const asks =
  (target: Target = bruno) =>
  () => {
    const scene = talking()
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target })
    return rung(scene)
  }
const hands =
  (target: Target = bruno) =>
  () => {
    const scene = talking()
    scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
    return rung(scene)
  }
const watches = () => {
  const scene = talking()
  scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
  return rung(scene)
}
const dials = () => {
  const scene = Scene.open('alice')
  scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551234', people: [claire], owedId: null })
  scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
  return rung(scene)
}
const nothing = { facts: [], effects: [] }
const facts = (scene: Scene) => scene.last.facts.map((fact) => ('reason' in fact ? `${fact.type} ${fact.reason}` : fact.type))

describe('a phone of a third party', () => {
  it.each<readonly [string, () => Begun, string]>([
    ['is asked', asks(), 'consult-ended unreachable'],
    ['is to have the caller', hands(), 'transfer-failed unreachable'],
    ['is to listen', watches, 'watch-ended'],
    ['we call', dials, 'dialling-ended unreachable'],
  ])('that cannot be rung, of whom %s, is given up; another’s is no concern', (_what, begun, expected) => {
    const { scene, theirs } = begun()
    scene.give({ type: 'command-failed', command: 'ring', target: theirs })
    expect(facts(scene)[0]).toBe(expected)
    const other = begun().scene
    expect(other.give({ type: 'command-failed', command: 'ring', target: 'c1~leg99' })).toMatchObject(nothing)
    expect(other.give({ type: 'command-failed', command: 'ring', target: 'o1~leg99' })).toMatchObject(nothing)
  })

  it.each<readonly [string, () => Begun, number]>([
    ['a colleague who is asked', asks(), settings.ringMs / 1_000 + 5],
    ['somebody outside who is asked', asks(outside), settings.dialMs / 1_000],
    ['a colleague who is to have the caller', hands(), settings.ringMs / 1_000 + 5],
    ['somebody outside who is to', hands(outside), settings.dialMs / 1_000],
    ['a supervisor', watches, settings.ringMs / 1_000 + 5],
    ['whom we call', dials, settings.dialMs / 1_000],
  ])('rings as long as is waited for %s', (_who, begun, seconds) => {
    const { scene, theirs } = begun()
    expect(scene.effects('ring')).toMatchObject([{ leg: theirs, timeoutS: seconds }])
  })

  it.each<readonly [string, () => Begun, number, string]>([
    ['is asked and busy', asks(), 17, 'consult-ended busy'],
    ['is asked and does not answer', asks(), 19, 'consult-ended no-answer'],
    ['is to have the caller and is busy', hands(), 17, 'transfer-failed busy'],
    ['is to listen', watches, 16, 'watch-ended'],
  ])('that has gone, of whom %s, is hung up no more', (_what, begun, cause, expected) => {
    const { scene, theirs } = begun()
    scene.gone(theirs, cause)
    expect(facts(scene)[0]).toBe(expected)
    expect(scene.hungUp).not.toContain(theirs)
  })

  it('of whom was asked and had answered, has left', () => {
    const { scene, theirs } = asks()()
    scene.give({ type: 'leg-answered', leg: theirs })
    scene.gone(theirs)
    expect([facts(scene)[0], scene.hungUp]).toEqual(['consult-ended left', []])
  })

  it('that picks up twice is heard of once', () => {
    const { scene, theirs } = asks()()
    scene.give({ type: 'leg-answered', leg: theirs })
    expect(scene.give({ type: 'leg-answered', leg: theirs })).toMatchObject(nothing)
    const heard = watches()
    heard.scene.give({ type: 'leg-answered', leg: heard.theirs })
    expect(heard.scene.give({ type: 'leg-answered', leg: heard.theirs })).toMatchObject(nothing)
  })

  it('that nobody wants is hung up when it is picked up; somebody’s who talks, or a caller’s, is not', () => {
    const { scene, theirs } = hands()()
    scene.give({ type: 'leg-answered', leg: 'c1~leg99' })
    expect([scene.hungUp, scene.call('c1').status.kind]).toEqual([['c1~leg99'], 'transferring'])
    scene.give({ type: 'leg-answered', leg: theirs })
    expect(scene.call('c1').status.kind).toBe('talking')
    const called = dials()
    called.scene.give({ type: 'leg-answered', leg: called.theirs })
    expect(called.scene.call('o1').status.kind).toBe('talking')
    expect(called.scene.give({ type: 'leg-answered', leg: called.theirs })).toMatchObject(nothing)
  })
})

describe('what Asterisk could not do', () => {
  it('to join the two who talk ends their call, for no other phone than theirs', () => {
    const scene = talking()
    const leg = scene.leg('c1')
    for (const target of ['c1', 'c1~leg99'])
      expect(scene.give({ type: 'command-failed', command: 'connect', target })).toMatchObject(nothing)
    scene.give({ type: 'command-failed', command: 'connect', target: leg })
    expect(scene.facts('call-ended')).toMatchObject([{ by: 'desk' }])
  })

  it('to record somebody who was invited to speak says goodbye to them, and to nobody else', () => {
    const recording = at('leaving a message')
    recording.give({ type: 'command-failed', command: 'record', target: 'message-c1' })
    expect([recording.said, recording.call('c1').status]).toMatchObject([['message-empty'], { kind: 'ending', reason: 'cut' }])
    for (const situation of ['waiting', 'waiting with music', 'talking', 'closed', 'invited to leave a message'] as const)
      expect(at(situation).give({ type: 'command-failed', command: 'record', target: 'message-c1' })).toMatchObject(nothing)
  })

  it('to play goes on as if it had been said', () => {
    const scene = at('closed')
    scene.give({ type: 'command-failed', command: 'play', target: scene.playback('c1') })
    expect(scene.facts('message-started')).toHaveLength(1)
    const announced = at('closed')
    expect(announced.give({ type: 'command-failed', command: 'announce', target: announced.playback('c1') })).toMatchObject(nothing)
  })
})

describe('an order about the opening', () => {
  const order = (scene: Scene, open: boolean | null) => scene.give({ type: 'opening-ordered', open, by: 'Sophie', until: null })

  it('is written down with who gave it, and so is its end, where there was one', () => {
    const scene = Scene.open()
    expect(order(scene, null)).toMatchObject(nothing)
    order(scene, false)
    expect(scene.facts('opening-ordered')).toMatchObject([{ open: false, by: 'Sophie', until: null }])
    expect(scene.state.opening).toEqual({ open: false, by: 'Sophie', at: scene.now, until: null })
    order(scene, true)
    expect(scene.facts('opening-ordered')).toMatchObject([{ open: true }])
    order(scene, null)
    expect(scene.facts('opening-order-over')).toMatchObject([{ by: 'Sophie' }])
    expect(order(scene, null)).toMatchObject(nothing)
  })
})

describe('what is no concern of a call', () => {
  it.each<readonly [string, () => Scene, (scene: Scene) => unknown]>([
    ['another channel of it that has gone, while somebody is dialled', () => dials().scene, (scene) => scene.gone('o1~leg99')],
    ['another channel that answers, while somebody is dialled', () => dials().scene, (scene) => scene.gone('c9')],
    [
      'a colleague who hangs up, while somebody is dialled',
      () => dials().scene,
      (scene) => scene.give({ type: 'operator-hangs-up', operatorId: 'bruno', callId: 'o1' }),
    ],
    [
      'a key that means nothing, while one waits',
      () => at('waiting'),
      (scene) => scene.give({ type: 'key-pressed', channel: 'c1', key: '7' }),
    ],
    [
      'a key that means nothing, while a phone rings',
      () => at('waiting while a phone rings'),
      (scene) => scene.give({ type: 'key-pressed', channel: 'c1', key: '0' }),
    ],
    [
      'a recording of another name that has ended',
      () => at('leaving a message'),
      (scene) => scene.give({ type: 'recording-ended', recording: 'message-c9', durationMs: 9_000 }),
    ],
    [
      'a recording that has ended while nobody speaks',
      () => at('waiting'),
      (scene) => scene.give({ type: 'recording-ended', recording: 'message-c1', durationMs: 9_000 }),
    ],
    ['a phone that has gone, whom nobody rang', talking, (scene) => scene.gone('c1~leg99')],
  ])('is %s', (_what, begun, happens) => {
    expect(happens(begun())).toMatchObject(nothing)
  })

  it('is an Asterisk that is the one there was', () => {
    const scene = talking()
    const found = () =>
      scene.finds(
        [{ id: 'c1' }, { id: scene.leg('c1'), role: 'leg' }],
        { [`${scene.leg('c1')}~bridge`]: ['c1', scene.leg('c1')] },
        [],
        'monday',
      )
    found()
    expect(scene.facts('server-met')).toMatchObject([{ startedAt: 'monday' }])
    expect(found()).toMatchObject(nothing)
  })
})

describe('a desk that closes', () => {
  it('lets a phone stop ringing that rings for a kept place, which stays', () => {
    const scene = at('waiting')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    scene.gone('c1')
    scene.asks('alice', 'ready')
    const leg = scene.leg('c1')
    scene.give({ type: 'hours', open: false })
    expect(scene.facts('offer-ended')).toMatchObject([{ operatorId: 'alice', reason: 'closed' }])
    expect([scene.hungUp, scene.call('c1').status.kind]).toEqual([[leg], 'kept'])
  })
})
