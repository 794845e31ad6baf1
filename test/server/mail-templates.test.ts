import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outbox } from '../../server/database/schema.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const ask = (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const open = async (title: string) =>
  (await ask('alice', 'POST', '/api/tickets', { title, summary: 'Plus rien', medium: 'phone', requester: claire })).json()
const mailsOf = (ticketId: string) => service.database.db.select().from(outbox).where(eq(outbox.ticketId, ticketId))
const inForce = async () => (await ask('admin', 'GET', '/api/settings')).json().mails
const template = (fr: string) => ({
  subject: { fr: 'prise en charge : {titre}', en: 'taken up: {title}' },
  text: { fr, en: 'No. {number}, by {operator}' },
})

describe('the texts of mails', () => {
  it('hold from the next mail on once they are saved, and are kept with their history', async () => {
    const { version } = await inForce()
    const value = { 'taken-up': template('Chère usagère,\nn° {numéro} : {opérateur} s’en occupe.') }
    const saved = await ask('admin', 'PUT', '/api/settings/mails', { version, value })
    expect(saved.statusCode).toBe(200)
    const ticket = await open('Wi-Fi {réponse}\r\nBcc: x@evil.example')
    const [mail] = await mailsOf(ticket.id)
    expect(mail?.text).toBe(`Chère usagère,\nn° ${ticket.number} : Alice Martin s’en occupe.`)
    expect(mail?.subject).toBe(`[Guichet unique n°${ticket.number}] prise en charge : Wi-Fi {réponse} Bcc: x@evil.example`)
    expect((await ask('admin', 'GET', '/api/settings/mails/history')).json()).toHaveLength(1)
  })

  it.each([
    ['n° {numéro} {opérateur} {prénom}', 'mail_word_unknown', '{prénom}, taken-up, en français'],
    ['n° {numéro}', 'mail_word_missing', '{opérateur}, taken-up, en français'],
  ])('that read %j are refused, with the word', async (fr, code, detail) => {
    const { version } = await inForce()
    const answer = await ask('admin', 'PUT', '/api/settings/mails', { version, value: { 'taken-up': template(fr) } })
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
    expect(answer.json().message).toContain(detail)
  })

  it('are seen with a real ticket before they are saved, and sent to oneself', async () => {
    const ticket = await open('Écran noir')
    const order = { name: 'taken-up', template: template('Bonjour,\nn° {numéro}, {opérateur}'), languages: 'fr-en', number: ticket.number }
    const seen = (await ask('sophie', 'POST', '/api/settings/mails/preview', order)).json()
    expect(seen).toEqual({
      subject: `[Guichet unique n°${ticket.number}] prise en charge : Écran noir`,
      text: `Bonjour,\nn° ${ticket.number}, Alice Martin\n\n— English —\n\nNo. ${ticket.number}, by Alice Martin`,
    })
    const sent = await ask('sophie', 'POST', '/api/settings/mails/trial', { ...order, to: 'sophie@univ.example' })
    expect(sent.json()).toEqual({ to: 'sophie@univ.example' })
    const [mail] = await service.database.db.select().from(outbox).where(eq(outbox.to, 'sophie@univ.example'))
    expect(mail).toMatchObject({ ...seen, ticketId: null, state: 'pending' })
    expect(service.told).toContain('mail')
    const wrong = await ask('sophie', 'POST', '/api/settings/mails/preview', { ...order, number: 999_999 })
    expect(wrong.statusCode).toBe(404)
    expect((await ask('sophie', 'GET', '/api/settings/mails/trial')).json()).toEqual({ to: 'sophie@univ.example' })
    expect((await ask('admin', 'GET', '/api/settings/mails/trial')).json()).toEqual({ to: 'admin@univ.example' })
  })
})

it('a text that is tried with a ticket whose solution awaits an answer answers nothing for its requester', async () => {
  const ticket = await open('Écran bleu')
  await ask('alice', 'POST', `/api/tickets/${ticket.number}/solution`, { solution: 'Pilote changé.' })
  const { solution } = (await ask('admin', 'GET', '/api/settings')).json().mails.value
  const order = { name: 'solution', template: solution, languages: 'fr', number: ticket.number }
  const { text } = (await ask('sophie', 'POST', '/api/settings/mails/preview', order)).json()
  expect(text).toMatch(new RegExp(`/avis/${ticket.number}$`, 'm'))
  expect(text).not.toContain('cle=')
})

