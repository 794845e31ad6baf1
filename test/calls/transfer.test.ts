import { describe, expect, it } from 'vitest'
import type { Reachable, Target } from '../../server/calls/model.ts'
import { Scene, settings } from './scene.ts'
import { bruno, outside, talking } from './talking.ts'

const abroad: Target = { kind: 'number', number: '+15551234567', name: 'Ailleurs' }

const consults = (scene: Scene, target: Target = bruno) =>
  scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target })
const transfers = (scene: Scene, target: Target | null) =>
  scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
const talk = (scene: Scene) => {
  const { status } = scene.call('c1')
  if (status.kind !== 'talking') throw new Error(status.kind)
  return status
}
const asked = (scene: Scene) => talk(scene).consult?.leg ?? ''
/** Bruno has picked up, the caller hears music. */
const consulting = (target: Target = bruno) => {
  const scene = talking()
  consults(scene, target)
  scene.after(2_000).give({ type: 'leg-answered', leg: asked(scene) })
  return scene
}
const joined = () => {
  const scene = consulting()
  scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
  return scene
}
const handedOver = (target: Target = outside) => {
  const scene = talking()
  transfers(scene, target)
  return scene.after(3_000)
}
const legOf = (scene: Scene) => {
  const { status } = scene.call('c1')
  return 'leg' in status ? status.leg : ''
}

describe('an operator who asks somebody', () => {
  it('leaves the caller with music and hears it ring; the colleague is rung for nobody else', () => {
    const scene = talking()
    consults(scene)
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hold', 'play', 'ring'])
    expect(scene.operator('bruno').status).toMatchObject({ kind: 'offered', callId: 'c1', before: { kind: 'ready' } })
    scene.arrives('c2')
    expect(scene.call('c2')).toMatchObject({ offers: [], status: { kind: 'waiting' } })
  })

  it('talks to whoever picks up, apart from the caller', () => {
    const scene = consulting()
    expect(scene.effects('connect')).toEqual([expect.objectContaining({ caller: 'c1~leg0', leg: asked(scene) })])
    expect(talk(scene)).toMatchObject({ onHold: true, consult: { phase: 'talking' } })
  })

  it.each([
    ['does not answer', (s: Scene) => s.gone(asked(s), 19)],
    ['is busy', (s: Scene) => s.gone(asked(s), 17)],
    ['refuses', (s: Scene) => s.give({ type: 'operator-declines', operatorId: 'bruno', callId: 'c1' })],
    ['cannot be rung', (s: Scene) => s.give({ type: 'command-failed', command: 'ring', target: asked(s) })],
    ['is given up', (s: Scene) => s.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })],
    ['rings too long', (s: Scene) => s.after(settings.ringMs).give({ type: 'tick' })],
  ])('who %s: the caller is back with the operator, and the colleague as before', (_, end) => {
    const scene = talking()
    consults(scene)
    end(scene)
    expect(scene.effects('connect')).toEqual([expect.objectContaining({ caller: 'c1', leg: 'c1~leg0' })])
    expect(talk(scene)).toMatchObject({ onHold: false, consult: null, operatorId: 'alice' })
    expect(scene.operator('bruno').status.kind).toBe('ready')
  })

  it('may not ask a number that may not be dialled, nor a colleague who talks', () => {
    const scene = talking()
    expect(consults(scene, abroad).effects).toEqual([])
    expect(scene.facts('outgoing-refused')).toHaveLength(1)
    scene.arrives('c2')
    scene.answers('c2')
    expect(consults(scene).facts).toEqual([])
  })
})

