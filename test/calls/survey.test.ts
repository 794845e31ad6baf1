import { expect, it } from 'vitest'
import { Scene, settings } from './scene.ts'

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
