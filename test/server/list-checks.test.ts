import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateSentence } from '../../server/calendar/sentences.ts'
import { mailSettings } from '../../server/contract/mail-templates.ts'
import type { KeptLists } from '../../server/contract/list-checks.ts'
import { accounts, outbox } from '../../server/database/schema.ts'
import { listChecks } from '../../server/database/schema-groups.ts'
import { listCheckMail } from '../../server/people/list-mail.ts'
import { listLinks } from '../../server/secret-links.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const dayMs = 86_400_000
let service: TestHttp
let later = 0
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(Date.now() + later) })
  const { db } = service.database
  await db.update(accounts).set({ personId: 'sample:claire.dubois' }).where(eq(accounts.id, 'lucie'))
})
afterAll(() => service.close())

const sciences = 'correspondants-sciences'
const ask = () =>
  service.stores.listChecks.askDue({
    mails: service.settings.values.mails,
    publicUrl: 'http://127.0.0.1:8080',
    links: listLinks('a secret of the tests', 'http://127.0.0.1:8080'),
    days: dateSentence,
  })
const mails = async () =>
  (await service.database.db.select().from(outbox).where(eq(outbox.to, 'claire.dubois@univ.example'))).map(({ subject, text }) => ({
    subject,
    text,
    key: /\/listes\/([a-z2-7-]+)$/m.exec(text)?.[1] ?? '',
  }))
const lists = async (login: string) => (await service.as(login, { method: 'GET', url: '/api/lists' })).json<KeptLists>().lists
const sheet = async () => (await lists('lucie')).find(({ id }) => id === sciences)
const checks = () => service.database.db.select().from(listChecks)
const say = (login: string, id: string, payload: object) => service.as(login, { method: 'POST', url: `/api/lists/${id}`, payload })

describe('« toujours exacte ? »', () => {
  it('is asked of a list’s référent a month after it was last looked at, once, and of nobody on the day the service arrives', async () => {
    expect(await ask()).toBe(0)
    later = 29 * dayMs
    expect(await ask()).toBe(0)
    later = 31 * dayMs
    expect(await ask()).toBe(1)
    expect(await ask()).toBe(0)
    const [mail] = await mails()
    expect(mail?.subject).toBe('[Guichet unique] la liste « Correspondants Faculté des sciences » est-elle toujours exacte ?')
    expect(mail?.text).toContain('- Nadia Roussel')
    expect(mail?.text).toContain(`/listes/${mail?.key}?reponse=non`)
    expect(await sheet()).toMatchObject({ said: null, askedAt: expect.any(String), members: 1, referents: ['Lucie Ferrand'] })
  })

  it('looking at the page changes nothing; a key that was made up opens nothing', async () => {
    const visitor = new Visitor(service)
    const [mail] = await mails()
    const page = await visitor.get(`/listes/${mail?.key}?reponse=non`)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Nadia Roussel')
    expect(page.body).toContain('<details class="card" open>')
    expect((await checks()).every(({ answer }) => answer === null)).toBe(true)
    for (const key of ['aaaaaaaa-aaaaaaaaaaaaaaaaaaaa', mail?.key.replace(/.$/, (c) => (c === 'a' ? 'b' : 'a')), 'x', '%27'])
      expect((await visitor.get(`/listes/${key}`)).statusCode, key).toBe(404)
    const wall = listLinks('another secret', '').url('aaaaaaaa').replace('/listes/', '')
    expect((await visitor.post(`/listes/${wall}`, { reponse: 'oui' })).statusCode).toBe(404)
  })

  it('« non » asks what is wrong, and another site cannot answer', async () => {
    const visitor = new Visitor(service)
    const [mail] = await mails()
    const empty = await visitor.post(`/listes/${mail?.key}`, { reponse: 'non', texte: '  ' })
    expect([empty.statusCode, empty.body.includes('Dites en quelques mots')]).toEqual([422, true])
    const forged = await visitor.post(`/listes/${mail?.key}`, { reponse: 'oui' }, { origin: 'https://evil.example' })
    expect(forged.statusCode).toBe(403)
    expect((await checks()).every(({ answer }) => answer === null)).toBe(true)
    const sent = await visitor.post(`/listes/${mail?.key}`, { reponse: 'non', texte: 'Nadia est partie <b>' })
    expect([sent.statusCode, sent.body.includes('le guichet sait ce qu’il faut corriger')]).toEqual([200, true])
    const again = await visitor.post(`/listes/${mail?.key}`, { reponse: 'oui' })
    expect([again.statusCode, again.body.includes('Nadia est partie &lt;b&gt;')]).toEqual([409, true])
    expect((await sheet())?.said).toMatchObject({ answer: 'wrong', by: 'Lucie Ferrand', note: 'Nadia est partie <b>', over: false })
  })

  it('what was to be corrected is over once the list has changed; « toujours exacte » is said in the console too', async () => {
    const group = await service.stores.groups.one(sciences)
    if (group === null) throw new Error('no such group')
    const { name, purpose, kind, level, mail, hours, protocol, delayHours, directoryGroup, version } = group
    const described = { name, purpose, kind, level, mail, hours, protocol, delayHours, directoryGroup, version }
    const members = [
      { id: 'karim', part: 'member' as const },
      { id: 'lucie', part: 'referent' as const },
    ]
    await service.as('lucie', { method: 'PUT', url: `/api/groups/${sciences}`, payload: { ...described, members } })
    expect((await sheet())?.said).toMatchObject({ answer: 'wrong', over: true })
    expect((await say('lucie', sciences, { answer: 'right' })).statusCode).toBe(204)
    expect(await sheet()).toMatchObject({ said: { answer: 'right', by: 'Lucie Ferrand' }, askedAt: null })
    expect((await say('lucie', sciences, { answer: 'wrong' })).statusCode).toBe(400)
    expect((await say('lucie', 'dsrt', { answer: 'right' })).statusCode).toBe(403)
    expect((await say('lucie', 'nowhere', { answer: 'right' })).statusCode).toBe(404)
  })

  it('the month counts anew from the answer, and from any change', async () => {
    later = 50 * dayMs
    expect(await ask()).toBe(0)
    later = 62 * dayMs
    expect(await ask()).toBe(1)
    expect(await mails()).toHaveLength(2)
  })
})