describe('three who talk', () => {
  it('are in one bridge, and the old one goes', () => {
    const scene = joined()
    expect(scene.effects('join')).toEqual([{ type: 'join', channel: 'c1', bridge: `${asked(scene)}~bridge` }])
    expect(scene.effects('drop-bridge').map((e) => e.bridge)).toEqual(['c1~leg0~bridge'])
  })

  it('are two when one leaves: whoever was asked, or the operator', () => {
    const left = joined()
    left.gone(asked(left))
    expect(talk(left)).toMatchObject({ operatorId: 'alice', consult: null })
    expect(left.operator('bruno').status.kind).toBe('ready')
    const gone = joined()
    gone.gone('c1~leg0')
    expect(talk(gone)).toMatchObject({ operatorId: 'bruno', consult: null })
    expect(gone.operator('alice').status.kind).toBe('wrap-up')
  })

  it('are nobody when the caller leaves', () => {
    const scene = joined()
    scene.gone('c1')
    expect(scene.state.calls.size).toBe(0)
    expect(scene.hungUp).toHaveLength(2)
    expect(scene.operator('bruno').status.kind).toBe('ready')
  })
})

describe('a caller who is handed over', () => {
  it('after a question talks to whoever was asked, with a limit of their own; the operator writes up', () => {
    const scene = consulting()
    transfers(scene, null)
    expect(talk(scene)).toMatchObject({ operatorId: 'bruno', capAt: scene.now + settings.capMs, onHold: false })
    expect(scene.hungUp).toEqual(['c1~leg0'])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    expect(scene.operator('bruno').status).toMatchObject({ kind: 'talking', callId: 'c1' })
  })

  it('by an operator who just hangs up is handed over all the same', () => {
    const scene = consulting(outside)
    scene.gone('c1~leg0')
    expect(talk(scene)).toMatchObject({ operatorId: null, outside })
  })

  it('at once hears music until somebody answers, and the operator is free', () => {
    const scene = handedOver()
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.give({ type: 'leg-answered', leg: legOf(scene) })
    expect(talk(scene)).toMatchObject({ operatorId: null, outside })
    scene.gone(legOf(scene))
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'completed' })])
  })

  it('to nobody is told so, and the operator’s phone rings again, even in wrap-up', () => {
    const scene = handedOver()
    scene.gone(legOf(scene), 19)
    expect(scene.said).toEqual(['transfer-failed'])
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('to nobody, the operator gone meanwhile: is first of all who wait', () => {
    const scene = handedOver()
    scene.asks('alice', 'offline')
    scene.asks('bruno', 'offline')
    scene.arrives('c2', '+33561559999')
    scene.gone(legOf(scene), 19)
    scene.asks('bruno', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
  })

  it('to nobody after hours: the closed message, when the operator does not pick up either', () => {
    const scene = handedOver()
    scene.give({ type: 'hours', open: false })
    for (const id of ['alice', 'bruno']) scene.asks(id, 'offline')
    scene.gone(legOf(scene), 19)
    expect(scene.call('c1').status.kind).toBe('closed')
  })

  it('and hangs up meanwhile: the phone stops ringing', () => {
    const scene = handedOver(bruno)
    const leg = legOf(scene)
    scene.gone('c1')
    expect(scene.hungUp).toEqual([leg])
    expect(scene.operator('bruno').status.kind).toBe('ready')
  })
})

describe('a group', () => {
  const farid = { kind: 'number', number: '+33561556612', name: 'Farid' } as const
  const nadia = { kind: 'number', number: '+33561556613', name: 'Nadia' } as const
  const psn = (first: Reachable, ...others: readonly Reachable[]): Target => ({ ...first, group: { id: 'psn', name: 'PSN', others } })
  const dialled = (scene: Scene) => scene.effects('ring').map(({ to }) => (to.kind === 'number' ? to.number : to.operatorId))

  it('is rung one phone after the other, for a question', () => {
    const scene = talking()
    consults(scene, psn(bruno, farid, nadia))
    const first = asked(scene)
    scene.after(5_000).gone(first, 19)
    expect(dialled(scene)).toEqual([farid.number])
    expect(scene.effects('drop-bridge').map((e) => e.bridge)).toEqual([`${first}~bridge`])
    expect(scene.operator('bruno').status.kind).toBe('ready')
    expect(talk(scene)).toMatchObject({ onHold: true, consult: { phase: 'ringing', since: scene.now, target: { name: 'Farid' } } })
    scene.after(settings.dialMs).give({ type: 'tick' })
    expect(dialled(scene)).toEqual([nadia.number])
    scene.give({ type: 'leg-answered', leg: asked(scene) })
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c1~leg0', leg: asked(scene) }])
  })

  it('is rung one phone after the other, to be handed the caller', () => {
    const scene = handedOver(psn(farid, bruno))
    scene.gone(legOf(scene), 17)
    expect(scene.facts('target-passed')).toMatchObject([{ reason: 'busy', target: { operatorId: 'bruno' } }])
    expect(scene.operator('bruno').status).toMatchObject({ kind: 'offered', callId: 'c1' })
    scene.give({ type: 'leg-answered', leg: legOf(scene) })
    expect(talk(scene)).toMatchObject({ operatorId: 'bruno' })
  })

  it('of whom nobody picks up gives the caller back to the operator', () => {
    const asking = talking()
    consults(asking, psn(farid, nadia))
    for (let n = 0; n < 2; n += 1) asking.gone(asked(asking), 19)
    expect(talk(asking)).toMatchObject({ consult: null, onHold: false, operatorId: 'alice' })
    const handing = handedOver(psn(farid, nadia))
    for (let n = 0; n < 2; n += 1) handing.gone(legOf(handing), 19)
    expect(handing.said).toEqual(['transfer-failed'])
    expect(handing.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('of whom nobody picks up gives the caller to the next, whose browser is there, not back to one that has gone', () => {
    const scene = handedOver(psn(farid))
    const browsers = [...scene.state.operators.values()].map((o) => ({ ...o, phone: o.id === 'alice' ? ('browser' as const) : null }))
    scene.give({ type: 'roster', operators: browsers })
    scene.gone(legOf(scene), 19)
    expect(scene.call('c1').offers.map(({ operatorId }) => operatorId)).toEqual(['bruno'])
  })

  it('is not rung any further once the operator has given up, or while one of them talks', () => {
    const given = talking()
    consults(given, psn(farid, nadia))
    given.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect([dialled(given), talk(given).consult]).toEqual([[], null])
    const heard = consulting(psn(farid, nadia))
    heard.gone(asked(heard))
    expect([dialled(heard), talk(heard).consult]).toEqual([[], null])
  })

  it('passes over a colleague who is taken meanwhile', () => {
    const scene = talking()
    consults(scene, psn(farid, bruno, nadia))
    scene.asks('bruno', 'offline')
    scene.gone(asked(scene), 19)
    expect(dialled(scene)).toEqual([nadia.number])
  })
})

it('every number outside that is rung for a question or a transfer counts for the ceilings', () => {
  const scene = talking()
  for (let n = 0; n < settings.outgoing.perOperatorPerHour; n += 1) {
    consults(scene, outside)
    scene.gone(asked(scene), 19)
  }
  consults(scene, outside)
  expect(scene.facts('outgoing-refused')).toMatchObject([{ operatorId: 'alice', reason: 'ceiling' }])
})

describe('a colleague who is asked', () => {
  const leaves = (scene: Scene) => scene.give({ type: 'operator-hangs-up', operatorId: 'bruno', callId: 'c1' })

  it('leaves by a key: the caller is back with who asked', () => {
    const scene = consulting()
    const leg = asked(scene)
    leaves(scene)
    expect(scene.facts('consult-ended')).toMatchObject([{ reason: 'left' }])
    expect(scene.hungUp).toEqual([leg])
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c1', leg: 'c1~leg0' }])
    expect([talk(scene).operatorId, scene.operator('bruno').status.kind]).toEqual(['alice', 'ready'])
  })

  it('leaves two of three together', () => {
    const scene = joined()
    leaves(scene)
    expect(scene.effects('connect')).toEqual([])
    expect(talk(scene)).toMatchObject({ operatorId: 'alice', consult: null, onHold: false })
  })

  it('declines while the phone rings, and is not heard by anybody then', () => {
    const scene = talking()
    consults(scene)
    expect(leaves(scene)).toMatchObject({ facts: [], effects: [] })
  })
})

describe('after a restart', () => {
  const present = (...legs: readonly string[]) => [{ id: 'c1' }, ...legs.map((id) => ({ id, role: 'leg' as const }))]

  it('a question goes on: the caller with music, the two together', () => {
    const scene = consulting()
    const leg = asked(scene)
    scene.finds(present('c1~leg0', leg), { [`${leg}~bridge`]: ['c1~leg0', leg], 'c1~leg0~bridge': [] })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hold'])
  })

  it('the operator gone, the caller is with whoever was asked', () => {
    const scene = consulting()
    const leg = asked(scene)
    scene.finds(present(leg), { [`${leg}~bridge`]: [leg] })
    expect(talk(scene).operatorId).toBe('bruno')
    expect(scene.effects('connect')).toEqual([expect.objectContaining({ caller: 'c1', leg })])
  })

  it('one who fell out of a conversation of three is taken in again', () => {
    const scene = joined()
    const leg = asked(scene)
    scene.finds(present('c1~leg0', leg), { [`${leg}~bridge`]: ['c1', leg] })
    expect(scene.effects('join')).toEqual([{ type: 'join', channel: 'c1~leg0', bridge: `${leg}~bridge` }])
  })

  it('a transfer goes on, is completed, or has failed, as its phone is', () => {
    const still = handedOver()
    still.finds([{ id: 'c1' }, { id: legOf(still), role: 'leg', state: 'ringing' }])
    expect(still.last.effects.map((e) => e.type)).toEqual(['hold', 'leave-talk'])
    const up = handedOver()
    up.finds([{ id: 'c1' }, { id: legOf(up), role: 'leg', state: 'up' }])
    expect(talk(up).outside).toEqual(outside)
    const lost = handedOver()
    lost.finds([{ id: 'c1' }])
    expect(lost.said).toEqual(['transfer-failed'])
  })
})

describe('a supervisor', () => {
  const watched = (mode: 'listen' | 'whisper' | 'join' = 'listen') => {
    const scene = talking()
    scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode })
    scene.give({ type: 'leg-answered', leg: talk(scene).watch?.leg ?? '' })
    return scene
  }

  it('listens through the operator’s phone, once the own phone is picked up', () => {
    const scene = watched()
    const leg = talk(scene).watch?.leg
    expect(scene.effects('spy')).toEqual([{ type: 'spy', channel: 'c1~leg0', leg, bridge: `${leg}~bridge`, whisper: false }])
    expect(scene.operator('chloe').status).toMatchObject({ kind: 'watching', before: { kind: 'offline' } })
  })

  it('changes how, and leaves: the state is as before', () => {
    const scene = watched()
    scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'join' })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['stop-spying', 'join'])
    scene.give({ type: 'watch-left', operatorId: 'chloe', callId: 'c1' })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'drop-bridge'])
    expect(scene.operator('chloe').status.kind).toBe('offline')
  })

  it('is free when the conversation ends or changes hands', () => {
    const ended = watched('whisper')
    ended.gone('c1')
    expect(ended.effects('stop-spying')).toHaveLength(1)
    expect(ended.operator('chloe').status.kind).toBe('offline')
    const handed = watched()
    transfers(handed, outside)
    expect(handed.operator('chloe').status.kind).toBe('offline')
  })

  it('takes a chosen caller, whatever the order', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    scene.arrives('c2', '+33561559999')
    scene.give({ type: 'call-taken', operatorId: 'chloe', callId: 'c2' })
    expect(scene.call('c2').offers[0]?.operatorId).toBe('chloe')
    expect(scene.call('c1').offers).toEqual([])
  })

  it('ends a call', () => {
    const scene = talking()
    scene.give({ type: 'call-stopped', callId: 'c1' })
    expect(scene.state.calls.size).toBe(0)
    expect(new Set(scene.hungUp)).toEqual(new Set(['c1', 'c1~leg0']))
  })
})