describe('a mail whose arrival is uncertain', () => {
  const uncertain = async (state: 'uncertain' | 'failed' | 'sent' = 'uncertain') => {
    const id = randomUUID()
    const at = new Date()
    const mail = { to: 'claire.dubois@univ.example', subject: 's', text: 't', messageId: `<${id}@univ.example>`, headers: {} }
    await service.database.db.insert(outbox).values({ ...mail, id, at, nextAttemptAt: at, state, attempts: 1, lastError: 'coupé' })
    return id
  }
  const settle = (login: string, id: string, as: string) => ask(login, 'POST', `/api/mails/${id}/settle`, { as })
  const row = async (id: string) => (await ask('sophie', 'GET', '/api/mails')).json().find((one: { id: string }) => one.id === id)

  it('is said to have arrived, or sent again under the same Message-ID, by somebody whose name stays with it', async () => {
    const [arrived, again] = [await uncertain(), await uncertain()]
    expect((await settle('sophie', arrived, 'sent')).statusCode).toBe(200)
    expect((await settle('admin', again, 'again')).statusCode).toBe(200)
    expect(await row(arrived)).toMatchObject({ state: 'sent', settledBy: 'Sophie Garnier', problem: null })
    expect(await row(again)).toMatchObject({ state: 'pending' })
    expect((await settle('sophie', arrived, 'again')).statusCode).toBe(409)
    const [stored] = await service.database.db.select().from(outbox).where(eq(outbox.id, again))
    expect(stored?.messageId).toBe(`<${again}@univ.example>`)
  })

  it('is counted with those that were refused, apart from what waits for a server that does not answer; both are listed alone', async () => {
    await service.database.pool.query('delete from outbox')
    const [sure, refused] = [await uncertain(), await uncertain('failed')]
    const at = new Date()
    const later = new Date(at.getTime() + 1_800_000)
    const mail = { to: 'claire.dubois@univ.example', subject: 's', text: 't', headers: {} }
    const [tried, held] = [randomUUID(), randomUUID()]
    await service.database.db.insert(outbox).values([
      { ...mail, id: tried, messageId: `<${tried}@u.example>`, at, nextAttemptAt: later, attempts: 3, lastError: 'ECONNREFUSED' },
      // Waits for a reason of its own.
      { ...mail, id: held, messageId: `<${held}@u.example>`, at, nextAttemptAt: later },
    ])
    const sending = async () => (await ask('sophie', 'GET', '/api/mails/sending')).json()
    expect(await sending()).toMatchObject({ waiting: 1, uncertain: 1, failed: 1, oldestAt: at.toISOString(), nextAt: later.toISOString() })
    const listed = async (only: string) =>
      (await ask('sophie', 'GET', `/api/mails?only=${only}`)).json<{ id: string }[]>().map(({ id }) => id)
    expect(await listed('waiting')).toEqual([tried])
    expect((await listed('to-settle')).toSorted()).toEqual([sure, refused].toSorted())
    expect((await ask('sophie', 'GET', '/api/mails?only=all')).statusCode).toBe(400)
    service.told.length = 0
    expect((await ask('sophie', 'POST', '/api/mails/retry')).json()).toEqual({ hastened: 1 })
    expect(service.told).toContain('mail')
    expect(Date.parse((await sending()).nextAt)).toBeLessThan(later.getTime())
    const [kept] = await service.database.db.select().from(outbox).where(eq(outbox.id, held))
    expect(kept?.nextAttemptAt).toEqual(later)
  })

  it('one that was refused is sent again once the reason is mended, and never said to have arrived', async () => {
    const id = await uncertain('failed')
    expect((await settle('sophie', id, 'sent')).statusCode).toBe(409)
    expect((await settle('sophie', id, 'again')).statusCode).toBe(200)
    expect((await settle('sophie', 'no-such-mail', 'again')).statusCode).toBe(404)
  })
})
