import { describe, expect, it } from 'vitest'
import type { OperatorStatus, Target } from '../../server/calls/model.ts'
import { lineOf, waitForNew } from '../../server/calls/outlook.ts'
import { staysOf } from '../../server/calls/patience.ts'
import type { Presence } from '../../server/calls/settings.ts'
import { apart, roster, Scene, settings, twoLines } from './scene.ts'

const press = (scene: Scene, ...keys: readonly string[]) => {
  for (const key of keys) scene.give({ type: 'key-pressed', channel: 'c1', key })
}
/** c1 has kept their place, c2 and c3 wait, a minute apart. */
const standing = () => {
  const scene = Scene.open()
  scene.arrives('c1')
  press(scene, '3', '1')
  scene.gone('c1')
  scene.after(60_000).arrives('c2', '+33561550102')
  scene.after(60_000).arrives('c3', '+33561550103')
  return scene.after(30_000)
}

describe('what the wait of somebody in line depends on', () => {
  it('is who stands before them, for how long already, or with a place that is kept', () => {
    const { state, now } = standing()
    expect(lineOf(state, 'c3', now, settings).ahead).toEqual([null, 90_000])
    expect(lineOf(state, 'c2', now, settings).ahead).toEqual([null])
    expect(lineOf(state, 'c1', now, settings).ahead).toEqual([])
    expect(lineOf(state, 'nobody', now, settings).ahead).toEqual([])
    expect(lineOf(state, 'c3', now, settings)).not.toHaveProperty('reach')
    expect(lineOf(state, 'c3', now, settings)).toMatchObject({ capMs: settings.capMs, wrapUpMs: settings.wrapUpMs ?? 0 })
    expect(lineOf(state, 'c3', now, { ...settings, wrapUpMs: 7_000 }).wrapUpMs).toBe(7_000)
    expect(lineOf(state, 'c3', now, { ...settings, wrapUpMs: null }).wrapUpMs).toBe(0)
  })

  it('is, where lines have operators of their own, when each of those may be rung for whom', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    scene.after(1_000).arrives('c2', '+33561550102')
    scene.after(1_000)
    for (const id of ['alice', 'chloe']) scene.asks(id, 'paused')
    scene.state = {
      ...scene.state,
      operators: new Map([...scene.state.operators].map(([id, o]) => [id, { ...o, status: { kind: 'ready' as const, since: 0 } }])),
    }
    const { reach, servers } = lineOf(scene.state, 'c2', scene.now, twoLines)
    expect([reach?.length, reach?.map((one) => one.length)]).toEqual([2, [servers.length, servers.length]])
    expect(reach?.flat().every((ms) => ms >= 0)).toBe(true)
    const never = lineOf(scene.state, 'c2', scene.now, apart).reach?.at(-1)
    expect(never?.filter((ms) => Number.isFinite(ms)).length).toBe(2)
    expect(lineOf(scene.state, 'nobody', scene.now, twoLines)).not.toHaveProperty('reach')
  })

  it.each<readonly [string, Partial<OperatorStatus> & { readonly kind: string }, number, object | null]>([
    ['is ready', { kind: 'ready', since: 0 }, 0, { kind: 'free', inMs: 0 }],
    ['is ready and rests a moment yet', { kind: 'ready', since: 0 }, 5_000, { kind: 'free', inMs: 5_000 }],
    ['is rung for somebody in line', { kind: 'offered', callId: 'c2' }, 0, { kind: 'free', inMs: 0 }],
    ['is rung for somebody who is not', { kind: 'offered', callId: 'o1' }, 0, { kind: 'talking', forMs: 0, leftMs: settings.capMs }],
    [
      'talks to somebody unknown',
      { kind: 'talking', callId: 'gone', since: -20_000, then: null },
      0,
      { kind: 'talking', forMs: 20_000, leftMs: settings.capMs },
    ],
    ['talks, and is to be away then', { kind: 'talking', callId: 'gone', since: -20_000, then: { kind: 'offline' } }, 0, null],
    [
      'writes up for as long as it takes',
      { kind: 'wrap-up', callId: 'x', since: -4_000, until: null },
      0,
      { kind: 'wrap-up', forMs: 4_000, leftMs: settings.capMs },
    ],
    [
      'writes up until a moment',
      { kind: 'wrap-up', callId: 'x', since: -4_000, until: 3_000 },
      0,
      { kind: 'wrap-up', forMs: 4_000, leftMs: 3_000 },
    ],
    [
      'has written up for too long',
      { kind: 'wrap-up', callId: 'x', since: -4_000, until: -1 },
      0,
      { kind: 'wrap-up', forMs: 4_000, leftMs: 0 },
    ],
    ['is paused', { kind: 'paused', since: 0, reason: 'x' }, 0, null],
    ['is at the front desk', { kind: 'front-desk', since: 0 }, 0, null],
    ['is away', { kind: 'offline', since: 0 }, 0, null],
    ['listens to others', { kind: 'watching', callId: 'x' }, 0, null],
  ])('is an operator who %s, or is not', (_what, status, rest, server) => {
    const { state, now } = standing()
    const from = (at: unknown) => (typeof at === 'number' ? now + at : at)
    const moments = Object.fromEntries(
      Object.entries(status).map(([key, value]) => [key, key === 'since' || key === 'until' ? from(value) : value]),
    )
    const [alice] = [...state.operators.values()]
    if (alice === undefined) throw new Error('nobody')
    const operators = new Map([['alice', { ...alice, status: moments as unknown as OperatorStatus, restUntil: now + rest }]])
    expect(lineOf({ ...state, operators }, 'c3', now, settings).servers).toEqual(server === null ? [] : [server])
  })

  it('is an operator who talks, until the limit of that conversation', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.answers('c1')
    scene.after(100_000)
    expect(lineOf(scene.state, 'x', scene.now, settings).servers).toEqual([
      { kind: 'talking', forMs: 100_000, leftMs: settings.capMs - 100_000 },
    ])
  })

  it('is not one whose telephone is a browser that is not there, unless they talk or write up', () => {
    const scene = Scene.open('alice')
    const [alice] = [...scene.state.operators.values()]
    if (alice === undefined) throw new Error('nobody')
    const servers = (browserHere: boolean, status: OperatorStatus = alice.status) => {
      const operators = new Map([['alice', { ...alice, status, phone: 'browser' as const, browserHere }]])
      return lineOf({ ...scene.state, operators }, 'x', scene.now, settings).servers.length
    }
    expect([servers(true), servers(false)]).toEqual([1, 0])
    expect(servers(false, { kind: 'wrap-up', callId: 'x', since: 0, until: null })).toBe(1)
  })
})

