import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import type { Delivery, Webhook, WebhookGiven } from '../../server/contract/webhooks.ts'
import { mayReach, networks } from '../../server/webhooks/addresses.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

type Received = { readonly headers: IncomingMessage['headers']; readonly body: string }

/** Another program, that receives. */
class Receiver {
  readonly got: Received[] = []
  answer: (response: ServerResponse) => void = (response) => void response.writeHead(204).end()
  #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      this.got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      this.answer(response)
    })
  })
  url = ''
  port = 0
  async start() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as AddressInfo).port
    this.url = `http://127.0.0.1:${this.port}/guichet`
  }
  async stop() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

const receiver = new Receiver()
let service: TestHttp
/** How far the service's clock is ahead of the database's, in ms. */
let ahead = 0
const now = () => Date.now() + ahead
/** What names are found to be; asked once for each delivery. */
const names = new Map<string, string[][]>()
const resolve = async (host: string) => {
  const answers = names.get(host) ?? []
  const found = answers.length > 1 ? answers.shift() : answers[0]
  return (found ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}
beforeAll(async () => {
  await receiver.start()
  service = await buildTestHttp({ now, ticketNow: () => new Date(now()), webhookNetworks: ['127.0.0.1'], resolve })
})
afterAll(async () => {
  await service.close()
  await receiver.stop()
})
beforeEach(async () => {
  ahead = 0
  receiver.got.length = 0
  receiver.answer = (response) => void response.writeHead(204).end()
  await service.database.pool.query('delete from webhooks')
})

const asAdmin = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: Record<string, unknown>) =>
  service.as('admin', { method, url, ...(payload && { payload }) })
async function make(change: object = {}): Promise<WebhookGiven> {
  const answer = await asAdmin('POST', '/api/webhooks', {
    name: 'Tableau',
    url: receiver.url,
    events: ['ticket.opened', 'ticket.closed'],
    ...change,
  })
  expect(answer.statusCode).toBe(201)
  return answer.json()
}
const deliveriesOf = async ({ view }: WebhookGiven) => (await asAdmin('GET', `/api/webhooks/${view.id}/deliveries`)).json<Delivery[]>()
async function openTicket(title = 'Écran noir'): Promise<number> {
  const requester = { personId: null, name: 'Une personne', email: null, phone: null, affiliation: 'unknown', unit: null, place: null }
  const answer = await service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title, requester, medium: 'phone' } })
  expect(answer.statusCode).toBe(201)
  return answer.json<{ number: number }>().number
}
const tryNow = async ({ view }: WebhookGiven) => (await asAdmin('POST', `/api/webhooks/${view.id}/try`)).json<Delivery>()

