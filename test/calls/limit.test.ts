import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide } from '../../server/calls/decide.ts'
import { extensionMs } from '../../server/calls/limit.ts'
import { Scene, settings } from './scene.ts'
import { at } from './situations.ts'
import { bruno } from './talking.ts'

const minute = 60_000
const extend = { type: 'operator-extends', operatorId: 'alice', callId: 'c1', reason: 'Diagnostic en cours' } as const
const hold = (on: boolean) => ({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on }) as const

/** In conversation since thirty seconds. */
const left = (scene: ReturnType<typeof at>) => {
  const { status } = scene.call('c1')
  return status.kind === 'talking' ? status.capAt - scene.now : Number.NaN
}

describe('the limit of a conversation', () => {
  it('says nothing before two minutes are left', () => {
    const scene = at('talking')
    scene.now += left(scene) - 2 * minute - 1
    expect(scene.give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
  })

  it('whispers to the operator alone two minutes before, announces to both one minute before, then ends politely', () => {
    const scene = at('talking')
    scene.falls()
    expect(left(scene)).toBe(2 * minute)
    expect(scene.last.effects).toEqual([{ type: 'whisper', channel: 'c1~leg0' }])
    scene.falls()
    expect(left(scene)).toBe(minute)
    expect(scene.last.effects).toEqual([
      expect.objectContaining({ type: 'announce', bridge: 'c1~leg0~bridge', sounds: ['sound:guichet/limit-soon'] }),
    ])
    scene.falls()
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'leave-bridge', 'drop-bridge', 'limit', 'play'])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.played('c1')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'capped' })])
  })

  it('that only warns gives the operator the tone twice, and ends nothing', () => {
    const scene = at('talking')
    const warning = { ...settings, capCuts: false }
    const falls = () => {
      scene.now = nextDeadline(scene.state, warning) ?? Number.NaN
      return decide(scene.state, { type: 'tick' }, scene.now, warning)
    }
    const before = falls()
    scene.state = before.state
    expect(left(scene)).toBe(2 * minute)
    const at15 = falls()
    scene.state = at15.state
    expect(left(scene)).toBe(0)
    expect([...before.effects, ...at15.effects].map((e) => e.type)).toEqual(['whisper', 'whisper', 'limit'])
    // It began under a limit that cuts.
    expect(at15.effects.at(-1)).toEqual({ type: 'limit', channel: 'c1', leg: 'c1~leg0', limitS: 4 * 3_600 + 10 })
    expect(nextDeadline(scene.state, warning)).toBeNull()
  })

  it.each([
    ['only warns on a line of its own that says so, however the desk has it', true, false, ['whisper', 'whisper', 'limit']],
    ['ends on a line of its own that says so, where the desk only warns', false, true, ['whisper', 'announce', 'hang-up']],
  ])('%s', (_what, capCuts, limitCuts, told) => {
    const scene = at('talking')
    const own = { ...settings, capCuts, lines: settings.lines.map((line) => ({ ...line, limitCuts })) }
    const effects = Array.from({ length: 3 }, () => {
      scene.now = nextDeadline(scene.state, own) ?? scene.now
      const decision = decide(scene.state, { type: 'tick' }, scene.now, own)
      scene.state = decision.state
      return decision.effects.map((e) => e.type)
    })
    expect(effects.flat().slice(0, told.length)).toEqual(told)
    expect(scene.call('c1').status.kind).toBe(limitCuts ? 'ending' : 'talking')
  })

  it('is said to both once, to the operator once, however often one looks', () => {
    const scene = at('talking')
    scene.falls()
    expect(scene.after(1_000).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
    scene.falls()
    expect(scene.after(1_000).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
  })

  it('looked at again only after it fell, ends at once without the warnings it missed', () => {
    const scene = at('talking')
    scene.now += left(scene) + 5_000
    scene.give({ type: 'tick' })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'leave-bridge', 'drop-bridge', 'limit', 'play'])
  })

  it('put off by its operator, runs five minutes longer on both legs, warns again, and the reason is written', () => {
    const scene = at('talking')
    scene.falls()
    const before = left(scene)
    scene.give(extend)
    expect(extensionMs(settings)).toBe(5 * minute)
    expect(left(scene)).toBe(before + 5 * minute)
    expect(scene.facts('limit-extended')).toEqual([expect.objectContaining({ operatorId: 'alice', reason: 'Diagnostic en cours' })])
    expect(scene.last.effects).toEqual([{ type: 'limit', channel: 'c1', leg: 'c1~leg0', limitS: 7 * 60 + 10 }])
    scene.falls()
    expect(scene.last.effects.map((e) => e.type)).toEqual(['whisper'])
  })

  it('put off, is put off for whoever was asked as well, and is told where the operator talks to them', () => {
    const scene = at('talking')
    scene.asks('bruno', 'ready')
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    const asked = scene.effects('ring')[0]?.leg ?? ''
    scene.give(extend)
    expect(scene.effects('limit').map(({ leg }) => leg)).toEqual(['c1~leg0'])
    scene.give({ type: 'leg-answered', leg: asked })
    scene.give(extend)
    expect(scene.effects('limit').map(({ leg }) => leg)).toEqual(['c1~leg0', asked])
    scene.falls()
    scene.falls()
    expect(scene.effects('announce').map(({ bridge }) => bridge)).toEqual([`${asked}~bridge`])
    scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    scene.give(extend)
    expect(scene.effects('limit').map(({ leg }) => leg)).toEqual(['c1~leg0', asked])
  })

  it('put off while Asterisk could not be told, is put off there once it can', () => {
    const scene = at('talking')
    const both = [{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' as const }]
    const bridges = { 'c1~leg0~bridge': ['c1', 'c1~leg0'] }
    scene.finds(both, bridges)
    expect(scene.last.effects).toEqual([])
    scene.give(extend)
    scene.after(60_000).finds(both, bridges)
    expect(scene.last.effects).toEqual([{ type: 'limit', channel: 'c1', leg: 'c1~leg0', limitS: left(scene) / 1_000 + 10 }])
  })

  it('is not put off by somebody else, nor for another call', () => {
    const scene = at('talking')
    expect(scene.give({ ...extend, operatorId: 'bruno' })).toMatchObject({ facts: [], effects: [] })
    expect(scene.give({ ...extend, callId: 'c2' })).toMatchObject({ facts: [], effects: [] })
  })
})

