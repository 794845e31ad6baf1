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
    expect(scene.said).toEqual(['message-other-number', 'after-the-tone'])
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

  it.each(everySituation.filter((s) => !s.startsWith('waiting') && s !== 'asked for the number of a message'))(
    'at another moment (%s): nothing happens',
    (situation) => {
      expect(at(situation).give({ type: 'key-pressed', channel: 'c1', key: '1' })).toMatchObject({ facts: [], effects: [] })
    },
  )

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

describe('the number of a message', () => {
  const press = (scene: Scene, keys: string) => {
    for (const key of keys) scene.after(400).give({ type: 'key-pressed', channel: 'c1', key })
    return scene
  }
  const whenClosed = (number: string | null = '+33561551234') => {
    const scene = Scene.open()
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1', number)
    return scene.after(1_000)
  }
  const withheld = () => at('asked for the number of a message')
  const readBack = (figures: string) => ['place-number', ...[...figures].map((figure) => `sound:digits/${figure}`), 'message-confirm']

  it('is asked of a caller who withholds theirs, over music, before anything is recorded', () => {
    const scene = Scene.open()
    scene.arrives('c1', null)
    press(scene, '1')
    expect(scene.last.effects.map(({ type }) => type)).toEqual(['stop-playing', 'hold', 'play'])
    expect(scene.said).toEqual(['message-key-number'])
    scene.played('c1')
    expect(scene.effects('record')).toEqual([])
  })

  it('is read back as soon as it is whole, and is the call’s once confirmed; the tone follows', () => {
    const scene = press(withheld(), '0612345678')
    expect(scene.said).toEqual(readBack('0612345678'))
    expect(scene.call('c1').number).toBeNull()
    press(scene, '1')
    expect(scene.facts('message-numbered')).toMatchObject([{ number: '+33612345678' }])
    expect([scene.call('c1').number, scene.said]).toEqual(['+33612345678', ['after-the-tone']])
    scene.played('c1')
    expect(scene.effects('record')).toEqual([{ type: 'record', channel: 'c1', recording: 'message-c1', maxS: settings.messageMaxS }])
    recorded(scene.after(9_000), 9_000)
    expect(scene.facts('message-left')).toHaveLength(1)
  })

  it('may be an extension, ended by #, and keyed again', () => {
    const scene = press(withheld(), '4242#2')
    expect(scene.said).toEqual(['message-key-number'])
    press(scene, '4243#1')
    expect(scene.call('c1').number).toBe('ext:4243')
  })

  it('that is none, or that the desk may not call, is asked for again', () => {
    const scene = press(withheld(), '#')
    expect(scene.said).toEqual(['number-unreadable', 'message-key-number'])
    press(scene, '0899123456')
    expect(scene.said).toEqual(['place-refused', 'message-key-number'])
  })

  it('may be withheld still: the star leads to the tone', () => {
    for (const keys of ['*', '06*', '0612345678*']) {
      const scene = press(withheld(), keys)
      expect(scene.facts('message-numbered')).toMatchObject([{ number: null }])
      expect([scene.call('c1').number, scene.said]).toEqual([null, ['after-the-tone']])
    }
  })

  it('of whom keys nothing is waited for ten seconds after the question, however it ends', () => {
    const scene = withheld()
    scene.played('c1')
    const since = scene.now
    scene.falls()
    expect([scene.now - since, scene.said]).toEqual([10_000, ['after-the-tone']])
    const unheard = withheld()
    unheard.falls()
    expect(unheard.said).toEqual(['after-the-tone'])
  })

  it('of whom knows no # is read back after a silence, and holds after another', () => {
    const scene = press(withheld(), '4242')
    scene.falls()
    expect(scene.said).toEqual(readBack('4242'))
    scene.played('c1')
    scene.falls()
    expect([scene.call('c1').number, scene.said]).toEqual(['ext:4242', ['after-the-tone']])
  })

  it('is asked when closed too, in place of the tone that follows for the others', () => {
    const scene = whenClosed(null)
    expect(scene.said).toEqual(['other-language', 'closed'])
    scene.played('c1')
    expect(scene.said).toEqual(['message-key-number'])
    press(scene, '06123456781')
    expect(scene.call('c1')).toMatchObject({ number: '+33612345678', status: { kind: 'message' } })
    scene.played('c1')
    expect(scene.effects('record')).toHaveLength(1)
  })

  it('is another than the caller’s own by a key, waiting or closed, which the sentence tells', () => {
    const closed = whenClosed()
    press(closed, '3')
    expect([closed.effects('stop-playing').length, closed.said]).toEqual([1, ['message-key-number']])
    press(closed, '06123456781')
    expect(closed.call('c1').number).toBe('+33612345678')
    const invited = press(at('invited to leave a message'), '3')
    expect([invited.effects('stop-playing').length, invited.said]).toEqual([1, ['message-key-number']])
    press(invited, '*')
    expect(invited.call('c1').number).toBe('+33561551234')
  })

  it('is not asked of who speaks already', () => {
    expect(press(at('leaving a message'), '3').last).toMatchObject({ facts: [], effects: [] })
  })

  it('of who hangs up while it is asked for is not theirs, and no message was left', () => {
    const scene = press(withheld(), '0612345678')
    scene.after(60_000).gone('c1')
    expect(scene.last.facts).toMatchObject([{ type: 'call-ended', reason: 'abandoned' }])
  })

  it('is asked for anew after an absence, as far as it was read back', () => {
    const scene = press(withheld(), '06')
    scene.finds([{ id: 'c1' }])
    expect(scene.last.effects.map(({ type }) => type)).toEqual(['answer', 'hold', 'play'])
    expect(scene.said).toEqual(['message-key-number'])
    press(scene, '0612345678')
    scene.finds([{ id: 'c1' }])
    expect(scene.said).toEqual(readBack('0612345678'))
    expect(scene.effects('stop-playing')).not.toEqual([])
  })

  it('leaves the message with the ticket that it is about', () => {
    const scene = at('waiting')
    scene.give({
      type: 'ticket-found',
      callId: 'c1',
      ticket: { number: 10_421, state: 'in-hand', next: null, several: false },
    })
    scene.played('c1')
    press(scene, '1')
    expect(scene.facts('message-invited')).toMatchObject([{ ticket: 10_421 }])
    press(scene, '306123456781')
    expect(scene.call('c1').number).toBe('+33612345678')
  })
})

