import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../server/calls/outgoing-rules.ts'
import { emptyDesk } from '../../server/calls/model.ts'
import { claire, nine, Scene, settings } from './scene.ts'

const number = '+33561551234'
const calls = (scene: Scene, operatorId = 'alice', to = number, callId = 'o1') =>
  scene.give({ type: 'operator-calls', operatorId, callId, number: to, people: [claire], owedId: null })

/** Alice calls, and has picked up her own phone. */
const dialling = () => {
  const scene = Scene.open('alice')
  calls(scene)
  scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
  return scene.after(2_000)
}
const theirs = 'o1~out1'

describe('an operator who calls somebody', () => {
  it('is rung first, on the own phone, which shows whom', () => {
    const scene = Scene.open('alice', 'bruno')
    calls(scene)
    expect(scene.effects('ring')).toEqual([
      {
        type: 'ring',
        leg: 'o1~leg0',
        to: { kind: 'operator', operatorId: 'alice' },
        caller: null,
        shows: { number, name: 'Rappel : Claire Dubois' },
        bridge: 'o1~leg0~bridge',
        timeoutS: 25,
      },
    ])
    expect(scene.operator('alice').status).toMatchObject({ kind: 'offered', before: { kind: 'ready' } })
  })

  it('hears it ring once the own phone is picked up, while the person’s is dialled', () => {
    const scene = dialling()
    expect(scene.effects('play')).toEqual([expect.objectContaining({ channel: 'o1~leg0', sounds: ['tone:ring'] })])
    expect(scene.effects('ring')).toEqual([
      {
        type: 'ring',
        leg: theirs,
        to: { kind: 'number', number },
        caller: 'o1~leg0',
        shows: null,
        bridge: null,
        timeoutS: settings.dialMs / 1000,
      },
    ])
  })

  it('talks to the person who answers, within the limit', () => {
    const scene = dialling()
    scene.give({ type: 'leg-answered', leg: theirs })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'connect'])
    expect(scene.effects('connect')).toEqual([expect.objectContaining({ caller: theirs, leg: 'o1~leg0', bridge: 'o1~leg0~bridge' })])
    expect(scene.call('o1').status).toMatchObject({ kind: 'talking', operatorId: 'alice', capAt: scene.now + settings.capMs })
    scene.gone(theirs)
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'completed', by: 'caller' })])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it.each([
    [17, 'busy'],
    [19, 'no-answer'],
    [1, 'unallocated'],
    [27, 'unreachable'],
  ] as const)('in vain (cause %i): it ends as %s, and the phone is free', (cause, reason) => {
    const scene = dialling()
    scene.gone(theirs, cause)
    expect(scene.facts('dialling-ended')).toEqual([expect.objectContaining({ reason, nextAt: null })])
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'unanswered' })])
    expect(scene.hungUp).toEqual(['o1~leg0'])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('gives up before the answer: the person’s phone stops ringing', () => {
    const scene = dialling()
    scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'o1' })
    expect(scene.hungUp).toEqual([theirs, 'o1~leg0'])
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'withdrawn' })])
  })

  it('does not pick up the own phone: nobody is dialled, nothing counts as missed, and the state is as before', () => {
    const scene = Scene.open('alice')
    scene.asks('alice', 'paused')
    calls(scene)
    scene.gone('o1~leg0', 19)
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason: 'own-phone' })])
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'withdrawn' })])
    expect(scene.operator('alice')).toMatchObject({ misses: 0, status: { kind: 'paused', reason: 'Repas' } })
    expect(scene.state.calls.size).toBe(0)
  })

  it('from a pause, is in that pause again after the conversation', () => {
    const scene = Scene.open('alice')
    scene.asks('alice', 'paused')
    calls(scene)
    scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
    scene.give({ type: 'leg-answered', leg: theirs })
    scene.gone(theirs)
    expect(scene.operator('alice').status).toMatchObject({ kind: 'paused', reason: 'Repas' })
  })

  it('and who is rung or talks already: nothing is dialled', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    expect(calls(scene).facts).toEqual([])
    scene.answers('c1')
    expect(calls(scene).facts).toEqual([])
  })

  it('is dialled for by Asterisk no longer than it should be', () => {
    const scene = dialling()
    scene.falls()
    expect(scene.now).toBeGreaterThanOrEqual(nine + settings.dialMs)
    expect(scene.facts('dialling-ended')).toEqual([expect.objectContaining({ reason: 'no-answer' })])
  })
})

