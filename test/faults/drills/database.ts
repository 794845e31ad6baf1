import { randomUUID } from 'node:crypto'
import { familyOf, freeze, thaw } from '../../support/frozen.ts'
import { once } from '../../support/sipp.ts'
import type { SignedIn } from '../../support/service-process.ts'
import type { Drill, Outcome, Size } from '../drill.ts'
import { calls, pause, since, supervise, talking } from '../scene.ts'
import { drained, type World } from '../world.ts'

const writers = 4
const refusals = new Set(['database_away', 'database_full'])

/** Tickets saved one after another, each again until it is acknowledged, as a console does. */
class Writers {
  readonly acknowledged: string[] = []
  refused = 0
  #left: number
  readonly done: Promise<void>

  constructor(me: SignedIn, count: number) {
    this.#left = count
    this.done = Promise.all(Array.from({ length: writers }, () => this.#write(me))).then(() => undefined)
    this.done.catch(() => undefined)
  }

  async #write(me: SignedIn): Promise<void> {
    while (this.#left > 0) {
      this.#left -= 1
      const idempotencyKey = randomUUID()
      const body = { title: idempotencyKey, requester: { personId: null, name: 'Essai', email: null, phone: null }, idempotencyKey }
      for (let saved = false; !saved; ) saved = await this.#try(me, body)
      this.acknowledged.push(idempotencyKey)
    }
  }

  async #try(me: SignedIn, body: object): Promise<boolean> {
    const answer = await me.ask<{ code?: string }>('POST', '/api/tickets', body)
    if (answer.status === 201) return true
    if (!refusals.has(answer.body.code ?? '')) throw new Error(`a save was answered ${answer.status} ${JSON.stringify(answer.body)}`)
    this.refused += 1
    await pause(100)
    return false
  }
}

/** PostgreSQL fails in the midst of writes; meanwhile somebody calls and is answered; afterwards everything is there, once. */
async function withoutDatabase(
  world: World,
  size: Size,
  fails: () => Promise<void> | void,
  mends: () => Promise<void> | void,
): Promise<Outcome> {
  const { desk } = world
  const { me, live } = await talking(world, size.crowd)
  const tickets = new Writers(me, size.writes)
  await once(() => tickets.acknowledged.length > size.writes / 10, 30_000, 'the first writes')
  await fails()
  try {
    await Promise.race([
      once(() => tickets.refused > 0 || tickets.acknowledged.length === size.writes, 30_000, 'a refused save'),
      tickets.done,
    ])
    const asked = performance.now()
    await me.ask('POST', `/api/calls/${calls(live).find((c) => c.status === 'talking')?.id}/hangup`)
    await me.state('ready')
    await live.until('the next conversation', () => calls(live).some((c) => c.status === 'talking'), 10_000)
    if (since(asked) > 3_000) throw new Error(`the next caller was answered after ${Math.round(since(asked))} ms only`)
  } finally {
    await mends()
  }
  const back = performance.now()
  await drained(desk)
  const recoveredMs = since(back)
  await tickets.done
  return { ...(await held(world, tickets.acknowledged)), recoveredMs }
}

/** Which acknowledged tickets PostgreSQL holds, and whether its facts are those of the log: all, once, in order. */
async function held({ desk }: World, keys: readonly string[]): Promise<{ lost: number; duplicated: number }> {
  const titles = new Map<string, number>()
  for (const { title } of await desk.rows<{ title: string }>('select title from tickets')) titles.set(title, (titles.get(title) ?? 0) + 1)
  const ours = keys.map((key) => titles.get(key) ?? 0)
  const gaps = await desk.rows(
    `select 1 from (select seq - lag(seq) over (partition by epoch order by seq) as step from facts) steps where step <> 1`,
  )
  return { lost: ours.filter((count) => count === 0).length + gaps.length, duplicated: ours.filter((count) => count > 1).length }
}

export const databaseDrills: readonly Drill[] = [
  {
    name: 'database.killed',
    goalMs: 15_000,
    run: (world, size) =>
      withoutDatabase(
        world,
        size,
        () => void process.kill(world.postgresPid(), 'SIGKILL'),
        () => undefined,
      ),
  },
  {
    name: 'database.paused',
    goalMs: 15_000,
    run: (world, size) =>
      withoutDatabase(
        world,
        size,
        () => freeze(...familyOf(world.postgresPid())),
        async () => thaw(...familyOf(world.postgresPid())),
      ),
  },
  {
    name: 'database.cut',
    goalMs: 15_000,
    run: (world, size) =>
      withoutDatabase(
        world,
        size,
        () => world.database.cut(),
        () => world.database.restore(),
      ),
  },
  {
    name: 'database.full',
    goalMs: 15_000,
    run: (world, size) =>
      withoutDatabase(
        world,
        { ...size, writes: Math.max(size.writes, 500) },
        () => world.postgresDisk.fill(),
        () => world.postgresDisk.clear(),
      ),
  },
  {
    name: 'log.full',
    goalMs: 5_000,
    async run(world, { crowd }) {
      const { desk, logDisk } = world
      logDisk.fill()
      const { me, live } = await talking(world, crowd)
      // What is left of the last page takes some facts still.
      await once(
        async () => {
          await me.state('offline')
          await me.state('ready')
          return (await desk.service.part('fact-log')) === 'down'
        },
        20_000,
        'health that says so',
      )
      await desk.caller({ from: '<sip:0561551202@127.0.0.1>' })
      await live.until('somebody who calls meanwhile', () => calls(live).filter((c) => c.status === 'waiting').length > crowd)
      logDisk.clear()
      const back = performance.now()
      await once(async () => (await desk.service.part('fact-log')) === 'up', 10_000, 'a log that writes')
      const recoveredMs = since(back)
      // What was in memory is in the log now: a service that is killed has it all.
      const known = calls(live).map(({ id }) => id)
      await desk.service.kill()
      await desk.service.start()
      const after = await supervise(world)
      await drained(desk)
      return { ...(await held(world, [])), lost: known.filter((id) => !after.calls.has(id)).length, recoveredMs }
    },
  },
]
