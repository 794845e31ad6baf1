import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { OpenTickets } from '../../server/database/open-tickets.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' }
const nobody = { personId: null, name: '', email: null, phone: null }
const post = (url: string, payload: InjectOptions['payload'], login = 'alice') =>
  service.as(login, { method: 'POST', url, ...(payload !== undefined && { payload }) })
const list = async (query: string) => (await service.as('alice', { method: 'GET', url: `/api/tickets?${query}` })).json()
const mailsOf = async (number: number) =>
  (
    await service.database.pool.query('select o.* from outbox o join tickets t on t.id = o.ticket_id where t.number = $1 order by o.at', [
      number,
    ])
  ).rows

describe('opening', () => {
  it('numbers the first ticket 10421, tells the live lists, and owes its mail in the same transaction', async () => {
    const answer = await post('/api/tickets', { title: 'Accès à Moodle', summary: 'Rien ne s’ouvre.', requester: claire, callId: 'call-1' })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers['location']).toBe('/api/tickets/10421')
    expect(answer.json()).toMatchObject({
      number: 10421,
      status: 'in-progress',
      openedBy: 'Alice Martin',
      requester: claire,
      callId: 'call-1',
    })
    expect(service.told).toContain('10421 in-progress')
    expect(await mailsOf(10421)).toMatchObject([
      { to_address: claire.email, state: 'pending', subject: '[Guichet unique n°10421] prise en charge : Accès à Moodle' },
    ])
  })

  it('makes one ticket and one mail of a save that is repeated, even at the same instant', async () => {
    const body = { title: 'Une seule fois', requester: claire, idempotencyKey: randomUUID() }
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('/api/tickets', body)))
    expect(new Set(answers.map((a) => a.statusCode))).toEqual(new Set([201]))
    const numbers = new Set(answers.map((a) => a.json().number as number))
    expect(numbers.size).toBe(1)
    const [number = 0] = numbers
    expect(await mailsOf(number)).toHaveLength(1)
    expect(service.told.filter((t) => t.startsWith(String(number)))).toHaveLength(1)
  })

  it('does not lose what was typed after a first save under the same key', async () => {
    const body = { title: 'Premier texte', requester: claire, idempotencyKey: randomUUID() }
    const { number } = (await post('/api/tickets', body)).json()
    const again = await post('/api/tickets', { ...body, title: 'Second texte' })
    expect([again.statusCode, again.json().code]).toEqual([409, 'conflict'])
    expect(again.json().message).toContain(String(number))
  })

  it('closes at once when the solution is given, with the closing mail alone', async () => {
    const { number, status } = (await post('/api/tickets', { title: 'Résolu', solution: 'Câble rebranché.', requester: claire })).json()
    expect(status).toBe('closed')
    const mails = await mailsOf(number)
    expect(mails).toHaveLength(1)
    expect(mails[0].text).toContain('est maintenant clôturée')
  })

  it('owes no mail to a requester without an address', async () => {
    const { number } = (await post('/api/tickets', { title: 'Anonyme', requester: nobody })).json()
    expect(await mailsOf(number)).toEqual([])
  })

  it('keeps hostile text as text, out of the mail’s headers', async () => {
    const title = "'); drop table tickets; --\r\nBcc: x@y.example <script>alert(1)</script>"
    const saved = (await post('/api/tickets', { title, summary: '\u0000zéro', requester: { ...claire, name: 'Zoé\r\nX' } })).json()
    expect(saved).toMatchObject({
      title: "'); drop table tickets; -- Bcc: x@y.example <script>alert(1)</script>",
      summary: 'zéro',
      requester: { name: 'Zoé X' },
    })
    const [mail] = await mailsOf(saved.number)
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it.each([
    ['no body', undefined, 'body'],
    ['no title', { requester: claire }, 'title'],
    ['an empty title', { title: '   ', requester: claire }, 'title'],
    ['a title too long', { title: 'x'.repeat(201), requester: claire }, 'title'],
    ['an address that is none', { title: 'x', requester: { ...claire, email: 'a@b\r\nBcc: c@d' } }, 'requester.email'],
    ['an unknown medium', { title: 'x', medium: 'pigeon', requester: claire }, 'medium'],
    ['a key that is no uuid', { title: 'x', requester: claire, idempotencyKey: '1' }, 'idempotencyKey'],
    ['a call id with a zero byte', { title: 'x', requester: claire, callId: 'a\u0000b' }, ''],
  ])('refuses %s, and names the field', async (_what, body, field) => {
    const answer = await post('/api/tickets', body)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_body'])
    expect(answer.json().message).toContain(field)
  })
})

