import { once as event } from 'node:events'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { DeskLine } from '../support/desk-line.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort } from '../support/free-port.ts'
import type { Live } from '../support/live.ts'
import { createDatabase } from '../support/postgres.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

/** A way to Asterisk that notes the commands that pass: everything but GET. */
async function witness(target: string): Promise<{ readonly url: string; readonly commands: string[]; close(): void }> {
  const { hostname, port } = new URL(target)
  const commands: string[] = []
  const server = createServer((near) => {
    const far = createConnection({ host: hostname, port: Number(port) })
    near.on('data', (data) => commands.push(...(data.toString('latin1').match(/^(POST|PUT|DELETE) \S+/gm) ?? [])))
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await event(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, commands, close: () => server.close() }
}

let desk: DeskLine
let second: ServiceProcess
let links: readonly [DatabaseLink, DatabaseLink]
let seen: Awaited<ReturnType<typeof witness>>
const folder = testFolder()

beforeAll(async () => {
  const database = await createDatabase()
  links = [await linkTo(database.url), await linkTo(database.url)]
  desk = await DeskLine.open(
    { PAIR: '1', PHONES_KEY: 'the same on both, and long enough', DATABASE_URL: links[0].url },
    {
      database,
      before: async ({ ari }) => {
        seen = await witness(ari.url)
        return { ARI_URL: seen.url }
      },
    },
  )
  const port = String(await freeTcpPort())
  second = desk.service.twin({ PORT: port, VAR_DIR: folder, DATABASE_URL: links[1].url, ARI_URL: desk.asterisk.ari.url })
  second.launch()
})
afterAll(async () => {
  await second.stop()
  await desk.close()
  for (const link of links) await link.close()
  seen.close()
  removeTestFolder(folder)
})

const standsBy = (service: ServiceProcess) => once(async () => (await service.health())?.status === 'standby', 15_000, 'the standby')
const drives = (service: ServiceProcess) => once(async () => (await service.part('telephony')) === 'up', 10_000, 'the driver')
const shown = (live: Live) =>
  [...live.calls.values()]
    .map(({ id, status, arrivedAt, answeredAt, capAt, operatorId, position }) => ({
      id,
      status,
      arrivedAt,
      answeredAt,
      capAt,
      operatorId,
      position,
    }))
    .sort((a, b) => a.id.localeCompare(b.id))

/** Resolves with how long the other took to serve, in ms. */
async function takeOver(by: ServiceProcess, from: () => Promise<void> | void): Promise<number> {
  const began = performance.now()
  await from()
  await drives(by)
  return performance.now() - began
}

test('two services: one drives; the other takes the calls over alive when it freezes or dies, and not when PostgreSQL goes', async () => {
  const first = desk.service
  await standsBy(second)
  const page = () => fetch(`${second.url}/console`)
  expect((await page()).status).toBe(503)
  await once(async () => (await (await page()).text()).includes(`${first.url}/console`), 5_000, 'the way to the driver')
  expect(await (await fetch(`${second.url}/api/calls`)).json()).toMatchObject({ code: 'standing_by' })

  const { live: before } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const talker = await desk.caller({ from: '<sip:0561551231@127.0.0.1>' })
  await before.until('the conversation', () => before.call?.status === 'talking')
  const waiter = await desk.caller({ from: '<sip:0561551232@127.0.0.1>' })
  await before.until('the wait', () => [...before.calls.values()].some((c) => c.status === 'waiting'))
  const calls = shown(before)

  // PostgreSQL away for both: longer than a silence that would be taken for the driver's death.
  for (const link of links) await link.cut()
  await expect(once(async () => (await second.health())?.status !== 'standby', 4_000, 'a takeover')).rejects.toThrow('a takeover')
  expect(await first.part('telephony')).toBe('up')
  for (const link of links) await link.restore()
  await once(async () => (await first.part('database')) === 'up', 10_000, 'PostgreSQL')

  const frozenMs = await takeOver(second, () => first.freeze())
  const during = await desk.live(await second.signIn('alice'))
  await during.until('both calls', () => during.calls.size === 2)
  expect(shown(during)).toEqual(calls)
  expect(during.operators.get('alice')?.state).toBe('talking')

  // Awake again, the first stands down and commands nothing.
  const commands = seen.commands.length
  first.thaw()
  await standsBy(first)
  expect(seen.commands.slice(commands)).toEqual([])
  expect(await second.part('telephony')).toBe('up')
  expect(shown(during)).toEqual(calls)

  const killedMs = await takeOver(first, () => second.kill())
  const after = await desk.live(await first.signIn('alice'))
  await after.until('both calls', () => after.calls.size === 2)
  expect(shown(after)).toEqual(calls)
  process.stdout.write(
    `standby: frozen, served after ${Math.round(frozenMs)} ms; killed, served after ${Math.round(killedMs)} ms (goal 5000, 1 try each)\n`,
  )

  await talker.tell()
  await after.until('the next conversation', () =>
    [...after.calls.values()].every((c) => c.id === calls.find((k) => k.status === 'waiting')?.id),
  )
  await waiter.tell()
  await desk.clean()
  await once(async () => (await desk.rows('select 1 from calls where ended_at is null')).length === 0, 10_000, 'both lines’ ends')
})
