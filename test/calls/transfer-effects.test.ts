import { describe, expect, it } from 'vitest'
import type { Target } from '../../server/calls/model.ts'
import { Scene, settings } from './scene.ts'
import { bruno, outside, talking } from './talking.ts'

/* What Asterisk is asked for a question and a transfer, in its order, and by whom none is asked. */

const consults = (scene: Scene, target: Target = bruno, operatorId = 'alice', callId = 'c1') =>
  scene.give({ type: 'operator-consults', operatorId, callId, target })
const transfers = (scene: Scene, target: Target | null = bruno, operatorId = 'alice', callId = 'c1') =>
  scene.give({ type: 'operator-transfers', operatorId, callId, target })
const asking = () => {
  const scene = talking()
  consults(scene)
  return scene
}
const asked = () => {
  const scene = asking()
  scene.give({ type: 'leg-answered', leg: 'c1~leg1' })
  return scene
}
const done = (scene: Scene) =>
  scene.last.effects.map((effect) =>
    [effect.type, ...['channel', 'leg', 'caller', 'bridge'].flatMap((key) => (key in effect ? [String(effect[key as never])] : []))].join(
      ' ',
    ),
  )
const nothing = { facts: [], effects: [] }

describe('what is asked of Asterisk', () => {
  it('to ask a colleague: the caller apart, the tone to who asks, the phone with whose call it is', () => {
    const scene = asking()
    expect(done(scene)).toEqual(['hold c1', 'play c1~leg0', 'ring c1~leg1 c1~leg0 c1~leg1~bridge'])
    expect(scene.effects('play')).toMatchObject([{ sounds: ['tone:ring'], language: 'fr' }])
    expect(scene.effects('ring')).toMatchObject([{ shows: { number: '+33561551234', name: 'Transfert : Claire Dubois' } }])
    const far = talking()
    consults(far, outside)
    expect(far.effects('ring')).toMatchObject([{ shows: null }])
  })

  it('to show who is handed over, by number where the name is not one person’s', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'call-arrived', channel: 'c1', number: '+33561551234', dialled: null, people: [] })
    scene.answers('c1')
    scene.after(1_000).asks('bruno', 'ready')
    consults(scene)
    expect(scene.effects('ring')).toMatchObject([{ shows: { name: 'Transfert : 05 61 55 12 34' } }])
  })

  it('once the colleague picks up: the tone stops, the two are joined', () => {
    expect(done(asked())).toEqual(['stop-playing c1~leg0', 'connect c1~leg1 c1~leg0 c1~leg1~bridge'])
  })

  it('once a question is given up: what rings stops, and the caller is back', () => {
    const rings = asking()
    rings.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    const back = ['hang-up c1~leg1', 'connect c1~leg0 c1 c1~leg0~bridge', 'drop-bridge c1~leg1 c1~leg1~bridge']
    expect(done(rings).slice(0, 4)).toEqual(['stop-playing c1~leg0', ...back])
    const talks = asked()
    talks.give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' })
    expect(done(talks).slice(0, 3)).toEqual(back)
  })

  it('to hand the caller over: apart with music, out of the conversation, the phone rung, the operator’s let go', () => {
    const scene = talking()
    transfers(scene)
    expect(done(scene).slice(0, 5)).toEqual([
      'hold c1',
      'leave-talk c1',
      'ring c1~leg1 c1 c1~leg1~bridge',
      'hang-up c1~leg0',
      'drop-bridge c1~leg0 c1~leg0~bridge',
    ])
  })

  it('to hand over to whom is being asked, still ringing or not', () => {
    const rings = asking()
    transfers(rings, null)
    expect(done(rings).slice(0, 5)).toEqual([
      'stop-playing c1~leg0',
      'hold c1',
      'leave-talk c1',
      'hang-up c1~leg0',
      'drop-bridge c1~leg0 c1~leg0~bridge',
    ])
    expect(rings.facts('transfer-started')).toMatchObject([{ operatorId: 'alice', target: bruno, leg: 'c1~leg1' }])
    const talks = asked()
    transfers(talks, null)
    expect(done(talks).slice(0, 3)).toEqual(['connect c1~leg1 c1 c1~leg1~bridge', 'hang-up c1~leg0', 'drop-bridge c1~leg0 c1~leg0~bridge'])
  })

  it('has a supervisor who listens leave as the caller is handed over', () => {
    for (const target of [bruno, null]) {
      const scene = target === null ? asked() : talking()
      scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
      transfers(scene, target)
      expect(scene.facts('watch-ended')).toHaveLength(1)
    }
  })
})

describe('nothing is asked of Asterisk', () => {
  it.each<readonly [string, () => unknown]>([
    ['to ask oneself', () => consults(talking(), { kind: 'operator', operatorId: 'alice', name: 'Alice' })],
    ['to ask somebody unknown', () => consults(talking(), { kind: 'operator', operatorId: 'nobody', name: 'X' })],
    ['to ask two at once', () => consults(asking(), outside)],
    ['to hand over while somebody is asked, to somebody else', () => transfers(asking(), outside)],
    ['to hand over to nobody, when nobody is asked', () => transfers(talking(), null)],
    ['by an operator whose call it is not, for a question', () => consults(talking(), outside, 'bruno')],
    ['by an operator whose call it is not, for a transfer', () => transfers(talking(), outside, 'bruno')],
    [
      'by an operator whose call it is not, to give a question up',
      () => asking().give({ type: 'consult-cancelled', operatorId: 'bruno', callId: 'c1' }),
    ],
    [
      'where nobody is asked, to give a question up',
      () => talking().give({ type: 'consult-cancelled', operatorId: 'alice', callId: 'c1' }),
    ],
    [
      'of a call that waits',
      () => {
        const scene = Scene.open()
        scene.arrives('c1')
        return consults(scene)
      },
    ],
  ])('%s', (_what, does) => {
    expect(does()).toMatchObject(nothing)
  })

  it('but for a colleague who writes up, who may be asked', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c0', '+33561550100')
    scene.answers('c0')
    scene.gone('c0')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.arrives('c1')
    scene.answers('c1')
    expect(scene.call('c1').status).toMatchObject({ operatorId: 'bruno' })
    consults(scene, { kind: 'operator', operatorId: 'alice', name: 'Alice' }, 'bruno')
    expect(scene.effects('ring')).toHaveLength(1)
  })
})

