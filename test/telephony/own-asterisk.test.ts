import { fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { processStart } from '../../server/supervisor/process-identity.ts'
import { until } from '../../server/supervisor/wait.ts'
import { Ari } from '../../server/telephony/ari.ts'
import { CommandSocket } from '../../server/telephony/command-socket.ts'
import { perform } from '../../server/telephony/commands.ts'
import { QueueMusic } from '../../server/telephony/queue-music.ts'
import { startTestAsterisk, type TestAsterisk } from '../support/asterisk.ts'
import { RtpPeer } from '../support/rtp.ts'
import { SipClient } from '../support/sip-client.ts'
import { heardParts, readWav, rms } from '../support/sound.ts'

type Channel = {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly caller: { readonly number: string }
  readonly dialplan: { readonly context: string }
}

const text = 'Bonjour, toutes nos lignes sont occupées, votre appel sera pris dans quelques instants.'
const announcements = [
  { name: 'hello', language: 'fr', text },
  { name: 'hello', language: 'en', text: 'Good morning, all our lines are busy.' },
] as const
const trunkPort = 20_000 + (process.pid % 10_000)

let asterisk: TestAsterisk
let clients: SipClient[] = []

beforeAll(async () => {
  asterisk = await startTestAsterisk({ trunk: `127.0.0.1:${trunkPort}`, announcements })
})
afterAll(() => asterisk.stop())
afterEach(async () => {
  for (const channel of await channels()) await ari('DELETE', `/channels/${channel.id}`)
  // Asked to go, it goes when its thread gets to it: the next test would find it.
  expect(await until(async () => (await channels()).length === 0, 20_000)).toBe(true)
  for (const client of clients) client.close()
  clients = []
})

async function ari(method: string, path: string, body?: unknown): Promise<Response> {
  const { url, user, password } = asterisk.ari
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return fetch(`${url}/ari${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const channels = async () => (await (await ari('GET', '/channels')).json()) as readonly Channel[]

async function client(port = 0): Promise<SipClient> {
  const opened = await SipClient.open(asterisk.sip, port)
  clients.push(opened)
  return opened
}

test('a call from the exchange rings the desk under its caller’s number', async () => {
  const exchange = await client(trunkPort)
  expect(await exchange.invite({ from: '0561551234' })).toBe(180)
  const [call] = await channels()
  expect(call?.name).toMatch(/^PJSIP\/trunk-/)
  expect(call?.caller.number).toBe('0561551234')
})

test('a stranger at the exchange’s address, on another port, is asked for a password', async () => {
  const stranger = await client()
  expect(await stranger.invite({ from: '0561551234' })).toBe(401)
  expect(await channels()).toEqual([])
})

test('the demo’s caller calls under any number with its password, and not without it', async () => {
  const account = asterisk.callerAccount ?? { user: '', password: '' }
  const caller = await client()
  expect(await caller.invite({ from: '4242', account })).toBe(180)
  const [call] = await channels()
  expect(call?.name).toMatch(/^PJSIP\/caller-/)
  expect(call?.caller.number).toBe('4242')
  expect(await caller.invite({ from: '4242', account: { ...account, password: 'guess' } })).toBe(401)
})

test('a phone pushed by ARI is known at once, and nobody becomes it by its name', async () => {
  const put = (kind: string, fields: Readonly<Record<string, string>>) =>
    ari('PUT', `/asterisk/config/dynamic/res_pjsip/${kind}/phone-alice`, {
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    })
  const phone = { user: 'phone-alice', password: 'of-alice' }
  expect((await put('auth', { auth_type: 'userpass', username: phone.user, password: phone.password })).status).toBe(200)
  expect((await put('aor', { max_contacts: '2' })).status).toBe(200)
  expect(
    (await put('endpoint', { aors: phone.user, auth: phone.user, context: 'phones', disallow: 'all', allow: '!all,alaw' })).status,
  ).toBe(200)
  const account = asterisk.callerAccount ?? { user: '', password: '' }
  expect(await (await client()).invite({ from: phone.user, account: phone })).toBe(180)
  expect(await (await client()).invite({ from: phone.user, account })).toBe(401)
  expect(await (await client(trunkPort)).invite({ from: phone.user })).toBe(180)
  const names = (await channels()).map((channel) => channel.name.replace(/-[^-]*$/, '')).sort()
  expect(names).toEqual(['PJSIP/phone-alice', 'PJSIP/trunk'])
})

const rings = (server: Ari, endpoint: string, leg: string, caller: string | null = null) =>
  perform(
    { type: 'ring', leg, to: { kind: 'operator', operatorId: 'é' }, caller, shows: null, bridge: null, timeoutS: 20 },
    { ari: server, queue: new QueueMusic(server), target: () => ({ endpoint }) },
  )

/** What the application is told of, from now on. */
async function told(server: Ari) {
  const events = await server.events('guichet')
  await once(events, 'open')
  const seen = new Set<string>()
  events.on('message', (data: Buffer) => {
    const { type, channel } = JSON.parse(data.toString('utf8')) as { type: string; channel?: Channel }
    seen.add(`${type} ${channel?.id}`)
  })
  return { events, heard: (type: string, channel: string) => seen.has(`${type} ${channel}`) }
}

test('telephones ring once each when a socket for commands alone asks for it, and are followed though nobody picks up', async () => {
  const exchange = createSocket('udp4').bind(trunkPort, '127.0.0.1')
  await once(exchange, 'listening')
  const invited = new Set<string>()
  exchange.on('message', (data) => {
    const text = data.toString('utf8')
    if (text.startsWith('INVITE ')) invited.add(/^Call-ID: (.*)$/im.exec(text)?.[1] ?? '')
  })
  const server = new Ari(asterisk.ari)
  const { events, heard } = await told(server)
  await server.request('POST', '/applications/guichet/subscription', { eventSource: 'channel:' })
  const commands = new CommandSocket({ connect: () => server.events('guichet-commands'), log: pino({ enabled: false }) })
  server.commands = { ring: commands }
  commands.open()
  expect(await until(() => commands.ready, 10_000)).toBe(true)
  const legs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rung-${process.pid}-${name}~leg0`)
  // Whoever it rings for may have hung up just now.
  for (const [at, leg] of legs.entries()) await rings(server, 'PJSIP/6101@trunk', leg, at % 2 === 0 ? 'gone' : null)
  expect(await until(() => invited.size === legs.length, 10_000)).toBe(true)
  const variable = await ari('GET', `/channels/${legs[0]}/variable?variable=GUICHET_FOR`)
  expect(await variable.json()).toEqual({ value: 'operator:é' })
  for (const leg of legs) await ari('DELETE', `/channels/${leg}`)
  expect(await until(() => legs.every((leg) => heard('ChannelDestroyed', leg)), 10_000)).toBe(true)
  expect(legs.some((leg) => heard('StasisStart', leg))).toBe(false)
  await expect(rings(server, 'PJSIP/nobody', legs[0] ?? '')).rejects.toMatchObject({ name: 'AriError' })
  commands.close()
  events.close()
  await server.close()
  exchange.close()
})

