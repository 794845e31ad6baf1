import { describe, expect, it } from 'vitest'
import { everySituation, at } from './situations.ts'
import { claire, Scene, settings } from './scene.ts'

/** What stops the dialplan's watchdog, or gives it a new limit. */
const calledOff = new Set(['take-over', 'hold', 'record'])

describe('a caller arrives', () => {
  it('while an operator is ready: the phone rings, the caller hears ringback and is not answered', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    // The phone first: nothing may delay its ringing.
    expect(scene.last.effects).toEqual([
      {
        type: 'ring',
        leg: 'c1~leg0',
        to: { kind: 'operator', operatorId: 'alice' },
        caller: 'c1',
        shows: { number: '+33561551234', name: 'Claire Dubois' },
        bridge: 'c1~leg0~bridge',
        timeoutS: 25,
      },
      { type: 'take-over', channel: 'c1', beside: true },
    ])
    expect(scene.call('c1').status.kind).toBe('ringing')
    expect(scene.operator('alice').status).toMatchObject({ kind: 'offered', callId: 'c1' })
  })

  it('while nobody is ready: answered at once, told to wait, with music and the key for a message', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    expect(scene.last.effects.map((e) => e.type)).toEqual(['answer', 'hold', 'play'])
    expect(scene.said).toEqual(['other-language', 'waiting', 'key-for-message', 'offer-callback', 'position-1'])
  })

  it('behind others: the position is said', () => {
    const scene = Scene.open()
    for (const id of ['c1', 'c2', 'c3']) scene.arrives(id)
    expect(scene.said).toEqual(['other-language', 'waiting', 'key-for-message', 'offer-callback', 'position-3'])
  })

  it('while the desk is closed: the closed message, then the tone, though an operator be ready', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1')
    expect(scene.last.effects.map((e) => e.type)).toEqual(['take-over', 'answer', 'play'])
    expect(scene.said).toEqual(['other-language', 'closed', 'message-other-number', 'after-the-tone'])
    scene.played('c1')
    expect(scene.last.effects).toEqual([{ type: 'record', channel: 'c1', recording: 'message-c1', maxS: settings.messageMaxS }])
  })

  it('before the desk has said whether it is open: as when closed', () => {
    const scene = new Scene()
    scene.arrives('c1')
    expect(scene.said).toEqual(['other-language', 'closed', 'message-other-number', 'after-the-tone'])
  })

  it('without a usable number: the phone shows so', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1', null)
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ shows: { number: null, name: 'numéro masqué' } })])
  })

  it('whose number is several people’s: the phone shows the number, no name', () => {
    const scene = Scene.open('alice')
    scene.give({
      type: 'call-arrived',
      channel: 'c1',
      number: '+33561552000',
      dialled: null,
      people: [claire, { ...claire, id: 'p2', name: 'Paul Martin' }],
    })
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ shows: { number: '+33561552000', name: '05 61 55 20 00' } })])
  })

  it('and is known a moment later: everybody the number may be is kept', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'call-arrived', channel: 'c1', number: '+33561551234', dialled: null, people: [] })
    scene.give({ type: 'caller-identified', callId: 'c1', people: [claire] })
    expect(scene.call('c1').people).toEqual([claire])
    expect(scene.give({ type: 'caller-identified', callId: 'c2', people: [claire] }).facts).toEqual([])
  })
})

describe('who is rung', () => {
  it('the operator ready for longest', () => {
    const scene = Scene.open('bruno', 'alice')
    scene.arrives('c1')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    scene.arrives('c2')
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })

  it('asking again to be ready loses nobody their place', () => {
    const scene = Scene.open('bruno', 'alice')
    expect(scene.asks('bruno', 'ready').facts).toEqual([])
    scene.arrives('c1')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
  })

  it('the first to have arrived is served first when an operator becomes ready', () => {
    const scene = Scene.open()
    for (const id of ['c1', 'c2', 'c3']) scene.arrives(id)
    scene.asks('chloe', 'ready')
    expect(scene.facts('offer-made')).toEqual([expect.objectContaining({ callId: 'c1', operatorId: 'chloe' })])
  })

  it('nobody who is paused, away, in wrap-up or talking', () => {
    const scene = at('talking')
    scene.asks('bruno', 'paused')
    scene.arrives('c2')
    expect(scene.facts('offer-made')).toEqual([])
    scene.gone('c1')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    expect(scene.facts('offer-made')).toEqual([])
    scene.asks('alice', 'ready')
    expect(scene.facts('offer-made')).toEqual([expect.objectContaining({ callId: 'c2', operatorId: 'alice' })])
  })
})

describe.each(everySituation)('a call that arrives again (%s)', (situation) => {
  it('is the same call, taken over again with nothing said twice at once', () => {
    const scene = at(situation)
    const before = scene.call('c1')
    scene.arrives('c1')
    expect(scene.facts('call-arrived')).toEqual([])
    if (situation === 'talking') return expect(scene.hungUp).toContain('c1')
    expect(scene.last.effects.filter((e) => calledOff.has(e.type))).toHaveLength(1)
    expect(scene.call('c1')).toMatchObject({ order: before.order, arrivedAt: before.arrivedAt, offers: before.offers })
    expect(scene.effects('play').length).toBeLessThanOrEqual(1)
  })
})

describe('a call that the dialplan hands back', () => {
  it('in the middle of a conversation, where nobody is with it any more, was cut', () => {
    const scene = at('talking')
    scene.arrives('c1')
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'cut', by: 'desk' }])
  })

  it('in the middle of a message: what was said is kept, and the caller told', () => {
    const scene = at('leaving a message')
    scene.arrives('c1')
    expect([scene.facts('message-left').length, scene.said]).toEqual([1, ['message-kept']])
  })

  it('that rings goes on ringing beside; on the closed side the dialplan gives way', () => {
    const rings = Scene.open('alice')
    rings.arrives('c1')
    expect(rings.effects('take-over')).toMatchObject([{ beside: true }])
    const closed = Scene.open()
    closed.give({ type: 'hours', open: false })
    closed.arrives('c1')
    expect(closed.effects('take-over')).toMatchObject([{ beside: false }])
  })
})