describe('the life of a ticket', () => {
  it('is written line by line in its journal, signed, and closed once', async () => {
    const { number } = (await post('/api/tickets', { title: 'À suivre', summary: 'Début', requester: claire })).json()
    expect((await post(`/api/tickets/${number}/contributions`, { text: 'Vu avec le réseau.' }, 'sophie')).statusCode).toBe(201)
    const closed = await post(`/api/tickets/${number}/close`, { solution: 'Prise changée.' })
    expect([closed.statusCode, closed.json().status, closed.json().solution]).toEqual([200, 'closed', 'Prise changée.'])
    const again = await post(`/api/tickets/${number}/close`, { solution: 'Autre.' })
    expect([again.statusCode, again.json().code]).toEqual([409, 'conflict'])

    const page = (await service.as('bruno', { method: 'GET', url: `/api/tickets/${number}` })).json()
    expect(page.journal.map((e: { kind: string; by: string; text: string }) => `${e.kind} ${e.by} ${e.text}`)).toEqual([
      'opened Alice Martin Début',
      'mail Alice Martin Courriel de prise en charge à claire.dubois@univ.example',
      'contribution Sophie Garnier Vu avec le réseau.',
      'closed Alice Martin Prise changée.',
      'mail Alice Martin Courriel de clôture à claire.dubois@univ.example',
    ])
    expect(await mailsOf(number)).toHaveLength(2)
  })

  it('closes once when two people close it together', async () => {
    const { number } = (await post('/api/tickets', { title: 'À deux', requester: claire })).json()
    const both = await Promise.all(['alice', 'bruno'].map((login) => post(`/api/tickets/${number}/close`, { solution: login }, login)))
    expect(new Set(both.map((a) => a.statusCode))).toEqual(new Set([200, 409]))
    // Alice, who opened it, may hear of it too.
    expect((await mailsOf(number)).filter(({ to_address: to }) => to === claire.email)).toHaveLength(2)
  })

  it.each([
    'update ticket_journal set by_name = $$autre$$',
    'update ticket_texts set text = $$autre$$',
    'update ticket_texts set entry_id = -entry_id, text = null',
    'delete from ticket_texts',
    'delete from ticket_journal',
    'truncate ticket_journal cascade',
    'delete from listened_sounds',
    'delete from facts',
  ])('the database itself refuses « %s »', async (statement) => {
    await expect(service.database.pool.query(statement)).rejects.toThrow('append-only')
  })

  it.each(['99999', '0', '-1', '99999999999', 'abc', '1;drop'])(
    'answers for a ticket number %s that there is none, or that it is wrong',
    async (number) => {
      const answer = await service.as('alice', { method: 'GET', url: `/api/tickets/${encodeURIComponent(number)}` })
      expect([400, 404]).toContain(answer.statusCode)
      expect(['invalid_body', 'not_found']).toContain(answer.json().code)
    },
  )
})

describe('finding', () => {
  it.each([
    ['accents ignored', 'acces moodle vacataire'],
    ['singular for plural', 'vacataire'],
    ['the beginning of a word', 'vacat'],
    ['the number', '10420'],
    ['the number as it is written', 'n° 10420'],
    ['the requester’s name', 'dubois vacataires'],
  ])('finds by %s', async (_how, search) => {
    const { tickets } = await list(`search=${encodeURIComponent(search)}`)
    expect(tickets.map((t: { number: number }) => t.number)).toContain(10420)
  })

  it.each(["' & | ! ( :*", '%', '\u0000', '""" <-> !!', '((('])('takes the search « %s » for words, or for nothing', async (search) => {
    const { tickets } = await list(`search=${encodeURIComponent(search)}`)
    expect(tickets).toEqual([])
  })

  it('gives a person’s open tickets, newest first, without the closed ones', async () => {
    const summaries = await service.stores.tickets.openOf(['sample:claire.dubois', 'sample:ines.nguyen'])
    const numbers = summaries.map((t) => t.number)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    expect(numbers).toEqual(expect.arrayContaining([10418, 10420]))
    expect(numbers).not.toContain(10417)
    expect((await list('status=open&personId=sample:ines.nguyen')).total).toBe(0)
    expect((await list('status=closed&personId=sample:ines.nguyen')).total).toBe(1)
  })

  it('remembers an open ticket for its requester of now alone, once whose it is was put right', async () => {
    const remembered = new OpenTickets()
    const of = (id: string) => remembered.of([{ id }]).map(({ number }) => number)
    const ticket = (await post('/api/tickets', { title: 'Chez qui au juste ?', requester: claire })).json<Ticket>()
    remembered.note(ticket)
    expect(of(claire.personId)).toEqual([ticket.number])
    const ines = { personId: 'sample:ines.nguyen', name: 'Inès Nguyen', email: 'ines.nguyen@univ.example', phone: null }
    const fields = { method: 'PUT', url: `/api/tickets/${ticket.number}/fields`, payload: { requester: ines } } as const
    remembered.note((await service.as('alice', fields)).json<Ticket>())
    expect([of(claire.personId), of('sample:ines.nguyen')]).toEqual([[], [ticket.number]])
    const closed = (await post(`/api/tickets/${ticket.number}/close`, { solution: 'Fait.' })).json<Ticket>()
    remembered.note(closed)
    expect(of('sample:ines.nguyen')).toEqual([])
    // Nobody's any more.
    remembered.note(ticket)
    remembered.note({ ...ticket, requester: nobody })
    expect(of(claire.personId)).toEqual([])
  })

  it('pages from the newest without losing or repeating any', async () => {
    const { total } = await list('limit=1')
    const seen: number[] = []
    for (let before = ''; seen.length < total; before = `&before=${seen.at(-1)}`) {
      const page = await list(`limit=3${before}`)
      expect(page.total).toBe(total)
      seen.push(...page.tickets.map((t: { number: number }) => t.number))
    }
    expect(new Set(seen).size).toBe(total)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  it.each(['limit=0', 'limit=1000', 'status=lost', 'before=x'])('refuses the query %s', async (query) => {
    expect((await list(query)).code).toBe('invalid_body')
  })
})
