import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerLinks } from '../../server/answer-links.ts'
import type { JournalEntry } from '../../server/contract/entities.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now: Date
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => now })
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const post = (login: string | null, url: string, payload: InjectOptions['payload'] = {}) =>
  service.as(login, { method: 'POST', url, payload })
const page = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
const lineOf = async (number: number, kind: string): Promise<object | undefined> =>
  (await page(number)).journal.findLast((line: { kind: string }) => line.kind === kind)
const opened = async (): Promise<number> => {
  now = new Date('2026-11-23T09:00:00.000Z')
  return (await post('alice', '/api/tickets', { title: 'Prise muette', requester: claire })).json().number
}
const mailsTo = async (number: number) =>
  (
    await service.database.pool.query(
      'select to_address as to, text from outbox o join tickets t on t.id = o.ticket_id where t.number = $1 order by o.at, o.ctid',
      [number],
    )
  ).rows as { to: string; text: string }[]

describe('from hand to hand', () => {
  it('a ticket goes to a group, comes back, goes to the right one, waits outside, and is taken up again', async () => {
    const number = await opened()
    const at = `/api/tickets/${number}`
    expect((await post('alice', `${at}/redirect`, { groupId: 'dsig', reason: 'Bureau 212.' })).json()).toMatchObject({
      status: 'redirected',
    })
    expect((await mailsTo(number)).map((m) => m.to)).toContain('dsig@univ.example')
    expect((await post('karim', `${at}/give-back`, { reason: 'C’est une prise.' })).json()).toMatchObject({ status: 'new', owner: null })
    await post('alice', `${at}/redirect`, { groupId: 'dsrt' })
    expect((await post('nadia', `${at}/take-up`)).json()).toMatchObject({ status: 'in-progress', owner: { id: 'nadia' }, groupId: 'dsrt' })
    const waiting = { for: 'level3', name: 'Renater', reference: 'T-8812', dueAt: '2026-11-30T09:00:00.000Z' }
    expect((await post('nadia', `${at}/wait`, { waiting, text: 'Coupure chez eux.' })).json().waiting.what).toEqual(waiting)
    expect((await post('nadia', `${at}/resume`)).json()).toMatchObject({ status: 'in-progress', waiting: null })
    const { journal } = await page(number)
    expect(journal.map((e: JournalEntry) => `${e.kind} ${e.by}`).filter((line: string) => !line.startsWith('mail'))).toEqual([
      'opened Alice Martin',
      'redirected Alice Martin',
      'given-back Karim Haddad',
      'redirected Alice Martin',
      'taken-up Nadia Roussel',
      'waiting Nadia Roussel',
      'resumed Nadia Roussel',
    ])
    expect(service.told).toContain(`${number} redirected`)
  })

  it('closed by the desk before its group took it up is told to the group, by its list or each of its people', async () => {
    const { pool } = service.database
    const closedTo = async (groupId: string, then: () => Promise<unknown> = () => Promise.resolve()) => {
      const number = await opened()
      await post('alice', `/api/tickets/${number}/redirect`, { groupId })
      await then()
      await post('bruno', `/api/tickets/${number}/close`, { solution: 'Résolu au téléphone.' })
      return (await mailsTo(number)).filter(({ text }) => text.includes('est close par Bruno Lefort')).map(({ to }) => to)
    }
    expect(await closedTo('dsig')).toEqual(['alice@univ.example', 'dsig@univ.example'])
    await pool.query("update groups set mail = null where id = 'dsrt'")
    expect(await closedTo('dsrt')).toEqual(['alice@univ.example', 'nadia@univ.example'])
    await pool.query("update groups set mail = 'dsrt@univ.example' where id = 'dsrt'")
  })

  it('refuses a group that is retired or does not exist, and names the field', async () => {
    const number = await opened()
    await service.database.pool.query("update groups set retired_at = now() where id = 'dtice'")
    for (const groupId of ['dtice', 'nowhere'])
      expect((await post('alice', `/api/tickets/${number}/redirect`, { groupId })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await page(number)).status).toBe('in-progress')
  })

  it('two who take a ticket up together: one has it', async () => {
    const number = await opened()
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    const both = await Promise.all(['nadia', 'bruno'].map((login) => post(login, `/api/tickets/${number}/take-up`)))
    expect(new Set(both.map((a) => a.statusCode))).toEqual(new Set([200, 409]))
  })

  it('a correction cites the line that it corrects, and what is public is sent', async () => {
    const number = await opened()
    await post('alice', `/api/tickets/${number}/contributions`, { text: 'Bureau 212.' })
    const [, , line] = (await page(number)).journal as JournalEntry[]
    await post('alice', `/api/tickets/${number}/contributions`, { text: 'Bureau 213.', cites: line?.id, visibility: 'public' })
    const { journal } = await page(number)
    expect(journal.at(-2)).toMatchObject({ text: 'Bureau 213.', cites: line?.id, visibility: 'public' })
    expect((await mailsTo(number)).at(-1)?.text).toContain('Message de Alice Martin : Bureau 213.')
    const other = await opened()
    const elsewhere = await post('alice', `/api/tickets/${other}/contributions`, { text: 'Non.', cites: line?.id })
    expect(elsewhere.json()).toMatchObject({ code: 'invalid_body' })
  })
})