describe('what is left to the others', () => {
  const three = () => {
    const scene = asked()
    scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    return scene
  }

  it('of three who talk, as the operator leaves by key or phone: the bridge in which the two are', () => {
    const byKey = three()
    byKey.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(done(byKey).slice(0, 3)).toEqual(['connect c1~leg1 c1 c1~leg1~bridge', 'hang-up c1~leg0', 'drop-bridge c1~leg0 c1~leg0~bridge'])
    expect(byKey.effects('drop-bridge')).toHaveLength(1)
    const byPhone = three()
    byPhone.gone('c1~leg0')
    expect(done(byPhone).slice(0, 2)).toEqual(['connect c1~leg1 c1 c1~leg1~bridge', 'drop-bridge c1~leg0 c1~leg0~bridge'])
  })

  it('by an operator whose phone goes while the other rings: that phone, and nothing asked of the one that has gone', () => {
    const scene = asking()
    scene.gone('c1~leg0')
    expect(done(scene).slice(0, 3)).toEqual(['hold c1', 'leave-talk c1', 'drop-bridge c1~leg0 c1~leg0~bridge'])
    expect(scene.call('c1').status).toMatchObject({ kind: 'transferring', leg: 'c1~leg1' })
  })

  it('by an operator who is there no more after a restart: whom was asked has the caller, as if by phone', () => {
    const rings = asking()
    rings.finds([{ id: 'c1' }, { id: 'c1~leg1', role: 'leg', state: 'ringing' }])
    expect(done(rings).slice(0, 3)).toEqual(['hold c1', 'leave-talk c1', 'drop-bridge c1~leg0 c1~leg0~bridge'])
  })

  it('for the limit from its beginning: a conversation in other hands is a new one', () => {
    const scene = asked()
    scene.give({ type: 'operator-mutes', operatorId: 'alice', callId: 'c1', on: true })
    scene.after(60_000)
    transfers(scene, null)
    expect(scene.effects('connect')).toMatchObject([{ limitS: settings.capMs / 1_000 + 10 }])
    expect(scene.call('c1').status).toMatchObject({ operatorId: 'bruno', outside: null, warned: 'none', muted: false, since: scene.now })
  })

  it('and how long the first one was is remembered, for the waits to come', () => {
    const scene = talking()
    const { status } = scene.call('c1')
    scene.after(29_000)
    transfers(scene)
    expect(scene.state.talks).toEqual([scene.now - status.since])
  })
})

describe('a transfer to nobody', () => {
  const handing = (target: Target = bruno) => {
    const scene = talking()
    transfers(scene, target)
    return scene
  }

  it('that rang too long: the phone stops, its bridge goes, the caller is told, the operator is rung', () => {
    const scene = handing()
    scene.after(settings.ringMs).give({ type: 'tick' })
    expect(done(scene).slice(0, 3)).toEqual(['hang-up c1~leg1', 'drop-bridge c1~leg1 c1~leg1~bridge', 'play c1'])
    expect(scene.operator('bruno').status.kind).toBe('ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('rings the operator who is ready again, and not the one idle for longer', () => {
    const scene = handing()
    scene.asks('chloe', 'ready')
    scene.after(1_000).asks('alice', 'ready')
    scene.gone('c1~leg1', 19)
    expect(scene.call('c1').offers.map(({ operatorId }) => operatorId)).toEqual(['alice'])
  })

  it('whose caller hangs up meanwhile was a conversation, and is over', () => {
    const scene = handing()
    scene.gone('c1')
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'completed', by: 'caller' }])
  })

  it('leaves who had waited long before an alarm at once', () => {
    const scene = handing().under({ ...settings, alarmMs: 30_000 })
    scene.gone('c1~leg1', 19)
    expect(scene.facts('wait-alarm')).toMatchObject([{ callId: 'c1' }])
  })
})

describe('a group', () => {
  const number = (n: number) => ({ kind: 'number', number: `+3356155661${n}`, name: `${n}` }) as const
  const group: Target = { ...number(1), group: { id: 'psn', name: 'PSN', others: [number(2), number(3), number(4)] } }
  const ring = (scene: Scene) => scene.effects('ring')[0]?.leg ?? ''

  it('whose first phone rings too long: that one stops before the next is rung', () => {
    const scene = talking()
    consults(scene, group)
    const first = ring(scene)
    scene.after(settings.dialMs).give({ type: 'tick' })
    expect(done(scene)).toEqual([
      `hang-up ${first}`,
      `drop-bridge ${first} ${first}~bridge`,
      `ring ${ring(scene)} c1~leg0 ${ring(scene)}~bridge`,
    ])
    scene.gone(ring(scene), 19)
    expect(scene.hungUp).toEqual([])
  })

  it('has each of its phones rung under an id of its own', () => {
    const scene = talking()
    consults(scene, group)
    const legs = [ring(scene)]
    for (let n = 0; n < 3; n += 1) {
      scene.gone(legs.at(-1) ?? '', 19)
      legs.push(ring(scene))
    }
    expect(new Set(legs).size).toBe(4)
  })
})