describe('what the rota says of who serves the line', () => {
  const minute = 60_000
  const at = (operatorId: string, fromMinute: number, untilMinute: number): Presence => ({
    operatorId,
    from: fromMinute * minute,
    until: untilMinute * minute,
  })
  /** At minute 0: `status` is alice's, the others are not there. */
  const servers = (status: OperatorStatus, ...presences: readonly Presence[]) => {
    const { state } = standing()
    const operators = new Map(
      [...state.operators].map(([id, o]) => [
        id,
        { ...o, status: id === 'alice' ? status : { kind: 'offline' as const, since: 0 }, restUntil: 0 },
      ]),
    )
    return lineOf({ ...state, operators }, 'c3', 0, { ...settings, presences }).servers
  }
  const ready: OperatorStatus = { kind: 'ready', since: 0 }
  const talking: OperatorStatus = { kind: 'talking', callId: 'gone', since: 0, then: null }
  const free = { kind: 'free', inMs: 0 }
  const coming = (inMinutes: number, goneInMinutes: number) => ({
    kind: 'free',
    inMs: inMinutes * minute,
    goneInMs: goneInMinutes * minute,
  })

  it.each<readonly [string, readonly Presence[], readonly object[]]>([
    ['nothing: as long as it pleases them', [], [free]],
    ['until when they are there', [at('alice', -60, 20)], [coming(0, 20)]],
    ['that they come back within the hour', [at('alice', -60, 20), at('alice', 50, 200)], [coming(0, 20), coming(50, 200)]],
    ['that they come back after it', [at('alice', -60, 20), at('alice', 61, 200)], [coming(0, 20)]],
    ['that they were to come later: who is early stays', [at('alice', 15, 200)], [coming(0, 200)]],
    ['that they were early, and come again', [at('alice', 15, 30), at('alice', 45, 200)], [coming(0, 30), coming(45, 200)]],
    ['that they should have gone: who is there still stays', [at('alice', -60, 0)], [free]],
    ['that a colleague comes', [at('bruno', 30, 200)], [free, coming(30, 200)]],
    ['that a colleague comes in just an hour', [at('bruno', 60, 200)], [free, coming(60, 200)]],
    ['that a colleague should be there, and is not', [at('bruno', -5, 200)], [free]],
    ['something of one who is no operator any more', [at('gone', 10, 200)], [free]],
  ])('of who is ready: %s', (_what, presences, expected) => {
    expect(servers(ready, ...presences)).toEqual(expected)
  })

  it('of who talks past the end of a presence: that they go then, for as long as a conversation may have gone on', () => {
    expect(servers(talking, at('alice', -60, -19))).toMatchObject([{ kind: 'talking', goneInMs: -19 * minute }])
    expect(servers({ kind: 'wrap-up', callId: 'x', since: 0, until: null }, at('alice', -60, -1))).toMatchObject([
      { kind: 'wrap-up', goneInMs: -minute },
    ])
    expect(servers(talking, at('alice', -60, -20))).toEqual([expect.not.objectContaining({ goneInMs: expect.anything() })])
  })

  it('where nobody is there: nothing, whoever is to come', () => {
    expect(servers({ kind: 'offline', since: 0 }, at('alice', -60, 20), at('bruno', 5, 200))).toEqual([])
  })

  it('of who is away for a moment and comes by the rota: that they come', () => {
    const scene = standing()
    const lunch = { ...settings, presences: [at('bruno', (scene.now + 600_000) / minute, (scene.now + 6_000_000) / minute)] }
    const operators = new Map(
      [...scene.state.operators].map(([id, o]) => [
        id,
        { ...o, restUntil: 0, status: id === 'alice' ? ready : { kind: 'paused' as const, since: 0, reason: 'lunch' as const } },
      ]),
    )
    expect(lineOf({ ...scene.state, operators }, 'c3', scene.now, lunch).servers).toEqual([free, coming(10, 100)])
  })
})

