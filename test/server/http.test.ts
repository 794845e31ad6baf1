import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCatalogue } from '../../server/contract/errors.ts'
import { errorBody, type Health } from '../../server/contract/http.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const consoleFolder = mkdtempSync(join(tmpdir(), 'guichet-console-'))
let service: TestHttp
let status: Health['status'] = 'ready'

beforeAll(async () => {
  service = await buildTestHttp({
    consoleFolder,
    health: () => ({ status, version: '0.1.0', since: '2026-11-23T09:00:00.000Z', parts: [] }),
  })
})
afterAll(async () => {
  await service.close()
  rmSync(consoleFolder, { recursive: true })
})
const get = (url: string, headers: Record<string, string> = {}) => service.app.inject({ method: 'GET', url, headers })

describe('errors', () => {
  it.each([
    ['an unknown route', { method: 'GET', url: '/api/nothing' }, 404, 'not_found'],
    ['another method', { method: 'PATCH', url: '/api/tickets' }, 404, 'not_found'],
    [
      'JSON that is none',
      { method: 'POST', url: '/api/session', headers: { 'content-type': 'application/json' }, payload: '{"login":' },
      400,
      'invalid_body',
    ],
    [
      'another kind of body',
      { method: 'POST', url: '/api/session', headers: { 'content-type': 'text/xml' }, payload: '<a/>' },
      400,
      'invalid_body',
    ],
    [
      'a poisoned object',
      { method: 'POST', url: '/api/session', headers: { 'content-type': 'application/json' }, payload: '{"__proto__":{}}' },
      400,
      'invalid_body',
    ],
    ['no body where one is needed', { method: 'POST', url: '/api/session' }, 400, 'invalid_body'],
    [
      'a body too large',
      { method: 'POST', url: '/api/session', payload: { login: 'a', password: 'x'.repeat(1_100_000) } },
      413,
      'too_large',
    ],
    ['an address that cannot be read', { method: 'GET', url: '/api/tickets/%zz' }, 400, 'invalid_body'],
  ] as const)('%s is answered by the catalogue', async (_what, ask, expectedStatus, code) => {
    const answer = await service.app.inject(ask)
    expect([answer.statusCode, errorBody.parse(answer.json()).code]).toEqual([expectedStatus, code])
    expect(answer.json().message).toContain(errorCatalogue[code].fr)
  })

  it('names the field of a body, inside its sentence', async () => {
    const answer = await service.as('alice', { method: 'PUT', url: '/api/operators/me', payload: { state: 'paused', reason: '' } })
    expect(answer.json()).toEqual({ code: 'invalid_body', message: 'La requête est mal formée : corrigez le champ indiqué. (reason)' })
  })

  it.each([
    ['GET', '/api/indicators/calls?from=0000-01-01&to=0000-01-02'],
    ['GET', '/api/indicators/tickets?by=medium&from=0001-01-01&to=0001-01-02'],
    ['POST', '/api/absences', { accountId: 'sophie', from: '0000-01-01', to: '0000-01-02' }],
    ['POST', '/api/disruptions', { title: 'Panne', startsAt: '0000-01-01T00:00:00Z', ticket: null }],
  ] as const)('a day of no year that we could keep is for %s %s a mistake of whoever asks', async (method, url, payload?: object) => {
    const answer = await service.as('sophie', { method, url, ...(payload && { payload }) })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_body'])
  })

  it('keeps the desk’s refusal as it is', async () => {
    const answer = await service.as('alice', {
      method: 'POST',
      url: '/api/calls/ended/answer',
      headers: { 'content-type': 'application/json' },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'conflict'])
  })

  it('a mistake of ours is recorded, and says nothing of the inside', async () => {
    service.desk.calls = [{ id: 'a call that breaks the contract' } as never]
    const answer = await service.as('alice', { method: 'GET', url: '/api/calls' })
    service.desk.calls = []
    expect([answer.statusCode, answer.json()]).toEqual([500, { code: 'internal', message: errorCatalogue.internal.fr }])
  })
})

describe('pages of other sites', () => {
  const change = (headers: Record<string, string>) =>
    service.as('alice', {
      method: 'PUT',
      url: '/api/operators/me',
      payload: { state: 'ready' },
      headers: { host: '127.0.0.1:8080', ...headers },
    })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that hides', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:9090' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same site', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8080' }],
  ])('cannot change anything: %s', async (_what, headers) => {
    const answer = await change(headers)
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'cross_site'])
  })

  it.each([
    ['the console', { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' }],
    ['a script, which says nothing', {}],
    ['the console through a proxy that changes the host', { origin: 'http://127.0.0.1:8080', host: 'inside:3000' }],
  ])('do not stand in the way of %s', async (_what, headers) => {
    expect((await change(headers)).statusCode).toBe(200)
  })

  it('signing in from another site is refused too', async () => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'alice', password: 'guichet-demo' },
      headers: { origin: 'https://evil.example' },
    })
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined])
  })
})

