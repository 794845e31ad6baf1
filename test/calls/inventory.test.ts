import { describe, expect, it } from 'vitest'
import { packState, unpackState } from '../../server/engine/packed-state.ts'
import { claire, nine, Scene, secondLine, settings, twoLines } from './scene.ts'
import { at, everySituation } from './situations.ts'
import { foundTalk } from './talking.ts'

const own = (scene: Scene) => {
  const { offers, status } = scene.call('c1')
  const leg = offers[0]?.leg ?? (status.kind === 'talking' ? status.leg : null)
  return [
    { id: 'c1' },
    ...(leg === null ? [] : [{ id: leg, role: 'leg' as const, state: status.kind === 'talking' ? ('up' as const) : ('ringing' as const) }]),
  ]
}
const joined = (scene: Scene) => {
  const { status } = scene.call('c1')
  return status.kind === 'talking' ? { [status.bridge]: ['c1', status.leg] } : {}
}

describe.each(everySituation)('Asterisk is found again (%s)', (situation) => {
  it('with everything as it was: the call keeps its status, its place and its phone', () => {
    const scene = at(situation)
    const before = scene.call('c1')
    scene.after(5_000).finds(own(scene), joined(scene), ['message-c1'])
    expect(scene.facts('call-ended')).toEqual([])
    expect(scene.hungUp).toEqual([])
    expect(scene.call('c1')).toMatchObject({ order: before.order, arrivedAt: before.arrivedAt, offers: before.offers })
    const after = scene.call('c1').status.kind
    expect(after).toBe(before.status.kind)
  })

  it('without the caller: the call ends, its phone is hung up, its operator freed', () => {
    const scene = at(situation)
    const rest = own(scene).slice(1)
    scene.after(5_000).finds(rest, joined(scene))
    expect(scene.state.calls.size).toBe(0)
    expect(scene.hungUp).not.toContain('c1')
    for (const { id } of rest) expect(scene.hungUp).toContain(id)
    expect(['offline', 'ready', 'wrap-up']).toContain(scene.operator('alice').status.kind)
  })

  it('with nothing at all: the call ends', () => {
    const scene = at(situation)
    scene.finds([])
    expect(scene.state.calls.size).toBe(0)
  })
})

