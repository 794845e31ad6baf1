import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import type { LinkedMachines, MachinesOf, OcsState, OcsTrialled } from '../../server/contract/ocs.ts'
import { startOcs, type FakeOcs } from '../support/ocs.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let sciences: FakeOcs
let sante: FakeOcs
let now = Date.parse('2026-11-24T09:00:00Z')
const claire = 'sample:claire.dubois'
beforeAll(async () => {
  ;[service, sciences, sante] = await Promise.all([
    buildTestHttp({ now: () => now }),
    startOcs([
      {
        ID: 16,
        DEVICEID: 'PC-042-2026-01-10',
        NAME: 'PC-042',
        USERID: 'claire.dubois',
        LASTDATE: '2026-11-23 18:02:11',
        OSNAME: 'Windows 11',
        OSVERSION: '10.0.26100',
        IPADDR: '10.4.2.7',
        MEMORY: 16384,
      },
      {
        ID: 17,
        DEVICEID: 'PC-042-2024-03-02',
        NAME: 'PC-042',
        USERID: 'UNIV\\claire.dubois',
        LASTDATE: '2026-02-01 08:00:00',
        OSNAME: 'Windows 10',
        OSVERSION: '10.0',
        IPADDR: '10.4.2.8',
        MEMORY: null,
      },
      { ID: 18, DEVICEID: 'PC-099-1', NAME: 'PC-099', USERID: 'hugo.bernard', LASTDATE: '2026-11-20 08:00:00' },
    ]),
    startOcs([
      {
        ID: 3,
        DEVICEID: 'MAC-7-1',
        NAME: 'MAC-7',
        USERID: 'Claire.Dubois',
        LASTDATE: '2026-11-24 07:00:00',
        OSNAME: 'macOS',
        OSVERSION: '26.1',
      },
    ]),
  ])
  sciences.state.bios = { 16: { SMANUFACTURER: 'Dell Inc.', SMODEL: 'OptiPlex 7020', SSN: 'ABC1234' } }
})
afterAll(async () => {
  await service.close()
  await sciences.stop()
  await sante.stop()
})

