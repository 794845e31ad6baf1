import { describe, expect, it } from 'vitest'
import { claire, Scene, settings } from './scene.ts'

const wifi = { id: 'd1', sound: 'disruption-a' }
const disrupted = { ...settings, disruptions: [wifi] }
const press = (scene: Scene, key: string, channel = 'c1') => scene.give({ type: 'key-pressed', channel, key })
const waiting = (number: string | null = '+33561551234') => {
  const scene = Scene.open().under(disrupted)
  scene.arrives('c1', number)
  return scene.after(1_000)
}

describe('a disruption on the telephone', () => {
  it('is the first thing that those who wait hear, with its key, and is not said twice', () => {
    const scene = waiting()
    expect(scene.said.slice(0, 4)).toEqual(['other-language', 'disruption-a', 'disruption-key', 'waiting'])
    scene.played('c1')
    scene.falls()
    expect(scene.said).not.toContain('disruption-a')
    expect(scene.said.at(-1)).toBe('disruption-reminder')
  })

  it('that begins while people wait is told to them at once, after what is being said', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    scene.arrives('c2', '+33561559999')
    scene.played('c1')
    scene.under(disrupted).after(1_000).give({ type: 'tick' })
    expect(scene.effects('play').map(({ channel }) => channel)).toEqual(['c1'])
    expect(scene.said.slice(0, 2)).toEqual(['disruption-a', 'disruption-key'])
    scene.played('c2')
    scene.give({ type: 'tick' })
    expect(scene.effects('play').map(({ channel }) => channel)).toEqual(['c2'])
    expect(scene.give({ type: 'tick' }).effects).toEqual([])
  })

  it('whose text has changed is told anew', () => {
    const scene = waiting()
    scene.played('c1')
    scene.under({ ...settings, disruptions: [{ id: 'd1', sound: 'disruption-b' }] }).give({ type: 'tick' })
    expect(scene.said.slice(0, 2)).toEqual(['disruption-b', 'disruption-key'])
  })

  it('of several tells one at a time, and key 4 joins the one just heard', () => {
    const vpn = { id: 'd2', sound: 'disruption-vpn' }
    const scene = Scene.open().under({ ...settings, disruptions: [wifi, vpn] })
    scene.arrives('c1', '+33561551234')
    scene.after(1_000)
    expect(scene.said.slice(0, 4)).toEqual(['other-language', 'disruption-a', 'disruption-key', 'waiting'])
    scene.played('c1')
    scene.give({ type: 'tick' })
    expect(scene.said.slice(0, 2)).toEqual(['disruption-vpn', 'disruption-key'])
    const other = press(scene, '4')
    expect(other.facts.find(({ type }) => type === 'disruption-joined')).toMatchObject({ disruptionId: 'd2' })
  })

  it('of several comes back to the first once all were told, and joins that one then', () => {
    const vpn = { id: 'd2', sound: 'disruption-vpn' }
    const scene = Scene.open().under({ ...settings, disruptions: [wifi, vpn] })
    scene.arrives('c1', '+33561551234')
    scene.played('c1')
    scene.give({ type: 'tick' })
    scene.played('c1')
    expect(scene.give({ type: 'tick' }).effects).toEqual([])
    scene.falls()
    expect(scene.said.slice(0, 2)).toEqual(['disruption-a', 'disruption-key'])
    expect(press(scene, '4').facts.find(({ type }) => type === 'disruption-joined')).toMatchObject({ disruptionId: 'd1' })
  })

  it('never holds back a free operator: who is answered stops hearing it', () => {
    const scene = waiting()
    const playback = scene.playback('c1')
    scene.asks('alice', 'ready')
    scene.answers('c1')
    expect(scene.effects('stop-playing')).toEqual([{ type: 'stop-playing', channel: 'c1', playback }])
    expect(scene.call('c1').status.kind).toBe('talking')
    const free = Scene.open('alice').under(disrupted)
    free.arrives('c1')
    expect(free.effects('play')).toEqual([])
    expect(free.effects('ring')).toHaveLength(1)
  })

  it('of several tells all on the closed side, where there is one occasion, and key 4 joins the last one said', () => {
    const vpn = { id: 'd2', sound: 'disruption-vpn' }
    const scene = Scene.open().under({ ...settings, disruptions: [wifi, vpn] })
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1', '+33561551234')
    expect(scene.said.slice(0, 5)).toEqual(['other-language', 'disruption-vpn', 'disruption-a', 'disruption-key', 'closed'])
    press(scene, '4')
    expect(scene.facts('disruption-joined')).toEqual([expect.objectContaining({ disruptionId: 'd1' })])
  })

  it('is told on the closed side too, before the hours', () => {
    const scene = Scene.open().under(disrupted)
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1')
    expect(scene.said.slice(0, 4)).toEqual(['other-language', 'disruption-a', 'disruption-key', 'closed'])
    press(scene, '4')
    expect(scene.facts('disruption-joined')).toEqual([expect.objectContaining({ disruptionId: 'd1', number: '+33561551234' })])
  })
})

