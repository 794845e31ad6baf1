import { Scene } from './scene.ts'

const waiting = () => {
  const scene = Scene.open()
  scene.arrives('c1')
  return scene.after(1_000)
}
const ringing = () => {
  const scene = Scene.open('alice')
  scene.arrives('c1')
  return scene.after(1_000)
}
const invited = () => {
  const scene = waiting()
  scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
  return scene.after(1_000)
}
const asked = () => {
  const scene = Scene.open()
  scene.arrives('c1', null)
  scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
  return scene.after(1_000)
}
const recording = () => {
  const scene = invited()
  scene.played('c1')
  return scene.after(5_000)
}

/** One call, c1, at each status it can have; the phone is always alice's. */
const situations = {
  ringing,
  waiting,
  /** In the queue, an announcement just over. */
  'waiting with music': () => {
    const scene = waiting()
    scene.played('c1')
    return scene.after(1_000)
  },
  'waiting while a phone rings': () => {
    const scene = waiting()
    scene.asks('alice', 'ready')
    return scene.after(1_000)
  },
  talking: () => {
    const scene = ringing()
    scene.answers('c1')
    return scene.after(30_000)
  },
  closed: () => {
    const scene = Scene.open()
    scene.give({ type: 'hours', open: false })
    scene.arrives('c1')
    return scene.after(1_000)
  },
  'invited to leave a message': invited,
  'asked for the number of a message': asked,
  'leaving a message': recording,
  ending: () => {
    const scene = recording()
    scene.give({ type: 'recording-ended', recording: 'message-c1', durationMs: 5_000 })
    return scene.after(1_000)
  },
} as const satisfies Readonly<Record<string, () => Scene>>

export type Situation = keyof typeof situations
export const everySituation = Object.keys(situations) as Situation[]
export const at = (situation: Situation): Scene => situations[situation]()
