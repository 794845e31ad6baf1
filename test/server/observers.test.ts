import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const as = (login: string, method: 'POST' | 'DELETE' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const claire = 'sample:claire.dubois'
async function opened(title: string, more: object = {}): Promise<number> {
  const requester = { personId: null, name: 'Luc Petit', email: 'luc.petit@univ.example', phone: null }
  return (await as('alice', 'POST', '/api/tickets', { title, summary: 'Au sous-sol.', medium: 'phone', requester, ...more })).json().number
}
const page = async (number: number) => (await as('alice', 'GET', `/api/tickets/${number}`)).json()
const watch = (login: string, number: number, body: object) => as(login, 'POST', `/api/tickets/${number}/observers`, body)
const mailsOf = async (number: number) => {
  const { rows } = await service.database.pool.query<{ to: string; kind: string; text: string }>(
    'select to_address as to, text from outbox where ticket_id = (select id from tickets where number = $1) order by id',
    [number],
  )
  return rows
}
const watched = async (login: string) =>
  (await as(login, 'GET', '/api/tickets?view=watched')).json().tickets.map(({ number }: { number: number }) => number)

describe('who is in copy of a ticket', () => {
  it('is put there and taken away with a signed line each, sees it, and has it under « que je suis »', async () => {
    const number = await opened('Commutateur muet')
    expect((await as('karim', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
    const added = await watch('alice', number, { accountId: 'karim' })
    expect(added.json()).toMatchObject([{ accountId: 'karim', staff: true, me: false, reached: true, by: 'Alice Martin' }])
    expect((await watch('alice', number, { accountId: 'karim' })).json()).toHaveLength(1)
    expect((await as('karim', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
    expect(await watched('karim')).toEqual([number])
    expect((await as('karim', 'GET', '/api/tickets/counts')).json()).toMatchObject({ watched: 1 })
    expect(await watched('nadia')).toEqual([])
    const [me] = (await as('karim', 'GET', `/api/tickets/${number}/observers`)).json()
    expect(me.me).toBe(true)
    expect((await as('karim', 'DELETE', `/api/tickets/${number}/observers/${me.id}`)).json()).toEqual([])
    expect((await page(number)).journal.filter((line: { kind: string }) => line.kind === 'observer')).toMatchObject([
      { by: 'Alice Martin', text: 'Karim Haddad', detail: { observer: { step: 'added', own: false } } },
      { by: 'Karim Haddad', detail: { observer: { step: 'removed', own: true } } },
    ])
    expect(await watched('karim')).toEqual([])
    expect((await as('alice', 'DELETE', `/api/tickets/${number}/observers/${me.id}`)).statusCode).toBe(404)
  })

  it('named before it is opened is in copy from the first line; the requester is not twice, and whoever is gone is said', async () => {
    const requester = { personId: claire, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
    const number = await opened('Prise à poser', { requester, observers: [{ accountId: 'karim' }, { personId: claire }] })
    expect((await as('karim', 'GET', `/api/tickets/${number}/observers`)).json()).toMatchObject([
      { accountId: 'karim', by: 'Alice Martin' },
    ])
    const gone = await as('alice', 'POST', '/api/tickets', { title: 'Perdu ?', requester, observers: [{ accountId: 'nobody' }] })
    expect([gone.statusCode, gone.json().message]).toEqual([409, expect.stringContaining('une personne en copie')])
  })

  it('of the directory reads what the requester reads and nothing else; who works here reads notes too', async () => {
    const number = await opened('Salle sans réseau', { observers: [{ personId: claire }, { accountId: 'karim' }] })
    await as('alice', 'POST', `/api/tickets/${number}/contributions`, { text: 'Badge 4711 prêté.', visibility: 'internal' })
    await as('alice', 'POST', `/api/tickets/${number}/contributions`, { text: 'Le technicien arrive.', visibility: 'public' })
    const mails = await mailsOf(number)
    const of = (to: string) =>
      mails
        .filter((one) => one.to === to)
        .map(({ text }) => text)
        .join('\n')
    expect(of('claire.dubois@univ.example')).toContain('Le technicien arrive.')
    expect(of('claire.dubois@univ.example')).toContain('Au sous-sol.')
    expect(of('claire.dubois@univ.example')).not.toContain('4711')
    expect(of('karim@univ.example')).toContain('4711')
    expect(of('karim@univ.example')).toContain(`/console/tickets/${number}`)
    expect(of('luc.petit@univ.example')).not.toContain('4711')
  })

  it('is one for each key, saved with the ticket; nobody, the requester and too many are refused in words', async () => {
    const number = await opened('Prise morte', {
      idempotencyKey: '0c9c1f0a-9a0a-4a3e-8a39-1a1c6cb6f001',
      observers: [{ accountId: 'nadia' }],
    })
    expect(
      await opened('Prise morte', { idempotencyKey: '0c9c1f0a-9a0a-4a3e-8a39-1a1c6cb6f001', observers: [{ accountId: 'nadia' }] }),
    ).toBe(number)
    expect(await watched('nadia')).toContain(number)
    expect((await watch('alice', number, { accountId: 'nobody' })).statusCode).toBe(400)
    expect((await watch('alice', number, { personId: 'sample:nobody' })).statusCode).toBe(400)
    expect((await watch('alice', number, {})).statusCode).toBe(400)
    const theirs = await opened('La mienne', { requester: { personId: claire, name: 'Claire Dubois', email: null, phone: null } })
    const refused = await watch('alice', theirs, { personId: claire })
    expect([refused.statusCode, refused.json().message]).toEqual([409, expect.stringContaining('Claire Dubois a fait cette demande')])
    expect((await watch('karim', theirs, { accountId: 'karim' })).statusCode).toBe(404)
  })

  it('is forgotten with the person: no name stays on others’ tickets, the line does', async () => {
    const number = await opened('Vidéoprojecteur éteint')
    await watch('alice', number, { personId: 'sample:zoe.lefevre-obrien' })
    const before = (await page(number)).journal.filter((line: { kind: string }) => line.kind === 'observer')
    expect(before).toHaveLength(1)
    const name = before[0].text
    const erased = await as('admin', 'POST', '/api/people/sample:zoe.lefevre-obrien/erasure', { reason: 'Demande écrite.', name })
    expect(erased.statusCode).toBe(200)
    const after = await page(number)
    expect(after.journal.filter((line: { kind: string }) => line.kind === 'observer')).toMatchObject([{ text: '', by: 'Alice Martin' }])
    expect(JSON.stringify(after)).not.toContain(name)
    expect((await as('alice', 'GET', `/api/tickets/${number}/observers`)).json()).toEqual([])
  })
})
