import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyCreation, KeyGiven } from '../../server/contract/keys.ts'
import { isKeyRoute, rights } from '../../server/contract/rights.ts'
import { keyRequests } from '../../server/http/api-keys.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.now()
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

async function make(change: Partial<KeyCreation> = {}): Promise<KeyGiven> {
  const payload = { name: 'Supervision', role: 'supervisor', routes: null, expiresInDays: 30, ...change }
  const answer = await service.as('admin', { method: 'POST', url: '/api/keys', payload })
  expect(answer.statusCode).toBe(201)
  return answer.json()
}
const by = (
  key: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: Record<string, unknown>,
  remoteAddress = '127.0.0.1',
) => service.app.inject({ method, url, remoteAddress, headers: { authorization: `Bearer ${key}` }, ...(payload && { payload }) })
const list = async () => (await service.as('admin', { method: 'GET', url: '/api/keys' })).json<KeyGiven['view'][]>()

describe('a program’s key', () => {
  it('is shown once, and kept as a hash', async () => {
    const { key, view } = await make()
    expect(key).toMatch(/^gu_[\w-]{43}$/)
    expect(view).toMatchObject({ name: 'Supervision', hint: key.slice(0, 7), createdBy: 'Anne Delmas', lastUsedAt: null })
    const { rows } = await service.database.pool.query<{ row: string }>('select k::text as row from api_keys k')
    expect(rows.map(({ row }) => row).join()).not.toContain(key.slice(7))
    expect(JSON.stringify(await list())).not.toContain(key.slice(7))
  })

  it('that reads does whatever its role may read, and writes nothing', async () => {
    const { key, view } = await make()
    expect((await by(key, 'GET', '/api/tickets?list=all')).statusCode).toBe(200)
    expect((await by(key, 'GET', '/api/indicators/calls?period=week')).statusCode).not.toBe(403)
    expect((await by(key, 'POST', '/api/tickets', {})).json()).toMatchObject({ code: 'key_scope' })
    expect((await by(key, 'GET', '/api/accounts/all')).json()).toMatchObject({ code: 'key_scope' })
    const used = (await list()).find(({ id }) => id === view.id)
    expect(used).toMatchObject({ lastAddress: '127.0.0.1', lastUsedAt: new Date(now).toISOString() })
  })

  it('with routes opens those alone, within its role, and signs what it does', async () => {
    const { key } = await make({
      name: 'Sonde réseau',
      role: 'operator',
      routes: ['POST /api/tickets', 'GET /api/tickets/:number', 'GET /api/groups/:id/history'],
    })
    const requester = { personId: null, name: 'Sonde', email: null, phone: null, affiliation: 'unknown', unit: null, place: null }
    const opened = await by(key, 'POST', '/api/tickets', { title: 'Commutateur muet', requester, medium: 'form' })
    expect(opened.statusCode).toBe(201)
    const page = (await by(key, 'GET', `/api/tickets/${opened.json<{ number: number }>().number}`)).json()
    expect(page.journal[0]).toMatchObject({ by: 'Clé « Sonde réseau »' })
    expect((await by(key, 'GET', '/api/tickets')).json()).toMatchObject({ code: 'key_scope' })
    // The route was given, the role does not allow it.
    expect((await by(key, 'GET', '/api/groups/x/history')).json()).toMatchObject({ code: 'forbidden' })
  })

  it('ends when it expires or is revoked, at once', async () => {
    const { key } = await make({ expiresInDays: 1 })
    const another = await make()
    expect((await service.as('sophie', { method: 'DELETE', url: `/api/keys/${another.view.id}` })).statusCode).toBe(403)
    expect((await service.as('admin', { method: 'DELETE', url: `/api/keys/${another.view.id}` })).statusCode).toBe(204)
    expect((await service.as('admin', { method: 'DELETE', url: `/api/keys/${another.view.id}` })).statusCode).toBe(404)
    expect((await by(another.key, 'GET', '/api/tickets')).json()).toMatchObject({ code: 'bad_key' })
    expect((await list()).find(({ id }) => id === another.view.id)).toMatchObject({ revokedBy: 'Anne Delmas' })
    expect((await by(key, 'GET', '/api/tickets')).statusCode).toBe(200)
    now += 86_400_000
    expect((await by(key, 'GET', '/api/tickets')).json()).toMatchObject({ code: 'bad_key' })
    now -= 86_400_000
  })

  it('is held to so many requests a minute', async () => {
    const { key } = await make({ routes: ['GET /api/people'] })
    const codes = new Set<number>()
    for (let n = 0; n < keyRequests; n += 1) codes.add((await by(key, 'GET', '/api/people?phone=4242')).statusCode)
    expect([...codes]).toEqual([200])
    expect((await by(key, 'GET', '/api/people?phone=4242')).json()).toMatchObject({ code: 'too_many_requests' })
    now += 61_000
    expect((await by(key, 'GET', '/api/people?phone=4242')).statusCode).toBe(200)
  })

  it.each(['gu_short', `gu_${'A'.repeat(43)}`, "gu_' or 1=1 --", ''])('that is none opens nothing: %j', async (key) => {
    expect((await by(key, 'GET', '/api/tickets', undefined, '192.0.2.7')).json()).toMatchObject({ code: 'bad_key' })
  })

  it('guessed again and again is not even looked for', async () => {
    const guess = () => by(`gu_${'B'.repeat(43)}`, 'GET', '/api/tickets', undefined, '192.0.2.8')
    for (let n = 0; n < 5; n += 1) expect((await guess()).statusCode).toBe(401)
    expect((await guess()).json()).toMatchObject({ code: 'too_many_attempts' })
  })

  it('is no session beside it: the cookie of whoever sends both is not looked at', async () => {
    const headers = { authorization: 'Bearer nonsense', cookie: await service.cookieOf('admin') }
    expect((await service.app.inject({ method: 'GET', url: '/api/keys', headers })).json()).toMatchObject({ code: 'bad_key' })
  })
})