type Answer<T> = { readonly status: number; readonly body: T; readonly text: string }
async function ask<T>(login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<Answer<T>> {
  const answer = await service.as(login, { method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T, text: answer.body }
}
const server = (id: string, name: string, { address, login }: FakeOcs) => ({ id, name, address, login })
const both = () => [server('sciences', 'Sciences', sciences), server('sante', 'Santé', sante)]
const look = async () => (await ask<MachinesOf>('alice', 'GET', `/api/people/${claire}/machines`)).body
/** Asked for behind: there in a moment. */
const known = () => expect.poll(look, { timeout: 10_000 }).toMatchObject({ state: 'known' })
const choose = async (servers: object[]) => {
  const { version } = service.settings.view.ocs
  const answer = await ask('admin', 'PUT', '/api/settings/ocs', { version, value: { servers } })
  service.neighbours.settingsChanged(['ocs'])
  return answer
}

it('there are no machines until an inventory is named', async () => {
  expect(await look()).toEqual({ state: 'off', at: null, machines: [], away: [] })
  expect(service.neighbours.parts()).toEqual([])
})

it('an inventory is tried before it is chosen, by name, by password and for somebody', async () => {
  const trial = async (change: object) =>
    (
      await ask<OcsTrialled>('admin', 'POST', '/api/ocs/trial', {
        server: server('sciences', 'Sciences', sciences),
        password: sciences.password,
        ...change,
      })
    ).body
  expect(await trial({ password: 'wrong' })).toMatchObject({ ok: false, says: expect.stringContaining('mot de passe') as string })
  expect(await trial({ uid: 'claire.dubois' })).toMatchObject({
    ok: true,
    machines: [
      {
        name: 'PC-042',
        deviceId: 'PC-042-2026-01-10',
        system: 'Windows 11 10.0.26100',
        model: 'Dell Inc. OptiPlex 7020',
        serial: 'ABC1234',
        memory: 16_384,
        url: `${sciences.address}/ocsreports/index.php?function=computer&head=1&systemid=16`,
      },
    ],
  })
  expect(sciences.asked).toContain('/ocsapi/v1/computers/search?USERID=claire.dubois&start=0&limit=10&orderby=LASTDATE;DESC')
  sciences.state.wraps = true
  sciences.state.ignoresCriteria = true
  // Whatever the version makes of it, they are this person's alone.
  expect((await trial({ uid: 'claire.dubois' })).machines.map(({ deviceId }) => deviceId)).toEqual([
    'PC-042-2026-01-10',
    'PC-042-2024-03-02',
  ])
  sciences.state.wraps = false
  sciences.state.ignoresCriteria = false
  expect((await ask('sophie', 'POST', '/api/ocs/trial', { server: both()[0] })).status).toBe(403)
})

it('passwords are kept sealed, each for its own address, and never shown', async () => {
  expect((await choose(both())).status).toBe(200)
  for (const [i, one] of both().entries())
    expect((await ask('admin', 'PUT', '/api/ocs/password', { server: one, password: [sciences, sante][i]?.password })).status).toBe(204)
  const state = await ask<OcsState>('admin', 'GET', '/api/ocs')
  expect(state.body.servers).toMatchObject([{ passwordKept: true, state: 'unasked' }, { passwordKept: true }])
  const { rows } = await service.database.pool.query('select * from neighbour_secrets')
  for (const text of [state.text, JSON.stringify(rows), (await ask('admin', 'GET', '/api/settings')).text])
    expect(text).not.toContain(sciences.password)
})

it('the caller’s machines come from every server without anybody waiting, the latest first, and are asked for again once old', async () => {
  expect(await look()).toMatchObject({ state: 'asking', machines: [] })
  await known()
  const names = async () => (await look()).machines.map(({ name, server: of }) => `${name} ${of.name}`)
  expect(await names()).toEqual(['MAC-7 Santé', 'PC-042 Sciences'])
  expect(service.neighbours.parts()).toMatchObject([{ name: 'ocs', state: 'up' }])
  const before = sciences.asked.length
  await look()
  expect(sciences.asked.length).toBe(before)
  // One does not answer: what it said before stays, and its absence is said.
  now += 601_000
  sante.state.away = true
  const { ocs } = service.neighbours
  await expect.poll(async () => (await ocs.machinesOf(claire)).away, { timeout: 10_000 }).toEqual(['Santé'])
  now -= 601_000
  expect(await names()).toEqual(['MAC-7 Santé', 'PC-042 Sciences'])
  expect(service.neighbours.parts()).toMatchObject([{ state: 'down', detail: expect.stringContaining('Santé') as string }])
  sante.state.away = false
})

it('a machine is linked to the ticket, by its DEVICEID, from its page or while the call is written up', async () => {
  const make = async (callId: string | null) =>
    (
      await ask<Ticket>('alice', 'POST', '/api/tickets', {
        title: 'Écran noir',
        callId,
        requester: { personId: claire, name: 'Claire Dubois', email: null, phone: null },
      })
    ).body
  const link = { server: 'sciences', deviceId: 'PC-042-2026-01-10' }
  expect((await ask<LinkedMachines>('alice', 'PUT', '/api/calls/call-7/machines', { ...link, personId: claire })).body).toMatchObject([
    { name: 'PC-042' },
  ])
  const called = await make('call-7')
  const of = async (number: number) => (await ask<LinkedMachines>('sophie', 'GET', `/api/tickets/${number}/machines`)).body
  expect(await of(called.number)).toMatchObject([{ ...link, server: { id: 'sciences' }, by: 'Alice Martin' }])
  const written = await make(null)
  const put = (deviceId: string) => ask('alice', 'PUT', `/api/tickets/${written.number}/machines`, { server: 'sciences', deviceId })
  expect((await put('PC-042-2026-01-10')).status).toBe(200)
  expect((await put('PC-042-2026-01-10')).status).toBe(200)
  // Somebody else's, or nobody's.
  expect((await put('PC-099-1')).status).toBe(404)
  expect(await of(written.number)).toHaveLength(1)
  expect((await ask('alice', 'POST', `/api/tickets/${written.number}/machines/remove`, link)).body).toEqual([])
})