describe('a conversation found again', () => {
  it('somebody who waits and hears the music is sent nothing, which Asterisk would do only after the announcement; elsewhere they are put back', () => {
    const ofC1 = (scene: ReturnType<typeof at>) => scene.last.effects.filter((e) => 'channel' in e && e.channel === 'c1').map((e) => e.type)
    const hearing = at('waiting')
    hearing.finds([{ id: 'c1' }], { queue: ['c1'] })
    expect(ofC1(hearing)).toEqual([])
    const astray = at('waiting')
    astray.finds([{ id: 'c1' }])
    expect(ofC1(astray)).toEqual(['answer', 'hold'])
  })

  it('untouched, goes on to the limit it had', () => {
    const scene = at('talking')
    const { status } = scene.call('c1')
    expect(scene.after(60_000).finds(own(scene), joined(scene))).toMatchObject({ facts: [], effects: [] })
    expect(scene.call('c1').status).toEqual(status)
  })

  it('with the caller alone in silence: the caller is hung up, before anything else is done', () => {
    const scene = at('talking')
    scene.arrives('c0')
    scene.finds([{ id: 'c0' }, { id: 'c1' }], { 'c1~leg0~bridge': ['c1'] })
    expect(scene.last.effects.slice(0, 3)).toEqual([
      { type: 'hang-up', channel: 'c1~leg0' },
      { type: 'drop-bridge', bridge: 'c1~leg0~bridge', channel: 'c1~leg0' },
      { type: 'hang-up', channel: 'c1' },
    ])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('with the caller alone in silence: who is hung up does not arrive anew, and rings nobody', () => {
    const scene = at('talking')
    scene.asks('bruno', 'ready')
    scene.finds([{ id: 'c1' }], { 'c1~leg0~bridge': ['c1'] })
    expect(scene.facts('call-ended')).toMatchObject([{ callId: 'c1', reason: 'completed', by: 'operator' }])
    expect(scene.facts('call-arrived')).toEqual([])
    expect([scene.state.calls.size, scene.effects('ring')]).toEqual([0, []])
  })

  it.each([
    ['neither', {}],
    ['only the operator', { 'c1~leg0~bridge': ['c1~leg0'] }],
    ['only the caller', { 'c1~leg0~bridge': ['c1'] }],
  ])('with both there and %s in the bridge: they are joined, for what is left of the limit', (_, bridges) => {
    const scene = at('talking')
    scene.after(60_000).finds(own(scene), bridges)
    expect(scene.effects('connect')).toEqual([
      { type: 'connect', caller: 'c1', leg: 'c1~leg0', bridge: 'c1~leg0~bridge', limitS: (settings.capMs - 90_000) / 1000 + 10 },
    ])
  })

  it('past its limit: it ends at the next deadline, which is now', () => {
    const scene = at('talking')
    scene.after(settings.capMs).finds(own(scene), joined(scene))
    const { now } = scene
    scene.falls()
    expect(scene.now).toBe(now)
    expect(scene.said).toEqual(['limit-reached'])
  })
})

describe('a ringing phone found again', () => {
  it('answered meanwhile: both are joined', () => {
    const scene = at('waiting while a phone rings')
    scene.finds([{ id: 'c1' }, { id: scene.leg('c1'), role: 'leg', state: 'up' }])
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'alice' })
    expect(scene.effects('connect')).toHaveLength(1)
  })

  it('not yet ringing: it is on its way', () => {
    const scene = at('ringing')
    scene.finds([
      { id: 'c1', state: 'down' },
      { id: 'c1~leg0', role: 'leg', state: 'down' },
    ])
    expect(scene.call('c1').offers).toMatchObject([{ leg: 'c1~leg0' }])
    expect(scene.hungUp).toEqual([])
  })

  it('gone: its operator has missed nothing and is rung anew', () => {
    const scene = at('ringing')
    scene.finds([{ id: 'c1', state: 'down' }])
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason: 'lost', restUntil: 0 })])
    expect(scene.operator('alice').misses).toBe(0)
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ leg: 'c1~leg1', to: { kind: 'operator', operatorId: 'alice' } })])
  })

  it('that rang too long meanwhile: the next is rung at the next deadline, which is now', () => {
    const scene = at('ringing')
    scene.after(settings.ringMs).finds(own(scene))
    const { now } = scene
    scene.falls()
    expect(scene.now).toBe(now)
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ reason: 'no-answer' })])
  })
})

describe('a caller found again', () => {
  it('in the queue: answered, held again; the next announcement comes after a while of music', () => {
    const scene = at('waiting')
    scene.finds(own(scene))
    expect(scene.last.effects.map((e) => e.type)).toEqual(['answer', 'hold'])
    expect(scene.facts('announcement-ended')).toEqual([expect.objectContaining({ nextAt: scene.now + settings.musicMs })])
  })

  it('hearing the closed message: hears it from its beginning', () => {
    const scene = at('closed')
    scene.finds(own(scene))
    expect(scene.said).toEqual(['other-language', 'closed', 'message-other-number', 'after-the-tone'])
  })

  it('invited to leave a message: is recorded now', () => {
    const scene = at('invited to leave a message')
    scene.finds(own(scene))
    expect(scene.effects('record')).toHaveLength(1)
  })

  it('whose message was cut off: what was said is kept, and the caller told', () => {
    const scene = at('leaving a message')
    scene.finds(own(scene))
    expect(scene.facts('message-left')).toEqual([expect.objectContaining({ durationMs: 5_000 })])
    expect(scene.said).toEqual(['message-kept'])
  })

  it('hearing a last word: hears it again', () => {
    const scene = at('ending')
    scene.finds(own(scene))
    expect(scene.said).toEqual(['message-kept'])
  })
})

