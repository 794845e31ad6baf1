import { describe, expect, it } from 'vitest'
import type { RosterEntry } from '../../server/calls/model.ts'
import { rejoinMs } from '../../server/calls/rejoining.ts'
import { roster, Scene, settings } from './scene.ts'

const withBrowser: readonly RosterEntry[] = roster.map((entry) => ({ ...entry, phone: entry.id === 'alice' ? 'browser' : null }))
const here = (is: boolean) => ({ type: 'browser-phone', operatorId: 'alice', here: is }) as const
const asks = { type: 'operator-rejoins', operatorId: 'alice', callId: 'c1' } as const

/** Alice talks to c1 by her browser. */
function talking(...ready: readonly string[]): Scene {
  const scene = Scene.open('alice', ...ready)
  scene.give({ type: 'roster', operators: withBrowser })
  scene.give(here(true))
  scene.arrives('c1')
  scene.answers('c1')
  return scene.after(30_000)
}
const talk = (scene: Scene) => {
  const { status } = scene.call('c1')
  if (status.kind !== 'talking') throw new Error(status.kind)
  return status
}
const newLeg = (scene: Scene) => talk(scene).rejoining?.leg ?? ''
/** The page is loaded anew: its connection goes, its leg with it, and it is back after a second. */
function reloaded(scene: Scene): Scene {
  scene.give(here(false))
  scene.gone(scene.leg('c1'))
  scene.after(1_000).give(here(true))
  return scene
}

