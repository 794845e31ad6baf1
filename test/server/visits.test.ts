import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { composeMail } from '../../server/mail/compose.ts'
import { createIntake } from '../../server/mail/intake.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let folder: string
let now = Date.parse('2026-11-24T09:00:00.000Z')
const saved: Ticket[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visits-'))
  service = await buildTestHttp({ ownAddresses: ['guichet@univ.example'], now: () => now, ticketNow: () => new Date(now) })
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const as = (login: string, method: 'POST' | 'PUT' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
let hour = 0
/** A free hour of tomorrow's. */
const order = (more: object = {}) => {
  hour += 1
  const startsAt = now + (24 + hour * 2) * 3_600_000
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 3_600_000).toISOString(), place: 'Bât. 4R3', ...more }
}
async function withDsrt(): Promise<number> {
  const body = { title: 'Prise muette', summary: 'Bureau 12.', medium: 'phone', requester: claire }
  const { number } = (await as('alice', 'POST', '/api/tickets', body)).json()
  await as('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
  return number
}
const of = async (number: number) => (await as('nadia', 'GET', `/api/tickets/${number}/visits`)).json()
/** Every mail that is due, as it would leave. */
async function leaving() {
  const mails = await outboxStore(service.database.db).claim(500, new Date(now + 1))
  return Promise.all(
    mails.map(async (mail) => ({ mail, sent: await simpleParser(await composeMail(mail, 'Guichet <guichet@univ.example>')) })),
  )
}
const uidOf = (calendar: string) => /UID:(\S+)/.exec(calendar)?.[1]

/** Claire's calendar answers an invitation. @param sequence which one; absent: it does not say */
async function answers(visitId: string, partstat: string, { sequence, text = '' }: { sequence?: number; text?: string } = {}) {
  const intake = createIntake({
    folder,
    store: service.stores.incoming,
    keepFile: async () => null,
    mostFiles: () => 10,
    log: pino({ level: 'silent' }),
    onTaken: (tickets) => saved.push(...tickets),
  })
  const file = await intake.arriving()
  writeFileSync(
    file,
    [
      'From: Claire Dubois <claire.dubois@univ.example>',
      'To: guichet@univ.example',
      'Subject: =?utf-8?Q?Refus=C3=A9_=3A_Visite?=',
      `Message-ID: <reply-${randomUUID()}@elsewhere.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      '--x',
      'Content-Type: text/calendar; charset=utf-8; method=REPLY',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      `UID:visite-${visitId}@univ.example`,
      ...(sequence === undefined ? [] : [`SEQUENCE:${sequence}`]),
      `ATTENDEE;PARTSTAT=${partstat}:mailto:claire.dubois@univ.example`,
      'END:VEVENT',
      'END:VCALENDAR',
      '--x--',
    ].join('\r\n'),
  )
  await intake.take(file)
}
const lastMail = async () =>
  (await as('alice', 'GET', '/api/mails/in')).json<{ at: string }[]>().toSorted((a, b) => b.at.localeCompare(a.at))[0]

describe('a visit on site', () => {
  it('leaves as an invitation that mail programs take into their calendar, then moves and is cancelled under one UID', async () => {
    const number = await withDsrt()
    expect((await as('alice', 'POST', `/api/tickets/${number}/visits`, order())).statusCode).toBe(403)
    await leaving()
    expect((await as('nadia', 'POST', `/api/tickets/${number}/visits`, order({ note: 'Laissez le poste allumé.' }))).json()).toMatchObject({
      status: 'waiting',
    })
    const [visit] = (await of(number)).visits
    expect((await of(number)).visitors[0]).toMatchObject({ id: 'nadia' })
    const asked = (await leaving()).filter(({ mail }) => mail.calendar !== null)
    expect(asked.map(({ mail }) => mail.to).toSorted()).toEqual([claire.email, 'nadia@univ.example'].toSorted())
    const calendarOf = (one: (typeof asked)[number]) =>
      one.sent.attachments
        .find(({ contentType }) => contentType === 'text/calendar' || contentType === 'application/ics')
        ?.content.toString() ?? ''
    const first = calendarOf(asked[0] as (typeof asked)[number])
    expect(first).toContain('METHOD:REQUEST')
    expect(first.replace(/\r\n[ \t]/g, '')).toMatch(/mailto:claire.dubois@univ.example/i)
    expect((await as('alice', 'PUT', `/api/tickets/${number}/visits/${visit.id}`, order())).statusCode).toBe(200)
    const [moved] = (await leaving()).filter(({ mail }) => mail.calendar !== null)
    expect((await as('alice', 'POST', `/api/tickets/${number}/visits/${visit.id}/cancel`, { reason: 'Grève.' })).json()).toMatchObject({
      status: 'in-progress',
    })
    const [off] = (await leaving()).filter(({ mail }) => mail.calendar !== null)
    const texts = [first, ...[moved, off].map((one) => (one === undefined ? '' : calendarOf(one)))]
    expect(new Set(texts.map(uidOf)).size).toBe(1)
    expect(texts.map((text) => /SEQUENCE:(\d)/.exec(text)?.[1])).toEqual(['0', '1', '2'])
    expect(texts[2]).toContain('METHOD:CANCEL')
  })

  it('comes from the desk by the name that its site gives it, which signs what the desk does by itself too', async () => {
    const rename = (name: string) =>
      service.settings.change('desk', { version: service.settings.view.desk.version, value: { name } }, { id: 'admin', name: 'Admin' })
    await rename('Assistance informatique')
    const number = await withDsrt()
    await leaving()
    await as('nadia', 'POST', `/api/tickets/${number}/visits`, order())
    const [invited] = (await leaving()).filter(({ mail }) => mail.calendar !== null)
    expect(invited?.mail.calendar?.content.replace(/\r\n[ \t]/g, '')).toContain('ORGANIZER;CN="Assistance informatique"')
    await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Réparé à distance.' })
    now += 120_000
    await service.stores.tickets.cancelVisitsOfClosed()
    const { journal } = (await as('nadia', 'GET', `/api/tickets/${number}`)).json<{ journal: { kind: string; by: string }[] }>()
    expect(journal.findLast(({ kind }) => kind === 'visit')?.by).toBe('Assistance informatique')
    await rename('Guichet unique du Numérique')
  })

  it('is waited for however its moments are written, and given up for good', async () => {
    const number = await withDsrt()
    const { startsAt, endsAt } = order()
    const short = (moment: string) => moment.replace('.000Z', 'Z')
    const url = `/api/tickets/${number}/visits`
    const planned = (await as('nadia', 'POST', url, { startsAt: short(startsAt), endsAt: short(endsAt), place: 'Bât. 4R3' })).json()
    expect(planned).toMatchObject({ status: 'waiting', waiting: { what: { until: startsAt } } })
    const [visit] = (await of(number)).visits
    expect((await as('nadia', 'POST', `${url}/${visit.id}/cancel`, { reason: '' })).json()).toMatchObject({ status: 'in-progress' })
  })

  it('is refused in the past, for who is elsewhere then, for who treats no tickets, and to strangers of the group', async () => {
    const number = await withDsrt()
    const url = `/api/tickets/${number}/visits`
    const first = order()
    expect((await as('nadia', 'POST', url, first)).statusCode).toBe(200)
    expect((await as('nadia', 'POST', url, first)).json().message).toContain('déjà en visite à ce moment')
    expect((await as('nadia', 'POST', url, order({ startsAt: '2020-01-01T10:00:00.000Z' }))).statusCode).toBe(400)
    expect((await as('nadia', 'POST', url, order({ visitorId: 'lucie' }))).statusCode).toBe(400)
    expect((await as('karim', 'GET', url)).statusCode).toBe(404)
  })

  it('ahead of a ticket that is closed is cancelled, once the closing can no longer be taken back', async () => {
    const number = await withDsrt()
    await as('nadia', 'POST', `/api/tickets/${number}/visits`, order())
    await as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Réparé à distance.' })
    expect(await service.stores.tickets.cancelVisitsOfClosed()).toEqual([])
    now += 120_000
    expect((await service.stores.tickets.cancelVisitsOfClosed()).map((t) => [t.number, t.status])).toEqual([[number, 'closed']])
    expect((await of(number)).visits).toMatchObject([{ state: 'cancelled' }])
  })

  it('keeps its ticket from being merged into another, which would cancel it; the other may be merged into its own', async () => {
    const [number, other] = [await withDsrt(), await withDsrt()]
    await as('nadia', 'POST', `/api/tickets/${number}/visits`, order())
    const merging = (from: number, ticket: number) =>
      as('alice', 'POST', `/api/tickets/${from}/links`, { kind: 'duplicate-of', ticket, merge: true })
    const refused = await merging(number, other)
    expect([refused.statusCode, refused.json().message]).toEqual([
      409,
      expect.stringContaining(`une visite est prévue pour le ticket n° ${number}`),
    ])
    expect((await merging(other, number)).statusCode).toBeLessThan(300)
    now += 120_000
    expect(await service.stores.tickets.cancelVisitsOfClosed()).toEqual([])
    expect((await of(number)).visits).toMatchObject([{ state: 'planned' }])
  })

  it('is answered by the requester’s calendar: the answer joins its ticket, and a refusal is to be seen', async () => {
    const number = await withDsrt()
    await as('nadia', 'POST', `/api/tickets/${number}/visits`, order())
    const [visit] = (await of(number)).visits
    await answers(visit.id, 'DECLINED', { text: 'Je serai en cours.' })
    expect(saved.at(-1)).toMatchObject({ number, status: 'in-progress' })
    expect((await of(number)).visits).toMatchObject([{ state: 'planned', answer: 'declined' }])
    const { journal } = (await as('nadia', 'GET', `/api/tickets/${number}`)).json()
    expect(journal.find((l: { kind: string; by: string }) => l.kind === 'visit' && l.by === 'Claire Dubois')).toMatchObject({
      text: 'Je serai en cours.',
      detail: { visit: { step: 'declined' } },
    })
    expect((await as('alice', 'GET', '/api/mails/in')).json()[0]).toMatchObject({ outcome: 'added', ticketNumber: number, toSee: true })
  })

  it('that was moved is not answered by an answer to the invitation before: it was of another time', async () => {
    const number = await withDsrt()
    const url = `/api/tickets/${number}/visits`
    await as('nadia', 'POST', url, order())
    const [visit] = (await of(number)).visits
    await as('nadia', 'PUT', `${url}/${visit.id}`, order())
    const told = saved.length
    now += 1_000
    await answers(visit.id, 'ACCEPTED', { sequence: 0 })
    expect((await of(number)).visits).toMatchObject([{ answer: null }])
    expect(await lastMail()).toMatchObject({ outcome: 'ignored', why: 'old-invitation', ticketNumber: number, toSee: false })
    now += 1_000
    await answers(visit.id, 'DECLINED', { sequence: 0, text: 'Jamais le mardi.' })
    expect((await as('nadia', 'GET', `/api/tickets/${number}`)).json()).toMatchObject({ status: 'waiting' })
    expect(await lastMail()).toMatchObject({ outcome: 'ignored', toSee: true })
    expect(saved).toHaveLength(told)
    now += 1_000
    await answers(visit.id, 'ACCEPTED', { sequence: 1 })
    expect((await of(number)).visits).toMatchObject([{ answer: 'accepted' }])
  })

  it('whose ticket was erased is answered in vain: a calendar asks for nothing', async () => {
    const number = await withDsrt()
    await as('nadia', 'POST', `/api/tickets/${number}/visits`, order())
    const [visit] = (await of(number)).visits
    await service.database.pool.query('update tickets set erased_at = now() where number = $1', [number])
    const told = saved.length
    now += 1_000
    await answers(visit.id, 'ACCEPTED')
    expect(saved).toHaveLength(told)
    expect(await lastMail()).toMatchObject({ outcome: 'ignored', why: 'calendar', ticketNumber: null })
  })
})
