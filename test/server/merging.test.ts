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
