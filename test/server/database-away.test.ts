import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let link: DatabaseLink
let service: TestHttp
let nowMs = Date.now()

beforeAll(async () => {
  service = await buildTestHttp({
    now: () => nowMs,
    through: async (url) => {
      link = await linkTo(url)
      return link.url
    },
  })
  await service.cookieOf('alice')
})
afterAll(async () => {
  await link.restore()
  await service.close()
  await link.close()
})

const newTicket = { title: 'Sans base', requester: { personId: null, name: 'Quelqu’un', email: null, phone: null } }

async function took(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

describe.each([
  ['is away', () => link.cut()],
  ['is frozen', async () => link.freeze()],
])('while PostgreSQL %s', (_state, fail) => {
  it('those already signed in go on answering calls, at once', async () => {
    await fail()
    nowMs += 60_000
    const slowest = await took(async () => {
      const answer = await service.as('alice', { method: 'POST', url: '/api/calls/call-1/answer' })
      expect(answer.statusCode).toBe(204)
      const ready = await service.as('alice', { method: 'PUT', url: '/api/operators/me', payload: { state: 'ready' } })
      expect(ready.statusCode).toBe(200)
    })
    expect(slowest).toBeLessThan(2_500)
  })

  it('a ticket is refused with its code and nothing is pretended', { timeout: 15_000 }, async () => {
    const told = service.told.length
    const answer = await service.as('alice', { method: 'POST', url: '/api/tickets', payload: newTicket })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'database_away'])
    expect(answer.json().message).toContain('rien n’est enregistré')
    expect(service.told).toHaveLength(told)
  })

  it('a session not seen before is neither let in nor called forged', { timeout: 15_000 }, async () => {
    const answer = await service.app.inject({ method: 'GET', url: '/api/session', headers: { cookie: `guichet=${'B'.repeat(43)}` } })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'database_away'])
  })

  it('everything works again when it is back', async () => {
    await link.restore()
    nowMs += 60_000
    await expect
      .poll(async () => (await service.as('alice', { method: 'POST', url: '/api/tickets', payload: newTicket })).statusCode, {
        timeout: 15_000,
      })
      .toBe(201)
  })
})
