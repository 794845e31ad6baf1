import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgedBy, rights } from '../../server/contract/rights.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

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

describe('an id of another entity that is guessed', () => {
  const named = Object.keys(rights).filter((route) => Object.keys(judgedBy).some((path) => route.split(' ')[1]?.startsWith(path)))
  let number = 0
  let victim = ''
  beforeAll(async () => {
    victim = 'ldap:guessed'
    await service.stores.people.save([person(victim, 'Odontologie')], 'directory')
    number = (await opened(victim, 'Secret médical')).number
    await ask('alice', 'POST', `/api/people/${victim}/notes`, { text: 'À rappeler', reason: 'essai', audience: 'staff' })
  })
  it('is looked for on every route that names a ticket or a person', () => expect(named.length).toBeGreaterThan(25))

  it.each(named)('« %s » says that it does not exist, and does nothing', async (route) => {
    const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
    const url = path
      .replace(':number', String(number))
      .replace(/\/people\/:id/, `/people/${victim}`)
      .replace(/:(id|note)/, '00000000-0000-4000-8000-000000000000')
      .replace(':kind', 'follows')
      .replace(':other', String(number))
      .replace(':phone', '0561551234')
    const before = await service.database.pool.query('select count(*)::int as n from ticket_journal')
    const answer = await ask('nadia', method, url, method === 'GET' ? undefined : {})
    expect([answer.statusCode === 403 ? 'forbidden' : answer.json().code]).toEqual([expect.stringMatching(/^(not_found|forbidden)$/)])
    expect(answer.body).not.toContain('Secret')
    expect(await service.database.pool.query('select count(*)::int as n from ticket_journal')).toMatchObject({ rows: before.rows })
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

it('what is delegated is taken back at once, and an entity that is left out is retired with its tickets', async () => {
  const { number } = await opened('ldap:p', 'Banc optique')
  expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(200)
  await save('admin', { entities: entities.map((one) => ({ ...one, groups: [] })) })
  expect((await ask('nadia', 'GET', `/api/tickets/${number}`)).statusCode).toBe(404)
  await save('admin', { entities: [], rules: [] })
  expect((await inForce()).value.entities).toMatchObject([{ retired: true }, { retired: true }, { retired: true }])
  expect((await ask('alice', 'GET', `/api/tickets/${number}`)).json()).toMatchObject({ entityId: 'physique' })
  expect((await ask('alice', 'GET', '/api/people/ldap:p')).json()).not.toHaveProperty('entityId')
})
