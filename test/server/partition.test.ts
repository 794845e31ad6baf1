import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { heldToEntities, judgedBy, judgeOf, rights, verdict, type Route } from '../../server/contract/rights.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { indicatorMails } from '../../server/engine/indicator-mails.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

let service: TestHttp
const ask = (login: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const person = (id: string, unit: string) => ({
  id,
  name: `Personne ${id}`,
  email: `${id.replace(':', '.')}@univ.example`,
  phones: [`+3356155${id.length}00${id.charCodeAt(5) % 10}`],
  affiliation: 'staff' as const,
  unit,
  place: null,
  title: null,
})
const entities = [
  { id: 'sciences', name: 'Sciences', parentId: null, groups: ['correspondants-sciences'] },
  { id: 'physique', name: 'Physique', parentId: 'sciences', groups: [] },
  { id: 'sante', name: 'Santé', parentId: null, groups: ['dsig'] },
]
const rules = [
  { attribute: 'unit', how: 'is', value: 'Labo de physique', entityId: 'physique' },
  { attribute: 'unit', how: 'begins', value: 'Odontologie', entityId: 'sante' },
]
const inForce = async () => (await ask('admin', 'GET', '/api/settings')).json().entities
const save = async (login: string, value: object) =>
  ask(login, 'PUT', '/api/settings/entities', { version: (await inForce()).version, value })
const opened = async (personId: string | null, title: string) =>
  (await ask('alice', 'POST', '/api/tickets', { title, requester: { personId, name: 'Quelqu’un', email: null, phone: null } })).json<{
    number: number
    entityId?: string
  }>()
const members = async (groupId: string, ids: readonly string[]) => {
  const group = await service.stores.groups.one(groupId)
  if (group === null) throw new Error('no such group')
  const { id: _id, retiredAt: _retiredAt, members: _members, ...described } = group
  const payload = { ...described, members: ids.map((id) => ({ id, part: 'member' })) }
  expect((await ask('admin', 'PUT', `/api/groups/${groupId}`, payload)).statusCode).toBe(200)
}

beforeAll(async () => {
  service = await buildTestHttp()
  // Nadia works for the sciences alone, Karim for the medical faculty alone.
  await members('dsrt', ['alice'])
  await service.stores.people.save(
    [person('ldap:p', 'Labo de physique'), person('ldap:m', 'Odontologie, scolarité'), person('ldap:x', 'DSI')],
    'directory',
  )
})
afterAll(() => service.close())

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
    await service.stores.people.save([{ ...person('ldap:x', 'Odontologie') }], 'directory')
    expect((await ask('alice', 'GET', '/api/people/ldap:x')).json()).toMatchObject({ entityId: 'sante' })
    await service.stores.people.save([{ ...person('ldap:x', 'DSI') }], 'directory')
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
    await service.database.pool.query('update tickets set requester_person_id = null where number = $1', [number])
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
})

