import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processStart } from '../../server/supervisor/process-identity.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort, freeUdpPorts } from '../support/free-port.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

/** The whole service on its embedded defaults, as `npm start` leaves it. */
let varDir: string
let service: ServiceProcess
beforeAll(async () => {
  varDir = testFolder()
  const [sip = 0] = await freeUdpPorts(1)
  service = new ServiceProcess({ PORT: String(await freeTcpPort()), SIP_PORT: String(sip), VAR_DIR: varDir })
})
afterAll(async () => {
  await service.stop()
  removeTestFolder(varDir)
})

const pidOf = (part: string) => Number(readFileSync(join(varDir, part), 'utf8').split(' ')[0])
const runs = (pid: number) => processStart(pid) !== null
const health = async () => {
  const answer = await fetch(`${service.url}/api/health`)
  return { http: answer.status, ...((await answer.json()) as { status: string; parts: { name: string; state: string }[] }) }
}

test('it is ready only once a call on loopback has heard music, an announcement and a recording', async () => {
  await service.start()
  const first = await health()
  expect(first.status === 'ready').toBe(first.parts.find((p) => p.name === 'audio')?.state === 'up')
  await once(async () => (await health()).status === 'ready', 30_000, 'readiness')
  expect((await health()).http).toBe(200)
})

test('it prints where the console is, the demo accounts and the desk line', () => {
  for (const said of [`${service.url}/console`, 'alice', 'guichet-demo', 'sip:guichet@127.0.0.1:', 'Compte SIP'])
    expect(service.output).toContain(said)
})

test('a second service on the same folder is refused in one sentence', async () => {
  const second = new ServiceProcess({ PORT: String(await freeTcpPort()), SIP_PORT: '0', VAR_DIR: varDir })
  await expect(second.start()).rejects.toThrow(/tourne déjà/)
})

test('killed and started again it adopts its Asterisk and its PostgreSQL', async () => {
  const before = [pidOf('asterisk/asterisk.pid'), pidOf('postgres/postgres.pid')]
  await service.kill()
  await service.start()
  expect([pidOf('asterisk/asterisk.pid'), pidOf('postgres/postgres.pid')]).toEqual(before)
})

test('its end leaves nothing of what it started', async () => {
  const started = [pidOf('asterisk/asterisk.pid'), pidOf('postgres/postgres.pid')]
  await service.stop()
  expect(started.map(runs)).toEqual([false, false])
})
