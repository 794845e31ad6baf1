import type { Draw, Drill, Outcome } from '../drill.ts'
import { calls, compare, pause, pictureOf, type Scene, since, statusOf, supervise, talking, telephonyIs } from '../scene.ts'
import type { World } from '../world.ts'

const outside = { to: { kind: 'number', number: '0561559999', name: 'Dépannage' } } as const
const talk = ({ live }: Scene): string => statusOf(live, 'talking')?.id ?? 'none'
const ask = async (scene: Scene, what: string, body?: object) => {
  const { status } = await scene.me.ask('POST', `/api/calls/${talk(scene)}/${what}`, body)
  if (status !== 204) throw new Error(`${what} was answered ${status}`)
}

const consults = async (scene: Scene) => {
  await ask(scene, 'consult', outside)
  await scene.live.until('the question', () => statusOf(scene.live, 'talking')?.consult?.state === 'talking')
}

/** How a conversation comes to each moment at which the service is ended. */
const points = {
  ringing: async () => undefined,
  talking: async () => undefined,
  async held(scene: Scene) {
    await ask(scene, 'hold', { on: true })
    await scene.live.until('the hold', () => statusOf(scene.live, 'talking')?.onHold === true)
  },
  consulting: consults,
  async joined(scene: Scene) {
    await consults(scene)
    await ask(scene, 'conference')
    await scene.live.until('all three', () => statusOf(scene.live, 'talking')?.consult?.state === 'joined')
  },
  async transferred(scene: Scene) {
    await ask(scene, 'transfer', outside)
    await scene.live.until('the transfer', () => statusOf(scene.live, 'talking')?.operatorId === null)
  },
  async 'wrap-up'(scene: Scene) {
    await ask(scene, 'hangup')
    await scene.live.until(
      'the wrap-up',
      () => scene.live.operators.get('alice')?.state === 'wrap-up' && statusOf(scene.live, 'talking') === undefined,
    )
  },
} as const
type Point = keyof typeof points

const ends = {
  /** @returns when it was started again, and the end of that start */
  async killed({ desk }: World, awayMs: number) {
    await desk.service.kill()
    await pause(awayMs)
    const back = performance.now()
    const started = desk.service.start()
    // Waited for below, after what is measured: a start that fails before is not to end the run.
    started.catch(() => undefined)
    return { back, started }
  },
  async frozen({ desk }: World, awayMs: number) {
    await desk.service.freeze()
    await pause(awayMs)
    desk.service.thaw()
    return { back: performance.now(), started: Promise.resolve() }
  },
} as const

/** A phone that was rung once more (a slow machine lets the first ringing end) is told again. */
async function pickUp(phone: Scene['phone'], live: Scene['live'], left = 3): Promise<void> {
  await phone.tell()
  try {
    await live.until('the answer', () => calls(live).some((call) => call.operatorId === 'alice' && call.status === 'talking'), 5_000)
  } catch (error) {
    if (left === 0) throw error
    await pickUp(phone, live, left - 1)
  }
}

async function withoutService(world: World, how: keyof typeof ends, point: Point, crowd: number, draw: Draw): Promise<Outcome> {
  const scene = await talking(world, crowd, point === 'ringing' ? 'phone-answers-when-told' : 'phone-answers-at-once')
  await points[point](scene)
  // Anywhere within what the status sets in motion.
  await pause(draw.between(0, 300))
  const before = pictureOf(scene.live)
  const { back, started } = await ends[how](world, draw.between(0, 2_000))
  await telephonyIs(world, 'up')
  // A service that wakes says what it said before until it has looked: it is asked for the calls as they are.
  if (how === 'frozen') await scene.me.ask('GET', '/api/calls')
  const recoveredMs = since(back)
  await started
  const after = await supervise(world)
  const compared = compare(before, pictureOf(after))
  if (point === 'ringing') {
    await pickUp(scene.phone, after)
  } else if (point !== 'wrap-up') {
    await scene.caller.tell()
    await scene.caller.done
  }
  return { ...compared, recoveredMs }
}

/** Killed and frozen at each moment of a call, while a crowd waits. */
export const serviceDrills: readonly Drill[] = (['killed', 'frozen'] as const).flatMap((how) =>
  (Object.keys(points) as Point[]).map(
    (point): Drill => ({
      name: `service.${how}.${point}`,
      goalMs: 2_000,
      run: (world, { crowd }, draw) => withoutService(world, how, point, crowd, draw),
    }),
  ),
)
