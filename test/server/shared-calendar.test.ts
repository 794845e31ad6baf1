import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { GroupMember } from '../../server/contract/groups.ts'
import type { Rota } from '../../server/contract/rota.ts'
import type { CalendarTrialled, SharedCalendarState } from '../../server/contract/shared-calendar.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { startRadicale, type Radicale } from '../support/radicale.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let radicale: Radicale
/** A Tuesday, ten in the morning in Paris. */
let now = Date.parse('2026-11-24T09:00:00Z')
beforeAll(async () => {
  ;[service, radicale] = await Promise.all([buildTestHttp({ now: () => now, ticketNow: () => new Date(now) }), startRadicale()])
  await service.database.pool.query('delete from rota_shifts')
  await service.database.pool.query('delete from absences')
})
afterAll(async () => {
  await service.sharedCalendar.stop()
  await service.close()
  await radicale.stop()
})

type Answer<T> = { readonly status: number; readonly body: T; readonly text: string }
async function ask<T>(login: string | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<Answer<T>> {
  const answer = await service.as(login, { method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T, text: answer.body }
}
const synchronise = async () => (await ask<SharedCalendarState>('admin', 'POST', '/api/shared-calendar/synchronise')).body
const rota = async () => (await ask<Rota>('alice', 'GET', '/api/rota?from=2026-11-23&days=14')).body
const shiftsOf = async (id: string) => (await rota()).days.flatMap(({ shifts }) => shifts).filter(({ operatorId }) => operatorId === id)
const chosen = () => ({
  address: radicale.address,
  login: radicale.login,
  shifts: radicale.collection('permanence'),
  absences: radicale.collection('absences'),
  notices: radicale.collection('travaux'),
})
async function choose(value: object) {
  const { version } = service.settings.view.sharedCalendar
  const answer = await ask('admin', 'PUT', '/api/settings/sharedCalendar', { version, value })
  service.sharedCalendar.settingsChanged()
  return answer
}
/** Somebody's calendar program writes an event. */
const write = async (calendar: string, file: string, lines: readonly string[]) => {
  // One of ours keeps the name it was given.
  const uid = file.startsWith('guichet-') ? `${file.slice('guichet-'.length)}@127.0.0.1` : file
  const { status } = await radicale.ask(
    'PUT',
    `${radicale.collection(calendar)}${file}.ics`,
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//somebody//FR',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20261101T000000Z',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
    { 'content-type': 'text/calendar' },
  )
  expect([201, 204]).toContain(status)
}
const remove = (calendar: string, file: string) => radicale.ask('DELETE', `${radicale.collection(calendar)}${file}`)
const titles = async () => [...(await radicale.events('permanence')).values()].map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1])

