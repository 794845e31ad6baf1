import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftContent } from '../../server/contract/drafts.ts'
import { retentionSettings, type PurgeReports } from '../../server/contract/privacy.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { DraftBook } from '../../server/engine/draft-book.ts'
import { dailyPurge, remover } from '../../server/engine/purge.ts'
import { nothingWritten } from '../support/drafts.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import pino from 'pino'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

/* One file however long: one desk, whose stories each test purges, hands over or erases in the order of the days. */

const claire = 'sample:claire.dubois'
const dayMs = 86_400_000
const today = Date.parse('2026-11-24T09:00:00Z')
let clock = today
let service: TestHttp
let drafts: DraftBook
const folder = testFolder()
const sounds = { message: join(folder, 'messages'), recording: join(folder, 'recordings') }
const removing = remover(sounds, (raw) => join(folder, raw))
beforeAll(async () => {
  for (const path of Object.values(sounds)) mkdirSync(path)
  service = await buildTestHttp({
    ticketNow: () => new Date(clock),
    messagesFolder: sounds.message,
    recordingsFolder: sounds.recording,
  })
  drafts = new DraftBook({ keep: service.stores.drafts, log: pino({ level: 'silent' }), now: () => clock, onChange: () => undefined })
  await drafts.start([])
})
afterAll(async () => {
  await service.close()
  removeTestFolder(folder)
})

const sql = async (query: string, ...values: unknown[]) => (await service.database.pool.query<Record<string, unknown>>(query, values)).rows
const as = (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: Record<string, unknown>) =>
  service.as(login, { method, url, ...(payload && { payload }) })
/** Everything that figures say of the year, so that before and after can be compared. */
async function figures(): Promise<unknown> {
  const period = 'from=2026-01-01&to=2026-12-31'
  const asked = ['calls?', 'tickets?by=unit&', 'tickets?by=affiliation&across=nature&', 'tickets?by=medium&']
  return Promise.all(asked.map(async (path) => (await as('sophie', 'GET', `/api/indicators/${path}${period}`)).json()))
}
const claireAsks = { personId: claire, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' }

/** A call of Claire's that was answered, left a message, and led to a ticket that is closed. @returns the ticket's number */
async function story(id: string, atMs: number, number = '+33561551234'): Promise<number> {
  const person = { ...(await service.stores.people.byId(claire)) }
  const fact = (n: number, body: Record<string, unknown>) => ({
    n: n + Number.parseInt(id, 36) * 10,
    fact: { at: atMs + n * 1_000, callId: id, ...body },
  })
  await factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }).ship('a log', [
    fact(1, { type: 'call-arrived', number, people: [person] }),
    fact(2, {
      type: 'place-asked',
      keeping: { step: 'confirm', number },
      announcement: { playback: 'p', sounds: ['sound:guichet/place-number', 'sound:digits/0', 'sound:digits/6'] },
    }),
    fact(3, {
      type: 'message-invited',
      recording: 'r',
      announcement: { playback: 'q', sounds: ['sound:digits/0'] },
      asks: { step: 'confirm', number },
    }),
    fact(4, { type: 'call-answered', operatorId: 'alice', leg: 'l', bridge: 'b', capAt: atMs }),
    fact(5, { type: 'call-ended', reason: 'completed', by: 'operator' }),
  ] as never)
  clock = atMs
  const opened = (
    await as('alice', 'POST', '/api/tickets', {
      title: `Secret ${id}`,
      summary: 'Ce qui se passe chez moi',
      requester: claireAsks,
      callId: id,
    })
  ).json<{ number: number }>()
  await as('alice', 'POST', `/api/tickets/${opened.number}/contributions`, { text: 'Très personnel', visibility: 'public' })
  await as('alice', 'POST', `/api/tickets/${opened.number}/close`, { solution: 'Résolu pour Claire' })
  await sql('insert into disruption_calls (call_id, disruption_id, number, at) values ($1, $2, $3, $4)', id, 'wifi', number, new Date(atMs))
  writeFileSync(join(sounds.message, `${id}.wav`), 'a sound')
  await service.stores.messages.add({ id: `m-${id}`, callId: id, at: new Date(atMs), number, seconds: 7, file: `${id}.wav` })
  await sql('insert into transcripts (message_id, at, by, text) values ($1, now(), $2, $3)', `m-${id}`, 'machine', 'Transcription privée')
  await service.stores.messages.settle(`m-${id}`, { id: 'alice', name: 'Alice Martin' })
  await service.stores.messages.traceListening(`m-${id}`, 'alice')
  await sql(
    "insert into dispositions (call_id, at, by_id, by_name, kind, reason) values ($1, $2, 'alice', 'Alice Martin', 'nothing', $3)",
    id,
    new Date(atMs),
    `Mot privé ${id}`,
  )
  await sql("update outbox set state = 'sent' where state = 'pending'")
  clock = today
  return opened.number
}
/** Wherever a text of the story could still be. */
const leftovers = async (word: string): Promise<string[]> => {
  const tables = [
    'tickets',
    'ticket_texts',
    'ticket_journal',
    'outbox',
    'facts',
    'owed_facts',
    'dispositions',
    'calls',
    'messages',
    'transcripts',
    'owed',
    'callback_slots',
    'disruption_calls',
    'drafts',
    'recordings',
    'shared_lines',
    'webhook_deliveries',
  ]
  const found = await Promise.all(
    tables.map(async (table) => ((await sql(`select 1 from ${table} x where x::text like $1`, `%${word}%`)).length > 0 ? table : null)),
  )
  return found.filter((table) => table !== null)
}
/** The moments before which the desk was told to remember nothing of a number. */
const forgottenBefore: number[] = []
const purging = (days: Record<string, number> = {}) =>
  dailyPurge({
    store: service.stores.retention,
    drafts,
    forgetNumbersBefore: (before) => forgottenBefore.push(before),
    now: () => today,
    settings: () => retentionSettings.parse(days),
    today: () => '2026-11-24',
    remove: removing,
    log: pino({ level: 'silent' }),
  })

