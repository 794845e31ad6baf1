import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { dayTeller } from '../../server/calendar/days.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { indicatorMails } from '../../server/engine/indicator-mails.ts'
import { entities, partitionedDesk, person, rules } from '../support/partitioned-desk.ts'
import { dueAfter } from '../support/service.ts'

const desk = partitionedDesk()
const { ask, inForce, opened, save } = desk

it('a site without entities sees nothing of them', async () => {
  const ticket = await opened('ldap:p', 'Avant')
  expect(ticket).not.toHaveProperty('entityId')
  expect((await ask('alice', 'GET', '/api/people/ldap:p')).json()).not.toHaveProperty('entityId')
  expect((await ask('nadia', 'GET', '/api/people/ldap:m')).statusCode).toBe(200)
})

describe('entities', () => {
  it('are an administrator’s to edit, and make sense or are refused', async () => {
    expect((await save('sophie', { entities })).statusCode).toBe(403)
    expect((await save('admin', { entities: [{ ...entities[0], parentId: 'sciences' }] })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await save('admin', { entities, rules })).statusCode).toBe(200)
    expect((await ask('admin', 'GET', '/api/entities')).json()).toMatchObject({ people: { physique: 1, sante: 1 } })
    expect((await ask('sophie', 'GET', '/api/entities')).statusCode).toBe(403)
  })

  it('take people in by the directory’s attributes, and tickets by their requester', async () => {
    expect((await ask('alice', 'GET', '/api/people/ldap:p')).json()).toMatchObject({ entityId: 'physique' })
    expect(await opened('ldap:p', 'Oscilloscope')).toMatchObject({ entityId: 'physique' })
    expect(await opened('ldap:x', 'Écran')).not.toHaveProperty('entityId')
    await desk.service.stores.people.save([{ ...person('ldap:x', 'Odontologie') }], 'directory')
    expect((await ask('alice', 'GET', '/api/people/ldap:x')).json()).toMatchObject({ entityId: 'sante' })
    await desk.service.stores.people.save([{ ...person('ldap:x', 'DSI') }], 'directory')
  })

  it('are seen and treated by those they are delegated to, in lists, counts and by number; by nobody else at level 2', async () => {
    const { number } = await opened('ldap:p', 'Laser éteint')
    const listed = async (login: string) => (await ask(login, 'GET', '/api/tickets?search=laser')).json<{ total: number }>().total
    expect([await listed('nadia'), await listed('karim'), await listed('alice')]).toEqual([1, 0, 1])
    const word = { text: 'J’y vais.', visibility: 'internal' }
    expect((await ask('nadia', 'POST', `/api/tickets/${number}/contributions`, word)).statusCode).toBeLessThan(300)
    expect((await ask('karim', 'POST', `/api/tickets/${number}/contributions`, word)).statusCode).toBe(404)
    expect((await ask('alice', 'GET', '/api/tickets?search=laser&entityId=sciences')).json()).toMatchObject({ total: 1 })
    expect((await ask('alice', 'GET', '/api/tickets?search=laser&entityId=sante')).json()).toMatchObject({ total: 0 })
  })

  it('are no longer read by those of a group that was retired, beyond what came to them', async () => {
    const { number } = await opened('ldap:p', 'Spectromètre')
    expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
    const { pool } = desk.service.database
    await pool.query("update groups set retired_at = now() where id = 'correspondants-sciences'")
    expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
    expect((await ask('nadia', 'GET', '/api/tickets?search=spectrometre')).json()).toMatchObject({ total: 0 })
    expect((await ask('nadia', 'GET', '/api/people?search=personne')).json()).toEqual([])
    await pool.query("update groups set retired_at = null where id = 'correspondants-sciences'")
    expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
  })

  it('are gone to and left with a line in the journal, by hand or with another requester', async () => {
    const { number } = await opened('ldap:p', 'Imprimante 3D')
    const moved = await ask('alice', 'PUT', `/api/tickets/${number}/entity`, { entityId: 'sante' })
    expect(moved.json()).toMatchObject({ entityId: 'sante' })
    expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
    expect((await ask('karim', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
    expect((await ask('alice', 'PUT', `/api/tickets/${number}/entity`, { entityId: 'sante' })).statusCode).toBe(409)
    expect((await ask('alice', 'PUT', `/api/tickets/${number}/entity`, { entityId: 'nowhere' })).statusCode).toBe(400)
    const fields = (await ask('alice', 'GET', `/api/tickets/${number}`)).json()
    const requester = { ...fields.requester, personId: 'ldap:p' }
    await desk.service.database.pool.query('update tickets set requester_person_id = null where number = $1', [number])
    const completed = await ask('alice', 'PUT', `/api/tickets/${number}/fields`, { requester })
    expect([completed.statusCode, completed.json().entityId]).toEqual([200, 'physique'])
    const { journal } = (await ask('alice', 'GET', `/api/tickets/${number}`)).json<{
      journal: { kind: string; by: string; detail: object }[]
    }>()
    expect(journal.filter(({ kind }) => kind === 'entity')).toMatchObject([
      {
        by: 'Alice Martin',
        detail: { entity: { from: { id: 'physique', name: 'Sciences › Physique' }, to: { id: 'sante', name: 'Santé' } } },
      },
      {
        by: 'Alice Martin',
        detail: { entity: { from: { id: 'sante', name: 'Santé' }, to: { id: 'physique', name: 'Sciences › Physique' } } },
      },
    ])
  })

  it('of another hide their people: in searches, by number and by id, unless a ticket of theirs is in sight', async () => {
    const found = async (login: string, query: string) =>
      (await ask(login, 'GET', `/api/people?${query}`)).json<{ id: string }[]>().map(({ id }) => id)
    expect(await found('nadia', 'search=personne')).toEqual(['ldap:p'])
    expect(await found('karim', 'search=personne')).toEqual(['ldap:m'])
    expect((await found('alice', 'search=personne')).toSorted()).toEqual(['ldap:m', 'ldap:p', 'ldap:x'])
    expect((await ask('karim', 'GET', '/api/people/ldap:p')).statusCode).toBe(404)
    const { number } = await opened('ldap:p', 'Accès SIFAC')
    await ask('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'dsig' })
    expect((await ask('karim', 'GET', '/api/people/ldap:p')).statusCode).toBe(200)
  })

  it('of another are not named either beside a number that one of theirs shares with them', async () => {
    const { people, persons } = desk.service.stores
    const shared = { phones: ['+33561550099'] }
    await people.save(
      [
        { ...person('ldap:p', 'Labo de physique'), ...shared },
        { ...person('ldap:m', 'Odontologie, scolarité'), ...shared },
      ],
      'directory',
    )
    const units = (await desk.service.database.pool.query("select id, entity_id from people where id in ('ldap:p', 'ldap:m') order by id"))
      .rows
    expect(units).toEqual([
      { id: 'ldap:m', entity_id: 'sante' },
      { id: 'ldap:p', entity_id: 'physique' },
    ])
    const sharing = async (login: string) =>
      (await ask(login, 'GET', '/api/people/ldap:p')).json<{ numbers: { sharedWith: string[] }[] }>().numbers.flatMap((n) => n.sharedWith)
    expect([await sharing('nadia'), await sharing('alice')]).toEqual([[], [(await persons.known('ldap:m'))?.name]])
  })
})

/** An answered call, whose caller may have been recognised. */
const story = (callId: string, at: number, people: Extract<Fact, { type: 'call-arrived' }>['people']): readonly Fact[] => [
  { at, type: 'call-arrived', callId, number: null, people },
  { at: at + 10_000, type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 },
  { at: at + 70_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
]

describe('figures of tickets, and lists as a spreadsheet', () => {
  const day = dayTeller('Europe/Paris')(Date.now())
  const period = `from=${day.slice(0, 4)}-01-01&to=${day.slice(0, 4)}-12-31`
  type Figures = {
    figures: { opened: number }
    rows: { value: string; figures: { opened: number } }[]
    names: object
    theirs: object | null
  }
  const figures = async (login: string, query = '') =>
    (await ask(login, 'GET', `/api/indicators/tickets?${period}&by=entity${query}`)).json<Figures>()
  const listed = async (login: string, query = '') =>
    (await ask(login, 'GET', `/api/indicators/tickets/list?${period}${query}`)).json<{ total: number; tickets: { title: string }[] }>()

  it('are by entity for those who see all of them, as the database counts them, also once a ticket has moved', async () => {
    const rows = async () =>
      (
        await desk.service.database.pool.query<{ value: string; n: number }>(
          'select entity_id as value, count(*)::int as n from tickets group by 1',
        )
      ).rows
    const byEntity = async () => (await figures('sophie')).rows.map(({ value, figures: { opened: n } }) => ({ value, n }))
    const order = (a: { value: string }, b: { value: string }) => a.value.localeCompare(b.value)
    expect((await byEntity()).toSorted(order)).toEqual((await rows()).toSorted(order))
    expect(await figures('sophie')).toMatchObject({ theirs: null, names: { entity: { physique: 'Sciences › Physique', sante: 'Santé' } } })
    const { number } = await opened('ldap:p', 'Voyageur')
    await ask('alice', 'PUT', `/api/tickets/${number}/entity`, { entityId: 'sante' })
    expect((await byEntity()).toSorted(order)).toEqual((await rows()).toSorted(order))
    const under = (await rows()).find(({ value }) => value === 'physique')?.n
    expect((await figures('sophie', '&entityId=sciences')).figures.opened).toBe(under)
    expect(await listed('sophie', '&entityId=sciences')).toMatchObject({ total: under })
  })

  it('hold nothing of the others for whoever is held to entities, whatever they ask', async () => {
    const nadia = await figures('nadia')
    const { rows } = await desk.service.database.pool.query<{ n: number }>(
      "select count(*)::int as n from tickets where entity_id in ('sciences', 'physique') or group_id = 'correspondants-sciences'",
    )
    expect(nadia.figures.opened).toBe(rows[0]?.n)
    // What another entity's people asked of their group is theirs too.
    expect(nadia.rows.map(({ value }) => value)).toEqual(expect.arrayContaining(['physique', 'root']))
    expect(nadia.rows.map(({ value }) => value)).not.toContain('sante')
    expect(nadia.theirs).toEqual({ entities: ['Sciences', 'Sciences › Physique'], groups: ['Correspondants Faculté des sciences'] })
    expect((await figures('nadia', '&entityId=sante')).figures.opened).toBe(0)
    expect((await figures('lucie')).figures.opened).toBe(nadia.figures.opened)
    expect(await listed('nadia')).toMatchObject({ total: nadia.figures.opened })
    expect(await listed('nadia', '&by=entity&value=sante')).toMatchObject({ total: 0, tickets: [] })
    const file = await ask('nadia', 'GET', `/api/indicators/file?${period}&side=tickets&format=csv&by=entity`)
    expect([file.statusCode, file.body.includes('Physique'), file.body.includes('Santé')]).toEqual([200, true, false])
    expect((await ask('alice', 'GET', `/api/indicators/tickets?${period}`)).statusCode).toBe(403)
  })

  it('count the telephone by entity too: by the ticket a call was noted in, else by who was recognised, else for the whole alone', async () => {
    const at = Date.now() - 3_600_000
    const physicist = { id: 'ldap:p', name: 'Personne', affiliation: 'staff', unit: null, email: null, phone: '+33561550000' } as never
    const calls: readonly (readonly Fact[])[] = [
      story('by-ticket', at, []),
      story('by-person', at + 1_000, [physicist]),
      story('by-nobody', at + 2_000, []),
    ]
    const sink = factSink(desk.service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
    await sink.ship(
      'entities',
      calls.flat().map((fact, i) => ({ n: i + 1, fact })),
    )
    const { number } = await opened('ldap:m', 'Noté pendant l’appel')
    const ticketId = (await ask('alice', 'GET', `/api/tickets/${number}`)).json<{ id: string }>().id
    const noted = (call: string) =>
      desk.service.database.pool.query(
        "insert into dispositions (call_id, at, by_id, by_name, kind, ticket_id) values ($1, now(), 'alice', 'Alice', 'opened', $2)",
        [call, ticketId],
      )
    await noted('by-ticket')
    type Calls = { figures: { offered: number; wrapUp: number | null }; theirs: { entities: string[] } | null }
    const offered = async (login: string, query = '') => (await ask(login, 'GET', `/api/indicators/calls?${period}${query}`)).json<Calls>()
    expect((await offered('sophie')).figures.offered).toBeGreaterThanOrEqual(3)
    expect(await offered('sophie', '&entityId=sciences')).toMatchObject({ figures: { offered: 1, wrapUp: null }, theirs: null })
    expect((await offered('sophie', '&entityId=sante')).figures.offered).toBe(1)
    expect(await offered('nadia')).toMatchObject({ figures: { offered: 1 }, theirs: { entities: ['Sciences', 'Sciences › Physique'] } })
    expect((await offered('nadia', '&entityId=sante')).figures.offered).toBe(0)
    expect((await offered('karim')).figures.offered).toBe(1)
    expect((await ask('alice', 'GET', `/api/indicators/calls?${period}`)).statusCode).toBe(403)
    const listedCalls = async (login: string) =>
      (await ask(login, 'GET', `/api/indicators/calls/list?${period}`)).json<{ calls: { id: string }[] }>().calls.map(({ id }) => id)
    expect(await listedCalls('nadia')).toEqual(['by-person'])
    expect(await listedCalls('karim')).toEqual(['by-ticket'])
    const file = await ask('karim', 'GET', `/api/indicators/file?${period}&side=calls&format=csv`)
    expect(file.body).toContain('Appels présentés;1;')
    // The ticket goes to the sciences, and the call with it.
    await ask('alice', 'PUT', `/api/tickets/${number}/entity`, { entityId: 'physique' })
    expect([(await offered('nadia')).figures.offered, (await offered('karim')).figures.offered]).toEqual([2, 0])
    expect((await ask('nadia', 'GET', '/api/indicators/entities')).json()).toEqual({
      whole: false,
      entities: [
        { id: 'sciences', name: 'Sciences' },
        { id: 'physique', name: 'Sciences › Physique' },
      ],
    })
  })

  it('go by mail for one entity alone, ordered by whoever is told of it, and stop with that', async () => {
    const mail = { name: 'Physique', every: 'day', hour: 7, addresses: ['dir@univ.example'], language: 'fr', entityId: 'physique' }
    const path = '/api/indicators/mails'
    expect((await ask('nadia', 'POST', path, { ...mail, entityId: null })).json()).toMatchObject({ code: 'forbidden' })
    expect((await ask('nadia', 'POST', path, { ...mail, entityId: 'sante' })).json()).toMatchObject({ code: 'forbidden' })
    expect((await ask('sophie', 'POST', path, { ...mail, entityId: null, name: 'Tout' })).statusCode).toBe(201)
    const { id } = (await ask('nadia', 'POST', path, mail)).json<{ id: string }>()
    const seen = async (login: string) => (await ask(login, 'GET', path)).json<{ name: string }[]>().map(({ name }) => name)
    expect([await seen('nadia'), await seen('karim'), await seen('sophie')]).toEqual([['Physique'], [], ['Physique', 'Tout']])
    expect((await ask('karim', 'PUT', `${path}/${id}`, mail)).statusCode).toBe(404)
    expect((await ask('karim', 'DELETE', `${path}/${id}`)).statusCode).toBe(404)
    const due = () => desk.service.database.pool.query('update indicator_mails set next_at = $1 where id = $2', [`${day}T00:00:01Z`, id])
    const look = () =>
      indicatorMails({
        stores: desk.service.stores,
        entities: () => desk.service.settings.values.entities.entities,
        timeZone: 'Europe/Paris',
        publicUrl: 'https://guichet.example',
        log: pino({ level: 'silent' }),
        onOwed: () => undefined,
      }).look()
    await desk.service.database.pool.query('update call_figures set arrived_at = $1 where entity_id = $2', [
      new Date(Date.parse(`${day}T00:00:01Z`) - 43_200_000).toISOString(),
      'physique',
    ])
    await due()
    await look()
    const sent = (await desk.service.database.pool.query<{ text: string }>("select text from outbox where to_address = 'dir@univ.example'"))
      .rows
    expect(sent).toHaveLength(1)
    expect(sent[0]?.text).toContain('Pour Sciences › Physique seulement')
    expect(sent[0]?.text).toContain('- Appels présentés : 2 (avant : 0)')
    // Whoever ordered it works for that entity no more.
    await save('admin', { entities: entities.map((one) => ({ ...one, groups: one.id === 'sciences' ? [] : one.groups })), rules })
    await due()
    await look()
    expect((await desk.service.database.pool.query('select paused from indicator_mails where id = $1', [id])).rows).toEqual([
      { paused: true },
    ])
    expect((await desk.service.database.pool.query("select 1 from outbox where to_address = 'dir@univ.example'")).rows).toHaveLength(1)
    await save('admin', { entities, rules })
  })

  it('say of each ticket where it belongs, and leave out what is not in sight', async () => {
    const csv = async (login: string, query = '') => (await ask(login, 'GET', `/api/tickets/export?${query}`)).body.split('\r\n')
    const [heads = '', ...lines] = await csv('alice', 'entityId=sciences')
    expect(heads).toContain('"entite"')
    expect(lines.filter((line) => line !== '').every((line) => line.includes('"Sciences › Physique"'))).toBe(true)
    expect((await csv('nadia')).join()).not.toContain('Santé')
    const [redirected, ...none] = (await csv('karim')).filter((line) => line.includes('Physique'))
    expect([redirected?.includes('"dsig"'), none]).toEqual([true, []])
  })
})

describe('what lies below an entity', () => {
  const under = (change: object = {}) => ({ id: 'chimie', name: 'Chimie', parentId: 'sciences', groups: [], ...change })
  const physics = { id: 'physique', name: 'Physique et astronomie', parentId: 'sciences', groups: ['correspondants-sciences'] }
  const put = async (login: string, id: string, body: object) =>
    ask(login, 'PUT', `/api/entities/${id}`, { version: (await inForce()).version, entities: [physics, under()], rules: [], ...body })
  const toChemistry = { attribute: 'title', how: 'begins', value: 'Chimiste', entityId: 'chimie' }

  it('is named, sorted and delegated by whoever keeps the list that it is delegated to, and signed by them', async () => {
    expect((await ask('lucie', 'GET', '/api/entities/sciences')).json()).toMatchObject({
      people: { physique: 1 },
      values: [{ attribute: 'unit', value: 'Labo de physique', people: 1 }, { attribute: 'affiliation' }],
      groups: ['correspondants-sciences'],
    })
    await desk.service.stores.people.save(
      [
        { ...person('ldap:c', 'Labo de physique'), title: 'Chimiste' },
        { ...person('ldap:mc', 'Odontologie'), title: 'Chimiste' },
      ],
      'directory',
    )
    expect((await put('lucie', 'sciences', { rules: [toChemistry] })).statusCode).toBe(200)
    const { value, by } = await inForce()
    expect(by).toBe('Lucie Ferrand')
    expect(value.entities).toMatchObject([
      { id: 'sciences' },
      { id: 'sante', groups: ['dsig'] },
      { name: 'Physique et astronomie' },
      { id: 'chimie' },
    ])
    expect(value.rules).toEqual([...rules, { ...toChemistry, within: 'sciences' }])
    // Of the people who are there already, and no others.
    const placed = async (id: string) => (await ask('alice', 'GET', `/api/people/${id}`)).json<{ entityId: string }>().entityId
    expect([await placed('ldap:c'), await placed('ldap:mc'), await placed('ldap:p')]).toEqual(['chimie', 'sante', 'physique'])
  })

  it.each([
    ['the entity itself', { entities: [{ ...under(), id: 'sciences' }] }, 'entities.0.id'],
    ['one that is elsewhere', { entities: [under({ id: 'sante' })] }, 'entities.0.id'],
    ['a place above', { entities: [under({ parentId: null })] }, 'entities.0.parentId'],
    ['a place in another', { entities: [under({ parentId: 'sante' })] }, 'entities.0.parentId'],
    ['a group of the whole, or of another', { entities: [under({ groups: ['dsig'] })] }, 'entities.0.groups'],
    ['people taken elsewhere', { rules: [{ ...toChemistry, entityId: 'sante' }] }, 'rules.0.entityId'],
  ])('but not %s', async (_what, body, field) => {
    const before = await inForce()
    const refused = await put('lucie', 'sciences', body)
    expect([refused.statusCode, refused.json().code, refused.json().message]).toEqual([400, 'invalid_body', expect.stringContaining(field)])
    expect(await inForce()).toEqual(before)
  })

  it('is nobody else’s: members, référents of others and operators are refused, and a lost update too', async () => {
    expect((await put('nadia', 'sciences', {})).json()).toMatchObject({ code: 'not_found' })
    expect((await put('lucie', 'sante', {})).json()).toMatchObject({ code: 'not_found' })
    expect((await put('lucie', 'root', {})).json()).toMatchObject({ code: 'not_found' })
    expect((await put('alice', 'sciences', {})).json()).toMatchObject({ code: 'forbidden' })
    const { version } = await inForce()
    expect((await put('lucie', 'sciences', { version: version - 1 })).json()).toMatchObject({ code: 'conflict' })
  })

  it('that is left out is retired, its tickets stay, and its rules go with it', async () => {
    expect((await put('lucie', 'sciences', { entities: [physics] })).statusCode).toBe(200)
    const { value } = await inForce()
    expect(value.entities.find(({ id }: { id: string }) => id === 'chimie')).toMatchObject({ retired: true, parentId: 'sciences' })
    expect((await ask('alice', 'GET', '/api/people/ldap:c')).json()).toMatchObject({ entityId: 'physique' })
    await save('admin', { entities, rules })
  })
})

it('what is delegated is taken back at once, and an entity that is left out is retired with its tickets', async () => {
  const { number } = await opened('ldap:p', 'Banc optique')
  expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
  await save('admin', { entities: entities.map((one) => ({ ...one, groups: [] })) })
  expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
  await save('admin', { entities: [], rules: [] })
  expect((await inForce()).value.entities).toMatchObject(Array.from({ length: 4 }, () => ({ retired: true })))
  expect((await ask('alice', 'GET', `/api/tickets/${number}`)).json()).toMatchObject({ entityId: 'physique' })
  expect((await ask('alice', 'GET', '/api/people/ldap:p')).json()).not.toHaveProperty('entityId')
})
