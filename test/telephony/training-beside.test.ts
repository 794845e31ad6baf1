import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../server/project.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort, freeUdpPorts } from '../support/free-port.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { once, type Party, party } from '../support/sipp.ts'

/* A new desk and the one to train on, as their units start them, on one machine: each has its own PostgreSQL and Asterisk. */

const unit = readFileSync(inProject('deploy/systemd/guichet-training.service'), 'utf8')
const settingsOfUnit = Object.fromEntries(
  [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' ').map((pair) => pair.split('='))),
) as Readonly<Record<string, string>>

type Desk = { readonly varDir: string; readonly sip: number; readonly service: ServiceProcess }
let site: Desk
let training: Desk
/** What each desk knows as its exchange. */
let exchanges: readonly [number, number]
const parties: Party[] = []

async function desk(sip: number, env: Readonly<Record<string, string>>): Promise<Desk> {
  const varDir = testFolder()
  const own = { VAR_DIR: varDir, PORT: String(await freeTcpPort()), SIP_PORT: String(sip), HOME: join(varDir, 'home') }
  mkdirSync(own.HOME)
  // What was built and spoken once is this machine's: neither desk makes it again.
  const cache = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? '', '.cache')
  return { varDir, sip, service: new ServiceProcess({ ...env, ...own, XDG_CACHE_HOME: cache }) }
}

beforeAll(async () => {
  const [first = 0, second = 0, third = 0, fourth = 0] = await freeUdpPorts(4)
  exchanges = [third, fourth]
  site = await desk(first, { DEMO: '0' })
  training = await desk(second, { ...settingsOfUnit, SIP_TRUNK: `127.0.0.1:${exchanges[1]}` })
  for (const { service } of [site, training]) service.launch()
  for (const { service } of [site, training]) await ready(service)
})
afterEach(() => {
  for (const { stop } of parties.splice(0)) stop()
})
afterAll(async () => {
  for (const { service, varDir } of [site, training]) {
    await service.stop()
    removeTestFolder(varDir)
  }
})

const ready = (service: ServiceProcess) =>
  once(
    async () => (await service.health())?.status === 'ready',
    60_000,
    service.url,
    () => service.told(),
  )

async function caller({ sip }: Desk, port: number): Promise<Party> {
  const call = await party({
    scenario: 'caller-stays-until-told-to-hang-up',
    desk: { host: '127.0.0.1', port: sip },
    from: '<sip:0561551234@127.0.0.1>',
    calls: 1,
    port,
  })
  parties.push(call)
  await call.answered()
  return call
}

test('a new desk is ready with no exchange, no operator and no sample, beside the one to train on, and neither takes a port of the other', () => {
  const ports = [site, training].flatMap(({ varDir, sip }) => [
    sip,
    ...['asterisk/ari-port', 'postgres/port'].map((file) => Number(readFileSync(join(varDir, file), 'utf8'))),
  ])
  expect(new Set(ports).size).toBe(6)
  expect(settingsOfUnit['SIP_PORT']).not.toBe('5060')
  expect(settingsOfUnit['PORT']).not.toBe('8080')
  // By these their Asterisks choose ports for sound (server/supervisor/asterisk-config.ts): 5060 and the unit's.
  expect(Number(settingsOfUnit['SIP_PORT']) % 11).not.toBe(5060 % 11)
})

test('calls are answered on both at the same time, and the end of the one to train on leaves the other its call', async () => {
  await site.service.stop()
  site = { ...site, service: site.service.twin({ SIP_TRUNK: `127.0.0.1:${exchanges[0]}` }) }
  site.service.launch()
  await ready(site.service)
  const [here, there] = [await caller(site, exchanges[0]), await caller(training, exchanges[1])]
  expect(here.rtpTarget()).not.toBe(there.rtpTarget())
  await training.service.stop()
  await expect(there.done).resolves.toBeUndefined()
  expect((await site.service.health())?.status).toBe('ready')
  await here.tell()
  await expect(here.done).resolves.toBeUndefined()
})