describe('what is append-only', () => {
  beforeAll(() => story('1', today - dayMs))
  it.each([
    'update ticket_texts set text = null',
    "update ticket_journal set by_name = 'x'",
    "update facts set body = '{}'",
    'delete from listened_sounds',
    'delete from owed_facts',
    'delete from erasures',
  ])('« %s » is refused without an erasure in the same transaction', async (statement) => {
    await expect(service.database.pool.query(statement)).rejects.toThrow('append-only')
  })

  it('keeps who signed, when and what even during one', async () => {
    const client = await service.database.pool.connect()
    try {
      for (const statement of [
        "update ticket_journal set at = now() where by_id = 'alice'",
        "update facts set type = 'other'",
        'delete from ticket_journal',
        "update ticket_texts set text = 'autre'",
      ]) {
        await client.query('begin')
        await client.query("insert into erasures (at, by_id, by_name, kind, reason) values (now(), 'x', 'x', 'person', 'essai')")
        await expect(client.query(statement), statement).rejects.toThrow(/append-only|keeps what was signed/)
        await client.query('rollback')
      }
    } finally {
      client.release()
    }
  })
})

describe('the daily purge', () => {
  it('takes what is over its time, leaves the rest, and the figures as they were', async () => {
    const [old, young] = [await story('2', today - 400 * dayMs, '+33639980001'), await story('3', today - 5 * dayMs, '+33639980002')]
    const before = await figures()
    const { journal } = (await as('alice', 'GET', `/api/tickets/${old}`)).json<{ journal: { kind: string; by: string }[] }>()
    await purging({ tickets: 365, messages: 180, calls: 365, mails: 365 }).look()
    expect(await figures()).toEqual(before)
    const page = (await as('alice', 'GET', `/api/tickets/${old}`)).json()
    expect(page).toMatchObject({
      title: '(texte effacé)',
      summary: '',
      solution: null,
      requester: { name: '', email: null, phone: null },
      status: 'closed',
    })
    expect(page.journal.map(({ kind, by }: { kind: string; by: string }) => ({ kind, by }))).toEqual(
      journal.map(({ kind, by }) => ({ kind, by })),
    )
    expect(page.journal.every(({ text }: { text: string }) => text === '')).toBe(true)
    expect(await leftovers('33639980001')).toEqual([])
    expect(await sql("select body from facts where body ->> 'callId' = '2' and body::text like '%digits/%'")).toEqual([])
    expect(await leftovers('Secret 2')).toEqual([])
    expect(await leftovers('Mot privé 2')).toEqual([])
    expect([existsSync(join(sounds.message, '2.wav')), existsSync(join(sounds.message, '3.wav'))]).toEqual([false, true])
    expect((await as('alice', 'GET', '/api/messages/m-2/sound')).statusCode).toBe(404)
    expect((await as('alice', 'GET', `/api/tickets/${young}`)).json()).toMatchObject({ title: 'Secret 3' })
    expect(await leftovers('33639980002')).toContain('calls')
    expect(forgottenBefore).toEqual([today - 365 * dayMs])
  })

  it('lets go of what was written of a call that showed no number', async () => {
    const at = new Date(today - 400 * dayMs)
    await sql("insert into calls (id, line, number, arrived_at) values ('hidden', 'guichet', null, $1)", at)
    await sql(
      "insert into dispositions (call_id, at, by_id, by_name, kind, reason) values ('hidden', $1, 'alice', 'Alice Martin', 'refused', 'Le frère de Claire')",
      at,
    )
    while (await service.stores.retention.purge('calls', '2026-11-30', 365, removing));
    expect(await leftovers('Le frère de Claire')).toEqual([])
    expect(await sql("select reason from dispositions where call_id = 'hidden'")).toEqual([{ reason: '(effacé)' }])
  })

  it('lets go of a ticket begun and never saved once nobody has written in it for its days', async () => {
    const begin = (key: string, atMs: number) => {
      clock = atMs
      const content = { title: `Brouillon ${key}` } as DraftContent
      drafts.write(key, null, { version: 0, startedAt: new Date(atMs).toISOString(), content }, { id: 'alice', name: 'Alice Martin' })
    }
    begin('old', today - 31 * dayMs)
    begin('young', today - 29 * dayMs)
    clock = today
    await expect.poll(async () => (await sql('select key from drafts')).length).toBe(2)
    await purging().look()
    await expect.poll(() => sql('select key from drafts')).toEqual([{ key: 'young' }])
    const [line] = (await as('admin', 'GET', '/api/retention')).json<PurgeReports>().filter(({ kind }) => kind === 'drafts')
    expect(line).toMatchObject({ days: 30, removed: 1, oldestLeft: new Date(today - 29 * dayMs).toISOString() })
  })

  it('says each day what it took and what is the oldest that is left, and the same day takes nothing twice', async () => {
    const reports = (await as('admin', 'GET', '/api/retention')).json<PurgeReports>()
    const of = (kind: string) => reports.find((line) => line.kind === kind)
    expect(of('tickets')).toMatchObject({ day: '2026-11-24', days: 365, removed: 1, done: true })
    expect(of('messages')).toMatchObject({ removed: 1, done: true })
    expect(Date.parse(of('tickets')?.oldestLeft ?? '')).toBeGreaterThan(today - 365 * dayMs)
    await purging({ tickets: 90 }).look()
    expect((await as('admin', 'GET', '/api/retention')).json()).toEqual(reports)
    expect(
      (await sql("select count(*)::int as n from erasures where kind = 'retention' and reason = 'tickets : 365 jours'"))[0],
    ).toMatchObject({ n: 2 })
  })

  it('that was cut short goes on where it was; two at once count nothing twice', async () => {
    await Promise.all(
      ['4', '5', '6'].map((id) =>
        sql(
          "insert into calls (id, line, number, arrived_at) values ($1, 'guichet', '+33639980009', $2)",
          id,
          new Date(today - 500 * dayMs),
        ),
      ),
    )
    const { purge } = service.stores.retention
    const remove = removing
    const fails = async () => Promise.reject(new Error('The disk is away'))
    writeFileSync(join(sounds.message, 'late.wav'), 'a sound')
    await sql(
      "insert into messages (id, call_id, at, number, seconds, file, settled_by, settled_at) values ('m-late', 'late', $1, null, 3, 'late.wav', 'alice', now())",
      new Date(today - 500 * dayMs),
    )
    await expect(purge('messages', '2026-11-25', 180, fails)).rejects.toThrow('The disk is away')
    const both = await Promise.all([purge('calls', '2026-11-25', 365, remove), purge('calls', '2026-11-25', 365, remove)])
    expect(both).toContain(true)
    while (await purge('calls', '2026-11-25', 365, remove));
    while (await purge('messages', '2026-11-25', 180, remove));
    const lines = (await service.stores.retention.reports()).filter(({ day }) => day === '2026-11-25')
    expect(lines).toMatchObject([
      { kind: 'calls', removed: 3, done: true },
      { kind: 'messages', removed: 1, done: true },
    ])
  })

  it('lets go of a call back chosen at a half hour, with its number in the answer owed', async () => {
    const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
    const choose = async (id: string, at: number, number: string) => {
      clock = at
      const asked = {
        fromMs: at,
        toMs: at + 1_800_000,
        number,
        subject: 'Sujet privé',
        personId: claire,
        name: 'Claire Dubois',
        email: null,
        vouched: false,
      }
      await service.stores.callbackSlots.book(id, asked, 9, words)
    }
    await choose('oldslot2', today - 400 * dayMs, '+33639980021')
    const [entry] = (await service.stores.owed.open()).filter(({ number }) => number === '+33639980021')
    const tried = { outcome: 'reached', note: 'Vu avec elle', laterAt: null } as const
    await service.stores.owed.outcome(entry?.id ?? '', { id: 'alice', name: 'Alice Martin' }, tried)
    await choose('newslot2', today - dayMs, '+33639980022')
    clock = today
    while (await service.stores.retention.purge('calls', '2026-11-28', 365, removing));
    expect(await leftovers('33639980021')).toEqual([])
    expect(await leftovers('33639980022')).toContain('callback_slots')
    expect((await sql('select id from callback_slots')).map(({ id }) => id)).toEqual(['newslot2'])
    const { slots } = (await as('sophie', 'GET', `/api/people/${claire}/export?format=json`)).json()
    expect(slots).toMatchObject([{ number: '+33639980022', subject: 'Sujet privé' }])
    await service.stores.callbackSlots.cancel('newslot2', words)
  })

  it('lets go of an address to which disruptions are told no more, or that nobody ever confirmed', async () => {
    const [old, young] = [new Date(today - 400 * dayMs), new Date(today - dayMs)]
    await sql(
      `insert into disruption_subscribers (id, email, language, asked_at, confirmed_at, left_at) values
        ('left2222', 'a@univ.example', 'fr', $1, $1, $1), ('asked222', 'b@univ.example', 'fr', $1, null, null),
        ('there222', 'c@univ.example', 'fr', $1, $1, null), ('young222', 'd@univ.example', 'fr', $2, null, null)`,
      old,
      young,
    )
    while (await service.stores.retention.purge('mails', '2026-11-29', 365, removing));
    const kept = await sql('select id from disruption_subscribers order by id')
    expect(kept.map(({ id }) => id)).toEqual(['there222', 'young222'])
    await sql('delete from disruption_subscribers')
  })

  it('lets go of whoever left, once nothing names them, and keeps the figures by unit', async () => {
    await service.stores.people.save([{ ...(await person()), id: 'ldap:gone', name: 'Parti Depuis', unit: 'Latin' }], 'directory')
    clock = today - 500 * dayMs
    const requester = { personId: 'ldap:gone', name: 'Parti Depuis', email: null, phone: null }
    await as('alice', 'POST', '/api/tickets', { title: 'Ancien', requester, solution: 'Fait' })
    await service.stores.people.retireMissing('directory', [])
    clock = today
    await sql(`insert into accounts (id, login, name, role, source, person_id) values
      ('ldap:gone', 'pdepuis', 'Parti Depuis', 'user', 'directory', 'ldap:gone')`)
    const before = await figures()
    const remove = removing
    while (await service.stores.retention.purge('left', '2026-11-26', 365, remove));
    expect((await sql("select id from people where id = 'ldap:gone'")).length).toBe(1)
    while (await service.stores.retention.purge('tickets', '2026-11-26', 365, remove));
    while (await service.stores.retention.purge('left', '2026-11-27', 365, remove));
    expect((await sql("select id from people where id = 'ldap:gone'")).length).toBe(0)
    expect(await sql("select login from accounts where id = 'ldap:gone'")).toEqual([])
    expect(await figures()).toEqual(before)
  })
})