describe('what keys may be given', () => {
  it('is no way to become stronger, nor anything of a person’s own', () => {
    const open = Object.keys(rights).filter(isKeyRoute)
    expect(
      open.filter(
        (route) =>
          /account|key|session|second|directory|webhook|password|settings\/:domain$|settings\/import$/.test(route) &&
          !route.startsWith('GET'),
      ),
    ).toEqual([])
    expect(open).toContain('POST /api/tickets')
    expect(open).toContain('GET /api/indicators/calls')
    expect(open).not.toContain('GET /api/accounts/all')
    expect(open).not.toContain('POST /api/calls')
    expect(open).not.toContain('GET /api/session')
  })

  it('is refused beyond, and made by administrators alone', async () => {
    const ask = (login: string, change: object) =>
      service.as(login, {
        method: 'POST',
        url: '/api/keys',
        payload: { name: 'X', role: 'operator', routes: null, expiresInDays: 30, ...change },
      })
    expect((await ask('sophie', {})).json()).toMatchObject({ code: 'forbidden' })
    for (const bad of [
      { routes: ['POST /api/accounts'] },
      { routes: [] },
      { role: 'administrator' },
      { expiresInDays: 10_000 },
      { name: ' ' },
    ])
      expect((await ask('admin', bad)).json()).toMatchObject({ code: 'invalid_body' })
  })

  it('is said by the OpenAPI description', async () => {
    const document = (await service.app.inject({ method: 'GET', url: '/api/openapi.json' })).json()
    expect(document.components.securitySchemes.key).toEqual({ type: 'http', scheme: 'bearer' })
    expect(document.paths['/api/tickets'].post.security).toContainEqual({ key: [] })
    expect(document.paths['/api/accounts'].post.security ?? []).not.toContainEqual({ key: [] })
  })
})