describe('the end of a presence', () => {
  it.each([
    ['under way', -60],
    ['that is near, of who came early', 5],
  ])('%s is counted from now', (_what, beginsInMinutes) => {
    const scene = Scene.open('alice')
    const from = scene.now + beginsInMinutes * 60_000
    const presences = [{ operatorId: 'alice', from, until: scene.now + 1_200_000 }]
    expect(lineOf(scene.state, 'x', scene.now, { ...settings, presences }).servers).toMatchObject([{ kind: 'free', goneInMs: 1_200_000 }])
  })
})

describe('whoever leaves a conversation', () => {
  const bruno: Target = { kind: 'operator', operatorId: 'bruno', name: 'Bruno' }
  const asking = (answered: boolean, joined = false) => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.answers('c1')
    scene.after(1_000).asks('bruno', 'ready')
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: bruno })
    if (answered) scene.give({ type: 'leg-answered', leg: scene.effects('ring')[0]?.leg ?? '' })
    if (joined) scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    return scene.after(5_000)
  }
  const leaves = (scene: Scene) => scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })

  it('while somebody is asked is back with the caller, with three leaves the two others, and alone ends it', () => {
    for (const answered of [false, true]) {
      const scene = asking(answered)
      leaves(scene)
      expect(scene.facts('consult-ended')).toMatchObject([{ reason: 'cancelled' }])
      expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'alice', consult: null })
      leaves(scene)
      expect(scene.facts('call-ended').length + scene.facts('farewell-started').length).toBeGreaterThan(0)
    }
    const three = asking(true, true)
    leaves(three)
    expect(three.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'bruno' })
  })

  it('as a supervisor is the one who listens, and nobody else', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.answers('c1')
    const left = (operatorId: string, callId = 'c1') => scene.give({ type: 'watch-left', operatorId, callId })
    expect(left('chloe')).toMatchObject({ facts: [], effects: [] })
    scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
    expect(left('bruno')).toMatchObject({ facts: [], effects: [] })
    scene.arrives('c2', '+33561550102')
    expect(left('chloe', 'c2')).toMatchObject({ facts: [], effects: [] })
    left('chloe')
    expect(scene.facts('watch-ended')).toHaveLength(1)
  })

  it('by a supervisor’s order is whoever is on the line, in line or in conversation; not a place, nor who is called', () => {
    const stop = (scene: Scene, callId = 'c1') => scene.give({ type: 'call-stopped', operatorId: 'chloe', callId } as never)
    const line = Scene.open()
    line.arrives('c1')
    stop(line)
    expect(line.facts('call-ended')).toMatchObject([{ by: 'operator' }])
    const kept = standing()
    expect(stop(kept)).toMatchObject({ facts: [], effects: [] })
    const placed = Scene.open('alice')
    placed.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551234', people: [], owedId: null })
    expect(stop(placed, 'o1')).toMatchObject({ facts: [], effects: [] })
    placed.give({ type: 'leg-answered', leg: 'o1~leg0' })
    expect(stop(placed, 'o1')).toMatchObject({ facts: [], effects: [] })
  })
})