const person = async () => {
  const found = await service.stores.people.byId(claire)
  if (found === null) throw new Error('Claire is of the sample university')
  return found
}

describe('a person’s data', () => {
  it('is given whole, as a page to read and as JSON, and it is written down who took it', async () => {
    await as('alice', 'POST', `/api/people/${claire}/notes`, { text: 'Préfère le <matin>', reason: 'À sa demande' })
    const takings = async () =>
      (await sql("select id from listened_sounds where message_id = 'm-3' and account_id = 'sophie' and how = 'downloaded'")).length
    const before = await takings()
    const answer = await as('sophie', 'GET', `/api/people/${claire}/export`)
    expect(answer.headers['content-disposition']).toBe('attachment; filename="donnees-Claire-Dubois.html"')
    for (const word of [
      'Secret 3',
      'Très personnel',
      'Préfère le &lt;matin&gt;',
      'Mot privé 3',
      'Transcription privée',
      'data:audio/wav;base64,',
      '05 61 55 12 34',
    ])
      expect(answer.body).toContain(word)
    expect(answer.body).not.toContain('<matin>')
    const json = (await as('sophie', 'GET', `/api/people/${claire}/export?format=json`)).json()
    expect(json).toMatchObject({ person: { name: 'Claire Dubois' }, notes: [{ text: 'Préfère le <matin>' }] })
    const embedded = /<script type="application\/json" id="donnees">(.*)<\/script>/s.exec(answer.body)?.[1] ?? ''
    expect(JSON.parse(embedded)).toEqual(json)
    expect(JSON.stringify(json)).not.toContain('hash')
    expect((await as('bruno', 'GET', `/api/people/${claire}/export`)).statusCode).toBe(403)
    expect((await sql("select account_id from reads where kind = 'export'"))[0]).toEqual({ account_id: 'sophie' })
    // The page took the sound, the JSON what a machine understood of it.
    expect((await takings()) - before).toBe(2)
  })

  it('is erased by an administrator who says why and types the name, while nothing is under way', async () => {
    const erase = (login: string, body: Record<string, unknown>) => as(login, 'POST', `/api/people/${claire}/erasure`, body)
    const order = { reason: 'Demande du 24 novembre', name: 'claire dubois' }
    await sql("insert into calls (id, line, number, arrived_at) values ('refused', 'guichet', '+33561551234', now())")
    const { id: pageId } = await service.stores.sharedPages.open('refused', { id: 'alice', name: 'Alice Martin' })
    const caller = { id: 'caller', name: 'L’appelant' }
    await service.stores.sharedPages.write(pageId, { side: 'caller', by: caller, kind: 'text', text: 'Écrit pendant l’appel' })
    await sql(
      `with w as (insert into webhooks (name, url, secret, events, active, created_at, created_by)
          values ('Salon', 'https://salon.example', 's', '{ticket.closed}', false, now(), 'x') returning id)
        insert into webhook_deliveries (webhook_id, event, body) select w.id, 'ticket.closed', jsonb_build_object('ticket', jsonb_build_object('number', t.number, 'title', t.title))
          from w, tickets t where t.title = 'Secret 3'`,
    )
    const content = { ...nothingWritten, personId: claire, title: 'Commencé et laissé', name: 'Claire Dubois' }
    const begun = { version: 0, startedAt: new Date(today).toISOString(), content }
    await as('alice', 'PUT', '/api/drafts/hand-alice-1', begun)
    drafts.write('hand-alice-1', null, begun, { id: 'alice', name: 'Alice Martin' })
    await expect.poll(async () => (await sql("select 1 from drafts where key = 'hand-alice-1'")).length).toBe(1)
    expect((await erase('sophie', order)).statusCode).toBe(403)
    expect((await erase('admin', { ...order, name: 'Claire' })).json().code).toBe('invalid_body')
    const { number } = (await as('alice', 'POST', '/api/tickets', { title: 'En cours', requester: claireAsks })).json<{ number: number }>()
    const refused = (await erase('admin', order)).json()
    expect([refused.code, refused.message]).toEqual(['conflict', expect.stringContaining(String(number))])
    for (const { number: open } of (await sql(
      "select number from tickets where requester_person_id = $1 and status <> 'closed'",
      claire,
    )) as { number: number }[])
      await as('alice', 'POST', `/api/tickets/${open}/close`, { solution: 'Fait' })
    await sql("update outbox set state = 'sent'")
    await sql(
      "insert into accounts (id, login, name, role, source, person_id) values ('ldap:claire', 'cdubois', 'Claire D.', 'user', 'directory', $1)",
      claire,
    )
    await sql(
      "insert into sessions (id_hash, account_id, created_at, expires_at, address) values ('h', 'ldap:claire', now(), now(), '10.1.2.3')",
    )
    expect(service.desk.asked).toEqual([])
    const before = await figures()
    const journals = await sql('select ticket_id, at, kind, visibility from ticket_journal order by id')
    const done = (await erase('admin', order)).json()
    expect(done).toMatchObject({ stays: true, tickets: expect.any(Number) })
    expect(service.desk.asked.map((one) => one.split(' ')[0])).toEqual(['forget'])
    expect(service.desk.asked[0]).toContain(' +33561551234')
    expect((await as('alice', 'GET', '/api/drafts')).json()).toMatchObject({ drafts: [], over: expect.arrayContaining(['hand-alice-1']) })
    expect(await figures()).toEqual(before)
    expect((await sql('select ticket_id, at, kind, visibility from ticket_journal order by id')).slice(0, journals.length)).toEqual(
      journals,
    )
    for (const word of [
      'Secret',
      'Très personnel',
      'claire.dubois@univ',
      'Transcription privée',
      'Claire Dubois',
      '33561551234',
      'Écrit pendant l’appel',
      'Commencé et laissé',
      'Mot privé',
    ])
      expect(await leftovers(word), word).toEqual([])
    const page = (await as('alice', 'GET', `/api/tickets/${number}`)).json()
    expect(page.journal.at(-1)).toMatchObject({ by: 'Anne Delmas', text: expect.stringContaining('ce journal signé reste entier') })
    expect(await sql("select by_name, reason from erasures where kind = 'person'")).toEqual([
      { by_name: 'Anne Delmas', reason: 'Demande du 24 novembre' },
    ])
    expect(existsSync(join(sounds.message, '3.wav'))).toBe(false)
    expect(await sql("select address from sessions where account_id = 'ldap:claire'")).toEqual([])
    expect((await as('alice', 'GET', `/api/people/${claire}`)).json()).toMatchObject({ name: 'Claire Dubois', notes: [], checks: [] })
    expect((await as('alice', 'GET', `/api/tickets?personId=${claire}`)).json()).toMatchObject({ total: 0 })
  })

  it('holds nothing of whoever called for them: what another said is that person’s', async () => {
    const karim = 'sample:karim'
    const exported = async (id: string) =>
      (await as('sophie', 'GET', `/api/people/${id}/export?format=json`)).json<{
        calls: { id: string }[]
        messages: { message: { id: string } }[]
      }>()
    const number = await story('8', today - dayMs, '+33561551402')
    const hers = await exported(claire)
    expect([hers.calls.map(({ id }) => id), hers.messages.map(({ message }) => message.id)]).toEqual([[], []])
    const his = await exported(karim)
    expect([his.calls.map(({ id }) => id), his.messages.map(({ message }) => message.id)]).toEqual([['8'], ['m-8']])
    // A number that tells nobody is that of whom the ticket is for.
    await sql("insert into calls (id, line, number, arrived_at) values ('unknown', 'guichet', '+33639980077', now())")
    await sql(
      "insert into dispositions (call_id, at, kind, ticket_id, by_id, by_name) select 'unknown', now(), 'attached', id, 'alice', 'Alice Martin' from tickets where number = $1",
      number,
    )
    expect((await exported(claire)).calls.map(({ id }) => id)).toEqual(['unknown'])
    expect((await as('admin', 'POST', `/api/people/${claire}/erasure`, { reason: 'Encore', name: 'Claire Dubois' })).statusCode).toBe(200)
    expect(service.desk.asked.at(-1)).toContain('+33639980077')
    expect(service.desk.asked.at(-1)).not.toContain('+33561551402')
    expect(await sql("select number, file from messages where id = 'm-8'")).toEqual([{ number: '+33561551402', file: '8.wav' }])
  })
})