describe('a page loaded anew during a conversation', () => {
  it('leaves the caller with music, and no end', () => {
    const scene = talking()
    scene.give(here(false))
    scene.gone(scene.leg('c1'))
    expect(scene.effects('hold')).toMatchObject([{ channel: 'c1' }])
    expect(scene.facts('call-ended')).toEqual([])
    expect(talk(scene).rejoining).toEqual({ since: scene.now, leg: null })
    expect(scene.operator('alice').status.kind).toBe('talking')
  })

  it('leaves the caller told of the limit, if that is when it is said', () => {
    const scene = talking()
    scene.falls()
    scene.after(55_000).give(asks)
    scene.after(6_000).give({ type: 'tick' })
    expect(scene.effects('play')).toMatchObject([{ channel: 'c1', sounds: ['sound:guichet/limit-soon'] }])
  })

  it('is rung as soon as it is back, and both talk in the same bridge', () => {
    const scene = reloaded(talking())
    const { bridge } = talk(scene)
    expect(scene.effects('ring')).toMatchObject([{ leg: newLeg(scene), to: { operatorId: 'alice' }, bridge: null }])
    const leg = newLeg(scene)
    scene.give({ type: 'leg-answered', leg })
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c1', leg, bridge }])
    expect(talk(scene)).toMatchObject({ leg, rejoining: null })
  })

  it('asks by itself when its old leg is still there, which then goes', () => {
    const scene = talking()
    const old = scene.leg('c1')
    scene.give(asks)
    expect(scene.hungUp).toEqual([old])
    expect(scene.effects('ring')).toHaveLength(1)
    expect(scene.gone(old).facts).toEqual([])
    expect(scene.give(asks).facts).toEqual([])
  })

  it('is on hold and muted as before', () => {
    const scene = talking()
    scene.give({ type: 'operator-mutes', operatorId: 'alice', callId: 'c1', on: true })
    scene.give({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on: true })
    reloaded(scene)
    const leg = newLeg(scene)
    scene.give({ type: 'leg-answered', leg })
    expect(scene.effects('connect')).toEqual([])
    expect(scene.effects('join')).toMatchObject([{ channel: leg, bridge: talk(scene).bridge }])
    expect(scene.effects('mute')).toMatchObject([{ channel: leg, on: true }])
    scene.give({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on: false })
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c1', leg }])
  })

  it('is on hold, with the limit that Asterisk has for everybody in the conversation', () => {
    const scene = talking()
    scene.give({ type: 'operator-holds', on: true, operatorId: 'alice', callId: 'c1' })
    reloaded(scene)
    const leg = newLeg(scene)
    scene.give({ type: 'leg-answered', leg })
    expect(scene.effects('limit')).toMatchObject([{ leg, limitS: 15 * 60 - 31 + 10 }])
  })

  it('is tried again when its new leg fails as well', () => {
    const scene = reloaded(talking())
    scene.gone(newLeg(scene), 41)
    expect(talk(scene).rejoining?.leg).toBeNull()
    scene.give(asks)
    expect(scene.effects('ring')).toHaveLength(1)
  })

  it('has a ring that could not be asked for taken back, which may be under way all the same', () => {
    const scene = reloaded(talking())
    const leg = newLeg(scene)
    scene.give({ type: 'command-failed', command: 'ring', target: leg })
    expect(scene.hungUp).toEqual([leg])
    scene.after(1_000).give(asks)
    scene.gone(newLeg(scene), 19)
    expect(scene.hungUp).toEqual([])
  })

  it('does not come back: the caller is told, and is the next one’s, first in line', () => {
    const scene = talking('bruno')
    scene.arrives('c2', null)
    scene.give({ type: 'operator-asks', operatorId: 'bruno', change: { state: 'paused', reason: 'Repas' } })
    scene.give(here(false))
    scene.gone(scene.leg('c1'))
    scene.after(rejoinMs).give({ type: 'tick' })
    expect(scene.said).toEqual(['talk-lost'])
    expect(scene.call('c1').status.kind).toBe('waiting')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.asks('bruno', 'ready')
    expect(scene.facts('offer-made').map((f) => f.callId)).toEqual(['c1'])
  })

  it('does not come back to somebody whom we called: they are let go', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'roster', operators: withBrowser })
    scene.give(here(true))
    scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'out-1', number: '+33561551234', people: [], owedId: null })
    scene.answers('out-1')
    scene.give({ type: 'leg-answered', leg: scene.call('out-1').channel })
    scene.gone(scene.leg('out-1'))
    scene.after(rejoinMs).give({ type: 'tick' })
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'cut', by: 'desk' }])
  })

  it('is over when the caller hangs up, or the operator ends it', () => {
    const caller = reloaded(talking())
    const leg = newLeg(caller)
    caller.gone('c1')
    expect(caller.facts('call-ended')).toMatchObject([{ by: 'caller' }])
    expect(caller.hungUp).toContain(leg)
    const operator = reloaded(talking())
    operator.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(operator.facts('call-ended')).toMatchObject([{ by: 'operator' }])
  })

  it('hands nothing over and holds nobody meanwhile', () => {
    const scene = reloaded(talking('bruno'))
    const bruno = { kind: 'operator', operatorId: 'bruno', name: 'bruno' } as const
    expect(scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: bruno }).facts).toEqual([])
    expect(scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno }).facts).toEqual([])
    expect(scene.give({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on: true }).facts).toEqual([])
  })

  it('drops a question that still rings, and hands over one that is being talked about', () => {
    const bruno = { kind: 'operator', operatorId: 'bruno', name: 'bruno' } as const
    const rings = talking('bruno')
    rings.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    rings.gone(rings.leg('c1'))
    expect(talk(rings)).toMatchObject({ consult: null, rejoining: { leg: expect.any(String) } })
    const talks = talking('bruno')
    talks.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    talks.give({ type: 'leg-answered', leg: talk(talks).consult?.leg ?? '' })
    talks.gone(talks.leg('c1'))
    expect(talks.facts('call-transferred')).toMatchObject([{ target: bruno }])
  })

  it('is taken up where it stands after a restart of the service', () => {
    const gone = talking()
    gone.finds([{ id: 'c1' }])
    expect(talk(gone).rejoining).toEqual({ since: gone.now, leg: expect.any(String) })
    const ringing = reloaded(talking())
    const leg = newLeg(ringing)
    expect(ringing.finds([{ id: 'c1' }, { id: leg, role: 'leg', state: 'ringing' }])).toMatchObject({
      facts: [],
      effects: [{ type: 'hold', channel: 'c1' }],
    })
    ringing.finds([{ id: 'c1' }, { id: leg, role: 'leg', state: 'up' }])
    expect(talk(ringing)).toMatchObject({ leg, rejoining: null })
    const hungUp = reloaded(talking())
    hungUp.finds([{ id: 'c1' }])
    expect(talk(hungUp).rejoining?.leg).toBeNull()
    expect(hungUp.finds([{ id: 'c1' }]).facts).toEqual([])
  })

  it('has its old leg let go after a restart too, when the service was killed before it was', () => {
    const scene = talking()
    const leg = scene.leg('c1')
    scene.give(asks)
    scene.finds([{ id: 'c1' }, { id: leg, role: 'leg' }])
    expect(scene.hungUp).toEqual([leg])
  })

  it('is nobody else’s to ask for, and nobody’s whose phone is another', () => {
    const scene = talking('bruno')
    expect(scene.give({ ...asks, operatorId: 'bruno' }).facts).toEqual([])
    scene.give({ type: 'roster', operators: roster })
    expect(scene.give(asks).facts).toEqual([])
  })

  it('another phone’s end is the operator’s word, as ever', () => {
    const scene = Scene.open('bruno')
    scene.arrives('c1')
    scene.answers('c1')
    scene.gone(scene.leg('c1'))
    expect(scene.facts('call-ended')).toMatchObject([{ by: 'operator' }])
  })

  it('rings with who is on the line, for as long as any phone', () => {
    const scene = reloaded(talking())
    expect(scene.effects('ring')).toMatchObject([
      { caller: 'c1', shows: { number: '+33561551234', name: 'Claire Dubois' }, timeoutS: settings.ringMs / 1_000 + 5 },
    ])
  })

  it('is rung at once when its sound alone is gone, and its connection is there', () => {
    const scene = talking()
    scene.gone(scene.leg('c1'))
    expect(scene.effects('ring')).toHaveLength(1)
    expect(scene.hungUp).toEqual([])
  })

  it('asks while its connection is not known: it is there all the same', () => {
    const scene = talking()
    scene.give(here(false))
    scene.give(asks)
    expect(scene.effects('ring')).toHaveLength(1)
  })

  it('is back: rings once, for its own conversation alone', () => {
    const everybody = roster.map((entry) => ({ ...entry, phone: 'browser' as const }))
    const scene = Scene.open('alice', 'bruno')
    scene.give({ type: 'roster', operators: everybody })
    for (const { id } of everybody) scene.give({ type: 'browser-phone', operatorId: id, here: true })
    for (const id of ['c1', 'c2']) {
      scene.arrives(id, null)
      scene.answers(id)
    }
    scene.arrives('c3', null)
    for (const { id } of everybody) scene.give({ type: 'browser-phone', operatorId: id, here: false })
    for (const id of ['c1', 'c2']) scene.gone(scene.leg(id))
    scene.give(here(true))
    expect(scene.effects('ring').map(({ leg, to }) => [leg.split('~')[0], to])).toEqual([['c1', { kind: 'operator', operatorId: 'alice' }]])
    const leg = newLeg(scene)
    scene.give(here(false))
    scene.give(here(true))
    expect([scene.effects('ring'), newLeg(scene)]).toEqual([[], leg])
  })

  it('has each ring under an id of its own', () => {
    const scene = reloaded(talking())
    const legs = [newLeg(scene)]
    for (let n = 0; n < 3; n += 1) {
      scene.gone(newLeg(scene), 41)
      scene.give(asks)
      legs.push(newLeg(scene))
    }
    expect(new Set(legs).size).toBe(4)
  })

  it('and picks up is not muted, where it was not', () => {
    const scene = reloaded(talking())
    scene.give({ type: 'leg-answered', leg: newLeg(scene) })
    expect(scene.effects('mute')).toEqual([])
  })

  it('lets a supervisor go, who listened through its leg', () => {
    const scene = talking()
    scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
    scene.give({ type: 'leg-answered', leg: talk(scene).watch?.leg ?? '' })
    scene.gone(scene.leg('c1'))
    expect(scene.facts('watch-ended')).toHaveLength(1)
    expect(scene.operator('chloe').status.kind).toBe('offline')
  })

  it('is waited for as long as it was said, and no longer', () => {
    const scene = talking()
    scene.give(here(false))
    scene.gone(scene.leg('c1'))
    expect(scene.after(rejoinMs - 1).give({ type: 'tick' })).toMatchObject({ facts: [], effects: [] })
    scene.falls()
    expect(scene.call('c1').status.kind).toBe('waiting')
  })

  it('does not come back while it rings: the phone stops, the conversation’s bridge goes, and the wait is what it was', () => {
    const scene = reloaded(talking())
    const [leg, { arrivedAt }] = [newLeg(scene), scene.call('c1')]
    scene.after(rejoinMs).give({ type: 'tick' })
    expect(scene.hungUp).toEqual(['c1~leg0', leg])
    expect(scene.last.effects.map((e) => e.type)).toEqual([
      'hang-up',
      'hang-up',
      'drop-bridge',
      'drop-bridge',
      'hold',
      'leave-talk',
      'play',
    ])
    expect(scene.effects('drop-bridge').map(({ bridge }) => bridge)).toContain('c1~leg0~bridge')
    expect(scene.call('c1')).toMatchObject({ arrivedAt, status: { kind: 'waiting', keeping: null, aboutTicket: false } })
  })

  it('does not come back to whoever had waited long before: that is an alarm at once', () => {
    const scene = talking().under({ ...settings, alarmMs: 60_000 })
    scene.after(60_000).give(here(false))
    scene.gone(scene.leg('c1'))
    scene.after(rejoinMs).give({ type: 'tick' })
    expect(scene.facts('wait-alarm')).toMatchObject([{ callId: 'c1' }])
  })
})