describe('what somebody who called now would be told', () => {
  const told = (scene: Scene, under = settings) => waitForNew(scene.state, scene.now, under)
  const minute = 60_000
  const fiveMinutes = Array.from({ length: 40 }, () => 5 * minute)
  /** Alice talks to c1. */
  const talking = () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.answers('c1')
    return scene.after(30_000)
  }

  it('is no wait while somebody is free and nobody waits, and nothing where lines have operators of their own', () => {
    expect(told(Scene.open('alice'))).toEqual({ lowMs: 0, highMs: 0 })
    expect(told(Scene.open('alice'), apart)).toBeNull()
    expect(told(Scene.open('alice'), twoLines)).toBeNull()
  })

  it('is nothing while nobody is there, or nobody has talked long enough to tell', () => {
    expect(told(Scene.open())).toBeNull()
    expect(told(talking())).toBeNull()
    const away = Scene.open('alice')
    away.give({ type: 'roster', operators: roster.map((entry) => ({ ...entry, phone: 'browser' })) })
    expect(told(away)).toBeNull()
  })

  it('is as long as that of whoever stands last, and theirs', () => {
    const scene = talking()
    const known = { ...scene.state, talks: fiveMinutes }
    const alone = waitForNew(known, scene.now, settings)
    if (alone === null) throw new Error('nothing is told')
    expect(alone.highMs).toBeGreaterThan(minute)
    scene.state = known
    scene.arrives('c2')
    const second = waitForNew(scene.state, scene.now, settings)
    scene.arrives('c3')
    const third = waitForNew(scene.state, scene.now, settings)
    expect([second, third].map((one) => (one?.highMs ?? 0) > alone.highMs)).toEqual([true, true])
    expect(third?.highMs).toBeGreaterThan(second?.highMs ?? 0)
  })

  it('is a wait where somebody is free, yet others stand in line', () => {
    const scene = talking()
    scene.state = { ...scene.state, talks: fiveMinutes }
    scene.arrives('c2')
    scene.asks('bruno', 'ready')
    expect(scene.call('c2').offers).toHaveLength(1)
    expect(told(scene)).not.toEqual({ lowMs: 0, highMs: 0 })
  })

  it('is what whoever comes then is told, and what is written down of it', () => {
    const scene = talking()
    scene.state = { ...scene.state, talks: fiveMinutes }
    const range = told(scene)
    expect(range?.highMs).toBeGreaterThan(minute)
    scene.arrives('c2')
    expect(scene.last.facts.find(({ type }) => type === 'announcement-started')).toMatchObject({ told: { position: 1, ...range } })
  })

  it('is a wait while the only one who is ready still rests', () => {
    const scene = Scene.open('alice')
    const operators = new Map([...scene.state.operators].map(([id, one]) => [id, { ...one, restUntil: scene.now + 3 * minute }]))
    scene.state = { ...scene.state, operators, talks: fiveMinutes }
    expect(told(scene)?.lowMs).toBeGreaterThan(0)
    expect(told(scene.after(3 * minute))).toEqual({ lowMs: 0, highMs: 0 })
  })

  it('is shorter behind somebody who may leave than behind a place that is kept', () => {
    const behind = (keeps: boolean) => {
      const scene = talking()
      scene.state = { ...scene.state, talks: fiveMinutes, stayed: staysOf(Array.from({ length: 200 }, () => ({ ms: minute, left: true }))) }
      scene.arrives('c2')
      if (keeps) {
        for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c2', key })
        scene.gone('c2')
      }
      return waitForNew(scene.state, scene.now, settings)?.highMs ?? 0
    }
    expect(behind(false)).toBeLessThan(behind(true))
  })
})
