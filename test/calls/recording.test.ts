import { describe, expect, it } from 'vitest'
import type { RecordingOrder } from '../../server/contract/http.ts'
import { mainLine, type Recording, type Settings } from '../../server/calls/settings.ts'
import { roster, settings } from './scene.ts'
import { at } from './situations.ts'

const under = (recording: Recording): Settings => ({ ...settings, lines: settings.lines.map((line) => ({ ...line, recording })) })
const order = (wish: RecordingOrder) => ({ type: 'operator-records', operatorId: 'alice', callId: 'c1', order: wish }) as const
const hold = (on: boolean) => ({ type: 'operator-holds', operatorId: 'alice', callId: 'c1', on }) as const
type Of = ReturnType<typeof at>
const recordingOf = (scene: Of) => {
  const { status } = scene.call('c1')
  return status.kind === 'talking' ? status.recording : null
}
const told = (scene: Of) => scene.give({ type: 'playback-ended', playback: recordingOf(scene)?.playback ?? '' })
const did = (scene: Of) => scene.last.effects.map((e) => e.type)
/** In conversation, recorded since the sentence is over. */
const recorded = (rule: Recording = 'on-demand') => {
  const scene = at('talking').under(under(rule))
  scene.give(order('start'))
  told(scene)
  return scene
}

describe('recording a conversation', () => {
  it('is refused on a line that does not record', () => {
    const scene = at('talking')
    expect(scene.give(order('start'))).toMatchObject({ facts: [], effects: [] })
    expect(scene.call('c1').line).toBe(mainLine)
  })

  it('begins once everybody has heard of it, and not before', () => {
    const scene = at('talking').under(under('on-demand'))
    scene.give(order('start'))
    expect(scene.last.effects).toEqual([
      expect.objectContaining({ type: 'announce', bridge: 'c1~leg0~bridge', sounds: ['sound:guichet/recorded'] }),
    ])
    told(scene)
    expect(scene.last.effects).toEqual([
      { type: 'record-talk', channel: 'c1', bridge: 'c1~leg0~bridge', recording: recordingOf(scene)?.name },
    ])
  })

  it('does not begin when the sentence cannot be said', () => {
    const scene = at('talking').under(under('on-demand'))
    scene.give(order('start'))
    scene.give({ type: 'command-failed', command: 'play', target: recordingOf(scene)?.playback ?? '' })
    expect([recordingOf(scene), scene.last.effects]).toEqual([null, []])
  })

  it('is announced by itself where the line always records, and cannot be ended there by an operator', () => {
    const scene = at('ringing').under(under('always'))
    scene.answers('c1')
    expect(did(scene)).toContain('announce')
    told(scene)
    scene.give(order('cancel'))
    expect(recordingOf(scene)?.phase).toBe('on')
  })

  it('rests while a secret is spelled, and goes on in the same sound', () => {
    const scene = recorded()
    const name = recordingOf(scene)?.name
    scene.give(order('pause'))
    expect(scene.last.effects).toEqual([{ type: 'pause-recording', channel: 'c1', recording: name, on: true }])
    scene.give(order('resume'))
    expect(scene.last.effects).toEqual([{ type: 'pause-recording', channel: 'c1', recording: name, on: false }])
  })

  it('keeps nothing while the caller is on hold, and stays paused afterwards if it was', () => {
    const scene = recorded()
    scene.give(hold(true))
    expect(did(scene)).toEqual(['hold', 'pause-recording'])
    scene.give(order('pause'))
    scene.give(hold(false))
    expect(did(scene)).toEqual(['connect'])
  })

  it('is announced again to a caller who was put on hold during the sentence', () => {
    const scene = at('talking').under(under('on-demand'))
    scene.give(order('start'))
    scene.give(hold(true))
    told(scene)
    expect(did(scene)).toEqual([])
    scene.give(hold(false))
    expect(did(scene)).toEqual(['connect', 'announce'])
    told(scene)
    expect(did(scene)).toEqual(['record-talk'])
  })

  it('rests after a restart too while the operator’s page is waited for', () => {
    const scene = recorded()
    scene.give({ type: 'roster', operators: roster.map((entry) => ({ ...entry, phone: 'browser' as const })) })
    scene.give({ type: 'operator-rejoins', operatorId: 'alice', callId: 'c1' })
    scene.finds([{ id: 'c1' }])
    expect(did(scene)).toEqual(['hold', 'record-talk', 'pause-recording'])
    expect(scene.effects('pause-recording')).toMatchObject([{ on: true }])
  })

  it('is announced again to a caller who heard music instead, the operator’s page being loaded anew', () => {
    const scene = at('talking').under(under('always'))
    const withBrowser = [...scene.state.operators.values()].map((o) => ({ ...o, phone: 'browser' as const }))
    scene.give({ type: 'roster', operators: withBrowser })
    const ask = { type: 'operator-rejoins', operatorId: 'alice', callId: 'c1' } as const
    scene.give(order('start'))
    scene.give(ask)
    told(scene)
    expect([did(scene), recordingOf(scene)?.phase]).toEqual([[], 'announcing'])
    const again = () => {
      const { status } = scene.call('c1')
      return scene.give({ type: 'leg-answered', leg: (status.kind === 'talking' ? status.rejoining?.leg : null) ?? '' })
    }
    again()
    expect(did(scene)).toEqual(['connect', 'announce'])
    told(scene)
    scene.give(ask)
    expect(did(scene)).toEqual(['hold', 'hang-up', 'ring', 'pause-recording'])
    again()
    expect(did(scene)).toEqual(['connect', 'pause-recording'])
  })

  it('is announced again, in a sound of its own, when somebody joins who was not told', () => {
    const scene = recorded()
    const first = recordingOf(scene)?.name
    scene.asks('bruno', 'ready')
    const target = { kind: 'operator', operatorId: 'bruno', name: 'bruno' } as const
    scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target })
    const { status } = scene.call('c1')
    scene.give({ type: 'leg-answered', leg: (status.kind === 'talking' ? status.consult?.leg : undefined) ?? '' })
    scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    expect(did(scene)).toEqual(expect.arrayContaining(['announce', 'stop-recording']))
    expect(recordingOf(scene)).toMatchObject({ phase: 'announcing' })
    expect(recordingOf(scene)?.name).not.toBe(first)
  })

  it('ends with the conversation', () => {
    const scene = recorded('always')
    const name = recordingOf(scene)?.name ?? ''
    scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(scene.last.effects).toContainEqual({ type: 'stop-recording', channel: 'c1', recording: name })
  })

  it('that Asterisk has lost is shown as none', () => {
    const scene = recorded()
    scene.give({ type: 'recording-ended', recording: recordingOf(scene)?.name ?? '', durationMs: 0 })
    expect(recordingOf(scene)).toBeNull()
  })

  it('is asked for again after an absence of the service, under its own name', () => {
    const scene = recorded()
    const { name } = recordingOf(scene) ?? {}
    const up = { state: 'up', number: null, dialled: null, people: [] } as const
    scene.give({
      type: 'inventory',
      inventory: {
        startedAt: null,
        channels: [
          { id: 'c1', role: 'caller', ...up },
          { id: 'c1~leg0', role: 'leg', ...up },
        ],
        bridges: new Map([['c1~leg0~bridge', ['c1', 'c1~leg0']]]),
        recordings: [],
        talks: [],
      },
    })
    expect(scene.last.effects).toEqual([expect.objectContaining({ type: 'record-talk', recording: name })])
  })
})
