import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let nowMs = Date.now()
beforeAll(async () => {
  service = await buildTestHttp({ now: () => nowMs })
})
afterAll(() => service.close())

const signIn = (login: string, password: string, extra: { cookie?: string; address?: string } = {}) =>
  service.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password },
    remoteAddress: extra.address ?? '127.0.0.1',
    headers: extra.cookie === undefined ? {} : { cookie: extra.cookie },
  })
const cookieIn = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']).split(';')[0] ?? ''
const whoAmI = (cookie: string) => service.app.inject({ method: 'GET', url: '/api/session', headers: { cookie } })

describe('signing in', () => {
  it('opens a session that a script of the page cannot read and another site cannot use', async () => {
    const answer = await signIn('alice', 'guichet-demo')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ id: 'alice', login: 'alice', name: 'Alice Martin', role: 'operator', extension: '6101', demo: false })
    expect(String(answer.headers['set-cookie'])).toMatch(/^guichet=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
    expect((await whoAmI(cookieIn(answer))).json()).toMatchObject({ login: 'alice' })
  })

  it('keeps no session id in the database, only a hash', async () => {
    const cookie = cookieIn(await signIn('alice', 'guichet-demo'))
    const { rows } = await service.database.pool.query<{ row: string }>('select s::text as row from sessions s')
    expect(rows.map((r) => r.row).join()).not.toContain(cookie.replace('guichet=', ''))
  })

  it('does not take up an id that somebody else chose beforehand', async () => {
    const planted = `guichet=${'B'.repeat(43)}`
    const given = cookieIn(await signIn('alice', 'guichet-demo', { cookie: planted }))
    expect(given).not.toBe(planted)
    expect((await whoAmI(planted)).statusCode).toBe(401)
    expect((await whoAmI(given)).statusCode).toBe(200)
  })

  it('gives a new id at each sign-in and forgets the one before', async () => {
    const first = cookieIn(await signIn('alice', 'guichet-demo'))
    const second = cookieIn(await signIn('alice', 'guichet-demo', { cookie: first }))
    expect(second).not.toBe(first)
    expect((await whoAmI(first)).statusCode).toBe(401)
    expect((await whoAmI(second)).statusCode).toBe(200)
  })

  it.each([
    ['a wrong password', 'alice', 'guichet-dem'],
    ['an unknown login', 'nobody', 'guichet-demo'],
    ['a login of SQL', "' or 1=1 --", 'guichet-demo'],
    ['a login with a zero byte', 'alice\u0000', 'guichet-demo'],
  ])('refuses %s', async (_what, login, password) => {
    const answer = await signIn(login, password, { address: '192.0.2.1' })
    expect([400, 401]).toContain(answer.statusCode)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it.each([
    ['made up', `guichet=${'A'.repeat(43)}`],
    ['cut short', 'guichet=abc'],
    ['of SQL', "guichet=' or 1=1 --"],
    ['empty', 'guichet='],
  ])('takes a session that is %s for nobody’s', async (_what, cookie) => {
    const answer = await whoAmI(cookie)
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'not_signed_in'])
  })

  it('ends a session after twelve hours', async () => {
    const cookie = cookieIn(await signIn('bruno', 'guichet-demo'))
    nowMs += 13 * 3_600_000
    expect((await whoAmI(cookie)).statusCode).toBe(401)
  })

  it('closes the session at sign-out, and the operator is not rung any more', async () => {
    const cookie = cookieIn(await signIn('alice', 'guichet-demo'))
    const out = await service.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } })
    expect([out.statusCode, String(out.headers['set-cookie'])]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await whoAmI(cookie)).statusCode).toBe(401)
    expect(service.desk.asked).toContain('alice offline')
  })
})

describe('after too many wrong passwords', () => {
  it('an account waits at that address alone: others, and the same account elsewhere, sign in', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn('chloe', 'wrong', { address: '192.0.2.7' })))
    const codes = tries.map((t) => t.statusCode)
    expect(codes.filter((c) => c === 401)).toHaveLength(5)
    expect(codes.filter((c) => c === 429)).toHaveLength(7)
    expect((await signIn('chloe', 'guichet-demo', { address: '192.0.2.7' })).json().code).toBe('too_many_attempts')
    expect((await signIn('bruno', 'guichet-demo', { address: '192.0.2.7' })).statusCode).toBe(200)
    expect((await signIn('chloe', 'guichet-demo', { address: '192.0.2.8' })).statusCode).toBe(200)
    nowMs += 61_000
    expect((await signIn('chloe', 'guichet-demo', { address: '192.0.2.7' })).statusCode).toBe(200)
  })

  it('guesses spread over addresses are refused too, but not where the account has signed in before', async () => {
    expect((await signIn('sophie', 'guichet-demo', { address: '198.51.100.1' })).statusCode).toBe(200)
    for (let i = 0; i < 30; i += 1) await signIn('sophie', 'wrong', { address: `203.0.113.${i}` })
    expect((await signIn('sophie', 'guichet-demo', { address: '203.0.113.99' })).statusCode).toBe(429)
    expect((await signIn('sophie', 'guichet-demo', { address: '198.51.100.1' })).statusCode).toBe(200)
  })
})
