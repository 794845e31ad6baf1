import { describe, expect, it } from 'vitest'
import { waitingOrder } from '../../server/calls/queue.ts'
import { Scene, settings } from './scene.ts'

const inLine = ({ state }: Scene) => waitingOrder(state).map(({ id }) => id)

const press = (scene: Scene, ...keys: readonly string[]) => {
  for (const key of keys) scene.after(400).give({ type: 'key-pressed', channel: 'c1', key })
  return scene
}
const waiting = (number: string | null = '+33561551234') => {
  const scene = Scene.open()
  scene.arrives('c1', number)
  return scene.after(5_000)
}
/** c1 has kept the place, and hung up. */
const kept = () => {
  const scene = press(waiting(), '3', '1')
  scene.gone('c1')
  return scene.after(10_000)
}

describe('a waiting caller who presses 3', () => {
  it('hears the number to be called on, figure by figure, and what to press', () => {
    const scene = press(waiting(), '3')
    expect(scene.said).toEqual(['place-number', ...[...'0561551234'].map((d) => `sound:digits/${d}`), 'place-confirm'])
    expect(scene.effects('stop-playing')).toHaveLength(1)
  })

  it('and confirms: the place is written down before it is said, then the line is hung up', () => {
    const scene = press(waiting(), '3', '1')
    expect(scene.facts('place-kept')).toEqual([expect.objectContaining({ number: '+33561551234' })])
    expect(scene.said).toEqual(['place-kept'])
    scene.played('c1')
    expect(scene.hungUp).toEqual(['c1'])
    expect(scene.call('c1').status).toMatchObject({ kind: 'kept', playing: null })
  })

  it('and keys another number, which is confirmed as soon as it is whole', () => {
    const scene = press(waiting(), '3', '2', ...'061122334')
    expect(scene.call('c1').status).toMatchObject({ keeping: { step: 'keying', digits: '061122334' } })
    press(scene, '4')
    expect(scene.said.slice(0, 3)).toEqual(['place-number', 'sound:digits/0', 'sound:digits/6'])
    press(scene, '1')
    expect(scene.facts('place-kept')).toEqual([expect.objectContaining({ number: '+33611223344' })])
  })

  it('from a withheld number, keys one; an extension is ended by #', () => {
    const scene = press(waiting(null), '3')
    expect(scene.said).toEqual(['place-key-number'])
    press(scene, '4', '2', '4', '2', '#', '1')
    expect(scene.call('c1')).toMatchObject({ number: 'ext:4242', status: { kind: 'kept' } })
  })

  it('and keys a number that may not be called: is told so, and asked again', () => {
    const scene = press(waiting(), '3', '2', ...'0899123456')
    expect(scene.said).toEqual(['place-refused', 'place-key-number'])
    expect(scene.call('c1').status).toMatchObject({ keeping: { step: 'keying', digits: '' } })
  })

  it('and changes their mind, by * or by silence: the queue again, with the same place', () => {
    const scene = press(waiting(), '3', '*')
    expect(scene.said[0]).toBe('position-1')
    expect(scene.call('c1').status).toMatchObject({ kind: 'waiting', keeping: null })
    const silent = press(waiting(), '3')
    silent.played('c1')
    silent.falls()
    expect(silent.said[0]).toBe('position-1')
    expect(silent.call('c1').status).toMatchObject({ keeping: null })
  })

  it('is joined at once by an operator who becomes free meanwhile', () => {
    const scene = press(waiting(), '3')
    scene.asks('alice', 'ready')
    scene.answers('c1')
    expect(scene.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'connect'])
  })
})

