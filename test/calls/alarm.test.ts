import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { Scene, settings } from './scene.ts'

/** Nobody is ready; c1 has waited, with music, until just before the alarm. */
const almost = () => {
  const scene = Scene.open()
  scene.arrives('c1')
  scene.played('c1')
  while ((nextDeadline(scene.state, settings) ?? 0) < scene.call('c1').arrivedAt + settings.alarmMs) {
    scene.falls()
    if (scene.said.length > 0) scene.after(10_000).played('c1')
  }
  return scene
}

describe('a wait that has become too long', () => {
  it('is an alarm at its minute, once, and the music gives way to what can be done other than wait', () => {
    const scene = almost()
    scene.falls()
    expect(scene.now - scene.call('c1').arrivedAt).toBe(settings.alarmMs)
    expect(scene.facts('wait-alarm')).toEqual([expect.objectContaining({ callId: 'c1' })])
    expect(scene.call('c1').alarmedAt).toBe(scene.now)
    expect(scene.said).toContain('key-for-message')
    scene.after(10_000).played('c1')
    scene.falls()
    expect(scene.facts('wait-alarm')).toEqual([])
  })

  it.each<readonly [string, (scene: Scene) => void]>([
    ['does not cut what is being said', () => undefined],
    [
      'does not cut a number that is being keyed',
      (scene) => {
        for (const key of ['3', '2', '0', '6']) scene.give({ type: 'key-pressed', channel: 'c1', key })
      },
    ],
  ])('%s: it ends first', (_what, before) => {
    const scene = Scene.open().under({ ...settings, alarmMs: 60_000 })
    scene.arrives('c1')
    before(scene.after(59_000))
    const { status } = scene.call('c1')
    scene.after(1_000).give({ type: 'tick' })
    expect(scene.facts('wait-alarm')).toHaveLength(1)
    expect([scene.call('c1').status, scene.last.effects]).toEqual([status, []])
  })

  it('is no alarm once somebody has answered', () => {
    const scene = almost()
    scene.asks('alice', 'ready')
    scene.answers('c1')
    scene.after(settings.alarmMs).give({ type: 'tick' })
    expect(scene.facts('wait-alarm')).toEqual([])
  })
})
