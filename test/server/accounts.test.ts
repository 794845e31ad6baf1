import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordLink } from '../../server/contract/accounts.ts'
import { createInvitations } from '../../server/http/invitations.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.now()
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now })
})
afterAll(() => service.close())

const asAdmin = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: Record<string, unknown>) =>
  service.as('admin', { method, url, ...(payload && { payload }) })
const tokenOf = ({ url }: PasswordLink) => url.slice(url.indexOf('#') + 1)
const choose = (token: string, password: string, first: unknown = null) =>
  service.as(null, { method: 'POST', url: '/api/passwords', payload: { token, password, first } })
const signIn = (login: string, password: string, browser = 'Firefox') =>
  service.app.inject({ method: 'POST', url: '/api/session', payload: { login, password }, headers: { 'user-agent': browser } })
const cookieIn = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']).split(';')[0] ?? ''
const withCookie = (cookie: string, method: 'GET' | 'DELETE' | 'PUT', url: string, payload?: Record<string, unknown>) =>
  service.app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })

describe('an account made here', () => {
  it('lets its owner in by a link that serves once, after which it is void', async () => {
    const made = await asAdmin('POST', '/api/accounts', { login: 'Paul.Roux', name: 'Paul Roux', role: 'operator', extension: '6190' })
    expect(made.statusCode).toBe(201)
    const token = tokenOf(made.json())
    expect((await service.as(null, { method: 'POST', url: '/api/passwords/offer', payload: { token } })).json()).toEqual({
      login: 'paul.roux',
      name: 'Paul Roux',
    })
    expect((await choose(token, 'trop court')).json()).toMatchObject({ code: 'invalid_body' })
    expect((await choose(token, 'une phrase assez longue')).statusCode).toBe(204)
    expect((await choose(token, 'une autre phrase assez longue')).json()).toMatchObject({ code: 'not_found' })
    expect((await signIn('paul.roux', 'une phrase assez longue')).json()).toMatchObject({ role: 'operator', extension: '6190' })
    expect(service.told).toContain('accounts paul.roux')
  })

  it('has one link at a time, for three days, and ends its sessions when it is used', async () => {
    const old = cookieIn(await signIn('paul.roux', 'une phrase assez longue'))
    const [first, second] = [await asAdmin('POST', '/api/accounts/paul.roux/link'), await asAdmin('POST', '/api/accounts/paul.roux/link')]
    expect((await choose(tokenOf(first.json()), 'la première des phrases')).json()).toMatchObject({ code: 'not_found' })
    const longAgo = createInvitations(service.stores.accounts, { publicUrl: 'http://x', now: () => Date.now() - 73 * 3_600_000 })
    expect((await choose(tokenOf(await longAgo.forAccount('paul.roux')), 'une phrase trop tardive')).json()).toMatchObject({
      code: 'not_found',
    })
    expect((await choose(tokenOf(second.json()), 'la seconde des phrases')).json()).toMatchObject({ code: 'not_found' })
    const third = await asAdmin('POST', '/api/accounts/paul.roux/link')
    const heard = () => service.told.filter((what) => what === 'accounts paul.roux').length
    const before = heard()
    expect((await choose(tokenOf(third.json()), 'la troisième des phrases')).statusCode).toBe(204)
    // What is believed of its sessions without asking, and its open pages, go at once.
    expect(heard()).toBe(before + 1)
    now += 6_000
    expect((await withCookie(old, 'GET', '/api/session')).statusCode).toBe(401)
  })

  it('is refused a login or an extension that somebody has', async () => {
    const ask = (payload: Record<string, unknown>) => asAdmin('POST', '/api/accounts', { name: 'X', role: 'level2', ...payload })
    expect((await ask({ login: 'ALICE' })).json()).toMatchObject({ code: 'conflict' })
    expect((await ask({ login: 'xavier', extension: '6101' })).json()).toMatchObject({ code: 'conflict' })
    expect((await ask({ login: "x' or 1=1" })).json()).toMatchObject({ code: 'invalid_body' })
  })

  it('disabled, is out at once; whoever administers cannot lock themselves out', async () => {
    const cookie = cookieIn(await signIn('chloe', 'guichet-demo'))
    const chloe = { name: 'Chloé Nguema', role: 'operator', extension: '6103', disabled: true }
    expect((await asAdmin('PUT', '/api/accounts/chloe', chloe)).statusCode).toBe(200)
    now += 6_000
    expect((await withCookie(cookie, 'GET', '/api/session')).statusCode).toBe(401)
    expect((await signIn('chloe', 'guichet-demo')).statusCode).toBe(401)
    const admin = { name: 'Anne Delmas', role: 'administrator' }
    expect((await asAdmin('PUT', '/api/accounts/admin', { ...admin, disabled: true })).json()).toMatchObject({ code: 'conflict' })
    expect((await asAdmin('PUT', '/api/accounts/admin', { ...admin, role: 'user' })).json()).toMatchObject({ code: 'conflict' })
  })
})