test('a telephone that is picked up while the service is away is kept for it', async () => {
  const server = new Ari(asterisk.ari)
  const leg = `kept-${process.pid}~leg0`
  await rings(server, 'Local/page.kept@page', leg)
  const isUp = async () => (await channels()).some(({ id, state }) => id === leg && state === 'Up')
  expect(await until(isUp, 10_000)).toBe(true)
  const { events, heard } = await told(server)
  expect(await until(() => heard('StasisStart', leg), 10_000)).toBe(true)
  events.close()
  await server.close()
})

test('an announcement is heard as it was spoken, then recorded French, then music', async () => {
  const { url, user, password } = asterisk.ari
  const events = new WebSocket(`${url.replace('http', 'ws')}/ari/events?app=guichet&api_key=${user}:${password}`)
  await once(events, 'open')
  const heard = (type: string) =>
    new Promise<Record<string, unknown>>((resolve) =>
      events.addEventListener('message', ({ data }) => {
        const event = JSON.parse(String(data)) as Record<string, unknown>
        if (event['type'] === type) resolve(event)
      }),
    )
  const ear = await RtpPeer.open()
  const entered = heard('StasisStart')
  void (await client(trunkPort)).invite({ from: '0561551234', rtpPort: ear.port })
  const { channel } = (await entered) as { channel: Channel }
  // The dialplan's watchdog, which a service calls off first.
  await ari('POST', `/channels/${channel.id}/variable?variable=${encodeURIComponent('TIMEOUT(absolute)')}&value=0`)
  await ari('POST', `/channels/${channel.id}/answer`)
  for (const [sound, loudEnough] of [
    ['guichet/hello', 0.02],
    ['queue-youarenext', 0.01],
  ] as const) {
    ear.forget()
    const finished = heard('PlaybackFinished')
    await ari('POST', `/channels/${channel.id}/play?media=sound:${sound}`)
    expect(await finished).toMatchObject({ playback: { state: 'done', language: 'fr' } })
    expect(rms(ear.heard())).toBeGreaterThan(loudEnough)
    if (sound !== 'guichet/hello') continue
    const spoken = readWav(`${asterisk.varDir}/asterisk/data/sounds/fr/guichet/hello.wav`)
    // The last packets may still be on their way.
    expect(heardParts(ear.heard(), spoken.subarray(1_600, -3_200))).toBeGreaterThan(0.4)
  }
  ear.forget()
  await ari('POST', `/channels/${channel.id}/moh`)
  expect(await until(() => ear.heardMs > 2_000 && rms(ear.heard()) > 0.005, 10_000)).toBe(true)
  ear.close()
  events.close()
})

test('calls outlive a service that is killed; the next one adopts Asterisk with its calls', async () => {
  const service = fork(fileURLToPath(new URL('../support/asterisk-service.ts', import.meta.url)), { stdio: 'pipe' })
  const [ready] = (await once(service, 'message')) as [{ varDir: string; sip: { host: string; port: number }; pid: number; trunk: number }]
  const exchange = await SipClient.open(ready.sip, ready.trunk)
  expect(await exchange.invite({ from: '0561551234' })).toBe(180)
  const before = processStart(ready.pid)
  service.kill('SIGKILL')
  await once(service, 'exit')
  const heir = await startTestAsterisk({ trunk: `127.0.0.1:${ready.trunk}`, varDir: ready.varDir })
  const answer = await fetch(`${heir.ari.url}/ari/channels?api_key=${heir.ari.user}:${heir.ari.password}`)
  const calls = (await answer.json()) as readonly Channel[]
  await heir.stop()
  exchange.close()
  expect(before).not.toBeNull()
  expect(heir.adopted).toBe(true)
  expect(calls.map((call) => call.caller.number)).toEqual(['0561551234'])
  expect(processStart(ready.pid)).toBeNull()
})

test('Asterisk that dies is started again and serves', async () => {
  const again = new Promise<void>((resolve) => asterisk.onRestart(resolve))
  process.kill(asterisk.pid(), 'SIGKILL')
  await again
  expect((await ari('GET', '/asterisk/ping')).status).toBe(200)
  expect(await (await client(trunkPort)).invite({ from: '0561551234' })).toBe(180)
})