describe('another limit than fifteen minutes', () => {
  const falls = (scene: ReturnType<typeof at>) => {
    scene.falls()
    return [scene.last.effects[0]?.type, left(scene)]
  }
  it.each([
    ['a shorter one warns in proportion', 3 * minute, 24_000, 12_000],
    ['a longer one not earlier than two minutes before', 60 * minute, 2 * minute, minute],
  ])('%s', (_what, capMs, whispers, announces) => {
    const scene = at('ringing').under({ ...settings, capMs })
    scene.answers('c1')
    expect([falls(scene), falls(scene)]).toEqual([
      ['whisper', whispers],
      ['announce', announces],
    ])
  })
})

describe('a limit that only warns', () => {
  const warns = { ...settings, capCuts: false }
  const begun = () => {
    const scene = at('ringing').under(warns)
    scene.answers('c1')
    return scene
  }

  it('leaves the conversation four hours more of Asterisk’s own, and finds its limit again in what is left of them', () => {
    const scene = begun()
    expect(scene.effects('connect')).toMatchObject([{ limitS: 15 * 60 + 4 * 3_600 + 10 }])
    const found = Scene.open().under(warns)
    const talk = {
      callId: 'c9',
      channel: 'c9',
      leg: 'c9~leg0',
      bridge: 'c9~leg0~bridge',
      operatorId: 'alice',
      called: null,
      recording: null,
      serial: 1_000,
    }
    found.finds([{ id: 'c9' }, { id: 'c9~leg0', role: 'leg' }], { 'c9~leg0~bridge': ['c9', 'c9~leg0'] }, [], null, [
      { ...talk, leftS: 4 * 3_600 + 310 },
    ])
    expect(found.call('c9').status).toMatchObject({ capAt: found.now + 5 * minute })
  })

  it('put off long after it passed, runs five minutes from now: the operator is warned anew, not at once', () => {
    const scene = begun()
    scene.falls()
    scene.falls()
    expect(left(scene)).toBe(0)
    scene.after(20 * minute).give(extend)
    expect(left(scene)).toBe(extensionMs(settings))
    scene.give({ type: 'tick' })
    expect(scene.effects('whisper')).toEqual([])
    scene.falls()
    expect([left(scene), scene.effects('whisper')]).toEqual([2 * minute, [{ type: 'whisper', channel: 'c1~leg0' }]])
  })

  it('gives each tone once, however often one looks', () => {
    const scene = begun()
    for (let n = 0; n < 2; n += 1) {
      scene.falls()
      expect(scene.effects('whisper')).toHaveLength(1)
      expect(scene.give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
    }
    expect(scene.after(minute).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
  })

  it.each([true, false])('gives none to whom a caller outside the desk was handed over (cuts: %s)', (capCuts) => {
    const scene = at('talking').under({ ...settings, capCuts })
    const outside = { kind: 'number', number: '+33561556611', name: 'Standard' } as const
    scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: outside })
    scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
    scene.asks('alice', 'offline')
    scene.falls()
    expect(scene.facts('limit-warned')).toMatchObject([{ how: 'whispered' }])
    expect(scene.effects('whisper')).toEqual([])
  })
})

describe('a caller on hold', () => {
  it('goes to the music with what is left of the limit, and comes back into the same conversation', () => {
    const scene = at('talking')
    scene.give(hold(true))
    expect(scene.last.effects).toEqual([{ type: 'hold', channel: 'c1', limitS: 14 * 60 + 30 + 10 }])
    scene.after(minute).give(hold(false))
    expect(scene.last.effects).toEqual([
      { type: 'connect', caller: 'c1', leg: 'c1~leg0', bridge: 'c1~leg0~bridge', limitS: 13 * 60 + 30 + 10 },
    ])
  })

  it('is held once, whoever asks twice or is not in that conversation', () => {
    const scene = at('talking')
    expect(scene.give({ ...hold(true), operatorId: 'bruno' })).toMatchObject({ facts: [] })
    scene.give(hold(true))
    expect(scene.give(hold(true))).toMatchObject({ facts: [], effects: [] })
  })

  it('hears the announcement of the limit too', () => {
    const scene = at('talking')
    scene.give(hold(true))
    scene.falls()
    scene.falls()
    expect(scene.last.effects.map((e) => e.type)).toEqual(['announce', 'play'])
  })

  it('who hangs up ends the conversation', () => {
    const scene = at('talking')
    scene.give(hold(true))
    scene.gone('c1')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'completed', by: 'caller' })])
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'drop-bridge'])
  })

  it('is still on hold after a restart', () => {
    const scene = at('talking')
    scene.give(hold(true))
    scene.give({
      type: 'inventory',
      inventory: {
        startedAt: null,
        channels: [
          { id: 'c1', state: 'up', role: 'caller', number: null, dialled: null, people: [] },
          { id: 'c1~leg0', state: 'up', role: 'leg', number: null, dialled: null, people: [] },
        ],
        bridges: new Map([['c1~leg0~bridge', ['c1~leg0']]]),
        recordings: [],
        talks: [],
      },
    })
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hold'])
  })
})
