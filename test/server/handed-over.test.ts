import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* What is held of somebody, handed over to them: whole, and in words. */
const claire = 'sample:claire.dubois'
const claireAsks = { personId: claire, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' }
const today = Date.parse('2026-11-24T09:00:00Z')
let service: TestHttp
const folder = testFolder()
const sounds = { message: join(folder, 'messages'), recording: join(folder, 'recordings') }
beforeAll(async () => {
  for (const path of Object.values(sounds)) mkdirSync(path)
  service = await buildTestHttp({
    ticketNow: () => new Date(today),
    messagesFolder: sounds.message,
    recordingsFolder: sounds.recording,
  })
})
afterAll(async () => {
  await service.close()
  removeTestFolder(folder)
})

const sql = async (query: string, ...values: unknown[]) => (await service.database.pool.query<Record<string, unknown>>(query, values)).rows
const as = (login: string, method: 'GET' | 'POST', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })

describe('what is handed over of a person', () => {
  it('is given with the sounds of their conversations, and each sound that goes is traced; a conversation’s by supervisors alone', async () => {
    await sql("insert into calls (id, line, number, arrived_at) values ('3', 'guichet', '+33561551234', now())")
    writeFileSync(join(sounds.message, '3.wav'), 'a sound')
    await service.stores.messages.add({ id: 'm-3', callId: '3', at: new Date(today), number: '+33561551234', seconds: 7, file: '3.wav' })
    writeFileSync(join(sounds.recording, 'talk-3.wav'), 'a conversation')
    await service.stores.recordings.add({ id: 'talk-3', callId: '3', seconds: 61, file: 'talk-3.wav' })
    const sound = Buffer.from('a conversation').toString('base64')
    const exported = async (login: string) => (await as(login, 'GET', `/api/people/${claire}/export`)).body
    const byAdministrator = await exported('admin')
    expect(byAdministrator).toContain('Conversations enregistrées (1)')
    expect(byAdministrator).toContain('Le son n’est pas joint')
    expect(byAdministrator).not.toContain(sound)
    expect(await exported('sophie')).toContain(sound)
    const accesses = await sql("select account_id, how from recording_accesses where recording_id = 'talk-3'")
    expect(accesses).toEqual([{ account_id: 'sophie', how: 'downloaded' }])
    const heard = await sql(
      "select distinct account_id, how from listened_sounds where message_id = 'm-3' and how = 'downloaded' order by 1",
    )
    expect(heard.map(({ account_id: id }) => id)).toEqual(['admin', 'sophie'])
  })

  it('is given with what stands elsewhere: others’ tickets, other addresses, pages without a ticket, drafts, a subscription, sessions', async () => {
    const paul = { personId: null, name: 'Paul Vidal', email: 'paul.vidal@ailleurs.example', phone: null }
    const open = async (requester: object, more: object = {}) =>
      (await as('alice', 'POST', '/api/tickets', { title: 'De Paul seul', requester, ...more })).json<{ number: number }>().number
    const others = await open(paul, { observers: [{ personId: claire }] })
    const elsewhere = await open({ ...claireAsks, email: 'claire@chez-elle.example' }, { title: 'À elle' })
    const line = { by_id: claire, by: 'Claire Dubois', text: 'Ses mots à elle' }
    await sql(
      `with l as (insert into ticket_journal (ticket_id, at, by_id, by_name, kind, visibility)
          select id, now(), $2, $3, 'contribution', 'public' from tickets where number = $1 returning id)
        insert into ticket_texts (entry_id, text) select id, $4 from l`,
      others,
      line.by_id,
      line.by,
      line.text,
    )
    await sql("insert into calls (id, line, number, arrived_at) values ('refused', 'guichet', '+33561551234', now())")
    await sql(
      "insert into dispositions (call_id, at, by_id, by_name, kind, reason) values ('refused', now(), 'alice', 'Alice Martin', 'refused', 'Hors du guichet')",
    )
    await service.stores.sharedPages.open('refused', { id: 'alice', name: 'Alice Martin' })
    const page = await service.stores.sharedPages.find({ callId: 'refused' })
    const caller = { id: 'caller', name: 'L’appelant' }
    await service.stores.sharedPages.write(page?.id ?? '', { side: 'caller', by: caller, kind: 'text', text: 'Écrit pendant l’appel' })
    await sql(
      "insert into disruption_subscribers (id, email, language, asked_at) values ('aaaa2222', 'Claire.Dubois@univ.example', 'fr', now())",
    )
    await sql(
      "insert into drafts (key, owner_id, owner_name, version, started_at, edited_at, content) values ('hand-1', 'alice', 'Alice Martin', 1, now(), now(), $1)",
      JSON.stringify({ personId: claire, title: 'Commencé et laissé', summary: '' }),
    )
    await service.cookieOf('claire.dubois')
    const { body } = await as('sophie', 'GET', `/api/people/${claire}/export`)
    const shown = body.slice(0, body.indexOf('<script'))
    for (const words of [
      'Ses mots à elle',
      'Hors du guichet',
      'Écrit pendant l’appel',
      'Commencé et laissé',
      'Abonnement aux perturbations (1)',
    ])
      expect(shown).toContain(words)
    const all = (await as('sophie', 'GET', `/api/people/${claire}/export?format=json`)).json()
    expect(all.tickets.map(({ title }: { title: string }) => title)).not.toContain('De Paul seul')
    expect(all.copies).toMatchObject([{ ticket: others }])
    expect(all.mails.map(({ to }: { to: string }) => to)).toContain('claire@chez-elle.example')
    expect(all.accounts).toMatchObject([{ login: 'claire.dubois' }])
    expect(all.sessions.length).toBeGreaterThan(0)
    for (const number of [others, elsewhere]) await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Fait' })
  })

  it('has her name in the name of its file, without its accents', async () => {
    const found = await service.stores.people.byId(claire)
    if (found === null) throw new Error('Claire is of the sample university')
    await service.stores.people.save([{ ...found, id: 'ldap:zoe', name: 'Zoé Lefèvre-Ösel', login: null, phones: [] }], 'directory')
    const { headers } = await as('sophie', 'GET', '/api/people/ldap:zoe/export')
    expect(headers['content-disposition']).toBe('attachment; filename="donnees-Zoe-Lefevre-Osel.html"')
    await sql("delete from people where id = 'ldap:zoe'")
  })

  it('is read in French: what was done, what came of a check, where they are known from', async () => {
    const { number } = (await as('alice', 'POST', '/api/tickets', { title: 'En français', requester: claireAsks })).json<{
      number: number
    }>()
    await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Fait' })
    await sql(
      `insert into identity_checks (id, person_id, at, by_id, by_name, sent_to, expires_at, outcome, settled_at)
        values (gen_random_uuid(), $1, $2, 'alice', 'Alice Martin', 'c•••s@univ.example', $2, 'verified', $2)`,
      claire,
      new Date(today),
    )
    const { body } = await as('sophie', 'GET', `/api/people/${claire}/export`)
    const page = body.slice(0, body.indexOf('<script'))
    for (const words of ['Alice Martin a ouvert le ticket', 'Alice Martin a clos le ticket (niveau 1) : Fait', '<td>vérifiée</td>'])
      expect(page).toContain(words)
    expect(page).not.toMatch(/taken-up|contribution|verified|\(mail\)|\+336|>exemple</)
    await sql('delete from identity_checks')
  })
})