describe('another program', () => {
  it('is told of what it asked for, signed, with what it was at that moment', async () => {
    const given = await make()
    const number = await openTicket('Réseau coupé')
    await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/contributions`, payload: { text: 'secret' } })
    await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/close`, payload: { solution: 'Rebranché.' } })
    await service.webhooks.wake()
    const bodies = receiver.got.map(({ body }) => JSON.parse(body))
    expect(bodies).toMatchObject([
      { event: 'ticket.opened', by: 'Alice Martin', ticket: { number, title: 'Réseau coupé' } },
      { event: 'ticket.closed', ticket: { number, status: 'closed' } },
    ])
    expect(JSON.stringify(bodies)).not.toContain('secret')
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.got
    const [, at = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['guichet-signature'])) ?? []
    expect(createHmac('sha256', given.secret).update(`${at}.${body}`).digest('hex')).toBe(mac)
    expect(Math.abs(Number(at) * 1_000 - now())).toBeLessThan(2_000)
    expect(headers['guichet-delivery']).toBe(bodies[0].id)
    const { rows } = await service.database.pool.query<{ row: string }>('select w::text as row from webhooks w')
    expect(rows.map(({ row }) => row).join()).not.toContain(given.secret)
    expect(await deliveriesOf(given)).toMatchObject([
      { event: 'ticket.closed', state: 'sent', lastStatus: 204, attempts: 1 },
      { event: 'ticket.opened', state: 'sent' },
    ])
  })

  it('that is a chat room has a sentence to show, in which what a user typed calls nobody and leads nowhere', async () => {
    await make()
    const number = await openTicket('@here voyez [ceci](https://ailleurs.example)')
    await service.webhooks.wake()
    const { text } = JSON.parse(receiver.got[0]?.body ?? '') as { text: string }
    expect(text).toBe(
      `Nouveau ticket n° ${number} : @\u200bhere voyez (ceci)(https://ailleurs.example) (Alice Martin). https://guichet.univ.example/console/tickets/${number}`,
    )
  })

  it('is told of a call that nobody answered', async () => {
    await make({ events: ['call.missed'] })
    await service.database.pool.query(
      `with o as (insert into owed (id, number, first_at, last_at, due_at, priority)
         values (gen_random_uuid(), '+33561559999', now(), now(), now(), false) returning id)
       insert into owed_origins (call_id, entry_id, kind, at, seconds) select 'call-1', id, 'abandoned', now(), 42 from o`,
    )
    await service.webhooks.wake()
    expect(receiver.got.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        event: 'call.missed',
        text: expect.stringContaining('05 61 55 99 99 a raccroché'),
        call: { id: 'call-1', number: '+33561559999', why: 'abandoned', seconds: 42 },
      },
    ])
  })

  it('that is put aside is told nothing, and one that is removed is owed nothing more', async () => {
    const given = await make({ active: false })
    await openTicket()
    expect(await deliveriesOf(given)).toEqual([])
    const { id: _id, createdAt: _at, createdBy: _by, waiting: _n, last: _last, ...change } = given.view
    expect((await asAdmin('PUT', `/api/webhooks/${given.view.id}`, { ...change, active: true })).json<Webhook[]>()).toMatchObject([
      { active: true },
    ])
    await openTicket()
    expect(await deliveriesOf(given)).toHaveLength(1)
    expect((await asAdmin('DELETE', `/api/webhooks/${given.view.id}`)).statusCode).toBe(204)
    await service.webhooks.wake()
    expect(receiver.got).toEqual([])
  })

  it('that does not take it is told again, later and later, the same words, until it does', async () => {
    const given = await make()
    await openTicket()
    receiver.answer = (response) => void response.writeHead(503).end('busy')
    await service.webhooks.wake()
    await service.webhooks.wake()
    expect(receiver.got).toHaveLength(1)
    expect(await deliveriesOf(given)).toMatchObject([{ state: 'pending', attempts: 1, lastStatus: 503, lastError: 'réponse 503' }])
    ahead += 11_000
    await service.webhooks.wake()
    ahead += 11_000
    await service.webhooks.wake()
    expect(receiver.got).toHaveLength(2)
    receiver.answer = (response) => void response.writeHead(200).end()
    ahead += 60_000
    await service.webhooks.wake()
    expect(await deliveriesOf(given)).toMatchObject([{ state: 'sent', attempts: 3, lastStatus: 200, lastError: null }])
    expect(new Set(receiver.got.map(({ body }) => body)).size).toBe(1)
  })

  it('that never does is given up after a day, and can be told again by hand', async () => {
    const given = await make()
    await openTicket()
    receiver.answer = (response) => void response.destroy()
    for (let n = 0; n < 12; n += 1) {
      await service.webhooks.wake()
      ahead += 12 * 3_600_000
    }
    ahead = 0
    const [failed] = await deliveriesOf(given)
    expect(failed).toMatchObject({ state: 'failed', attempts: 8, nextAttemptAt: null, lastError: 'ECONNRESET' })
    receiver.answer = (response) => void response.writeHead(204).end()
    const again = (await asAdmin('POST', `/api/webhooks/${given.view.id}/deliveries/${failed?.id}/replay`)).json<Delivery>()
    expect(again).toMatchObject({ event: 'ticket.opened', state: 'sent', body: failed?.body })
    const other = await make()
    expect((await asAdmin('POST', `/api/webhooks/${other.view.id}/deliveries/${failed?.id}/replay`)).statusCode).toBe(404)
  })

  it('that never answers holds up no other', async () => {
    const silent = new Receiver()
    await silent.start()
    silent.answer = () => undefined
    try {
      const deaf = await make({ url: silent.url })
      await make()
      await openTicket('Une première')
      void service.webhooks.wake()
      await expect.poll(() => silent.got.length).toBe(1)
      await openTicket('Une deuxième')
      void service.webhooks.wake()
      await expect.poll(() => receiver.got.length).toBe(2)
      expect(await deliveriesOf(deaf)).toMatchObject([
        { state: 'pending', attempts: 0 },
        { state: 'sending', attempts: 1, lastError: null },
      ])
    } finally {
      await silent.stop()
      await service.webhooks.wake()
    }
  })

  it('is told by the next service what a killed one was sending', async () => {
    const given = await make()
    await openTicket()
    // Taken, and never answered for: what a kill leaves.
    expect(await service.stores.webhooks.claim(60_000, { webhook: given.view.id })).not.toBeNull()
    await service.webhooks.wake()
    expect(receiver.got).toEqual([])
    ahead += 61_000
    await service.webhooks.wake()
    expect(receiver.got).toHaveLength(1)
    expect(await deliveriesOf(given)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('is tried at once, and what it answered is shown', async () => {
    const given = await make()
    expect(await tryNow(given)).toMatchObject({ event: 'ping', state: 'sent', lastStatus: 204, body: { by: 'Anne Delmas' } })
    receiver.answer = (response) => void response.writeHead(401).end()
    expect(await tryNow(given)).toMatchObject({ state: 'pending', lastError: 'réponse 401' })
    expect((await asAdmin('GET', '/api/webhooks')).json<Webhook[]>()[0]).toMatchObject({ waiting: 1, last: { lastStatus: 401 } })
  })
})

describe('addresses', () => {
  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:a00:1', false],
    ['::ffff:93.184.216.34', true],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::', false],
    ['fc00::1', false],
    ['fe80::1%eth0', false],
    ['fec0::1', false],
    ['ff02::1', false],
    ['2001:db8::1', false],
    ['nonsense', false],
  ])('%s: %s', (address, reachable) => expect(mayReach(address, networks([]))).toBe(reachable))

  it('that a site allows are reached, and those beside them are not', () => {
    const allowed = networks(['10.1.0.0/16', 'fd00::5'])
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::5', '10.2.0.1', 'fd00::6'].map((one) => mayReach(one, allowed))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect(() => readConfig({ WEBHOOK_NETWORKS: '10.1.0.0/99' })).toThrow('n’est pas un réseau')
  })

  it.each([
    ['https://192.168.1.1/', 'adresse privée ou réservée (192.168.1.1)'],
    ['https://169.254.169.254/latest/meta-data/', 'adresse privée'],
    ['https://[::ffff:169.254.169.254]/', 'adresse privée'],
    ['https://[::1]:5432/', 'adresse privée'],
    ['https://2130706434/', 'adresse privée ou réservée (127.0.0.2)'],
    ['https://0x7f.2/', 'adresse privée'],
    ['https://user:password@example.org/', 'contient un mot de passe'],
    ['http://93.184.216.34/', 'attendu https'],
    ['https://nowhere.example/', 'n’a pas d’adresse'],
  ])('%s is refused, and why is said', async (url, why) => {
    const { lastError, lastStatus } = await tryNow(await make({ url }))
    expect(lastError).toContain(why)
    expect(lastStatus).toBeNull()
  })

  it('of a name that stands for a private one are refused, even beside a public one', async () => {
    names.set('inside.example', [['93.184.216.34', '10.0.0.8']])
    expect((await tryNow(await make({ url: 'https://inside.example/' }))).lastError).toContain('10.0.0.8')
  })

  it('are asked for once: a name that changes its mind in between reaches what was judged', async () => {
    // Allowed the first time; were it asked again, it would be the machine's own other address.
    names.set('rebinding.example', [['127.0.0.1'], ['127.0.0.2']])
    const given = await make({ url: `http://rebinding.example:${receiver.port}/` })
    expect(await tryNow(given)).toMatchObject({ state: 'sent' })
    expect(receiver.got[0]?.headers.host).toBe(`rebinding.example:${receiver.port}`)
    expect((await tryNow(given)).lastError).toContain('127.0.0.2')
  })

  it('that a receiver redirects to are not visited', async () => {
    receiver.answer = (response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    expect(await tryNow(await make())).toMatchObject({ lastStatus: 302, lastError: 'redirection refusée' })
    expect(receiver.got).toHaveLength(1)
  })

  it.each([{ url: 'ftp://example.org/' }, { url: 'nonsense' }, { url: '' }, { events: [] }, { events: ['everything'] }, { name: ' ' }])(
    'and the rest are asked for soundly: %j',
    async (change) => {
      const payload = { name: 'X', url: 'https://example.org/', events: ['call.missed'], ...change }
      expect((await asAdmin('POST', '/api/webhooks', payload)).json()).toMatchObject({ code: 'invalid_body' })
    },
  )
})