describe('the first administrator', () => {
  it('comes in by a link that is made where nobody administers the service, and by no other', async () => {
    const invitations = createInvitations(service.stores.accounts, { publicUrl: 'http://x' })
    expect(await invitations.first()).toBeNull()
    await service.database.pool.query("update accounts set password_hash = null where role = 'administrator'")
    const link = await invitations.first()
    if (link === null) throw new Error('no link')
    expect(await invitations.offer(tokenOf(link))).toEqual({ login: null, name: null })
    expect((await choose(tokenOf(link), 'une phrase assez longue')).json()).toMatchObject({ code: 'invalid_body' })
    expect((await choose(tokenOf(link), 'une phrase assez longue', { login: 'chef', name: 'La cheffe' })).statusCode).toBe(204)
    expect((await signIn('chef', 'une phrase assez longue')).json()).toMatchObject({ role: 'administrator' })
    expect(await invitations.first()).toBeNull()
  })
})

describe('sessions', () => {
  it('are shown to their owner, who ends any of them', async () => {
    const [here, there] = [
      cookieIn(await signIn('nadia', 'guichet-demo')),
      cookieIn(await signIn('nadia', 'guichet-demo', 'Un vieux poste')),
    ]
    const list = (await withCookie(here, 'GET', '/api/sessions')).json<{ id: string; current: boolean; browser: string }[]>()
    expect(list.filter((one) => one.current)).toHaveLength(1)
    const other = list.find((one) => one.browser === 'Un vieux poste')
    expect(JSON.stringify(list)).not.toContain(here.replace('guichet=', ''))
    const stranger = cookieIn(await signIn('karim', 'guichet-demo'))
    expect((await withCookie(stranger, 'DELETE', `/api/sessions/${other?.id}`)).statusCode).toBe(404)
    expect((await withCookie(here, 'DELETE', `/api/sessions/${other?.id}`)).statusCode).toBe(204)
    expect((await withCookie(there, 'GET', '/api/session')).statusCode).toBe(401)
    expect((await withCookie(here, 'GET', '/api/session')).statusCode).toBe(200)
  })

  it('elsewhere end when a password is changed, which asks for the one before', async () => {
    const [here, there] = [cookieIn(await signIn('nadia', 'guichet-demo')), cookieIn(await signIn('nadia', 'guichet-demo'))]
    const change = (current: string) => withCookie(here, 'PUT', '/api/session/password', { current, password: 'une phrase bien à moi' })
    expect((await change('faux')).json()).toMatchObject({ code: 'bad_credentials' })
    expect((await change('guichet-demo')).statusCode).toBe(204)
    expect((await withCookie(there, 'GET', '/api/session')).statusCode).toBe(401)
    expect((await withCookie(here, 'GET', '/api/session')).statusCode).toBe(200)
    expect((await signIn('nadia', 'une phrase bien à moi')).statusCode).toBe(200)
  })
})