describe('a solution', () => {
  const linkOf = async (number: number) => /avis\/(\d+)\?cle=(\S+)/.exec((await mailsTo(number)).at(-1)?.text ?? '')?.[2] ?? ''
  const proposed = async () => {
    const number = await opened()
    await post('alice', `/api/tickets/${number}/solution`, { solution: 'Câble rebranché.' })
    return { number, key: await linkOf(number), at: `/api/solutions/${number}` }
  }

  it('is seen by its link without signing in, and seeing it answers nothing', async () => {
    const { number, key, at } = await proposed()
    const seen = await service.as(null, { method: 'GET', url: `${at}?key=${key}` })
    expect(seen.json()).toMatchObject({ number, title: 'Prise muette', solution: 'Câble rebranché.', state: 'open', by: 'Alice Martin' })
    expect((await page(number)).status).toBe('solution-proposed')
  })

  it('accepted by its link closes the ticket in the requester’s name; the link then only says so', async () => {
    const { number, key, at } = await proposed()
    expect((await post(null, at, { key, answer: 'yes' })).json()).toMatchObject({ state: 'over', status: 'closed' })
    expect(await page(number)).toMatchObject({ closedHow: 'user' })
    expect(await lineOf(number, 'closed')).toMatchObject({ by: 'Claire Dubois' })
    expect((await post(null, at, { key, answer: 'no', reason: 'Non' })).statusCode).toBe(409)
  })

  it('refused by its link goes back with the reason, and a later solution has a link of its own', async () => {
    const { number, key, at } = await proposed()
    expect((await post(null, at, { key, answer: 'no', reason: 'Toujours muette.' })).statusCode).toBe(200)
    expect(await page(number)).toMatchObject({ status: 'in-progress', owner: { id: 'alice' } })
    now = new Date('2026-11-24T09:00:00.000Z')
    await post('alice', `/api/tickets/${number}/solution`, { solution: 'Prise changée.' })
    expect((await service.as(null, { method: 'GET', url: `${at}?key=${key}` })).json()).toMatchObject({ state: 'over', solution: null })
    expect((await post(null, at, { key, answer: 'yes' })).statusCode).toBe(409)
    expect((await post(null, at, { key: await linkOf(number), answer: 'yes' })).statusCode).toBe(200)
  })

  it('is nobody’s to see with another key, another ticket’s, or one made elsewhere', async () => {
    const { number, key, at } = await proposed()
    const other = await proposed()
    const { id } = await page(number)
    const forged = answerLinks('another secret', 'http://x').url({ id, number }, '2026-11-23T09:00:00.000Z').split('cle=')[1]
    for (const wrong of [other.key, forged, '', 'x', `${key}x`, 'a.'.padEnd(26, 'é')])
      expect((await service.as(null, { method: 'GET', url: `${at}?key=${encodeURIComponent(wrong ?? '')}` })).statusCode, wrong).toBe(404)
  })

  it('accepted on the phone is written down with the call', async () => {
    const { number } = await proposed()
    await post('bruno', `/api/tickets/${number}/solution/accept`, { callId: 'call-9' })
    expect(await lineOf(number, 'closed')).toMatchObject({ by: 'Bruno Lefort', detail: { how: 'user', callId: 'call-9' } })
  })

  const left = (number: number) =>
    service.database.pool.query("update outbox set state = 'sent' where ticket_id = (select id from tickets where number = $1)", [number])

  it('whose mail has not left by then, or came back, is nobody’s silence: its days are counted anew', async () => {
    const { number, key, at } = await proposed()
    const due = async (moment: string) => {
      now = new Date(moment)
      await service.stores.tickets.runDue()
      return (await page(number)).status
    }
    expect(await due('2026-11-30T09:00:00.000Z')).toBe('solution-proposed')
    expect(await lineOf(number, 'contribution')).toMatchObject({
      visibility: 'internal',
      text: expect.stringContaining('n’est pas clos par son silence'),
    })
    expect((await page(number)).proposal).toMatchObject({ closesAt: '2026-12-07T09:00:00.000Z' })
    await service.database.pool.query("update outbox set state = 'failed' where ticket_id = (select id from tickets where number = $1)", [
      number,
    ])
    expect(await due('2026-12-07T09:00:00.000Z')).toBe('solution-proposed')
    await left(number)
    expect((await service.as(null, { method: 'GET', url: `${at}?key=${key}` })).json()).toMatchObject({ state: 'open' })
    expect(await due('2026-12-13T09:00:00.000Z')).toBe('solution-proposed')
    expect(await due('2026-12-14T09:00:00.000Z')).toBe('closed')
  })

  it('without an answer is recalled once and closes the ticket, and what waited for a date goes on', async () => {
    const { number } = await proposed()
    const dated = await opened()
    const waiting = { for: 'date', until: '2026-11-25T08:00:00.000Z' }
    await post('alice', `/api/tickets/${dated}/wait`, { waiting })
    const due = async (at: string) => {
      now = new Date(at)
      return (await service.stores.tickets.runDue()).map((t) => t.number).filter((n) => n === number || n === dated)
    }
    expect(await due('2026-11-25T07:59:00.000Z')).toEqual([])
    expect(await due('2026-11-25T09:00:00.000Z')).toEqual([number, dated])
    expect(await due('2026-11-25T09:01:00.000Z')).toEqual([])
    await left(number)
    // The other one goes on, and its delay is over.
    expect(await due('2026-11-30T09:00:00.000Z')).toEqual([number, dated])
    expect(await lineOf(dated, 'clock')).toMatchObject({ detail: { clock: { name: 'level1', step: 'late' } } })
    expect(await page(number)).toMatchObject({ status: 'closed', closedHow: 'expired' })
    const told = (await mailsTo(number)).filter(({ to }) => to === claire.email)
    expect(told.slice(-2).map((m) => m.text.split('\n')[1])).toEqual([
      `Votre demande n° ${number} attend votre avis.`,
      `Votre demande n°${number} est maintenant clôturée.`,
    ])
    expect((await post('alice', `/api/tickets/${number}/reopen`, { reason: 'Toujours muette.' })).json()).toMatchObject({
      status: 'reopened',
    })
  })
})
