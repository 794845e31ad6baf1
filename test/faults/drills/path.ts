import type { Drill, Outcome } from '../drill.ts'
import { compare, owedTo, pause, pictureOf, since, supervise, talking, telephonyIs } from '../scene.ts'
import type { World } from '../world.ts'

const foundWithinMs = 5_000

/**
 * A conversation whose operator hangs up while the path is away, and a crowd that waits: the caller must not stay in silence, nor
 * the crowd lose its order.
 */
async function withoutPath(world: World, crowd: number, awayMs: number, breaks: () => Promise<void>): Promise<Outcome> {
  const { live, phone, caller } = await talking(world, crowd)
  const before = pictureOf(live)
  const talk = [...live.calls.values()].find((call) => call.status === 'talking')?.id ?? ''
  const broken = performance.now()
  await breaks()
  await telephonyIs(world, 'down')
  const foundMs = since(broken)
  if (foundMs > foundWithinMs) throw new Error(`the loss was found after ${Math.round(foundMs)} ms`)
  await phone.tell()
  await pause(Math.max(0, awayMs - since(broken)))
  const back = performance.now()
  await world.ari.restore()
  await telephonyIs(world, 'up')
  const recoveredMs = since(back)
  await caller.done
  const after = await supervise(world)
  await after.until('the end of the conversation', () => !after.calls.has(talk))
  // Who has heard nothing from the service for five minutes is asked by the dialplan to leave a message, and is called back.
  const left = [...before.kept.keys()].filter((id) => id !== talk && !after.calls.has(id))
  const owed = await owedTo(world, left, 30_000)
  return { ...compare(before, pictureOf(after), [talk, ...owed]), recoveredMs }
}

export const pathDrills: readonly Drill[] = [
  {
    name: 'path.cut',
    goalMs: 2_000,
    run: (world, { crowd }, draw) => withoutPath(world, crowd, draw.between(500, 1_500), () => world.ari.cut()),
  },
  {
    name: 'path.silent',
    goalMs: 2_000,
    run: (world, { crowd, silenceMs }) =>
      withoutPath(world, crowd, silenceMs, async () => {
        world.ari.freeze()
      }),
  },
  {
    name: 'path.slow',
    goalMs: 5_000,
    async run(world, { crowd }, draw) {
      // Slow is not away: nothing is dropped, and who calls is answered.
      world.ari.delay(draw.between(100, 300))
      try {
        const began = performance.now()
        const { live } = await talking(world, crowd)
        const recoveredMs = since(began)
        return { lost: live.ended.length, duplicated: 0, recoveredMs }
      } finally {
        world.ari.delay(0)
      }
    },
  },
]