describe('a kept place', () => {
  it('keeps its rank: those who came before are served before, those after, after', () => {
    const scene = Scene.open()
    for (const [i, id] of ['c0', 'c1', 'c2'].entries()) scene.after(1_000).arrives(id, `+3356155123${i}`)
    press(scene, '3', '1')
    scene.gone('c1')
    expect(inLine(scene)).toEqual(['c0', 'c1', 'c2'])
    scene.asks('alice', 'ready')
    expect(scene.call('c0').offers[0]?.operatorId).toBe('alice')
    scene.asks('bruno', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ shows: { number: '+33561551231', name: 'Rappel : Claire Dubois' } })])
  })

  it('has an operator reserved before anybody is dialled', () => {
    const scene = kept()
    scene.asks('alice', 'ready')
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ to: { kind: 'operator', operatorId: 'alice' } })])
    scene.answers('c1')
    expect(scene.effects('ring')).toEqual([expect.objectContaining({ to: { kind: 'number', number: '+33561551234' } })])
    const { channel } = scene.call('c1')
    expect(channel).toMatch(/^c1~out\d+$/)
    scene.give({ type: 'leg-answered', leg: channel })
    expect(scene.call('c1').status).toMatchObject({ kind: 'talking', operatorId: 'alice' })
  })

  it('is called three times, spaced, then left to a person', () => {
    const scene = kept()
    scene.asks('alice', 'ready')
    for (let attempt = 1; attempt <= settings.attempts; attempt += 1) {
      scene.answers('c1')
      scene.after(3_000).gone(scene.call('c1').channel, 19)
      if (attempt === settings.attempts) break
      expect(scene.call('c1').status).toMatchObject({ kind: 'kept', attempts: attempt, nextAt: scene.now + settings.attemptGapMs })
      expect(scene.operator('alice').status.kind).toBe('ready')
      scene.falls()
      expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
    }
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ callId: 'c1', reason: 'unanswered' })])
  })

  it('waits for the next opening', () => {
    const scene = kept()
    scene.give({ type: 'hours', open: false })
    scene.asks('alice', 'ready')
    expect(scene.call('c1')).toMatchObject({ offers: [], status: { kind: 'kept' } })
    scene.after(16 * 3_600_000).give({ type: 'hours', open: true })
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('is taken back by the person who calls again, and is theirs still if they give up', () => {
    const scene = kept()
    scene.arrives('c2', '+33561559999')
    scene.arrives('c3')
    expect(inLine(scene)[0]).toBe('c3')
    expect(inLine(scene)).not.toContain('c1')
    scene.gone('c3')
    expect(inLine(scene)[0]).toBe('c1')
    scene.arrives('c4')
    scene.asks('alice', 'ready')
    scene.answers('c4')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ callId: 'c1', reason: 'got-through' })])
  })

  it('is one per person: keeping it again leaves the first rank', () => {
    const scene = kept()
    scene.arrives('c2', '+33561559999')
    scene.arrives('c3')
    for (const key of ['3', '1']) scene.after(400).give({ type: 'key-pressed', channel: 'c3', key })
    scene.gone('c3')
    expect([...scene.state.calls.keys()]).toEqual(['c2', 'c3'])
    expect(inLine(scene)[0]).toBe('c3')
  })

  it('has the first rank also for who keeps it again from another telephone', () => {
    const scene = press(waiting(), '3', '2', ...'0612345678', '1')
    scene.gone('c1')
    scene.arrives('c2', '+33561559999')
    scene.after(1_000).arrives('c3')
    expect(inLine(scene)).toEqual(['c1', 'c2', 'c3'])
    for (const key of ['3', '2', ...'0612345678', '1']) scene.after(400).give({ type: 'key-pressed', channel: 'c3', key })
    scene.gone('c3')
    expect(inLine(scene)).toEqual(['c3', 'c2'])
  })

  it('whose operator gives up while it rings is offered to another', () => {
    const scene = kept()
    scene.asks('alice', 'ready')
    scene.asks('bruno', 'ready')
    scene.answers('c1')
    const { status } = scene.call('c1')
    scene.gone(status.kind === 'dialling' ? status.leg : '')
    expect(scene.facts('dialling-ended')).toEqual([expect.objectContaining({ reason: 'cancelled' })])
    expect(scene.call('c1').status).toMatchObject({ kind: 'kept', attempts: 0 })
    scene.falls()
    expect(scene.call('c1').offers[0]?.operatorId).toBe('bruno')
  })

  it('survives a kill between the word and the hang-up: goodbye is said again, or the caller has left', () => {
    const scene = press(waiting(), '3', '1')
    expect(scene.finds([{ id: 'c1' }]).effects.map((e) => e.type)).toEqual(['stop-playing', 'take-over', 'play'])
    expect(scene.said).toEqual(['place-kept'])
    scene.played('c1')
    expect(scene.finds([{ id: 'c1' }]).effects).toEqual([{ type: 'hang-up', channel: 'c1' }])
    scene.finds([])
    expect(scene.call('c1').status).toMatchObject({ kind: 'kept', playing: null })
  })

  it('outlives Asterisk: the person is called on the new one', () => {
    const scene = kept()
    scene.finds([], {}, [], 'another start')
    scene.asks('alice', 'ready')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })

  it('is gone once somebody has settled the answer owed', () => {
    const scene = kept()
    scene.give({ type: 'number-settled', number: '+33561551234' })
    expect(scene.state.calls.size).toBe(0)
  })

  it('is called at once by an operator who asks for that number', () => {
    const scene = kept()
    scene.asks('alice', 'paused')
    scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number: '+33561551234', people: [], owedId: null })
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
    expect(scene.state.calls.has('o1')).toBe(false)
  })
})