describe('the key that joins it', () => {
  it('is written down before it is thanked for; a mail is promised to whoever has an address, and the line is free', () => {
    const scene = waiting()
    const { facts } = press(scene, '4')
    expect(facts.map(({ type }) => type)).toEqual(['disruption-joined', 'farewell-started'])
    expect(scene.said).toEqual(['disruption-joined-mail'])
    scene.played('c1')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'attached' })])
    expect(scene.hungUp).toEqual(['c1'])
    expect(scene.state.stayed.left).toContain(1)
  })

  it('stops what is being said, in line or on the closed side', () => {
    const scene = waiting()
    const playback = scene.playback('c1')
    press(scene, '4')
    expect(scene.effects('stop-playing')).toMatchObject([{ playback }])
    const closed = Scene.open().under(disrupted)
    closed.give({ type: 'hours', open: false })
    closed.arrives('c1')
    press(closed, '4')
    expect(closed.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'play'])
    const unknown = waiting(null)
    press(unknown, '4')
    expect(unknown.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'play'])
  })

  it('asks nobody for a number on the closed side, where it is joined without', () => {
    const scene = Scene.open().under(disrupted)
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1', null)
    press(scene, '4')
    expect(scene.facts('disruption-joined')).toMatchObject([{ number: null }])
  })

  it('promises no mail where there is no address', () => {
    const scene = Scene.open().under(disrupted)
    scene.give({ type: 'call-arrived', channel: 'c1', number: '+33561551234', dialled: null, people: [{ ...claire, email: null }] })
    press(scene, '4')
    expect(scene.said).toEqual(['disruption-joined'])
  })

  it('frees a phone that rings for the caller, for the next in line', () => {
    const scene = waiting()
    scene.asks('alice', 'ready')
    scene.arrives('c2', '+33561559999')
    press(scene, '4')
    expect(scene.facts('offer-ended')).toEqual([expect.objectContaining({ operatorId: 'alice', reason: 'caller-gone' })])
    expect(scene.call('c2').offers[0]?.operatorId).toBe('alice')
  })

  it('asks who withholds their number for one, which need not be one that we may call', () => {
    const scene = waiting(null)
    press(scene, '4')
    expect(scene.said).toEqual(['disruption-number'])
    press(scene, '#')
    expect(scene.said).toEqual(['number-unreadable', 'disruption-number'])
    for (const key of '0892123456') press(scene, key)
    expect(scene.facts('disruption-joined')).toEqual([expect.objectContaining({ number: '+33892123456' })])
    expect(scene.said).toEqual(['disruption-joined'])
  })

  it('given up by the star leads back to the music', () => {
    const scene = waiting(null)
    press(scene, '4')
    press(scene, '*')
    expect(scene.call('c1').status).toMatchObject({ kind: 'waiting', keeping: null })
  })

  it('does nothing when nothing is disrupted', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    expect(press(scene, '4')).toMatchObject({ facts: [], effects: [] })
    const over = waiting()
    over.under(settings)
    expect(press(over, '4')).toMatchObject({ facts: [], effects: [] })
  })

  it('counts after a kill of the service: the thanks are said again, and nothing is joined twice', () => {
    const scene = waiting()
    press(scene, '4')
    scene.finds([{ id: 'c1', number: '+33561551234' }])
    expect(scene.said).toEqual(['disruption-joined-mail'])
    expect(scene.facts('disruption-joined')).toEqual([])
    scene.played('c1')
    expect(scene.facts('call-ended')).toEqual([expect.objectContaining({ reason: 'attached' })])
  })
})