describe('an operator who calls a number', () => {
  /** Claire's place is kept, and she has left. */
  const kept = () => {
    const scene = Scene.open()
    scene.arrives('c1')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    scene.gone('c1')
    return scene
  }

  it('other than that of a kept place calls nobody else instead', () => {
    const scene = kept()
    scene.asks('alice', 'paused')
    calls(scene, 'alice', '+33561551299')
    expect([scene.call('c1').offers, scene.call('o1').status.kind]).toEqual([[], 'placing'])
  })

  it('whose caller waits in line is rung beside that', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    scene.played('c1')
    calls(scene, 'alice')
    expect(scene.call('o1').status.kind).toBe('placing')
  })

  it('whose place is just being kept, the goodbye not yet over, is rung beside that', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    calls(scene, 'alice')
    expect([scene.call('c1').offers, scene.call('o1').status.kind]).toEqual([[], 'placing'])
  })

  it('for whose kept place another’s phone rings already does not ring as well', () => {
    const scene = kept()
    scene.asks('bruno', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    expect(calls(scene, 'alice')).toMatchObject({ facts: [], effects: [] })
  })

  it('of somebody whom another is just calling for their place is not called as well', () => {
    const scene = kept()
    scene.asks('bruno', 'ready')
    scene.answers('c1')
    expect(scene.call('c1').status.kind).toBe('dialling')
    expect(calls(scene, 'alice')).toMatchObject({ facts: [], effects: [] })
  })

  it('under the id of a call that there is does nothing', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1', null)
    scene.asks('bruno', 'paused')
    expect(calls(scene, 'bruno', number, 'c1')).toMatchObject({ facts: [], effects: [] })
  })

  it('talks as long as anybody, and who is not reached ends by the desk’s word', () => {
    const scene = dialling()
    scene.give({ type: 'leg-answered', leg: theirs })
    expect(scene.effects('connect')).toMatchObject([{ limitS: settings.capMs / 1_000 + 10 }])
    const busy = dialling()
    busy.gone(theirs, 17)
    expect(busy.facts('call-ended')).toMatchObject([{ reason: 'unanswered', by: 'desk' }])
  })
})

describe('after a restart', () => {
  const legs = (state: 'down' | 'ringing' | 'up') => [
    { id: 'o1~leg0', role: 'leg' as const },
    { id: theirs, role: 'leg' as const, state },
  ]
  it('a phone that rings or is on its way goes on, one that answered is joined', () => {
    for (const state of ['ringing', 'down'] as const) expect(dialling().finds(legs(state), { 'o1~leg0~bridge': [] }).effects).toEqual([])
    expect(
      dialling()
        .finds(legs('up'))
        .effects.map((e) => e.type),
    ).toEqual(['stop-playing', 'connect'])
  })

  it('what is gone is not dialled twice: the other phone is hung up', () => {
    const scene = dialling()
    scene.finds(legs('up').slice(0, 1))
    expect(scene.facts('dialling-ended')).toEqual([expect.objectContaining({ reason: 'lost' })])
    expect(new Set(scene.hungUp)).toEqual(new Set(['o1~leg0']))
  })

  it('an operator who is there no more has given up: whom they called is not left ringing', () => {
    const scene = dialling()
    scene.finds(legs('ringing').slice(1))
    expect(scene.facts('dialling-ended')).toMatchObject([{ reason: 'cancelled' }])
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'withdrawn' }])
    expect([...new Set(scene.hungUp)]).toEqual([theirs])
  })
})

describe('what may be dialled', () => {
  const may = (to: string) => refusalOf(emptyDesk, settings, { number: to, operatorId: 'alice', now: nine })

  it.each(['ext:4242', '+33561551234', '+33612345678', '+33970123456'])('%s is allowed', (to) => expect(may(to)).toBeNull())
  it.each(['+33899123456', '+33820123456', '+4915112345678', '+15551234567', '+262262123456'])('%s is not', (to) =>
    expect(may(to)).toBe('not-allowed'),
  )

  it('a thousand attempts elsewhere ring no phone, and each is written down', () => {
    const scene = Scene.open('alice', 'bruno')
    for (let n = 0; n < 1_000; n += 1) {
      const to = `+${['1', '33899', '44', '882', '262'][n % 5]}${String(10_000_000 + n)}`
      calls(scene.after(100), n % 2 === 0 ? 'alice' : 'bruno', to, `o${n}`)
      expect(scene.last.effects).toEqual([])
      expect(scene.facts('outgoing-refused')).toHaveLength(1)
    }
  })

  it('an operator’s ceiling holds for an hour, and leaves the extensions free', () => {
    const scene = Scene.open('alice')
    const { perOperatorPerHour } = settings.outgoing
    for (let n = 0; n < perOperatorPerHour; n += 1) {
      calls(scene.after(1_000), 'alice', number, `o${n}`)
      scene.give({ type: 'leg-answered', leg: `o${n}~leg0` })
      scene.gone(`o${n}~out1`, 17)
    }
    calls(scene, 'alice', number, 'over')
    expect(scene.facts('outgoing-refused')).toEqual([expect.objectContaining({ reason: 'ceiling', operatorId: 'alice' })])
    calls(scene, 'alice', 'ext:4242', 'inside')
    expect(scene.effects('ring')).toHaveLength(1)
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'inside' })
    calls(scene.after(3_600_000), 'alice', number, 'later')
    expect(scene.effects('ring')).toHaveLength(1)
  })
})
