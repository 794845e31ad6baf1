import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
beforeEach(() => {
  now += 3_600_000
  visitor = new Visitor(service)
  service.readers.clear()
})

const as = (login: string, method: 'POST' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
async function asked(more: Readonly<Record<string, string>> = {}): Promise<number> {
  await visitor.signIn('claire.dubois', 'guichet-demo')
  const jeton = Visitor.hidden((await visitor.get('/demande')).body, 'jeton')
  now += 20_000
  const fields = { jeton, titre: 'Accès à Moodle', resume: 'Refusé depuis ce matin.', telephone: '', ...more }
  const { headers } = await visitor.send('/demande', Object.entries(fields))
  return Number(/\/demandes\/(\d+)/.exec(String(headers.location))?.[1])
}
const waiting = async (login = 'alice') =>
  (await as(login, 'GET', '/api/talks')).json().talks.map(({ number }: { number: number }) => number)
/** An operator writes to the requester, or the page's reader to the desk; the service then sees who is there. */
const settle = async (number: number) => {
  const ticket = await service.stores.tickets.find(number)
  await service.stores.talks.settle(ticket?.id ?? '', service.readers.has(number))
}
async function answer(number: number, text: string) {
  await as('alice', 'POST', `/api/tickets/${number}/contributions`, { text, visibility: 'public' })
  await settle(number)
}
const write = async (number: number, text: string, talking = true) => {
  await visitor.send(`/demandes/${number}/message`, [['texte', text], ...(talking ? ([['discuter', '1']] as const) : [])])
  await settle(number)
}
const leaving = async () => (await outboxStore(service.database.db).claim(100, new Date(now))).map(({ text }) => text)

describe('a conversation on a request', () => {
  it('is begun with the request while the desk is open, is something to answer, and is answered without a mail for who reads it there', async () => {
    expect((await visitor.get('/')).body).toContain('discuter par écrit')
    const number = await asked({ discuter: '1' })
    service.readers.add(number)
    expect((await visitor.get(`/demandes/${number}`)).body).toContain('Un opérateur va vous répondre ici.')
    expect(await waiting()).toEqual([number])
    expect((await as('alice', 'GET', `/api/tickets/${number}/presence`)).json()).toEqual({ here: true, types: false, waits: true })
    await leaving()

    await answer(number, 'Quel navigateur utilisez-vous ?')
    expect(await waiting()).toEqual([])
    const answered = (await visitor.get(`/demandes/${number}`)).body
    expect(answered).toContain('Quel navigateur utilisez-vous ?')
    expect(answered).toContain('Alice Martin vous a répondu.')
    expect(answered).not.toContain('Un opérateur va vous répondre ici.')
    expect(await leaving()).toEqual([])
    await service.stores.talks.readBy(number)
    now += 10 * 60_000
    expect(await leaving()).toEqual([])

    await write(number, 'Firefox')
    expect(await waiting()).toEqual([number])
  })

  it('goes on by mail once the user has left: what was not read is sent, and nothing that waits is forgotten', async () => {
    const number = await asked({ discuter: '1' })
    service.readers.add(number)
    await leaving()
    await answer(number, 'Essayez de vider le cache.')
    // The page is closed before it showed that.
    service.readers.clear()
    now += 121_000
    expect((await leaving()).filter((text) => text.includes('vider le cache'))).toHaveLength(1)

    await write(number, 'Toujours pareil')
    await settle(number)
    expect(await waiting()).toContain(number)
    await answer(number, 'Nous regardons.')
    expect((await leaving()).filter((text) => text.includes('Nous regardons'))).toHaveLength(1)
    expect(await waiting()).not.toContain(number)
    // Without asking for it again, what is added is a contribution like any other.
    await write(number, 'Merci', false)
    expect(await waiting()).not.toContain(number)
  })

  it('says how the answer reaches who leaves: by mail, or with the number and the code where nobody has confirmed the address', async () => {
    const mine = await asked({ discuter: '1' })
    expect((await visitor.get(`/demandes/${mine}`)).body).toContain('Si vous partez, la réponse vous arrive par courriel.')
    const guest = new Visitor(service)
    const made = async (fields: Readonly<Record<string, string>>) => {
      const jeton = Visitor.hidden((await guest.get('/demande')).body, 'jeton')
      now += 20_000
      const { headers } = await guest.send('/demande', Object.entries({ jeton, titre: 'Écran noir', nom: 'Lou', discuter: '1', ...fields }))
      return Number(/\/demandes\/(\d+)/.exec(String(headers.location))?.[1])
    }
    const strange = await made({ courriel: 'lou@mail.example' })
    expect((await guest.get(`/demandes/${strange}`)).body).toContain('confirmez votre demande par le lien reçu')
    await leaving()
    await answer(strange, 'Réf. 118')
    expect((await leaving()).filter((text) => text.includes('Réf. 118'))).toEqual([])
    expect((await guest.get(`/demandes/${await made({ contact: '06 12 34 56 78' })}`)).body).toMatch(/ici avec le numéro et le code\.</)
  })

  it('is not offered while the desk is closed, and ends with its ticket', async () => {
    const number = await asked()
    expect(await waiting()).not.toContain(number)
    const view = service.desk.view.bind(service.desk)
    service.desk.view = () => ({ ...view(), open: false })
    expect((await visitor.get(`/demandes/${number}`)).body).not.toContain('discuter')
    await write(number, 'Bonsoir')
    expect(await waiting()).not.toContain(number)
    service.desk.view = view
    await write(number, 'Bonjour')
    expect(await waiting()).toContain(number)
    await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Fait.' })
    expect(await waiting()).not.toContain(number)
  })

  it('is told to those alone who see the ticket', async () => {
    const number = await asked({ discuter: '1' })
    expect(await waiting('nadia')).not.toContain(number)
    expect((await as('nadia', 'GET', `/api/tickets/${number}/presence`)).statusCode).toBe(404)
    await as('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    expect(await waiting('nadia')).toContain(number)
    expect((await as('claire.dubois', 'GET', '/api/talks')).statusCode).toBe(403)
  })
})