describe('what anybody may ask', () => {
  it.each([
    ['ready', 200],
    ['starting', 503],
    ['unable', 503],
  ] as const)('health is %s → %i', async (now, code) => {
    status = now
    const answer = await get('/api/health')
    expect([answer.statusCode, answer.json().status]).toEqual([code, now])
  })

  it('the public page’s facts', async () => {
    expect((await get('/api/portal')).json()).toMatchObject({
      name: 'Guichet unique du Numérique',
      open: true,
      hours: 'Ouvert jusqu’à 16 h 30',
    })
  })

  it('every route is in the OpenAPI document, with its bodies', async () => {
    const document = (await get('/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/tickets', '/api/tickets/{number}', '/api/calls/{id}/answer', '/api/people', '/api/health']),
    )
    expect(document.paths['/api/tickets'].post.requestBody.content['application/json'].schema.required).toEqual(
      expect.arrayContaining(['title', 'requester']),
    )
    expect((await get('/api/docs/')).headers['content-type']).toContain('text/html')
  })
})

describe('pages', () => {
  it('say how to build the console when it is not', async () => {
    const answer = await get('/console')
    expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining('npm run build')])
  })

  it('are the console, whatever its inner address; its hashed files are kept for ever', async () => {
    mkdirSync(join(consoleFolder, 'assets'), { recursive: true })
    writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Guichet</title>')
    writeFileSync(join(consoleFolder, 'assets', 'index-abc123.js'), 'void 0')
    for (const url of ['/console', '/console/tickets/10421', '/avis/10421', '/console?a=1']) {
      const answer = await get(url)
      expect([url, answer.statusCode, answer.headers['cache-control']]).toEqual([url, 200, 'no-cache'])
      expect(answer.body).toContain('<title>Guichet</title>')
    }
    const script = await get('/assets/index-abc123.js')
    expect([script.statusCode, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
    writeFileSync(join(consoleFolder, 'assets', 'index-abc123.js.br'), brotliCompressSync('void 0'))
    const smaller = await get('/assets/index-abc123.js', { 'accept-encoding': 'gzip, br' })
    expect(smaller.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': script.headers['cache-control'] })
    expect(smaller.headers['content-type']).toBe(script.headers['content-type'])
    expect((await get('/assets/gone.js')).statusCode).toBe(404)
    expect((await get('/..%2f..%2fpackage.json')).statusCode).toBeGreaterThanOrEqual(400)
  })

  it('may load and run nothing that is not ours', async () => {
    const { headers } = await get('/console')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:8080")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['strict-transport-security']).toBeUndefined()
  })
})

describe('behind TLS and a proxy', () => {
  const signIn = (https: TestHttp, login: string, password: string, forwarded: string) =>
    https.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-forwarded-for': forwarded },
      payload: { login, password },
      remoteAddress: '10.0.0.1',
    })

  it('the browser is held to HTTPS, and its cookie never leaves it', async () => {
    const https = await buildTestHttp({ publicUrl: 'https://guichet.univ.example', trustProxy: '10.0.0.1' })
    const answer = await signIn(https, 'alice', 'guichet-demo', '192.0.2.1')
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(String(answer.headers['set-cookie'])).toMatch(/; Secure/)
    expect(String(answer.headers['set-cookie'])).toMatch(/; HttpOnly/)
    expect(String(answer.headers['set-cookie'])).toMatch(/; SameSite=Strict/)
    const vain = async (from: string) => (await signIn(https, 'bruno', 'wrong', from)).statusCode
    let last = 401
    for (let i = 0; last === 401 && i < 30; i += 1) last = await vain('192.0.2.66')
    expect(last).toBe(429)
    // Somebody else behind the same proxy is not held for it.
    expect(await vain('192.0.2.7')).toBe(401)
    await https.close()
  })
})

describe('over the network', () => {
  it('a request that is no HTTP gets the catalogue’s answer as well', async () => {
    await service.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = service.app.server.address() as AddressInfo
    const body = await new Promise<string>((resolve, reject) => {
      const ask = request({ port, path: '/api/health', headers: { 'x-long': 'x'.repeat(100_000) } }, (answer) => {
        let text = ''
        answer.on('data', (bytes: Buffer) => (text += bytes.toString())).on('end', () => resolve(text))
      })
      ask.on('error', reject).end()
    })
    expect(errorBody.parse(JSON.parse(body)).code).toBe('invalid_body')
  })
})