describe('the keys of a number', () => {
  it('stop what is being said, each time: nobody has to hear a question to its end', () => {
    const scene = waiting()
    for (const key of ['3', '2', '0', '*']) {
      const { status } = scene.call('c1')
      const saying = status.kind === 'waiting' ? status.playing : null
      press(scene, key)
      expect(scene.effects('stop-playing').map((one) => one.playback)).toEqual(saying === null ? [] : [saying.playback])
    }
    press(scene, '3')
    press(scene, '1')
    expect(scene.effects('stop-playing')).toHaveLength(1)
  })

  it('are waited for ten seconds after the last one', () => {
    const scene = press(waiting(), '3', '2', '0', '6')
    expect(scene.call('c1').status).toMatchObject({ nextAnnouncementAt: scene.now + 10_000 })
  })

  it('of a number written with its country are ended by #, however like a shorter one they begin', () => {
    const scene = press(waiting(), '3', '2', ...'0033561551299')
    expect(scene.call('c1').status).toMatchObject({ keeping: { step: 'keying', digits: '0033561551299' } })
    press(scene, '#', '1')
    expect(scene.call('c1')).toMatchObject({ number: '+33561551299', status: { kind: 'kept' } })
  })

  it('are no more than any number has: what is keyed beyond is lost', () => {
    const scene = press(waiting(), '3', '2', ...'1234567890123456789')
    expect(scene.call('c1').status).toMatchObject({ keeping: { digits: '123456789012345' } })
  })
})

describe('a place that is kept while a phone rings', () => {
  const ringing = () => {
    const scene = press(waiting(), '3')
    scene.asks('alice', 'ready')
    return scene
  }
  it('lets that phone stop, without a miss; its operator has the place as soon as the caller has left', () => {
    const scene = press(ringing(), '1')
    expect(scene.facts('offer-ended')).toMatchObject([{ operatorId: 'alice', reason: 'caller-gone', restUntil: 0 }])
    expect(scene.hungUp).toHaveLength(1)
    expect(scene.operator('alice').misses).toBe(0)
    expect(scene.call('c1').offers).toEqual([])
    scene.gone('c1')
    expect(scene.call('c1').offers[0]?.operatorId).toBe('alice')
  })
})

