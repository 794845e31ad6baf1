import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
const as = (login: string, method: 'POST' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const opened = async (): Promise<number> =>
  (
    await as('alice', 'POST', '/api/tickets', { title: 'Écran noir', requester: { personId: null, name: 'X', email: null, phone: null } })
  ).json().number

it('two people who write on a ticket at once see each other, and see no more of who has stopped', async () => {
  const number = await opened()
  expect((await as('alice', 'POST', `/api/tickets/${number}/writing`)).json()).toEqual({ others: [] })
  expect((await as('bruno', 'POST', `/api/tickets/${number}/writing`)).json()).toEqual({ others: ['Alice Martin'] })
  expect((await as('alice', 'GET', `/api/tickets/${number}/writing`)).json().others).toHaveLength(1)
  now += 15_000
  expect((await as('alice', 'GET', `/api/tickets/${number}/writing`)).json()).toEqual({ others: [] })
  expect((await as('karim', 'GET', `/api/tickets/${number}/writing`)).statusCode).toBe(404)
})

it('who is named in a note is told by mail, and sees that ticket from then on', async () => {
  const number = await opened()
  expect((await as('karim', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
  expect((await as('alice', 'GET', '/api/colleagues')).json()).toEqual(
    expect.arrayContaining([expect.objectContaining({ login: 'karim' })]),
  )
  await as('alice', 'POST', `/api/tickets/${number}/contributions`, { text: '@karim, est-ce chez vous ?' })
  expect((await as('karim', 'GET', `/api/tickets/${number}`)).json().journal.at(-2)).toMatchObject({
    detail: { mentions: [{ id: 'karim' }] },
  })
  const { rows } = await service.database.pool.query<{ to: string }>(
    "select to_address as to from outbox where subject like '%vous mentionne%'",
  )
  expect(rows).toHaveLength(1)
})
