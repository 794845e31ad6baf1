import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BulkProgress } from '../../server/contract/bulk.ts'
import type { SavedView } from '../../server/contract/views.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { undoableMs } from '../../server/database/ticket-sharing.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = new Date('2026-11-23T09:00:00.000Z')
const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const ask = (login: string, method: 'POST' | 'PUT' | 'GET' | 'DELETE', url: string, payload?: InjectOptions['payload']) =>
  service.as(login, { method, url, ...(payload !== undefined && { payload }) })
const opened = async (title: string): Promise<number> =>
  (await ask('alice', 'POST', '/api/tickets', { title, requester: claire })).json().number
const page = async (number: number) => (await ask('alice', 'GET', `/api/tickets/${number}`)).json()
const settled = async (login: string, id: string): Promise<BulkProgress> => {
  let progress: BulkProgress = (await ask(login, 'GET', `/api/bulk/${id}`)).json()
  for (let tries = 0; tries < 200 && ['running', 'undoing'].includes(progress.state); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    progress = (await ask(login, 'GET', `/api/bulk/${id}`)).json()
  }
  return progress
}
const mailsOf = async (number: number) =>
  (
    await service.database.pool.query(
      "select subject, next_attempt_at > at as held from outbox where ticket_id = (select id from tickets where number = $1) and subject like '%clôture%'",
      [number],
    )
  ).rows

beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => now })
})
afterAll(() => service.close())

describe('one gesture on many tickets', () => {
  it('is done to each, says which refused and why, and is taken back with its mails within a minute', async () => {
    const numbers = [await opened('Premier'), await opened('Second'), await opened('Déjà clos')]
    await ask('alice', 'POST', `/api/tickets/${numbers[2]}/close`, { solution: 'Fait.' })
    const before = await Promise.all(numbers.map(page))
    const id = randomUUID()
    const order = { id, numbers, order: { do: 'close', solution: 'Panne générale réparée.' } }
    expect((await ask('bruno', 'POST', '/api/bulk', order)).statusCode).toBe(201)
    expect(await settled('bruno', id)).toMatchObject({
      state: 'done',
      total: 3,
      done: 2,
      failed: [{ number: numbers[2], why: `ticket n° ${numbers[2]} clos` }],
      undoableUntil: '2026-11-23T09:01:00.000Z',
    })
    expect((await page(numbers[0] ?? 0)).status).toBe('closed')
    expect(await mailsOf(numbers[0] ?? 0)).toEqual([expect.objectContaining({ held: true })])
    // Sent twice, it is done once.
    await ask('bruno', 'POST', '/api/bulk', order)
    expect((await settled('bruno', id)).done).toBe(2)
    // Somebody goes on with one of them meanwhile.
    now = new Date('2026-11-23T09:00:20.000Z')
    await ask('alice', 'POST', `/api/tickets/${numbers[1]}/contributions`, { text: 'Vu.' })
    expect((await ask('alice', 'POST', `/api/bulk/${id}/undo`)).statusCode).toBe(404)
    await ask('bruno', 'POST', `/api/bulk/${id}/undo`)
    expect(await settled('bruno', id)).toMatchObject({ state: 'undone', undone: 1, kept: 1, undoableUntil: null })
    const [first, second] = await Promise.all(numbers.map(page))
    const { touchedAt: _then, journal: _lines, leftMs: _left, ...was } = before[0]
    expect(first).toMatchObject({ ...was, status: 'in-progress', closedAt: null })
    expect(first.journal.at(-1)).toMatchObject({ kind: 'undone', by: 'Bruno Lefort' })
    expect(second.status).toBe('closed')
    expect([await mailsOf(numbers[0] ?? 0), (await mailsOf(numbers[1] ?? 0)).length]).toEqual([[], 1])
  })

  it('sends no mail of what is being taken back, however many wait for their turn; what somebody went on with is told', async () => {
    const [number, touched] = [await opened('Bientôt repris'), await opened('Continué')]
    const id = randomUUID()
    await ask('alice', 'POST', '/api/bulk', { id, numbers: [number, touched], order: { do: 'close', solution: 'Réparé.' } })
    expect(await settled('alice', id)).toMatchObject({ done: 2 })
    const due = async () =>
      (await outboxStore(service.database.db).claim(500, new Date(now.getTime() + 60_000))).filter(({ subject }) =>
        /clôture : (Bientôt repris|Continué)$/.test(subject),
      )
    now = new Date(now.getTime() + 1_000)
    await ask('alice', 'POST', `/api/tickets/${touched}/contributions`, { text: 'Vu.' })
    now = new Date(now.getTime() + undoableMs - 2_000)
    await service.stores.bulk.undo(id, { id: 'alice' })
    expect(await due()).toEqual([])
    for (let more = await service.stores.bulk.step(); more !== false; more = await service.stores.bulk.step());
    expect((await due()).map(({ subject }) => subject)).toEqual([expect.stringContaining(`n°${touched}`)])
  })

  it('is done to as many as a list shows when it is read to its end', async () => {
    const id = randomUUID()
    const numbers = Array.from({ length: 2_000 }, (_, n) => 5_000_000 + n)
    expect((await ask('bruno', 'POST', '/api/bulk', { id, numbers, order: { do: 'take-up' } })).statusCode).toBe(201)
    expect((await ask('bruno', 'GET', `/api/bulk/${id}`)).json()).toMatchObject({ total: 2_000 })
    await ask('bruno', 'POST', `/api/bulk/${id}/undo`)
  })

  it('is not taken back once its mails have left', async () => {
    const number = await opened('Trop tard')
    const id = randomUUID()
    await ask('alice', 'POST', '/api/bulk', { id, numbers: [number], order: { do: 'redirect', groupId: 'dsrt', reason: '' } })
    expect(await settled('alice', id)).toMatchObject({ done: 1 })
    now = new Date(now.getTime() + undoableMs)
    expect((await ask('alice', 'POST', `/api/bulk/${id}/undo`)).statusCode).toBe(409)
    expect((await page(number)).status).toBe('redirected')
  })

  it('does nothing to tickets that its author does not see', async () => {
    const number = await opened('Pas pour Karim')
    const id = randomUUID()
    await ask('karim', 'POST', '/api/bulk', { id, numbers: [number], order: { do: 'take-up' } })
    expect(await settled('karim', id)).toMatchObject({ done: 0, failed: [{ number, why: 'introuvable' }] })
  })
})