describe('closing time', () => {
  it('those who wait hear it and can leave a message; phones that ring for them stop', () => {
    const scene = Scene.open('alice')
    for (const id of ['c1', 'c2', 'c3']) scene.arrives(id)
    scene.give({ type: 'hours', open: false })
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ callId: 'c1', reason: 'closed', restUntil: 0 })])
    expect(scene.effects('play').map((e) => [e.channel, e.sounds.length])).toEqual([
      ['c1', 4],
      ['c2', 4],
      ['c3', 4],
    ])
    expect(scene.effects('stop-playing').map((e) => e.channel)).toEqual(['c2', 'c3'])
    expect([...scene.state.calls.values()].map((c) => c.status.kind)).toEqual(['closed', 'closed', 'closed'])
    expect(scene.operator('alice').status.kind).toBe('ready')
  })

  it.each(['talking', 'leaving a message', 'invited to leave a message', 'asked for the number of a message', 'ending'] as const)(
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

  it('over: whoever hears the closed message is in line by their arrival, and hears so', () => {
    const scene = at('closed')
    scene.after(5_000).arrives('c2', '+33561555678')
    scene.after(5_000).give({ type: 'hours', open: true })
    expect(scene.effects('stop-playing').map(({ channel }) => channel)).toEqual(['c1', 'c2'])
    expect(scene.effects('play').map(({ channel, sounds }) => [channel, sounds.at(-1)])).toEqual([
      ['c1', 'sound:guichet/position-1'],
      ['c2', 'sound:guichet/position-2'],
    ])
    scene.asks('alice', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
    expect(scene.call('c2')).toMatchObject({ status: { kind: 'waiting' }, offers: [] })
  })

  it('taken back at once, closed by mistake: the line is as it was', () => {
    const scene = Scene.open()
    for (const [id, number] of [
      ['c1', null],
      ['c2', '+33561555678'],
    ] as const)
      scene.after(9_000).arrives(id, number)
    scene.give({ type: 'hours', open: false })
    scene.after(3_000).give({ type: 'hours', open: true })
    expect(scene.effects('stop-playing')).toHaveLength(2)
    expect(scene.effects('hold').map(({ channel }) => channel)).toEqual(['c1', 'c2'])
    expect(['c1', 'c2'].map((id) => scene.call(id).status.kind)).toEqual(['waiting', 'waiting'])
  })

  it.each(['leaving a message', 'invited to leave a message', 'asked for the number of a message'] as const)(
    'over: a message goes on, begun by then (%s)',
    (situation) => {
      const scene = at(situation)
      scene.give({ type: 'hours', open: false })
      scene.give({ type: 'hours', open: true })
      expect([scene.call('c1').status.kind, scene.last.effects]).toEqual(['message', []])
    },
  )
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
