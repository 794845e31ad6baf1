import { once } from '../../support/sipp.ts'
import type { Drill, Outcome } from '../drill.ts'
import { calls, owedTo, since, supervise, talking, telephonyIs } from '../scene.ts'
import type { World } from '../world.ts'

const startOf = async ({ desk }: World): Promise<string | null> =>
  desk
    .ari<{ status: { startup_time: string } }>('/asterisk/info?only=status')
    .then(({ status }) => status.startup_time)
    .catch(() => null)

/** Asterisk is killed below a conversation and a crowd, the service with it or not; then somebody calls again. */
async function withoutAsterisk(world: World, crowd: number, also: 'service' | null): Promise<Outcome> {
  const { desk } = world
  const { live } = await talking(world, crowd)
  const died = calls(live).map(({ id }) => id)
  const first = await startOf(world)
  if (also === 'service') await desk.service.kill()
  process.kill(desk.asterisk.pid(), 'SIGKILL')
  await once(async () => ![null, first].includes(await startOf(world)), 30_000, 'another Asterisk')
  const back = performance.now()
  const started = also === 'service' ? desk.service.start() : Promise.resolve()
  started.catch(() => undefined)
  await telephonyIs(world, 'up')
  if (also === null) await live.until('what was cut', () => live.ended.filter(({ reason }) => reason === 'cut').length === died.length)
  const recoveredMs = since(back)
  await started
  const after = await supervise(world)
  const told = await owedTo(world, died, 10_000, (kind) => kind === 'cut')
  const alice = await desk.service.signIn('alice')
  await alice.state('ready')
  await desk.caller({ from: '<sip:0561551201@127.0.0.1>' })
  await after.until('the next conversation', () => calls(after).some((c) => c.status === 'talking' && c.number === '+33561551201'), 20_000)
  return { lost: died.length - told.length, duplicated: 0, recoveredMs }
}

export const asteriskDrills: readonly Drill[] = [
  { name: 'asterisk.killed', goalMs: 5_000, run: (world, { crowd }) => withoutAsterisk(world, crowd, null) },
  { name: 'asterisk.killed-with-service', goalMs: 5_000, run: (world, { crowd }) => withoutAsterisk(world, crowd, 'service') },
]