describe('what nobody knows', () => {
  it('callers who came meanwhile are served, after those who waited already', () => {
    const scene = at('waiting')
    scene.finds([{ id: 'c8', number: 'ext:4242' }, { id: 'c1' }, { id: 'c9' }])
    expect(scene.facts('call-arrived').map((f) => [f.callId, f.number])).toEqual([
      ['c8', 'ext:4242'],
      ['c9', null],
    ])
    scene.asks('alice', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('callers who came while the desk closed hear the closed message', () => {
    const scene = at('closed')
    scene.finds([{ id: 'c1' }, { id: 'c8' }])
    expect(scene.call('c8').status.kind).toBe('closed')
  })

  it('a caller left of a conversation that is over hears music until a phone that rings is picked up', () => {
    const scene = Scene.open('alice')
    scene.finds([{ id: 'c1' }], { 'c1~leg0~bridge': ['c1'] })
    expect(scene.effects('ring')).toHaveLength(1)
    expect(scene.effects('hold')).toMatchObject([{ channel: 'c1' }])
    scene.finds([{ id: 'c1' }, { id: 'c2', state: 'ringing' }])
    expect(scene.effects('hold').map(({ channel }) => channel)).not.toContain('c1')
  })

  it('a phone that rings for a caller of whom nothing is known is let go first, and the next is another to Asterisk', () => {
    const scene = Scene.open('alice')
    const rings = { role: 'leg', state: 'ringing' } as const
    scene.finds([
      { id: 'c1', state: 'ringing' },
      { id: 'c1~leg0', ...rings },
      { id: 'c1~leg4', ...rings },
    ])
    expect(scene.last.effects.map((e) => [e.type, 'leg' in e ? e.leg : 'channel' in e ? e.channel : ''])).toEqual([
      ['hang-up', 'c1~leg0'],
      ['hang-up', 'c1~leg4'],
      ['ring', 'c1~leg5'],
      ['take-over', 'c1'],
    ])
    scene.gone('c1~leg4')
    expect(scene.last).toMatchObject({ facts: [], effects: [] })
  })

  it('phones and bridges of calls that are no more are hung up and dropped; other bridges stay', () => {
    const scene = at('talking')
    scene.finds([...own(scene), { id: 'c7~leg3', role: 'leg', state: 'ringing' }, { id: 'c1~leg5', role: 'leg', state: 'up' }], {
      ...joined(scene),
      'c7~leg3~bridge': [],
      'guichet-queue': [],
      'somebody-else': ['x'],
    })
    expect(scene.last.effects).toEqual([
      { type: 'hang-up', channel: 'c7~leg3' },
      { type: 'hang-up', channel: 'c1~leg5' },
      { type: 'drop-bridge', bridge: 'c7~leg3~bridge', channel: 'c7~leg3' },
    ])
  })
})

/** Asterisk's start is known, and all is there. */
function underFirst(situation: Parameters<typeof at>[0]): Scene {
  const scene = at(situation)
  scene.finds(own(scene), joined(scene), ['message-c1'], 'a first start')
  return scene
}

describe('after Asterisk itself was restarted', () => {
  it.each(['talking', 'waiting', 'closed'] as const)('a call that is no longer there was cut (%s)', (situation) => {
    const scene = underFirst(situation)
    scene.finds([], {}, [], 'another start')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'cut' })])
  })

  it('the start last met is known to a service that was restarted with it, which has the facts alone', () => {
    const scene = underFirst('talking')
    const again = new Scene()
    again.state = unpackState(packState(scene.state))
    again.now = scene.now
    again.finds([], {}, [], 'another start')
    expect(again.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'cut' })])
  })

  it('the first start ever met is not taken for another', () => {
    const scene = at('talking')
    scene.finds([], {}, [], 'a first start')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'completed' })])
    expect(scene.facts('server-met')).toHaveLength(1)
  })

  it('a message under way is kept all the same', () => {
    const scene = underFirst('leaving a message')
    scene.finds([], {}, [], 'another start')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'message' })])
  })
})

