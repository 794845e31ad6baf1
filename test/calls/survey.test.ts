import { expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'
import { outside } from './talking.ts'

/** Alice talks to c1 where callers are asked. */
function talking(survey = true): Scene {
  const scene = Scene.open('alice').under({ ...settings, survey })
  scene.arrives('c1')
  scene.answers('c1')
  return scene.after(60_000)
}
const hangsUp = (scene: Scene) => scene.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
const presses = (scene: Scene, key: string) => scene.give({ type: 'key-pressed', channel: 'c1', key })

it('the operator having hung up, at the console or the phone, the caller alone is kept and asked', () => {
  for (const end of [hangsUp, (scene: Scene) => scene.gone('c1~leg0')]) {
    const scene = talking()
    end(scene)
    expect(scene.said).toEqual(['survey', 'sound:silence/5'])
    expect(scene.hungUp).not.toContain('c1')
    expect(scene.operator('alice').status.kind).toBe('wrap-up')
    scene.played('c1')
    expect(scene.facts('call-ended')).toMatchObject([{ reason: 'completed' }])
  }
})

it('a key from 1 to 5 is the answer, once; the caller is thanked and hung up', () => {
  const scene = talking()
  hangsUp(scene)
  for (const key of ['0', '6', '#']) expect(presses(scene, key).facts).toEqual([])
  presses(scene, '4')
  expect(scene.facts('survey-answered')).toMatchObject([{ rating: 4 }])
  expect(scene.said).toEqual(['survey-thanks'])
  expect(presses(scene, '1').facts).toEqual([])
  scene.played('c1')
  expect(scene.hungUp).toEqual(['c1'])
})

it('a caller who hangs up has not answered; one whom a supervisor ends, or whose site asks nothing, is not asked', () => {
  const left = talking()
  hangsUp(left)
  left.gone('c1')
  expect(left.facts('call-ended')).toMatchObject([{ reason: 'completed', by: 'caller' }])
  const stopped = talking()
  stopped.give({ type: 'call-stopped', callId: 'c1' })
  expect(stopped.said).toEqual([])
  const unasked = talking(false)
  hangsUp(unasked)
  expect(unasked.hungUp).toContain('c1')
})

it('the operator goes, the caller comes out of the conversation and hears the question, and its bridge goes', () => {
  const scene = talking()
  hangsUp(scene)
  expect(scene.last.effects.map((e) => e.type)).toEqual(['hang-up', 'leave-bridge', 'drop-bridge', 'leave-talk', 'limit', 'play'])
  expect([scene.hungUp, scene.effects('drop-bridge')]).toMatchObject([['c1~leg0'], [{ bridge: 'c1~leg0~bridge' }]])
  // Of the conversation a few seconds may be left.
  expect(scene.effects('limit')).toEqual([{ type: 'limit', channel: 'c1', leg: null, limitS: 300 }])
})

it('whoever answers during the question is not made to hear the rest of it', () => {
  const scene = talking()
  hangsUp(scene)
  const playback = scene.playback('c1')
  presses(scene, '5')
  expect(scene.last.effects.map((e) => e.type)).toEqual(['stop-playing', 'play'])
  expect(scene.effects('stop-playing')).toEqual([{ type: 'stop-playing', channel: 'c1', playback }])
  scene.played('c1')
  expect(scene.facts('call-ended')).toMatchObject([{ reason: 'completed' }])
})

it('a question is one still after a restart: it is said again, and answered by a key', () => {
  const scene = talking()
  hangsUp(scene)
  scene.finds([{ id: 'c1' }])
  expect(scene.said).toEqual(['survey', 'sound:silence/5'])
  presses(scene, '3')
  expect(scene.facts('survey-answered')).toMatchObject([{ rating: 3 }])
})

it('a caller who was handed over to somebody outside is not asked about the desk', () => {
  const scene = talking()
  scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target: outside })
  const leg = scene.effects('ring')[0]?.leg ?? ''
  scene.give({ type: 'leg-answered', leg })
  scene.gone(leg)
  expect([scene.said, scene.hungUp.includes('c1')]).toEqual([[], true])
})
