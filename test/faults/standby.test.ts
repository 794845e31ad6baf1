import { once as event } from 'node:events'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
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
  // What happens goes to PostgreSQL a moment later, and the other service knows no more than that.
  const written = () => desk.rows(`select 1 from facts where type in ('call-answered', 'call-queued')`)
  await once(async () => (await written()).length >= 2, 10_000, 'both calls written down')

  // PostgreSQL away for both: longer than a silence that would be taken for the driver's death.
  for (const link of links) await link.cut()
  await expect(once(async () => (await second.health())?.status !== 'standby', 4_000, 'a takeover')).rejects.toThrow('a takeover')
  expect(await first.part('telephony')).toBe('up')
  for (const link of links) await link.restore()
  await once(async () => (await first.part('database')) === 'up', 10_000, 'PostgreSQL')

  // A browser connects ahead of what it may ask.
  const { hostname, port } = new URL(first.url)
  const ahead = createConnection({ host: hostname, port: Number(port) })
  ahead.on('error', () => undefined)
  await event(ahead, 'connect')

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
  ahead.destroy()

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

/** A browser's offer of sound: Asterisk takes it, and waits for sound that never comes. */
const offer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 8 101',
  'c=IN IP4 127.0.0.1',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=setup:actpass',
  'a=ice-ufrag:page',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host',
  '',
].join('\r\n')

/** What « Appeler » does on a page, without its sound. @param says of `given`: the token that places the call */
async function calling(service: ServiceProcess, says: (given: string) => object) {
  const { token } = (await (await fetch(`${service.url}/appel`, { method: 'POST', body: new URLSearchParams() })).json()) as {
    token: string
  }
  const page = new WebSocket(`${service.url.replace('http', 'ws')}/appel/ligne`)
  const told: string[] = []
  page.on('message', (data: Buffer) => told.push((JSON.parse(data.toString('utf8')) as { type: string }).type))
  page.on('error', () => undefined)
  await event(page, 'open')
  page.send(JSON.stringify(says(token)))
  await once(() => told.length > 0, 10_000, 'the answer to the page')
  return { page, token, told }
}

test('pages that call find their call again on the service that took over, or its place when they were loaded anew meanwhile', async () => {
  await desk.reset()
  const first = desk.service
  second.launch()
  await standsBy(second)
  const before = await desk.live(await first.signIn('alice'))
  const call = (token: string) => ({ type: 'call', token, offer })
  const stays = await calling(first, call)
  await before.until('the first page’s call', () => before.calls.size === 1)
  const stayed = before.call?.id
  const reloads = await calling(first, call)
  await before.until('the second page’s call', () => before.calls.size === 2)
  const lost = [...before.calls.keys()].find((id) => id !== stayed) ?? ''
  const later = await desk.caller({ from: '<sip:0561551233@127.0.0.1>' })
  await before.until('who came later', () => before.calls.size === 3)

  await takeOver(second, () => first.kill())
  const back = await calling(second, () => ({ type: 'back', token: stays.token }))
  expect(back.told[0]).toBe('state')
  const again = await calling(second, (token) => ({ ...call(token), after: reloads.token }))
  const after = await desk.live(await second.signIn('alice'))
  const order = () => [...after.calls.values()].toSorted((a, b) => (a.position ?? 9) - (b.position ?? 9)).map(({ id }) => id)
  // What the page lost has made way for what it calls with now.
  await after.until('the second page’s new call', () => after.calls.size === 3 && !after.calls.has(lost))
  const queue = order()
  expect(queue[0]).toBe(stayed)
  expect(after.calls.get(queue[1] ?? '')?.page).toBeDefined()
  expect(after.calls.get(queue[2] ?? '')?.page).toBeUndefined()

  for (const { page } of [back, again]) page.close(1_000)
  await later.tell()
  await after.until('an empty desk', () => after.calls.size === 0)
  await desk.clean()
})
