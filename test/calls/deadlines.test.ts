import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { claire, Scene, settings } from './scene.ts'
import { at } from './situations.ts'
import { asks, bruno, hands, outside, talking } from './talking.ts'

/* Each thing that is waited for ends at its moment, not one before, and the clock is set for that moment. */

const watches = () => {
  const scene = talking()
  scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
  return scene
}
const dials = () => {
  const scene = Scene.open('alice')
  scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551234', people: [claire], owedId: null })
  scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
  return scene
}
const shut = () => {
  const scene = new Scene()
  scene.arrives('c1')
  return scene
}
const records = () => {
  const scene = shut()
  scene.played('c1')
  return scene
}
/** Called once in vain: to be called again a while later. */
const calledInVain = () => {
  const scene = at('waiting')
  scene.give({ type: 'key-pressed', channel: 'c1', key: '3' })
  scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
  scene.gone('c1')
  scene.asks('alice', 'ready')
  scene.answers('c1')
  scene.after(3_000).gone(scene.call('c1').channel, 19)
  return scene
}

describe('what is waited for', () => {
  it.each<readonly [string, () => Scene, number, readonly (readonly [string, object])[]]>([
    [
      'a phone that rings for a caller',
      () => {
        const scene = Scene.open('alice')
        scene.arrives('c1')
        return scene
      },
      settings.ringMs,
      [['offer-ended', { operatorId: 'alice', reason: 'no-answer' }]],
    ],
    ['a colleague who is asked', asks(bruno), settings.ringMs, [['consult-ended', { reason: 'no-answer' }]]],
    ['somebody outside who is asked', asks(outside), settings.dialMs, [['consult-ended', { reason: 'no-answer' }]]],
    ['a supervisor who is to listen', watches, settings.ringMs, [['watch-ended', {}]]],
    ['a colleague who is to have the caller', hands(bruno), settings.ringMs, [['transfer-failed', { reason: 'no-answer' }]]],
    ['somebody outside who is to have them', hands(outside), settings.dialMs, [['transfer-failed', { reason: 'no-answer' }]]],
    [
      'whom we call, a while after the telephone would say so itself',
      dials,
      settings.dialMs + 10_000,
      [['dialling-ended', { reason: 'no-answer' }]],
    ],
    ['an announcement of four sounds whose end nobody hears of', shut, 4 * 120_000, [['message-started', {}]]],
    [
      'a message that never ends',
      records,
      (settings.messageMaxS + 30) * 1_000,
      [
        ['message-left', {}],
        ['call-ended', { by: 'desk' }],
      ],
    ],
  ])('%s is given up when its time is over, and not before', (_what, begun, ms, expected) => {
    const early = begun()
    expect((nextDeadline(early.state, settings) ?? 0) - early.now).toBe(ms)
    expect(early.after(ms - 1).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
    const due = begun()
    due.after(ms).give({ type: 'tick' })
    expect(due.last.facts.slice(0, expected.length).map((fact) => [fact.type, fact])).toMatchObject(expected)
  })

  it('of a conversation is the first of what rings in it', () => {
    const scene = asks(outside)()
    scene.after(10_000).give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
    const rings = scene.now
    expect(nextDeadline(scene.state, settings)).toBe(rings + 20_000)
    scene.after(20_000).give({ type: 'tick' })
    expect([scene.facts('watch-ended').length, scene.facts('consult-ended').length]).toEqual([1, 0])
    expect(nextDeadline(scene.state, settings)).toBe(rings + 25_000)
  })

  it('ends with the first: who was asked in vain and who was to listen, both at once', () => {
    const scene = asks(bruno)()
    scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
    scene.after(settings.ringMs).give({ type: 'tick' })
    expect([scene.facts('watch-ended').length, scene.facts('consult-ended').length]).toEqual([1, 1])
    expect([scene.operator('bruno').status.kind, scene.operator('chloe').status.kind]).toEqual(['ready', 'offline'])
  })

  it('is nothing where nobody calls', () => {
    expect(nextDeadline(Scene.open('alice').state, settings)).toBeNull()
  })
})

describe('a phone that rings for a third party', () => {
  const declines = (scene: Scene, operatorId: string) => scene.give({ type: 'operator-declines', operatorId, callId: 'c1' })
  const nothing = { facts: [], effects: [] }

  it('and is refused by whom it rings for: the caller is back, or is told', () => {
    const asked = asks(bruno)()
    declines(asked, 'bruno')
    expect(asked.facts('consult-ended')).toMatchObject([{ reason: 'busy' }])
    const handed = hands(bruno)()
    declines(handed, 'bruno')
    expect(handed.facts('transfer-failed')).toMatchObject([{ reason: 'busy' }])
    const watched = watches()
    declines(watched, 'chloe')
    expect([watched.facts('watch-ended').length, watched.hungUp.length]).toEqual([1, 1])
  })

  it.each<readonly [string, () => Scene, string]>([
    ['a colleague is asked', asks(bruno), 'chloe'],
    ['somebody outside is asked', asks(outside), 'bruno'],
    ['a colleague is to have the caller', hands(bruno), 'chloe'],
    ['somebody outside is to have them', hands(outside), 'bruno'],
    ['a supervisor is to listen', watches, 'bruno'],
    ['nobody rings', talking, 'bruno'],
    ['the desk is closed', shut, 'bruno'],
  ])('is refused by nobody else, while %s', (_what, begun, operatorId) => {
    expect(declines(begun(), operatorId)).toMatchObject(nothing)
  })

  it('is not refused by whoever has picked up', () => {
    const scene = asks(bruno)()
    scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
    expect(declines(scene, 'bruno')).toMatchObject(nothing)
  })
})

describe('a place that was called in vain', () => {
  const due = (scene: Scene) => (nextDeadline(scene.state, settings) ?? Number.NaN) - scene.now

  it('is due again after its gap, and not before', () => {
    const early = calledInVain()
    expect([early.call('c1').status.kind, due(early)]).toEqual(['kept', settings.attemptGapMs])
    expect(early.after(settings.attemptGapMs - 1).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
    const late = calledInVain()
    late.after(settings.attemptGapMs).give({ type: 'tick' })
    expect(late.facts('place-due')).toMatchObject([{ callId: 'c1' }])
    expect(late.call('c1').offers).toHaveLength(1)
    // Due once: what rings for it is what is waited for from now on.
    expect(due(late)).toBe(settings.ringMs)
    expect(late.give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
  })

  it('is due at no time while the desk is closed', () => {
    const scene = calledInVain()
    scene.give({ type: 'hours', open: false })
    expect(due(scene)).toBeNaN()
    expect(scene.after(settings.attemptGapMs).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
  })
})