describe('a conversation of which nothing is known here', () => {
  const limitMs = settings.capMs
  const caller = { id: 'c9', number: '+33561551234', people: [claire], since: nine - 400_000 }
  const phone = { id: 'c9~leg3', role: 'leg' as const }
  const together = { 'c9~leg3~bridge': ['c9', 'c9~leg3'] }

  it('goes on as its operator’s, to the limit that Asterisk has, and is left alone', () => {
    const scene = Scene.open()
    scene.finds([caller, phone], together, [], null, [foundTalk])
    expect(scene.last.effects).toEqual([])
    expect(scene.call('c9')).toMatchObject({
      people: [claire],
      direction: 'in',
      serial: 1_003,
      status: { kind: 'talking', operatorId: 'alice', leg: 'c9~leg3', capAt: scene.now + 300_000, onHold: false },
    })
    expect(scene.operator('alice').status.kind).toBe('talking')
    scene.gone('c9')
    expect(scene.hungUp).toEqual(['c9~leg3'])
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
  })

  it('recorded: that recording ends, a line that always records tells of another, and nothing else is done', () => {
    const recorded = { ...foundTalk, recording: 'c9~rec7' }
    const ended = { type: 'stop-recording', channel: 'c9', recording: 'c9~rec7' }
    const off = Scene.open()
    off.finds([caller, phone], together, [], null, [recorded])
    expect(off.last.effects).toEqual([ended])
    const [line] = settings.lines
    if (line === undefined) throw new Error('a line')
    const always = Scene.open().under({ ...settings, lines: [{ ...line, recording: 'always' }] })
    always.finds([caller, phone], together, [], null, [recorded])
    expect(always.last.effects).toMatchObject([ended, { type: 'announce', bridge: 'c9~leg3~bridge' }])
    expect(always.facts('recording-announced')).not.toMatchObject([{ recording: 'c9~rec7' }])
  })

  it('on hold: the caller hears music until the operator takes them back', () => {
    const scene = Scene.open()
    scene.finds([caller, phone], { 'c9~leg3~bridge': ['c9~leg3'], queue: ['c9'] }, [], null, [{ ...foundTalk, leftS: null }])
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hold'])
    expect(scene.call('c9').status).toMatchObject({ kind: 'talking', onHold: true, capAt: scene.now + limitMs })
  })

  it('whose phone was picked up to take it up again, and has no bridge: both are put together', () => {
    const scene = Scene.open()
    scene.finds([caller, phone], { queue: ['c9'] }, [], null, [foundTalk])
    expect(scene.effects('connect')).toMatchObject([{ caller: 'c9', leg: 'c9~leg3', bridge: 'c9~leg3~bridge' }])
    expect(scene.call('c9').status).toMatchObject({ kind: 'talking', onHold: false })
  })

  it('with somebody whom we called is a call out', () => {
    const scene = Scene.open()
    const out = { ...foundTalk, channel: 'c9~out1', leg: 'c9~leg0', bridge: 'c9~leg0~bridge', called: '+33561551299' }
    scene.finds(
      [
        { id: 'c9~out1', role: 'leg' },
        { id: 'c9~leg0', role: 'leg' },
      ],
      { 'c9~leg0~bridge': ['c9~out1', 'c9~leg0'] },
      [],
      null,
      [out],
    )
    expect(scene.last.effects).toEqual([])
    expect(scene.call('c9')).toMatchObject({
      direction: 'out',
      channel: 'c9~out1',
      number: '+33561551299',
      status: { kind: 'talking', operatorId: 'alice', leg: 'c9~leg0' },
    })
  })

  it.each([
    ['nobody’s here', 'zoe', () => Scene.open()],
    ['that of an operator who is in another', 'alice', () => at('talking')],
  ])('%s: the caller is served as one who has arrived', (_why, operatorId, begin) => {
    const scene = begin()
    scene.finds(
      [...(scene.state.calls.has('c1') ? own(scene) : []), caller, phone],
      { ...(scene.state.calls.has('c1') ? joined(scene) : {}), ...together },
      [],
      null,
      [{ ...foundTalk, operatorId }],
    )
    expect(scene.call('c9').status.kind).toBe('waiting')
    expect(scene.hungUp).toEqual(['c9~leg3'])
  })

  it('a page that came back to its place meanwhile has it', () => {
    const scene = Scene.open()
    scene.arrives('c2')
    scene.finds([{ id: 'c2' }, { id: 'c3', since: nine, rank: nine - 30_000 }])
    expect(scene.call('c3').rank).toBe(nine - 30_000)
  })

  it('callers who wait keep the order in which they came, the line ahead its lead', () => {
    const scene = Scene.open().under(twoLines)
    const strangers = [
      { id: 'c3', since: nine },
      { id: 'c2', since: nine - 90_000 },
      { id: 'c4', since: nine + 20_000, dialled: secondLine },
    ]
    scene.finds(strangers)
    const line = [...scene.state.calls.values()].toSorted((a, b) => a.rank - b.rank).map(({ id }) => id)
    expect(line).toEqual(['c2', 'c4', 'c3'])
  })

  it('whoever is free is rung for the first in line, not for the first who came', () => {
    const scene = Scene.open('chloe').under(twoLines)
    scene.finds([
      { id: 'c3', since: nine },
      { id: 'c4', since: nine + 20_000, dialled: secondLine },
    ])
    expect(scene.operator('chloe').status).toMatchObject({ kind: 'offered', callId: 'c4' })
  })
})