describe('who works here no longer', () => {
  it('is asked nothing of a list, and their link of before opens nothing', async () => {
    const role = (to: 'user' | 'referent') => service.database.db.update(accounts).set({ role: to }).where(eq(accounts.id, 'lucie'))
    const [before] = await mails()
    await role('user')
    expect((await new Visitor(service).get(`/listes/${before?.key}`)).statusCode).toBe(404)
    later = 93 * dayMs
    expect(await ask()).toBe(0)
    expect(await mails()).toHaveLength(2)
    await role('referent')
    expect((await new Visitor(service).get(`/listes/${before?.key}`)).statusCode).toBe(200)
    later = 62 * dayMs
  })
})

describe('somebody away for whom a colleague stands in', () => {
  it('is not missing from their list, though the shared calendar that says so names nobody', async () => {
    const { pool } = service.database
    await pool.query(
      `insert into absences (id, account_id, from_day, to_day, by_name, calendar_key, stand_in_id) values
        (gen_random_uuid(), 'karim', '2020-01-01', '2099-12-31', 'Agenda partagé', 'conges|karim', null),
        (gen_random_uuid(), 'karim', '2020-01-02', '2099-12-30', 'Karim Haddad', null, 'nadia')`,
    )
    expect(await sheet()).toMatchObject({ members: 1, missing: 0 })
    await pool.query("delete from absences where stand_in_id = 'nadia'")
    expect(await sheet()).toMatchObject({ members: 1, missing: 1 })
    await pool.query('delete from absences')
  })
})

describe('a référent', () => {
  it('sees their own lists alone, with what waits there; supervisors all', async () => {
    expect((await lists('lucie')).map(({ id }) => id)).toEqual([sciences])
    expect((await lists('sophie')).length).toBeGreaterThan(5)
    expect((await service.as('nadia', { method: 'GET', url: '/api/lists' })).statusCode).toBe(403)
  })

  it('finds a place for a ticket that came back from their list, and moves no other', async () => {
    const requester = { personId: null, name: 'Quelqu’un', email: null, phone: null }
    const open = async (title: string) =>
      (await service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title, requester } })).json<{ number: number }>().number
    const redirect = (login: string, number: number, groupId: string) =>
      service.as(login, { method: 'POST', url: `/api/tickets/${number}/redirect`, payload: { groupId } })
    const number = await open('Prise du bâtiment 9')
    await redirect('alice', number, sciences)
    await service.as('karim', { method: 'POST', url: `/api/tickets/${number}/give-back`, payload: { reason: 'Pas notre bâtiment.' } })
    const { lost } = (await service.as('lucie', { method: 'GET', url: '/api/lists' })).json<KeptLists>()
    expect(lost).toMatchObject([{ number, groupId: sciences, reason: 'Pas notre bâtiment.', by: 'Karim Haddad' }])
    expect((await redirect('lucie', number, 'dsrt')).statusCode).toBe(200)
    expect((await service.as('lucie', { method: 'GET', url: '/api/lists' })).json<KeptLists>().lost).toEqual([])
    expect((await redirect('lucie', number, 'dsig')).statusCode).toBe(403)
    expect((await redirect('lucie', await open('Autre chose'), 'dsig')).statusCode).toBe(404)
  })
})

it('of absences that meet, the mail tells one that says who stands in', () => {
  const away = (from: string, to: string, standIn: string | null) => ({
    id: `${from} ${to}`,
    accountId: 'karim',
    from,
    to,
    standIn: standIn === null ? null : { id: standIn, name: standIn },
    by: 'Lucie Ferrand',
  })
  const lineOf = (...absences: readonly ReturnType<typeof away>[]) =>
    listCheckMail(
      { name: 'dSRT', mail: null, members: [{ name: 'Karim Haddad', part: 'member', absences: [...absences] }] },
      { mails: mailSettings.parse({}), url: 'https://g.example/l', link: 'https://g.example', days: (from, to) => `${from} ${to}` },
    )
      .text.split('\n')
      .find((line) => line.startsWith('- '))
  const calendars = away('2026-12-01', '2026-12-04', null)
  expect(lineOf()).toBe('- Karim Haddad')
  expect(lineOf(calendars)).toBe('- Karim Haddad (absence 2026-12-01 2026-12-04)')
  expect(lineOf(calendars, away('2026-12-02', '2026-12-03', 'Nadia'))).toBe(
    '- Karim Haddad (absence 2026-12-02 2026-12-03, remplacement par Nadia)',
  )
  expect(lineOf(calendars, away('2026-12-07', '2026-12-08', 'Nadia'))).toBe('- Karim Haddad (absence 2026-12-01 2026-12-04)')
})