/** An answered call, whose caller may have been recognised. */
const story = (callId: string, at: number, people: Extract<Fact, { type: 'call-arrived' }>['people']): readonly Fact[] => [
  { at, type: 'call-arrived', callId, number: null, people },
  { at: at + 10_000, type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 },
  { at: at + 70_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
]

describe('figures of tickets, and lists as a spreadsheet', () => {
  const day = new Date().toISOString().slice(0, 10)
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
        await service.database.pool.query<{ value: string; n: number }>(
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
    const { rows } = await service.database.pool.query<{ n: number }>(
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
    const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
    await sink.ship(
      'entities',
      calls.flat().map((fact, i) => ({ n: i + 1, fact })),
    )
    const { number } = await opened('ldap:m', 'Noté pendant l’appel')
    const ticketId = (await ask('alice', 'GET', `/api/tickets/${number}`)).json<{ id: string }>().id
    const noted = (call: string) =>
      service.database.pool.query(
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
    const due = () => service.database.pool.query('update indicator_mails set next_at = $1 where id = $2', [`${day}T00:00:01Z`, id])
    const look = () =>
      indicatorMails({
        stores: service.stores,
        entities: () => service.settings.values.entities.entities,
        timeZone: 'Europe/Paris',
        publicUrl: 'https://guichet.example',
        log: pino({ level: 'silent' }),
        onOwed: () => undefined,
      }).look()
    await service.database.pool.query('update call_figures set arrived_at = $1 where entity_id = $2', [
      new Date(Date.parse(`${day}T00:00:01Z`) - 43_200_000).toISOString(),
      'physique',
    ])
    await due()
    await look()
    const sent = (await service.database.pool.query<{ text: string }>("select text from outbox where to_address = 'dir@univ.example'")).rows
    expect(sent).toHaveLength(1)
    expect(sent[0]?.text).toContain('Pour Sciences › Physique seulement')
    expect(sent[0]?.text).toContain('- Appels présentés : 2 (avant : 0)')
    // Whoever ordered it works for that entity no more.
    await save('admin', { entities: entities.map((one) => ({ ...one, groups: one.id === 'sciences' ? [] : one.groups })), rules })
    await due()
    await look()
    expect((await service.database.pool.query('select paused from indicator_mails where id = $1', [id])).rows).toEqual([{ paused: true }])
    expect((await service.database.pool.query("select 1 from outbox where to_address = 'dir@univ.example'")).rows).toHaveLength(1)
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

describe('an id of another entity that is guessed', () => {
  /** Those who are held to entities here: level 2, and the référent of the same component. */
  const guessers = { level2: 'nadia', referent: 'lucie' } as const
  const isOpenTo = (route: Route) => heldToEntities.some((role) => verdict(rights[route], role, false) === 'allowed')
  const naming = (Object.keys(rights) as Route[]).filter((route) => route.includes(':') && isOpenTo(route))
  let number = 0
  let victim = ''
  /** Something of that kind that is another entity's, or another person's, under the address that names it. */
  const others: Partial<Record<keyof typeof judgedBy, string>> = {}
  /** Bodies that would do, so that it is the id that is refused. */
  const bodies = async (): Promise<Partial<Record<Route, object>>> => {
    const { id: _id, retiredAt: _retired, members: _members, ...described } = (await service.stores.groups.one('dsig')) ?? never()
    return {
      'PUT /api/groups/:id': { ...described, members: [{ id: 'lucie', part: 'referent' }] },
      'POST /api/lists/:id': { answer: 'right' },
      'POST /api/redirection/proposals/:id': { take: false },
      'PUT /api/entities/:id': { version: (await inForce()).version, entities: [], rules: [] },
      'PUT /api/views/:id': { name: 'À moi', filters: {}, shared: false },
      'DELETE /api/second-factor/passkeys/:id': { password: demoPassword },
      'POST /api/solutions/:number': { key: 'guessed', answer: 'yes' },
      'POST /api/cti/:token': { event: 'newCall', callId: '1', direction: 'in', from: '0561551234' },
      'PUT /api/indicators/mails/:id': { ...guessedMail, addresses: ['pour-moi@univ.example'] },
    }
  }
  const never = (): never => {
    throw new Error('must be there')
  }
  const guessedMail = { name: 'Santé', every: 'week', hour: 7, addresses: ['sante@univ.example'], language: 'fr', entityId: 'sante' }
  beforeAll(async () => {
    victim = 'ldap:guessed'
    await service.stores.people.save([person(victim, 'Odontologie')], 'directory')
    number = (await opened(victim, 'Secret médical')).number
    await ask('alice', 'POST', `/api/people/${victim}/notes`, { text: 'À rappeler', reason: 'essai', audience: 'staff' })
    const check = await ask('alice', 'POST', `/api/people/${victim}/checks`, { ticket: number })
    const away = { accountId: 'karim', from: '2026-12-01', to: '2026-12-02' }
    expect((await ask('admin', 'POST', '/api/absences', away)).statusCode).toBe(201)
    const absence = await service.database.pool.query<{ id: string }>("select id from absences where account_id = 'karim'")
    const [view] = (await ask('karim', 'POST', '/api/views', { name: 'Les miens', filters: {} })).json<{ id: string }[]>()
    const [session] = (await ask('karim', 'GET', '/api/sessions')).json<{ id: string }[]>()
    const mail = await ask('karim', 'POST', '/api/indicators/mails', guessedMail)
    const bulk = { id: '5b7e3c5e-6a3e-4a70-9d4c-1f1f4cbb2f10', numbers: [number], order: { do: 'close', solution: 'Fait' } }
    expect((await ask('karim', 'POST', '/api/bulk', bulk)).statusCode).toBe(201)
    await vi.waitFor(async () => expect((await ask('karim', 'GET', `/api/bulk/${bulk.id}`)).json()).toMatchObject({ state: 'done' }), {
      timeout: 20_000,
      interval: 100,
    })
    Object.assign(others, {
      '/api/tickets/:number': `/api/tickets/${number}`,
      '/api/people/:id': `/api/people/${victim}`,
      '/api/checks/:id': `/api/checks/${check.json<{ id: string }>().id}`,
      '/api/entities/:id': '/api/entities/sante',
      '/api/groups/:id': '/api/groups/dsig',
      '/api/lists/:id': '/api/lists/dsig',
      '/api/redirection/proposals/:id': '/api/redirection/proposals/dsig.dsrt.messagerie.',
      '/api/absences/:id': `/api/absences/${absence.rows[0]?.id ?? never()}`,
      '/api/sessions/:id': `/api/sessions/${session?.id ?? never()}`,
      '/api/second-factor/passkeys/:id': '/api/second-factor/passkeys/00000000-0000-4000-8000-000000000000',
      '/api/views/:id': `/api/views/${view?.id ?? never()}`,
      '/api/bulk/:id': `/api/bulk/${bulk.id}`,
      '/api/solutions/:number': `/api/solutions/${number}`,
      '/api/cti/:token': `/api/cti/${'A'.repeat(40)}`,
      '/api/indicators/mails/:id': `/api/indicators/mails/${mail.json<{ id: string }>().id}`,
    } satisfies typeof others)
  })

  it('is looked for on every route that names something, and somebody judges each', () => {
    expect(naming.length).toBeGreaterThan(55)
    expect(naming.filter((route) => judgeOf(route) === null || judgeOf(route) === 'missing')).toEqual([])
  })

  it('would find nothing of an entity on these, by what they are', () => {
    const open = new Set(
      naming.filter((route) => judgeOf(route) === 'all').map((route) => route.replace(/^[A-Z]+ /, '').replace(/(:\w+).*/, '$1')),
    )
    // Disruptions and articles are told to everybody who works here; the demonstration's recordings are of no real call.
    expect([...open].toSorted()).toEqual([
      '/api/articles/:number',
      '/api/articles/pictures/:id',
      '/api/demo/recordings/:id',
      '/api/disruptions/:id',
    ])
  })

  it.each(naming.filter((route) => judgeOf(route) !== 'all'))('« %s » says that it does not exist, and does nothing', async (route) => {
    const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
    const [named, victimUrl] = Object.entries(others).find(([of]) => path === of || path.startsWith(`${of}/`)) ?? never()
    const url = path
      .replace(named, victimUrl)
      .replace(/:(id|note|remote)/, '00000000-0000-4000-8000-000000000000')
      .replace(':kind', 'follows')
      .replace(':other', String(number))
      .replace(':phone', '0561551234')
    expect(url).not.toMatch(/\/:/)
    const payload = method === 'GET' ? undefined : ((await bodies())[route] ?? {})
    const state = () =>
      service.database.pool.query(`select (select count(*) from ticket_journal) as journal, (select count(*) from absences) as absences,
        (select count(*) from sessions where account_id = 'karim') as sessions, (select count(*) from saved_views) as views,
        (select sum(tries) from identity_checks) as tries, (select string_agg(addresses::text, ' ') from indicator_mails where removed_at is null) as mails, (select count(*) from group_members where group_id = 'dsig') as members`)
    const before = await state()
    for (const login of Object.values(guessers)) {
      const answer = await ask(login, method, url + (judgeOf(route) === 'key' && method === 'GET' ? '?key=guessed' : ''), payload)
      const said = answer.statusCode === 403 ? 'forbidden' : answer.json<{ code: string }>().code
      expect(`${login}: ${said}`).toMatch(/: (not_found|forbidden)$/)
      expect(answer.body).not.toContain('Secret')
    }
    expect((await state()).rows).toEqual(before.rows)
  })

  it('names nobody on a ticket, whom one would then know of', async () => {
    const requester = (personId: string) => ({ personId, name: 'Quelqu’un', email: null, phone: null })
    for (const guessed of [victim, 'ldap:nobody-at-all']) {
      const made = await ask('nadia', 'POST', '/api/tickets', { title: 'Pour voir', requester: requester(guessed) })
      expect([made.statusCode, made.json().code]).toEqual([404, 'not_found'])
      const mine = (await opened('ldap:p', 'À compléter')).number
      expect((await ask('nadia', 'PUT', `/api/tickets/${mine}/fields`, { requester: requester(guessed) })).statusCode).toBe(404)
      expect((await ask('nadia', 'GET', `/api/people/${victim}`)).statusCode).toBe(404)
    }
    expect((await ask('nadia', 'POST', '/api/tickets', { title: 'Le mien', requester: requester('ldap:p') })).statusCode).toBe(201)
    expect((await ask('karim', 'POST', '/api/tickets', { title: 'Le mien', requester: requester(victim) })).statusCode).toBe(201)
  })

  it('shows no title in what looks like a disruption, nor in what other rules would have made of tickets', async () => {
    const asked = { categoryId: 'agenda-partage', placeId: null, requester: { personId: victim, name: 'X', email: null, phone: null } }
    for (let i = 0; i < 6; i += 1)
      await ask('alice', 'POST', '/api/tickets', {
        ...asked,
        title: `Secret n° ${i}`,
        requester: { ...asked.requester, personId: null, name: `N ${i}` },
      })
    type Suggested = { people: number; signs: { title: string }[] }[]
    const suggested = async (login: string) => (await ask(login, 'GET', '/api/disruptions/suggested')).json<Suggested>()
    expect((await suggested('alice'))[0]?.signs).toHaveLength(6)
    expect(await suggested('nadia')).toMatchObject([{ people: 6, signs: [] }])
    const order = { rules: [{ id: 'r', categoryId: 'agenda-partage', placeId: null, affiliation: null, groupId: 'dsig' }] }
    const replayed = async (login: string) =>
      (await ask(login, 'POST', '/api/redirection/replay', order)).json<{ moved: number; examples: unknown[] }>()
    expect((await replayed('sophie')).examples.length).toBeGreaterThan(5)
    expect(await replayed('lucie')).toMatchObject({ moved: (await replayed('sophie')).moved, examples: [] })
  })

  it('gets nothing out of lists, links, many at once, checks, other people’s groups or absences either', async () => {
    const mine = (await opened('ldap:p', 'À moi')).number
    const linked = await ask('nadia', 'POST', `/api/tickets/${mine}/links`, { kind: 'follows', ticket: number })
    expect([linked.statusCode, linked.body.includes('Secret')]).toEqual([404, false])
    await ask('alice', 'POST', `/api/tickets/${mine}/links`, { kind: 'follows', ticket: number })
    expect((await ask('alice', 'GET', `/api/tickets/${mine}/links`)).body).toContain('Secret médical')
    expect((await ask('nadia', 'GET', `/api/tickets/${mine}/links`)).body).not.toContain('Secret médical')
    expect((await ask('nadia', 'GET', '/api/tickets?search=secret')).json()).toMatchObject({ total: 0 })
    expect((await ask('nadia', 'GET', `/api/tickets?personId=${victim}`)).json()).toMatchObject({ total: 0 })
    expect((await ask('nadia', 'GET', `/api/tickets?entityId=sante`)).json()).toMatchObject({ total: 0 })
    expect((await ask('nadia', 'GET', '/api/tickets/export')).body).not.toContain('Secret')
    expect((await ask('nadia', 'GET', `/api/checks?ticket=${number}`)).statusCode).toBe(404)
    expect((await ask('nadia', 'PUT', '/api/groups/dsig', {})).statusCode).toBe(403)
    expect((await ask('nadia', 'GET', '/api/groups/dsig/history')).statusCode).toBe(403)
    const away = { accountId: 'karim', from: '2026-12-01', to: '2026-12-02', standInId: 'nadia' }
    expect((await ask('nadia', 'POST', '/api/absences', away)).statusCode).toBe(403)
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
    await service.stores.people.save(
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
