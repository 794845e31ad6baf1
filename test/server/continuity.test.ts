import { webcrypto } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sheetHtml } from '../../server/continuity/sheet.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const password = 'la nuit tous les chats'
const ask = (login: string, method: 'GET' | 'PUT', url: string, payload?: object) =>
  service.as(login, { method, url: `/api/continuity${url}`, ...(payload !== undefined && { payload }) })

/** As the page in the file does it, with the browser's own cryptography. */
async function open(sheet: string, word: string): Promise<string> {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  const sealed = JSON.parse(/id="sealed">(.*?)<\/script>/.exec(sheet)?.[1] ?? '{}') as {
    salt: string
    iterations: number
    iv: string
    text: string
  }
  const base = await webcrypto.subtle.importKey('raw', Buffer.from(word), 'PBKDF2', false, ['deriveKey'])
  const rule = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(sealed.salt), iterations: sealed.iterations }
  const key = await webcrypto.subtle.deriveKey(rule, base, { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
  return Buffer.from(await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(sealed.iv) }, key, bytes(sealed.text))).toString('utf8')
}

it('there is no sheet until an administrator has chosen a password', async () => {
  expect((await ask('sophie', 'GET', '')).json()).toEqual({ ready: false, at: null, problem: null })
  expect((await ask('sophie', 'GET', '/sheet')).statusCode).toBe(404)
  expect((await ask('sophie', 'PUT', '/password', { password })).statusCode).toBe(403)
  expect((await ask('admin', 'PUT', '/password', { password: 'too short' })).statusCode).toBe(400)
})

it('the sheet holds what is open, to be read with the password alone', async () => {
  const title = 'Écran <b>noir</b> & tout'
  await service.as('alice', {
    method: 'POST',
    url: '/api/tickets',
    payload: { title, summary: 'x', requester: { personId: null, name: 'Zoé Müller', email: null, phone: '0561551234' } },
  })
  expect((await ask('admin', 'PUT', '/password', { password })).json()).toMatchObject({ ready: true, problem: null })
  const sheet = await ask('sophie', 'GET', '/sheet')
  expect(sheet.headers['content-disposition']).toBe('attachment; filename="guichet-continuite.html"')
  for (const clear of ['Müller', 'noir', password]) expect(sheet.body).not.toContain(clear)
  const text = await open(sheet.body, password)
  expect(text).toContain('Écran &lt;b&gt;noir&lt;/b&gt; &amp; tout')
  expect(text).toContain('Zoé Müller')
  await expect(open(sheet.body, 'another password')).rejects.toThrow()
})

it('what nobody owes or opened is said as well', () => {
  const empty = sheetHtml({ desk: 'Guichet', at: '24/11/2026 02:00', owed: [], tickets: [], open: 0, numbers: [] })
  expect(empty).toContain('Personne n’attend de rappel.')
  expect(empty).toContain('Aucun ticket ouvert.')
})