describe('a person whose place is kept and who calls again', () => {
  const again = (scene: Scene) => {
    scene.asks('alice', 'ready')
    return scene
  }
  it('while the goodbye is still being said on the first line: once answered, that one is hung up', () => {
    const scene = press(waiting(), '3', '1')
    scene.arrives('c2')
    again(scene)
    scene.answers('c2')
    expect(scene.facts('call-ended')).toMatchObject([{ callId: 'c1', reason: 'got-through', by: 'caller' }])
    expect(scene.hungUp).toContain('c1')
  })

  it('has left the first line before: nothing is hung up that is not there', () => {
    const scene = kept()
    scene.arrives('c2')
    again(scene)
    scene.answers('c2')
    expect(scene.hungUp).not.toContain('c1')
  })

  it('as an operator’s phone rings for the place: it stops, and rings for the person', () => {
    const scene = again(kept())
    const leg = scene.leg('c1')
    scene.arrives('c2')
    expect(scene.facts('offer-ended')).toMatchObject([{ callId: 'c1', operatorId: 'alice', reason: 'caller-gone' }])
    expect(scene.hungUp).toEqual([leg])
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })

  it('hangs up during the goodbye, and is not hung up', () => {
    const scene = press(waiting(), '3', '1')
    scene.gone('c1')
    expect([scene.hungUp, scene.facts('place-left').length]).toEqual([[], 1])
  })
})

describe('an operator who calls for a kept place', () => {
  const dialling = () => {
    const scene = kept()
    scene.asks('alice', 'ready')
    scene.answers('c1')
    return scene
  }

  it('and asked for a pause meanwhile is in it afterwards, reached or not', () => {
    const scene = dialling()
    scene.asks('alice', 'paused')
    scene.gone(scene.call('c1').channel, 17)
    expect(scene.operator('alice').status).toMatchObject({ kind: 'paused', reason: 'Repas' })
  })

  it('through an Asterisk that fell has not called in vain', () => {
    const scene = dialling()
    const { status } = scene.call('c1')
    scene.finds(status.kind === 'dialling' ? [{ id: status.leg, role: 'leg' }] : [])
    expect(scene.facts('dialling-ended')).toMatchObject([{ reason: 'lost' }])
    expect(scene.call('c1')).toMatchObject({ passedBy: [], status: { kind: 'kept', attempts: 0 } })
  })

  it('as the person calls by themselves: they have their place, in the line too', () => {
    const scene = dialling()
    scene.arrives('c2', '+33561559999')
    scene.after(1_000).arrives('c3')
    expect(inLine(scene)).toEqual(['c3', 'c2'])
    scene.gone(scene.call('c1').channel, 17)
    expect(scene.call('c3').offers.map(({ operatorId }) => operatorId)).toEqual(['alice'])
    scene.answers('c3')
    expect([...scene.state.calls.keys()]).toEqual(['c2', 'c3'])
  })

  it('calls in vain once somebody else has answered them: the phones stop, and the operator is free', () => {
    const scene = dialling()
    const { channel, status } = scene.call('c1')
    scene.asks('bruno', 'ready')
    scene.arrives('c3')
    scene.answers('c3')
    expect(scene.hungUp).toEqual([channel, status.kind === 'dialling' ? status.leg : ''])
    expect(scene.facts('call-ended')).toMatchObject([{ callId: 'c1', reason: 'got-through' }])
    expect(scene.operator('alice').status.kind).toBe('ready')
  })

  it('calls in vain once the person keeps the place anew, or somebody has settled the answer owed', () => {
    const anew = dialling()
    anew.arrives('c3')
    for (const key of ['3', '1']) anew.after(400).give({ type: 'key-pressed', channel: 'c3', key })
    expect([...anew.state.calls.keys()]).toEqual(['c3'])
    const settled = dialling()
    settled.give({ type: 'number-settled', number: '+33561551234' })
    expect([...settled.state.calls.keys()]).toEqual([])
    expect(settled.effects('drop-bridge').length).toBe(1)
  })

  it('who is not reached has not passed on it, and may be rung for it again', () => {
    const scene = dialling()
    scene.gone(scene.call('c1').channel, 19)
    expect(scene.call('c1').passedBy).toEqual([])
  })
})
