import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BulkProgress } from '../../server/contract/bulk.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date((now += 1_000)) })
})
afterAll(() => service.close())

const as = (login: string, method: 'POST' | 'PUT' | 'GET' | 'DELETE', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const opened = async (name: string): Promise<number> => {
  const requester = { personId: null, name, email: `${name}@univ.example`, phone: null }
  return (await as('alice', 'POST', '/api/tickets', { title: `Wi-Fi de ${name}`, summary: `Panne chez ${name}.`, requester })).json().number
}
const page = async (number: number) => (await as('alice', 'GET', `/api/tickets/${number}`)).json()
const mailsTo = async (name: string) =>
  (
    await service.database.pool.query<{ subject: string; text: string; held: boolean }>(
      'select subject, text, next_attempt_at > at as held from outbox where to_address = $1 order by at, ctid',
      [`${name}@univ.example`],
    )
  ).rows

describe('merging', () => {
  it('closes the duplicate into the other, tells its requester after a minute, and is undone with its mail', async () => {
    const [one, other] = [await opened('ana'), await opened('ben')]
    const url = `/api/tickets/${one}/links`
    const merged = await as('alice', 'POST', url, { kind: 'duplicate-of', ticket: other, merge: true, shares: 'messages' })
    expect(merged.json().links).toMatchObject([{ kind: 'duplicate-of', ticket: other, merged: true, shares: 'messages' }])
    expect(await page(one)).toMatchObject({ status: 'closed', closedHow: 'level1', solution: expect.stringContaining(`n° ${other}`) })
    expect((await page(other)).journal.at(-1)).toMatchObject({ text: expect.stringContaining('Panne chez ana.'), visibility: 'internal' })
    expect((await mailsTo('ana')).at(-1)).toMatchObject({ held: true, subject: expect.stringContaining('clôture') })
    expect((await as('alice', 'DELETE', `${url}/duplicate-of/${other}`)).statusCode).toBe(200)
    expect(await page(one)).toMatchObject({ status: 'in-progress', owner: { id: 'alice' }, solution: null, closedHow: null })
    expect((await mailsTo('ana')).filter(({ subject }) => subject.includes('clôture'))).toEqual([])
  })

  it('is refused into a closed ticket, and for any other kind of link', async () => {
    const [one, other] = [await opened('cleo'), await opened('dan')]
    const url = `/api/tickets/${one}/links`
    expect((await as('alice', 'POST', url, { kind: 'follows', ticket: other, merge: true })).statusCode).toBe(400)
    await as('alice', 'POST', `/api/tickets/${other}/close`, { solution: 'Fait.' })
    expect((await as('alice', 'POST', url, { kind: 'duplicate-of', ticket: other, merge: true })).json().message).toContain('est clos')
  })
})

describe('what a link shares', () => {
  it('is what is written to the other’s requester, under this one’s own number, until it is turned off; notes stay where they are', async () => {
    const [one, other] = [await opened('eva'), await opened('fred')]
    await as('alice', 'POST', `/api/tickets/${one}/links`, { kind: 'same-cause', ticket: other, shares: 'messages' })
    await as('alice', 'POST', `/api/tickets/${other}/contributions`, { text: 'La borne est changée demain.', visibility: 'public' })
    await as('alice', 'POST', `/api/tickets/${other}/contributions`, { text: 'Entre nous.', visibility: 'internal' })
    const mails = await mailsTo('eva')
    expect(mails.at(-1)).toMatchObject({
      subject: expect.stringContaining(`n°${one}`),
      text: expect.stringContaining('La borne est changée demain.'),
    })
    expect((await page(one)).journal.at(-2)).toMatchObject({ detail: { shared: other }, visibility: 'public' })
    await as('alice', 'PUT', `/api/tickets/${one}/links/same-cause/${other}`, { shares: 'nothing' })
    await as('alice', 'POST', `/api/tickets/${other}/contributions`, { text: 'Encore un mot.', visibility: 'public' })
    expect(await mailsTo('eva')).toHaveLength(mails.length)
  })

  it('reaches those that were merged into a duplicate before it was merged itself, and whoever asked twice by one mail', async () => {
    const [one, again, middle, last] = [await opened('jo'), await opened('jo'), await opened('kim'), await opened('lea')]
    const merged = (number: number, ticket: number) =>
      as('alice', 'POST', `/api/tickets/${number}/links`, { kind: 'duplicate-of', ticket, merge: true, shares: 'messages' })
    for (const [number, into] of [
      [one, middle],
      [again, middle],
      [middle, last],
    ] as const)
      expect((await merged(number, into)).statusCode).toBe(201)
    const before = [await mailsTo('jo'), await mailsTo('kim')]
    await as('alice', 'POST', `/api/tickets/${last}/contributions`, { text: 'Le câble est remis.', visibility: 'public' })
    const [jo, kim] = [await mailsTo('jo'), await mailsTo('kim')]
    expect([jo.length, kim.length]).toEqual([(before[0]?.length ?? 0) + 1, (before[1]?.length ?? 0) + 1])
    expect(JSON.stringify((await page(again)).journal)).toContain('Le câble est remis.')
    expect(jo.at(-1)).toMatchObject({ subject: expect.stringContaining(`n°${one}`), text: expect.stringContaining('Le câble est remis.') })
  })

  it('is never what the other’s requester writes', async () => {
    const [one, other] = [await opened('max'), await opened('nour')]
    await as('alice', 'POST', `/api/tickets/${one}/links`, { kind: 'duplicate-of', ticket: other, merge: true, shares: 'messages' })
    const before = await mailsTo('max')
    const nour = { id: 'requester', name: 'nour', side: 'requester' } as const
    await service.stores.tickets.contribute(other, { text: 'Mon mot de passe est 4321.', visibility: 'public' }, nour)
    expect(await mailsTo('max')).toEqual(before)
    expect(JSON.stringify((await page(one)).journal)).not.toContain('4321')
  })
})

describe('what is taken back', () => {
  const delays = async (number: number) =>
    (
      await service.database.pool.query<{ level1: number; take_up: number; rows: number }>(
        `select f.level1, f.take_up, (select count(*)::int from ticket_delays d where d.ticket_id = t.id) as rows
          from ticket_figures f join tickets t on t.id = f.ticket_id where t.number = $1`,
        [number],
      )
    ).rows[0]

  it('leaves the delays as they ran, and counts none that it had ended', async () => {
    const [one, other] = [await opened('olga'), await opened('paul')]
    const { clock } = await page(one)
    await as('alice', 'POST', `/api/tickets/${one}/links`, { kind: 'duplicate-of', ticket: other, merge: true })
    expect(await delays(one)).toMatchObject({ level1: 1, rows: 2 })
    await as('alice', 'DELETE', `/api/tickets/${one}/links/duplicate-of/${other}`)
    expect((await page(one)).clock.solve).toMatchObject({ startedAt: clock.solve.startedAt, dueAt: clock.solve.dueAt })
    expect(await delays(one)).toMatchObject({ level1: 0, rows: 1 })
    await as('alice', 'POST', `/api/tickets/${one}/close`, { solution: 'Fait.' })
    expect(await delays(one)).toMatchObject({ level1: 1, rows: 2 })
    await expect(service.database.pool.query('delete from ticket_delays')).rejects.toThrow('append-only')
  })

  it('is told to nobody: neither those that share its messages, nor those that wait for it, nor the public', async () => {
    const [one, other] = [await opened('quentin'), await opened('rose')]
    await as('alice', 'POST', `/api/tickets/${one}/links`, { kind: 'same-cause', ticket: other, shares: 'messages' })
    const child = await opened('sam')
    await as('alice', 'POST', `/api/tickets/${child}/links`, { kind: 'child-of', ticket: other })
    const startsAt = new Date(now - 60_000).toISOString()
    const { id: disruption } = (
      await as('alice', 'POST', '/api/disruptions', { title: 'Wi-Fi', startsAt, ticket: other, audience: 'public' })
    ).json()
    const before = await mailsTo('quentin')
    const id = randomUUID()
    const settled = async (state: string) =>
      expect.poll(async () => (await as('alice', 'GET', `/api/bulk/${id}`)).json().state, { timeout: 5_000 }).toBe(state)
    await as('alice', 'POST', '/api/bulk', { id, numbers: [other], order: { do: 'close', solution: 'Réparé.' } })
    await settled('done')
    expect(await delays(other)).toMatchObject({ level1: 1 })
    expect((await mailsTo('quentin')).at(-1)).toMatchObject({ held: true, text: expect.stringContaining('Réparé.') })
    now += 30_000
    const desk = { id: 'guichet', name: 'Guichet unique' }
    expect(await service.stores.disruptions.endWithTickets(desk)).toBe(false)
    expect(await service.stores.tickets.tellSome()).toEqual([])
    await as('alice', 'POST', `/api/bulk/${id}/undo`)
    await settled('undone')
    expect(await mailsTo('quentin')).toEqual(before)
    expect(await delays(other)).toMatchObject({ level1: 0, rows: 1 })
    expect((await service.stores.disruptions.find(disruption)).endedAt).toBeNull()
    // What stands once the minute is over is told as ever.
    const again = randomUUID()
    await as('alice', 'POST', '/api/bulk', { id: again, numbers: [other], order: { do: 'close', solution: 'Réparé.' } })
    await expect.poll(async () => (await page(other)).status, { timeout: 5_000 }).toBe('closed')
    now += 90_000
    expect(await service.stores.disruptions.endWithTickets(desk)).toBe(true)
    now += 30_000
    expect((await service.stores.tickets.tellSome()).map(({ number }) => number)).toEqual([child])
  })
})

it('many tickets are bound to one at once, those that cannot be are named, and it is taken back', async () => {
  const into = await opened('gil')
  const numbers = [await opened('hal'), await opened('ida'), into]
  const id = randomUUID()
  await as('alice', 'POST', '/api/bulk', { id, numbers, order: { do: 'link', kind: 'duplicate-of', ticket: into, merge: true } })
  const settled = async (): Promise<BulkProgress> => {
    await expect.poll(async () => (await as('alice', 'GET', `/api/bulk/${id}`)).json().state, { timeout: 5_000 }).toMatch(/done|undone/)
    return (await as('alice', 'GET', `/api/bulk/${id}`)).json()
  }
  expect(await settled()).toMatchObject({ done: 2, failed: [{ number: into }] })
  expect((await page(numbers[0] ?? 0)).status).toBe('closed')
  await as('alice', 'POST', `/api/bulk/${id}/undo`)
  expect(await settled()).toMatchObject({ state: 'undone', undone: 2 })
  expect((await page(numbers[0] ?? 0)).status).toBe('in-progress')
})
