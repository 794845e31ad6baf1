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

it('half hours that are promised stand apart, each with when, who and what about; groups with the telephones of who works for them', async () => {
  const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
  const asked = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: null, vouched: false }
  const tomorrow = Date.parse('2036-11-25T09:00:00Z')
  const half = { fromMs: tomorrow, toMs: tomorrow + 1_800_000 }
  await service.stores.callbackSlots.book('slot2222', { ...asked, ...half, number: '+33561551234', subject: 'Écran & clavier' }, 9, words)
  await ask('admin', 'PUT', '/password', { password })
  const text = await open((await ask('sophie', 'GET', '/sheet')).body, password)
  const promised = /<h2>Rappels promis à une demi-heure choisie \(1\)<\/h2>\n(.*)/.exec(text)?.[1] ?? ''
  expect(promised).toContain(
    '<td>mardi 25 novembre, entre 10\u00a0h et 10\u00a0h\u00a030</td><td>05 61 55 12 34</td><td>Claire Dubois</td><td>Écran &amp; clavier</td>',
  )
  expect(text).toContain('À rappeler (0)')
  expect(text).toContain('Nadia Roussel (05 61 55 14 01)')
})

it('of more open tickets than fit, the most urgent are there, each with the group that has it', async () => {
  const requester = { personId: null, name: 'Zoé Müller', email: null, phone: null }
  const urgent = { title: 'Tout le bâtiment est coupé', urgency: 'high', impact: 'high', requester }
  const { number } = (await service.as('alice', { method: 'POST', url: '/api/tickets', payload: urgent })).json<{ number: number }>()
  const [group] = (await service.stores.groups.list()).filter(({ name }) => name === 'dSRT')
  await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/redirect`, payload: { groupId: group?.id } })
  await service.database.pool.query(`
    insert into tickets (id, number, title, summary, status, medium, urgency, impact, priority, requester_name, opened_by, opened_at, status_since, touched_at)
    select gen_random_uuid(), 900000 + n, 'Moins pressé', '', 'new', 'phone', 'low', 'low', 5, 'X', 'alice', now(), now(), now() from generate_series(1, 220) n`)
  await ask('admin', 'PUT', '/password', { password })
  const text = await open((await ask('sophie', 'GET', '/sheet')).body, password)
  expect(text).toMatch(/<td>Tout le bâtiment est coupé<\/td>.*<td>dSRT<\/td>/)
  expect(text).toMatch(/\d+ tickets moins prioritaires ne tiennent pas ici/)
})

it('what nobody owes or opened is said as well', () => {
  const empty = sheetHtml({
    desk: 'Guichet',
    at: '24/11/2026 02:00',
    owed: [],
    promised: [],
    tickets: [],
    open: 0,
    more: false,
    numbers: [],
  })
  expect(empty).toContain('Personne n’attend de rappel.')
  expect(empty).toContain('Aucun ticket ouvert.')
})
