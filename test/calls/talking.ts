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

/** Alice asks somebody while c1 hears music. */
export const asks = (target: Target) => () => {
  const scene = talking()
  scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target })
  return scene
}
/** Alice hands c1 over. */
export const hands = (target: Target) => () => {
  const scene = talking()
  scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
  return scene
}

/** What the telephones of c9's conversation say of themselves to a service that knows nothing of it. */
export const foundTalk = {
  callId: 'c9',
  channel: 'c9',
  leg: 'c9~leg3',
  bridge: 'c9~leg3~bridge',
  operatorId: 'alice',
  called: null,
  leftS: 310,
  recording: null,
  serial: 1_003,
}
