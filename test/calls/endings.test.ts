import { describe, expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'
import { at, everySituation } from './situations.ts'
import { asks, bruno } from './talking.ts'

const endsAs = {
  ringing: 'abandoned',
  waiting: 'abandoned',
  'waiting with music': 'abandoned',
  'waiting while a phone rings': 'abandoned',
  talking: 'completed',
  closed: 'closed',
  'invited to leave a message': 'abandoned',
  'asked for the number of a message': 'abandoned',
  'leaving a message': 'message',
  ending: 'message',
} as const

describe.each(everySituation)('the caller hangs up (%s)', (situation) => {
  it(`the call ends as ${endsAs[situation]}, and nothing of it is left`, () => {
    const scene = at(situation)
    const { offers, status } = scene.call('c1')
    const leg = offers[0]?.leg ?? (status.kind === 'talking' ? status.leg : null)
    scene.gone('c1')
    expect(scene.facts('call-ended')).toEqual([
      { at: scene.now, type: 'call-ended', callId: 'c1', reason: endsAs[situation], by: 'caller' },
    ])
    expect(scene.state.calls.size).toBe(0)
    expect(scene.last.effects).toEqual(
      leg === null
        ? []
        : [
            { type: 'hang-up', channel: leg },
            { type: 'drop-bridge', bridge: `${leg}~bridge`, channel: leg },
          ],
    )
  })

  it('and once more: nothing happens', () => {
    const scene = at(situation)
    scene.gone('c1')
    expect(scene.gone('c1')).toMatchObject({ facts: [], effects: [] })
  })
})

describe('the caller who hangs up', () => {
  it('while a phone rings leaves its operator ready, without a miss, at the same place', () => {
    const scene = Scene.open('alice', 'bruno')
    const { since } = scene.operator('alice').status
    scene.arrives('c1')
    scene.after(5_000).gone('c1')
    expect(scene.operator('alice')).toMatchObject({ misses: 0, restUntil: 0, status: { kind: 'ready', since } })
  })

  it('while talking leaves the operator in wrap-up, until ready again', () => {
    const scene = at('talking')
    scene.gone('c1')
    expect(scene.operator('alice').status).toMatchObject({ kind: 'wrap-up', callId: 'c1' })
    scene.asks('alice', 'ready')
    expect(scene.operator('alice').status.kind).toBe('ready')
  })

  it('lets the next in line move up: the freed phone rings for it', () => {
    const scene = at('ringing')
    scene.arrives('c2')
    scene.gone('c1')
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })
})

describe('the operator’s side ends', () => {
  it('on the phone: the caller is hung up too', () => {
    const scene = at('talking')
    scene.gone(scene.leg('c1'))
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'completed', by: 'operator' })])
    expect(scene.hungUp).toContain('c1')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('on the phone: the next caller rings at once, before Asterisk has taken the channel away, which then changes nothing', () => {
    const scene = at('talking').under({ ...settings, wrapUpMs: 0 })
    scene.arrives('c2')
    const leg = scene.leg('c1')
    const { effects } = scene.hangsUp(leg)
    expect(effects).toContainEqual(expect.objectContaining({ type: 'ring', caller: 'c2' }))
    expect(scene.hungUp).toEqual(['c1'])
    expect(scene.gone(leg)).toMatchObject({ facts: [], effects: [] })
  })

  it('on the phone, with whom was asked: the caller goes on with them', () => {
    const scene = asks(bruno)()
    scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
    scene.hangsUp(scene.leg('c1'))
    expect(scene.facts('call-transferred')).toHaveLength(1)
  })

  it.each(['c1', 'c1~leg0'])(
    'only whoever has the conversation counts before their channel is gone (%s that rings or waits)',
    (channel) => {
      for (const situation of everySituation.filter((s) => s !== 'talking')) {
        expect(at(situation).hangsUp(channel)).toMatchObject({ facts: [], effects: [] })
      }
      expect(at('talking').hangsUp('c1')).toMatchObject({ facts: [], effects: [] })
    },
  )

  it('on the screen: both are hung up', () => {
    const scene = at('talking')
    scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(scene.hungUp).toEqual(['c1~leg0', 'c1'])
  })

  it('on another operator’s screen, or with no conversation: nothing happens', () => {
    const scene = at('talking')
    expect(scene.give({ type: 'operator-hangs-up', operatorId: 'bruno', callId: 'c1' })).toMatchObject({ facts: [], effects: [] })
    for (const situation of everySituation.filter((s) => s !== 'talking')) {
      expect(at(situation).give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })).toMatchObject({ facts: [], effects: [] })
    }
  })
})

describe('what conversations have lasted', () => {
  it('is remembered, of the last thousand', () => {
    const scene = Scene.open('alice')
    for (let n = 1; n <= 1_010; n += 1) {
      scene.arrives(`c${n}`)
      scene.answers(`c${n}`)
      scene.after(n * 1_000).gone(`c${n}`)
      scene.asks('alice', 'ready')
    }
    expect(scene.state.talks).toEqual(Array.from({ length: 1_000 }, (_, i) => (i + 11) * 1_000))
  })
})
