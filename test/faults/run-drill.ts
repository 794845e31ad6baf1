import { orphansAfter } from '../support/orphans.ts'
import { type Drill, drawOf, type Outcome, seedOf, type Size } from './drill.ts'
import { telephonyIs } from './scene.ts'
import { drained, type World } from './world.ts'

/** An outcome, with what was left of calls a minute later at most, or why it is none. */
export type Tried = { readonly outcome: Outcome | null; readonly orphans: readonly string[]; readonly failure: string | null }

/** One try of a fault. Whatever came of it, every part works again afterwards. */
export async function tryDrill(world: World, drill: Drill, size: Size, seed: number, attempt: number): Promise<Tried> {
  const draw = drawOf(seedOf(seed, drill.name, attempt))
  const [outcome, failure] = await drill.run(world, size, draw).then(
    (came): [Outcome, null] => [came, null],
    (error: unknown): [null, string] => [null, error instanceof Error ? error.message : String(error)],
  )
  await mend(world)
  await world.desk.reset()
  await drained(world.desk, 120_000)
  return { outcome, failure, orphans: await orphansAfter(world.desk) }
}

async function mend(world: World): Promise<void> {
  const { desk, ari, database, postgresDisk, logDisk, directory, mail } = world
  desk.service.thaw()
  await ari.restore()
  await database.restore()
  postgresDisk.clear()
  logDisk.clear()
  await Promise.all([directory.be('down'), mail.be('down')])
  if (!desk.service.running) await desk.service.start()
  await telephonyIs(world, 'up', 60_000)
}
