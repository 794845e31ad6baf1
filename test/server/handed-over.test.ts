import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* What is held of somebody, handed over to them: whole, and in words. */
const claire = 'sample:claire.dubois'
const claireAsks = { personId: claire, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' }
const today = Date.parse('2026-11-24T09:00:00Z')
let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(today) })
})
afterAll(() => service.close())

const sql = async (query: string, ...values: unknown[]) => (await service.database.pool.query<Record<string, unknown>>(query, values)).rows
const as = (login: string, method: 'GET' | 'POST', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })

describe('what is handed over of a person', () => {
  it('is read in French: what was done, what came of a check, where they are known from', async () => {
    const { number } = (await as('alice', 'POST', '/api/tickets', { title: 'En français', requester: claireAsks })).json<{
      number: number
    }>()
    await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Fait' })
    await sql(
      `insert into identity_checks (id, person_id, at, by_id, by_name, sent_to, expires_at, outcome, settled_at)
        values (gen_random_uuid(), $1, $2, 'alice', 'Alice Martin', 'c•••s@univ.example', $2, 'verified', $2)`,
      claire,
      new Date(today),
    )
    const { body } = await as('sophie', 'GET', `/api/people/${claire}/export`)
    const page = body.slice(0, body.indexOf('<script'))
    for (const words of ['Alice Martin a ouvert le ticket', 'Alice Martin a clos le ticket (niveau 1) : Fait', '<td>vérifiée</td>'])
      expect(page).toContain(words)
    expect(page).not.toMatch(/taken-up|contribution|verified|\(mail\)|\+336|>exemple</)
    await sql('delete from identity_checks')
  })
})
