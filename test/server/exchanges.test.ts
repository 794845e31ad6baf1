import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import type { Exchange, ExchangeCalls, ExchangeSecret } from '../../server/contract/exchanges.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00Z')
let path = ''
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

type Answer<T> = { readonly status: number; readonly body: T }
const ask = async <T>(who: string, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<Answer<T>> => {
  const answer = await service.as(who, { method, url, ...(payload !== undefined && { payload }) })
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T }
}
const tells = async (payload: object | string, url = path) =>
  (
    await service.app.inject({
      method: 'POST',
      url,
      payload,
      ...(typeof payload === 'string' && { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    })
  ).statusCode
const calls = async () => (await ask<ExchangeCalls>('alice', 'GET', '/api/exchanges/calls')).body
const phoneOf = async (id: string) =>
  (await service.database.db.execute<{ phone: string }>(`select phones[1] as phone from people where id = '${id}'`)).rows[0]?.phone ?? ''

it('an exchange speaks by an address of its own, shown once', async () => {
  const made = (await ask<ExchangeSecret>('sophie', 'POST', '/api/exchanges', { name: 'Autocommutateur' })).body
  path = new URL(made.url).pathname
  expect((await ask('sophie', 'POST', '/api/exchanges', { name: 'Autocommutateur' })).status).toBe(409)
  expect(JSON.stringify((await ask('sophie', 'GET', '/api/exchanges')).body)).not.toContain(path.slice(-20))
  const call = { event: 'newCall', callId: 'x', direction: 'in', from: '0561555501', to: '5500' }
  expect(await tells(call, '/api/cti/nobody')).toBe(404)
  expect(await tells({ ...call, event: 'transfer' })).toBe(400)
  expect((await calls()).calls).toEqual([])
})

it('who calls is shown as for our own calls, from the first ring to the end', async () => {
  const from = (await phoneOf('sample:claire.dubois')).replace(/^\+/, '')
  expect(
    await tells(`event=newCall&from=${from}&to=33561556611&direction=in&callId=a1&user[]=Alice+Martin&user[]=Bruno&queue=guichet`),
  ).toBe(200)
  const [ringing] = (await calls()).calls
  expect(ringing).toMatchObject({ state: 'ringing', who: ['Alice Martin', 'Bruno'], queue: 'guichet', people: [{ name: 'Claire Dubois' }] })
  now += 10_000
  await tells({ event: 'answer', callId: 'a1', direction: 'in', from, to: '33561556611', user: 'Alice Martin' })
  expect(await calls()).toMatchObject({
    calls: [{ state: 'talking', answeredAt: '2026-11-24T09:00:10.000Z' }],
    busy: [{ who: 'Alice Martin', state: 'talking', since: '2026-11-24T09:00:10.000Z' }],
  })
  now += 60_000
  await tells({ event: 'hangup', callId: 'a1', direction: 'in', cause: 'normalClearing' })
  // Told late, and twice: it stays over.
  await tells({ event: 'answer', callId: 'a1', direction: 'in', user: 'Bruno' })
  expect(await calls()).toMatchObject({ calls: [{ state: 'ended', who: ['Alice Martin'] }], busy: [] })
})

it('a ticket is opened of it once, with the caller filled in, and it is none of our calls', async () => {
  const [call] = (await calls()).calls
  const opened = await ask<Ticket>('alice', 'POST', `/api/exchanges/calls/${call?.id}/ticket`)
  expect(opened.body).toMatchObject({ title: 'Appel de Claire Dubois', callId: null, requester: { personId: 'sample:claire.dubois' } })
  expect((await ask('alice', 'POST', `/api/exchanges/calls/${call?.id}/ticket`)).status).toBe(409)
  expect((await calls()).calls).toEqual([])
  await tells({ event: 'newCall', callId: 'b2', direction: 'in', from: 'anonymous', to: '5500', user: [] })
  await tells({ event: 'hangup', callId: 'b2', direction: 'in', cause: 'cancel' })
  const [exchange] = (await ask<Exchange[]>('sophie', 'GET', '/api/exchanges')).body
  expect(exchange?.calls).toEqual({ in: 2, answered: 1, missed: 1, out: 0, ticketed: 1 })
  expect((await service.database.db.execute('select count(*)::int as n from calls')).rows).toEqual([{ n: 0 }])
})

it('an address that is taken back tells nothing more', async () => {
  const [exchange] = (await ask<Exchange[]>('sophie', 'GET', '/api/exchanges')).body
  expect((await ask('sophie', 'DELETE', `/api/exchanges/${exchange?.id}`)).status).toBe(204)
  expect(await tells({ event: 'newCall', callId: 'c3', direction: 'in' })).toBe(404)
})