describe('the shared calendar', () => {
  it('is tried before it is chosen: what is wrong is said in words, and nothing stays of the trial', async () => {
    const trial = (change: object = {}) =>
      ask<CalendarTrialled>('admin', 'POST', '/api/shared-calendar/trial', { ...chosen(), password: radicale.password, ...change })
    expect((await trial({ password: 'wrong' })).body).toMatchObject({
      ok: false,
      says: expect.stringContaining('identifiant ou le mot de passe') as string,
    })
    expect((await trial({ address: `http://127.0.0.1:${await freeTcpPort()}/` })).body).toMatchObject({
      ok: false,
      says: expect.stringContaining('rien ne répond') as string,
    })
    expect((await trial({ password: null })).body).toMatchObject({ ok: false, says: expect.stringContaining('mot de passe') as string })
    expect((await trial({ shifts: radicale.collection('nulle-part') })).body).toMatchObject({ ok: false, shifts: { ok: false } })
    const { body: well } = await trial()
    expect(well).toMatchObject({ ok: true, shifts: { ok: true }, absences: { ok: true }, notices: { ok: true } })
    expect(well.calendars.map(({ name }) => name).toSorted()).toEqual(['absences', 'permanence', 'travaux'])
    expect(await radicale.events('permanence')).toEqual(new Map())
    expect((await trial({ address: 'http://agenda.univ.example/' })).status).toBe(400)
    expect((await trial({ address: 'https://a:b@agenda.univ.example/' })).status).toBe(400)
  })

  it('that takes an event and does not let it go is not said to be well: what stays of the trial is told', async () => {
    // A relay that changes versions (Apache's mod_deflate) has the server refuse what names one.
    const relay = createServer((request, response) => {
      if (request.method === 'DELETE') {
        response.writeHead(412).end()
        return
      }
      const onward = httpRequest(
        new URL(request.url ?? '/', radicale.address),
        { method: request.method, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(response)
        },
      )
      request.pipe(onward)
    }).listen(0, '127.0.0.1')
    await once(relay, 'listening')
    const address = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/`
    const shifts = radicale.collection('permanence').replace(radicale.address, address)
    const { body } = await ask<CalendarTrialled>('admin', 'POST', '/api/shared-calendar/trial', {
      ...chosen(),
      address,
      shifts,
      absences: null,
      notices: null,
      password: radicale.password,
    })
    relay.close()
    expect(body).toMatchObject({ ok: false, shifts: { ok: false, says: expect.stringContaining('Essai du guichet') as string } })
    for (const file of (await radicale.events('permanence')).keys()) await remove('permanence', file)
  })

  it('keeps the password sealed and for this server and login alone', async () => {
    expect((await ask<SharedCalendarState>('admin', 'GET', '/api/shared-calendar')).body).toMatchObject({ state: 'unset' })
    expect((await choose(chosen())).status).toBe(200)
    expect((await synchronise()).failure?.says).toContain('mot de passe')
    const { address, login, password } = radicale
    expect((await ask('sophie', 'PUT', '/api/shared-calendar/password', { address, login, password })).status).toBe(403)
    expect((await ask('sophie', 'PUT', '/api/settings/sharedCalendar', { version: 1, value: {} })).status).toBe(403)
    expect((await ask('admin', 'PUT', '/api/shared-calendar/password', { address, login, password })).status).toBe(204)
    const state = await ask<SharedCalendarState>('admin', 'GET', '/api/shared-calendar')
    expect(state.body).toMatchObject({ state: 'waiting', passwordKept: true })
    const { rows } = await service.database.pool.query('select * from shared_calendar_secret')
    for (const shown of [state.text, JSON.stringify(rows), (await ask('admin', 'GET', '/api/settings')).text])
      expect(shown).not.toContain(password)
    await choose({ login: 'somebody-else' })
    expect((await ask<SharedCalendarState>('admin', 'GET', '/api/shared-calendar')).body).toMatchObject({
      state: 'no-password',
      passwordKept: false,
    })
    await choose(chosen())
  })

  it('is written what the rota says, changed as it changes, and taken off', async () => {
    await ask('sophie', 'POST', '/api/rota/shifts', { operatorId: 'alice', day: '2026-11-24', from: '08:30', to: '12:30', weeks: 2 })
    expect(await synchronise()).toMatchObject({ state: 'well', shifts: 2, pending: 0, log: [] })
    expect(await titles()).toEqual(['Alice Martin (téléphone et accueil)', 'Alice Martin (téléphone et accueil)'])
    const [first, second] = await shiftsOf('alice')
    await ask('sophie', 'PUT', `/api/rota/shifts/${first?.id}`, {
      operatorId: 'bruno',
      day: '2026-11-24',
      from: '09:00',
      to: '12:00',
      post: 'phone',
    })
    await ask('sophie', 'DELETE', `/api/rota/shifts/${second?.id}`)
    expect(await synchronise()).toMatchObject({ state: 'well', shifts: 1, log: [] })
    const [text] = [...(await radicale.events('permanence')).values()]
    expect(text).toContain('SUMMARY:Bruno Lefort (téléphone)')
    expect(text).toContain('DTSTART:20261124T080000Z')
  })

  it('puts back what somebody changed or took away there, once, and writes it down', async () => {
    const file = [...(await radicale.events('permanence')).keys()][0] ?? ''
    await write('permanence', file.replace('.ics', ''), ['SUMMARY:Bruno plus tard', 'DTSTART:20261124T130000Z', 'DTEND:20261124T150000Z'])
    const after = await synchronise()
    expect(after.log).toMatchObject([{ kind: 'shift-restored', detail: expect.stringContaining('Bruno plus tard') as string }])
    expect(await titles()).toEqual(['Bruno Lefort (téléphone)'])
    await remove('permanence', file)
    expect((await synchronise()).log[0]).toMatchObject({ kind: 'shift-put-back' })
    expect(await titles()).toEqual(['Bruno Lefort (téléphone)'])
    expect((await synchronise()).log).toHaveLength(2)
  })

  it('ends in one state when both sides changed the same shift, and takes for its own what it wrote without noting it', async () => {
    const [shift] = await shiftsOf('bruno')
    const file = `guichet-${shift?.id}`
    await write('permanence', file, ['SUMMARY:Là-bas', 'DTSTART:20261124T130000Z', 'DTEND:20261124T150000Z'])
    await ask('sophie', 'PUT', `/api/rota/shifts/${shift?.id}`, {
      operatorId: 'bruno',
      day: '2026-11-24',
      from: '10:00',
      to: '12:00',
      post: 'counter',
    })
    expect((await synchronise()).log[0]).toMatchObject({ kind: 'shift-restored', detail: expect.stringContaining('Là-bas') as string })
    expect(await titles()).toEqual(['Bruno Lefort (accueil)'])
    // Killed between writing there and noting it here.
    await service.database.pool.query('delete from shared_calendar_shifts')
    const { log, shifts } = await synchronise()
    expect([log.length, shifts]).toEqual([3, 1])
    // Both sides took it off.
    await remove('permanence', `${file}.ics`)
    await ask('sophie', 'DELETE', `/api/rota/shifts/${shift?.id}`)
    expect(await synchronise()).toMatchObject({ state: 'well', shifts: 0, pending: 0 })
    expect(await titles()).toEqual([])
  })

  it('brings absences in: whole days for groups and rota, hours for the rota, gone when they are gone there', async () => {
    await ask('sophie', 'POST', '/api/rota/shifts', { operatorId: 'alice', day: '2026-11-25', from: '08:30', to: '12:30', weeks: 2 })
    await ask('sophie', 'POST', '/api/rota/shifts', { operatorId: 'bruno', day: '2026-11-25', from: '08:30', to: '12:30' })
    await write('absences', 'conges', ['SUMMARY:Congés Alice Martin', 'DTSTART;VALUE=DATE:20261125', 'RRULE:FREQ=WEEKLY;COUNT=2'])
    await write('absences', 'medecin', [
      'SUMMARY:Bruno : rendez-vous',
      'DTSTART;TZID=Europe/Paris:20261125T110000',
      'DTEND;TZID=Europe/Paris:20261125T140000',
    ])
    await write('absences', 'inconnu', ['SUMMARY:Absence du doyen', 'DTSTART;VALUE=DATE:20261126'])
    const state = await synchronise()
    expect(state).toMatchObject({ absences: 3, unmatched: [{ title: 'Absence du doyen', day: '2026-11-26' }] })
    expect((await shiftsOf('alice')).map(({ day, away }) => [day, away])).toEqual([
      ['2026-11-25', true],
      ['2026-12-02', true],
    ])
    expect(await shiftsOf('bruno')).toMatchObject([{ away: false, awayFor: [{ from: '11:00', to: '12:30' }] }])
    expect([...(await radicale.events('permanence')).values()].find((text) => text.includes('Bruno'))).toContain('DTEND:20261125T100000Z')
    expect(service.told).toContain('absences')
    expect([...(await radicale.events('permanence')).values()].filter((text) => text.includes('STATUS:CANCELLED'))).toHaveLength(2)
    // It is the calendar's to take back; a stand-in may still be named here.
    const groups = await ask<{ members: GroupMember[] }[]>('sophie', 'GET', '/api/groups')
    const [theirs] = groups.body
      .flatMap(({ members }) => members)
      .filter(({ id }) => id === 'alice')
      .flatMap(({ absences }) => absences)
    const { rows } = await service.database.pool.query<{ id: string }>("select id from absences where account_id = 'alice'")
    expect(theirs === undefined || theirs.by === 'Agenda partagé').toBe(true)
    expect((await ask<{ code: string }>('sophie', 'DELETE', `/api/absences/${rows[0]?.id}`)).body.code).toBe('absence_of_calendar')
    expect(
      (await ask('sophie', 'POST', '/api/absences', { accountId: 'alice', from: '2026-11-25', to: '2026-11-25', standInId: 'bruno' }))
        .status,
    ).toBe(201)
    await service.database.pool.query('delete from absences where calendar_key is null')
    await remove('absences', 'medecin.ics')
    await write('absences', 'conges', ['SUMMARY:Congés Alice Martin', 'DTSTART;VALUE=DATE:20261125'])
    const after = await synchronise()
    expect(after.absences).toBe(1)
    expect(after.log[0]).toMatchObject({ kind: 'absence-removed', subject: '3' })
    expect((await shiftsOf('bruno'))[0]).toMatchObject({ awayFor: [] })
    expect((await shiftsOf('alice')).map(({ away }) => away)).toEqual([true, false])
  })

  it('knows whose an absence is by a name that one colleague has, whatever users have signed in', async () => {
    const { pool } = service.database
    await pool.query(
      "insert into accounts (id, login, name, role, source) values ('ldap:luc', 'lmartin', 'Luc Martin', 'user', 'directory')",
    )
    await write('absences', 'martin', ['SUMMARY:Martin : formation', 'DTSTART;VALUE=DATE:20261127'])
    expect((await synchronise()).unmatched).not.toContainEqual({ title: 'Martin : formation', day: '2026-11-27' })
    const { rows } = await pool.query("select account_id from absences where from_day = '2026-11-27'")
    expect(rows).toEqual([{ account_id: 'alice' }])
    await pool.query("delete from accounts where id = 'ldap:luc'")
    await remove('absences', 'martin.ics')
    await synchronise()
  })

  it('takes no absence back for an event that is there and cannot be read', async () => {
    const days = ['2028-12-01', '2028-12-31'] as const
    const absence = { accountId: 'bruno', from: '2028-12-15', to: '2028-12-15' }
    const both = [
      { ...absence, key: 'stage|once|bruno|2028-12-15', hours: null },
      { ...absence, key: 'dentiste|once|bruno|2028-12-15', hours: { from: '14:00', to: '15:00' } },
    ]
    const { sharedCalendar: store } = service.stores
    await store.replaceAbsences(both, ...days)
    expect((await store.replaceAbsences([], ...days, ['stage', 'dentiste'])).removed).toBe(0)
    expect((await store.replaceAbsences([], ...days, ['stag'])).removed).toBe(2)
  })

  it('reads notices of level 2 as disruptions for the staff, follows what both sides change, and ends them with their event', async () => {
    const event = (...more: string[]) => ['LOCATION:Tous sites', 'DTSTART:20261124T180000Z', 'DTEND:20261124T200000Z', ...more]
    await write('travaux', 'migration', event('SUMMARY:Migration de la messagerie', 'DESCRIPTION:Passez par le webmail.'))
    await write('travaux', 'passe', ['SUMMARY:Hier', 'DTSTART:20261123T180000Z', 'DTEND:20261123T190000Z'])
    await synchronise()
    const listed = async () => (await ask<Disruption[]>('nadia', 'GET', '/api/disruptions')).body
    const [one] = await listed()
    expect(await listed()).toMatchObject([
      { kind: 'planned', title: 'Migration de la messagerie', audience: 'staff', phase: 'ahead', announcedBy: 'Agenda partagé' },
    ])
    expect(
      (
        await ask('nadia', 'PUT', `/api/disruptions/${one?.id}`, {
          ...one,
          version: 1,
          workaround: 'Le téléphone marche.',
          audience: 'public',
        })
      ).status,
    ).toBe(200)
    await write('travaux', 'migration', event('SUMMARY:Migration reportée', 'DESCRIPTION:Autre chose.'))
    const both = await synchronise()
    expect(
      both.log
        .slice(0, 2)
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['notice-kept', 'notice-updated'])
    expect(await listed()).toMatchObject([
      { title: 'Migration reportée', workaround: 'Le téléphone marche.', audience: 'public', version: 3 },
    ])
    await remove('travaux', 'migration.ics')
    await synchronise()
    expect(await listed()).toEqual([])
    // Taken out by mistake, and put back.
    await write('travaux', 'migration', event('SUMMARY:Migration reportée'))
    await synchronise()
    expect(await listed()).toHaveLength(1)
    now += 11 * 3_600_000
    await synchronise()
    expect(await listed()).toEqual([])
    const ended = (await ask<Disruption[]>('nadia', 'GET', '/api/disruptions?ended=true')).body
    expect(ended.map(({ resolution }) => resolution).toSorted()).toEqual([
      'Fin prévue dans l’agenda partagé.',
      'Retirée de l’agenda partagé.',
    ])
    await synchronise()
    expect((await ask<Disruption[]>('nadia', 'GET', '/api/disruptions?ended=true')).body).toHaveLength(2)
    now -= 11 * 3_600_000
  })

  it('takes a notice that has no end, and the others beside it', async () => {
    await write('travaux', 'aaa-bascule', ['SUMMARY:Bascule du pare-feu', 'DTSTART:20261124T170000Z'])
    await write('travaux', 'zzz-onduleur', ['SUMMARY:Test de l’onduleur', 'DTSTART:20261124T180000Z', 'DTEND:20261124T190000Z'])
    expect((await synchronise()).failure).toBeNull()
    const { body } = await ask<Disruption[]>('nadia', 'GET', '/api/disruptions')
    expect(body.filter(({ title }) => /pare-feu|onduleur/.test(title))).toMatchObject([
      { kind: 'planned', title: 'Bascule du pare-feu', expectedEndAt: '2026-11-24T18:00:00.000Z' },
      { kind: 'planned', title: 'Test de l’onduleur' },
    ])
    for (const file of ['aaa-bascule', 'zzz-onduleur']) await remove('travaux', `${file}.ics`)
    await synchronise()
  })

  it('loses nothing while its server is away, holds nothing up, and says so', async () => {
    await radicale.kill()
    expect(
      (await ask('sophie', 'POST', '/api/rota/shifts', { operatorId: 'bruno', day: '2026-11-26', from: '08:30', to: '12:30' })).status,
    ).toBe(201)
    expect(await synchronise()).toMatchObject({ state: 'failing', failure: { says: 'rien ne répond à cette adresse' } })
    expect(service.sharedCalendar.part()).toMatchObject({ name: 'calendar', state: 'down' })
    const [away] = await shiftsOf('alice')
    expect(away?.away).toBe(true)
    await radicale.start()
    await radicale.pause()
    const slow = service.sharedCalendar.synchronise()
    // Nobody waits for it.
    expect((await ask('alice', 'GET', '/api/rota?from=2026-11-23')).status).toBe(200)
    radicale.resume()
    await slow
    expect(await synchronise()).toMatchObject({ state: 'well', pending: 0, failure: null })
    expect(service.sharedCalendar.part()).toMatchObject({ state: 'up', detail: null })
    expect((await titles()).filter((title) => title?.startsWith('Bruno'))).toHaveLength(2)
  })
})