describe('a list that is kept', () => {
  const names = async (login: string) => (await ask(login, 'GET', '/api/views')).json<SavedView[]>().map((v) => `${v.name} ${v.mine}`)

  it('is one’s own, or everybody’s when a supervisor shares it', async () => {
    const mine = { name: 'Mes urgents', filters: { status: 'open', urgency: 'high', sort: 'due' } }
    const [kept] = (await ask('alice', 'POST', '/api/views', mine)).json<SavedView[]>()
    expect(kept).toMatchObject({ ...mine, shared: false, by: 'Alice Martin', mine: true })
    expect((await ask('alice', 'PUT', `/api/views/${kept?.id}`, { ...mine, shared: true })).statusCode).toBe(403)
    await ask('sophie', 'POST', '/api/views', { name: 'Hors délai', filters: { due: 'late' }, shared: true })
    expect([await names('alice'), await names('bruno'), await names('sophie')]).toEqual([
      ['Mes urgents true', 'Hors délai false'],
      ['Hors délai false'],
      ['Hors délai true'],
    ])
    expect((await ask('bruno', 'DELETE', `/api/views/${kept?.id}`)).statusCode).toBe(404)
    expect((await ask('alice', 'PUT', `/api/views/${kept?.id}`, { ...mine, name: 'Urgents' })).json()[0]).toMatchObject({ name: 'Urgents' })
    expect((await ask('alice', 'DELETE', `/api/views/${kept?.id}`)).json()).toHaveLength(1)
  })

  it('with a filter that does not exist is refused with its name', async () => {
    const wrong = await ask('alice', 'POST', '/api/views', { name: 'X', filters: { urgency: 'extreme' } })
    expect(wrong.json()).toMatchObject({ code: 'invalid_body', message: expect.stringContaining('filters.urgency') })
  })
})
