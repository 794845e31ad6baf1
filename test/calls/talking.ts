import type { Reachable, Target } from '../../server/calls/model.ts'
import { Scene } from './scene.ts'

export const bruno: Reachable = { kind: 'operator', operatorId: 'bruno', name: 'Bruno' }
export const outside: Target = { kind: 'number', number: '+33561556611', name: 'Standard' }

/** Alice has talked to c1 for half a minute; bruno is ready. */
export function talking(): Scene {
  const scene = Scene.open('alice')
  scene.arrives('c1')
  scene.answers('c1')
  scene.after(1_000).asks('bruno', 'ready')
  return scene.after(30_000)
}
