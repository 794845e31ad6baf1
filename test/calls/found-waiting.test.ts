import { describe, expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'
import { at, type Situation } from './situations.ts'
import { foundTalk } from './talking.ts'

/* After an absence: what is asked of Asterisk for a caller who does not talk, in its order. */

const done = (scene: Scene) =>
  scene.last.effects.map((effect) => {
    if (effect.type === 'take-over') return `take-over ${effect.beside ? 'beside' : 'instead'}`
    return effect.type === 'stop-playing' ? `stop-playing ${effect.playback}` : effect.type
  })

describe('a caller who hears something', () => {
  it.each<readonly [Situation, readonly string[]]>([
    // What plays ends first: a channel that plays obeys nothing else.
    ['closed', ['stop-playing', 'take-over instead', 'answer', 'play']],
    ['ending', ['stop-playing', 'take-over instead', 'play']],
    ['invited to leave a message', ['stop-playing', 'record']],
    ['asked for the number of a message', ['stop-playing', 'answer', 'hold', 'play']],
  ])('%s: that is stopped before it is said again', (situation, effects) => {
    const scene = at(situation)
    const playback = scene.playback('c1')
    scene.finds([{ id: 'c1' }])
    expect(done(scene)).toEqual(effects.map((one) => (one === 'stop-playing' ? `${one} ${playback}` : one)))
  })

  it('whose message was cut off is taken out of the recording to be told', () => {
    const scene = at('leaving a message')
    scene.finds([{ id: 'c1' }])
    expect(done(scene)).toEqual(['take-over instead', 'play'])
  })

  it('whose message was cut off before anything was said is told so, and left none', () => {
    const scene = at('invited to leave a message')
    scene.played('c1')
    scene.after(settings.messageMinMs - 1).finds([{ id: 'c1' }])
    expect([scene.facts('message-left'), scene.said]).toEqual([[], ['message-empty']])
    expect(scene.call('c1').status).toMatchObject({ kind: 'ending', reason: 'message' })
  })

  it('and who hears the ringing goes on hearing it', () => {
    const scene = at('ringing')
    scene.finds([
      { id: 'c1', state: 'down' },
      { id: 'c1~leg0', role: 'leg', state: 'ringing' },
    ])
    expect(done(scene)).toEqual(['take-over beside'])
  })

  it('or heard music: when the next announcement comes has not changed', () => {
    const scene = at('waiting with music')
    const { status } = scene.call('c1')
    scene.after(5_000).finds([{ id: 'c1' }])
    expect(scene.call('c1').status).toEqual(status)
  })
})

describe('callers who came meanwhile', () => {
  it('answered, and heard nothing: music until the phone that rings is picked up', () => {
    const found = (state: 'up' | 'down', bridges: Readonly<Record<string, readonly string[]>> = {}) => {
      const scene = Scene.open('alice')
      scene.finds([{ id: 'c1', state }], bridges)
      expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
      return scene.effects('hold').map(({ channel }) => channel)
    }
    expect(found('up')).toEqual(['c1'])
    expect([found('down'), found('up', { 'guichet-queue': ['c1'] })]).toEqual([[], []])
  })

  it('have the operators who are free in the order in which they came, whatever the list’s', () => {
    const scene = Scene.open('alice')
    scene.finds([
      { id: 'c3', number: '+33561550003' },
      { id: 'c2', number: '+33561550002', since: scene.now - 5_000 },
      { id: 'c1', number: '+33561550001', since: scene.now - 10_000 },
    ])
    expect(scene.facts('offer-made').map(({ callId }) => callId)).toEqual(['c1'])
    expect(scene.facts('call-arrived').map(({ callId }) => callId)).toEqual(['c1', 'c2', 'c3'])
  })
})

describe('phones that ring for one caller', () => {
  it('of which several were picked up meanwhile: the first has the caller, the others are free', () => {
    const scene = Scene.open('alice', 'bruno').under({ ...settings, ringMost: 10 })
    scene.arrives('c1')
    const legs = scene.call('c1').offers.map(({ leg }) => leg)
    scene.finds([{ id: 'c1', state: 'down' }, ...legs.map((id) => ({ id, role: 'leg' as const, state: 'up' as const }))])
    expect(scene.facts('call-answered')).toMatchObject([{ operatorId: 'alice' }])
    expect([scene.operator('bruno').status.kind, [...new Set(scene.hungUp)]]).toEqual(['ready', [legs[1]]])
  })

  it('of which one is gone: it is not hung up, the other rings on', () => {
    const scene = Scene.open('alice', 'bruno').under({ ...settings, ringMost: 10 })
    scene.arrives('c1')
    const [alices = '', brunos = ''] = scene.call('c1').offers.map(({ leg }) => leg)
    scene.finds([
      { id: 'c1', state: 'down' },
      { id: brunos, role: 'leg', state: 'ringing' },
    ])
    expect(scene.facts('offer-ended')).toMatchObject([{ operatorId: 'alice', reason: 'lost' }])
    expect(scene.hungUp).not.toContain(alices)
    expect(scene.hungUp).not.toContain(brunos)
  })

  it('of an operator who wants to call somebody, gone: they wanted it no more', () => {
    const scene = Scene.open('alice')
    scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551299', people: [], owedId: null })
    scene.finds([])
    expect(scene.facts('call-ended')).toMatchObject([{ callId: 'o1', reason: 'withdrawn', by: 'operator' }])
    expect(scene.facts('call-ended')).toHaveLength(1)
  })
})

describe('Asterisk’s start', () => {
  it('not told this time, is that of before: who is there no more has hung up', () => {
    const scene = at('talking')
    scene.finds([{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' }], { 'c1~leg0~bridge': ['c1', 'c1~leg0'] }, [], 'monday')
    scene.finds([])
    expect(scene.facts('server-met')).toEqual([])
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'completed' }])
  })
})

describe('a conversation of which nothing is known here', () => {
  const phone = { id: 'c9~leg3', role: 'leg' as const }
  const together = { 'c9~leg3~bridge': ['c9', 'c9~leg3'] }

  it('from the page is from the page still', () => {
    const scene = Scene.open()
    const page = { id: 'p1', signedIn: true, ticket: 10_421, language: 'en' } as const
    scene.finds([{ id: 'c9', page }, phone], together, [], null, [foundTalk])
    expect(scene.call('c9')).toMatchObject({ language: 'en', page: { id: 'p1', signedIn: true, ticket: 10_421 } })
    const byPhone = Scene.open()
    byPhone.finds([{ id: 'c9' }, phone], together, [], null, [foundTalk])
    expect(byPhone.call('c9')).not.toHaveProperty('page')
  })

  it('ranks by when it came, should its caller be back in line', () => {
    const scene = Scene.open()
    scene.finds([{ id: 'c9', since: scene.now - 400_000 }, phone], together, [], null, [foundTalk])
    expect(scene.call('c9').rank).toBe(scene.now - 400_000)
  })

  it('of which one of the two is there no more is none', () => {
    const alone = Scene.open()
    alone.finds([{ id: 'c9' }], { 'c9~leg3~bridge': ['c9'] }, [], null, [foundTalk])
    expect(alone.call('c9').status.kind).toBe('waiting')
    const gone = Scene.open()
    gone.finds([phone], { 'c9~leg3~bridge': ['c9~leg3'] }, [], null, [foundTalk])
    expect([gone.state.calls.size, gone.hungUp]).toEqual([0, ['c9~leg3']])
  })

  it('is not begun twice, when something of it is known', () => {
    const scene = at('talking')
    const parties = [{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' as const }]
    const of = { ...foundTalk, callId: 'c1', channel: 'c1', leg: 'c1~leg0', bridge: 'c1~leg0~bridge', operatorId: 'bruno' }
    expect(scene.finds(parties, { 'c1~leg0~bridge': ['c1', 'c1~leg0'] }, [], null, [of])).toMatchObject({ facts: [], effects: [] })
  })

  it('goes on, though its caller is thought to be in line: the last that is written is older', () => {
    const scene = Scene.open()
    scene.arrives('c9')
    scene.arrives('c8', '+33561559999')
    scene.after(60_000).asks('alice', 'ready')
    // Alice is thought to be rung for the first, who has been answered by her on another ring, or by bruno.
    const parties = [{ id: 'c8' }, { id: 'c9' }, phone]
    const inside = { 'guichet-queue': ['c8'], ...together }
    for (const operatorId of ['alice', 'bruno']) {
      const behind = Object.assign(new Scene(), { state: scene.state, now: scene.now })
      behind.finds(parties, inside, [], null, [{ ...foundTalk, operatorId }])
      expect(behind.call('c9')).toMatchObject({ offers: [], serial: 1_003, status: { kind: 'talking', operatorId, leg: 'c9~leg3' } })
      expect(behind.hungUp).not.toContain('c9~leg3')
      expect(behind.effects('hold')).toEqual([])
      expect(behind.operator(operatorId).status).toMatchObject({ kind: 'talking', callId: 'c9' })
      expect(behind.call('c8').offers.map((offer) => offer.operatorId)).toEqual(operatorId === 'alice' ? [] : ['alice'])
    }
  })

  it('whose two are apart is joined again', () => {
    const scene = at('talking')
    scene.finds([{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' }])
    expect(done(scene)).toEqual(['answer', 'connect'])
  })
})
