import { describe, expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'
import { at, everySituation } from './situations.ts'

const recorded = (scene: Scene, durationMs: number | null) => scene.give({ type: 'recording-ended', recording: 'message-c1', durationMs })

describe('the key for a message', () => {
  it('while waiting: what was being said stops, the caller is invited to speak, then recorded', () => {
    const scene = at('waiting')
    const playback = scene.playback('c1')
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.effects('stop-playing')).toEqual([{ type: 'stop-playing', channel: 'c1', playback }])
    expect(scene.said).toEqual(['after-the-tone'])
    scene.played('c1')
    expect(scene.effects('record')).toEqual([{ type: 'record', channel: 'c1', recording: 'message-c1', maxS: settings.messageMaxS }])
  })

  it('while a phone rings for the caller: the phone stops, its operator is ready for the next', () => {
    const scene = at('waiting while a phone rings')
    scene.arrives('c2')
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ operatorId: 'alice', reason: 'caller-gone', restUntil: 0 })])
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })

  it.each(everySituation.filter((s) => !s.startsWith('waiting')))('at another moment (%s): nothing happens', (situation) => {
    expect(at(situation).give({ type: 'key-pressed', channel: 'c1', key: '1' })).toMatchObject({ facts: [], effects: [] })
  })

  it('another key, or the operator’s: nothing happens', () => {
    expect(at('waiting').give({ type: 'key-pressed', channel: 'c1', key: '4' })).toMatchObject({ facts: [], effects: [] })
    const rung = at('waiting while a phone rings')
    expect(rung.give({ type: 'key-pressed', channel: rung.leg('c1'), key: '1' })).toMatchObject({ facts: [], effects: [] })
  })
})

describe('a message', () => {
  it('long enough is kept, confirmed, and the line hung up', () => {
    const scene = at('leaving a message')
    recorded(scene, settings.messageMinMs)
    expect(scene.facts('message-left')).toEqual([expect.objectContaining({ recording: 'message-c1', durationMs: settings.messageMinMs })])
    expect(scene.said).toEqual(['message-kept'])
    scene.played('c1')
    expect(scene.hungUp).toEqual(['c1'])
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'message' })])
  })

  it('too short to say anything is not kept, and the caller hears so', () => {
    const scene = at('leaving a message')
    recorded(scene, settings.messageMinMs - 1)
    expect(scene.facts('message-left')).toEqual([])
    expect(scene.said).toEqual(['message-empty'])
  })

  it('of unknown length is taken for the time it went on', () => {
    const scene = at('leaving a message')
    recorded(scene, null)
    expect(scene.facts('message-left')).toEqual([expect.objectContaining({ durationMs: 5_000 })])
  })

  it('is kept when the caller hangs up after speaking, once', () => {
    const scene = at('leaving a message')
    scene.gone('c1')
    expect(scene.facts('message-left')).toHaveLength(1)
    expect(recorded(scene, 5_000)).toMatchObject({ facts: [], effects: [] })
  })

  it('is not kept when the caller hangs up at the tone', () => {
    const scene = at('invited to leave a message')
    scene.played('c1')
    scene.after(settings.messageMinMs - 1).gone('c1')
    expect(scene.facts('message-left')).toEqual([])
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'abandoned' })])
  })

  it('reported ended twice is left once', () => {
    const scene = at('leaving a message')
    recorded(scene, 5_000)
    expect(recorded(scene, 5_000)).toMatchObject({ facts: [], effects: [] })
  })

  it('that cannot be recorded: the caller is told, then hung up', () => {
    const scene = at('invited to leave a message')
    scene.played('c1')
    scene.give({ type: 'command-failed', command: 'record', target: 'message-c1' })
    expect(scene.said).toEqual(['message-empty'])
    scene.played('c1')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'cut' })])
  })

  it('whose end is never heard of does not hold the line for ever, and is kept', () => {
    const scene = at('leaving a message')
    scene.falls()
    expect(scene.facts('message-left')).toHaveLength(1)
    expect(scene.hungUp).toEqual(['c1'])
  })

  it('can be left when the desk is closed', () => {
    const scene = at('closed')
    scene.played('c1')
    recorded(scene.after(9_000), 9_000)
    expect(scene.facts('message-left')).toHaveLength(1)
  })
})

describe('closing time', () => {
  it('those who wait hear it and can leave a message; phones that ring for them stop', () => {
    const scene = Scene.open('alice')
    for (const id of ['c1', 'c2', 'c3']) scene.arrives(id)
    scene.give({ type: 'hours', open: false })
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ callId: 'c1', reason: 'closed', restUntil: 0 })])
    expect(scene.effects('play').map((e) => [e.channel, e.sounds.length])).toEqual([
      ['c1', 3],
      ['c2', 3],
      ['c3', 3],
    ])
    expect(scene.effects('stop-playing').map((e) => e.channel)).toEqual(['c2', 'c3'])
    expect([...scene.state.calls.values()].map((c) => c.status.kind)).toEqual(['closed', 'closed', 'closed'])
    expect(scene.operator('alice').status.kind).toBe('ready')
  })

  it.each(['talking', 'leaving a message', 'invited to leave a message', 'ending'] as const)(
    'a call past the queue goes on (%s)',
    (situation) => {
      const scene = at(situation)
      const before = scene.call('c1')
      scene.give({ type: 'hours', open: false })
      expect(scene.last.effects).toEqual([])
      expect(scene.call('c1')).toEqual(before)
    },
  )

  it('said twice is one', () => {
    const scene = at('waiting')
    scene.give({ type: 'hours', open: false })
    expect(scene.give({ type: 'hours', open: false })).toMatchObject({ facts: [], effects: [] })
  })

  it('over: whoever hears the closed message goes on to the message, callers to come are served', () => {
    const scene = at('closed')
    scene.give({ type: 'hours', open: true })
    expect(scene.call('c1').status.kind).toBe('closed')
    scene.asks('alice', 'ready')
    scene.arrives('c2')
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })
})

describe('an announcement', () => {
  it('that ends leaves the caller to the music, and another follows', () => {
    const scene = at('waiting')
    scene.played('c1')
    expect(scene.last.effects).toEqual([])
    scene.falls()
    expect(scene.last.effects.map((e) => e.type)).toEqual(['hold', 'play'])
    expect(scene.said).toEqual(['position-1', 'key-for-message', 'offer-callback'])
  })

  it('that cannot be played is passed over', () => {
    const scene = at('waiting')
    scene.give({ type: 'command-failed', command: 'play', target: scene.playback('c1') })
    expect(scene.facts('announcement-ended')).toEqual([expect.objectContaining({ nextAt: scene.now + settings.musicMs })])
    const closed = at('closed')
    closed.give({ type: 'command-failed', command: 'play', target: closed.playback('c1') })
    expect(closed.effects('record')).toHaveLength(1)
  })

  it('replaced by another does not end it', () => {
    const scene = at('waiting')
    const old = scene.playback('c1')
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.give({ type: 'playback-ended', playback: old })).toMatchObject({ facts: [], effects: [] })
  })

  it('whose end is never heard of is taken as said', () => {
    const closed = at('closed')
    closed.falls()
    expect(closed.effects('record')).toHaveLength(1)
    const ending = at('ending')
    ending.falls()
    expect(ending.hungUp).toEqual(['c1'])
  })
})
