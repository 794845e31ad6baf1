import { afterAll, beforeAll, expect } from 'vitest'
import { buildTestHttp, type TestHttp } from './service.ts'

export const person = (id: string, unit: string) => ({
  id,
  name: `Personne ${id}`,
  email: `${id.replace(':', '.')}@univ.example`,
  phones: [`+3356155${id.length}00${id.charCodeAt(5) % 10}`],
  affiliation: 'staff' as const,
  unit,
  place: null,
  title: null,
})
export const entities = [
  { id: 'sciences', name: 'Sciences', parentId: null, groups: ['correspondants-sciences'] },
  { id: 'physique', name: 'Physique', parentId: 'sciences', groups: [] },
  { id: 'sante', name: 'Santé', parentId: null, groups: ['dsig'] },
]
export const rules = [
  { attribute: 'unit', how: 'is', value: 'Labo de physique', entityId: 'physique' },
  { attribute: 'unit', how: 'begins', value: 'Odontologie', entityId: 'sante' },
]

/** A desk where Nadia works for the sciences alone, Karim for the medical faculty alone, once these entities are in force; one for the file. */
export function partitionedDesk() {
  let service: TestHttp
  const ask = (login: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    service.as(login, { method, url, ...(payload && { payload }) })
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
    await members('dsrt', ['alice'])
    await service.stores.people.save(
      [person('ldap:p', 'Labo de physique'), person('ldap:m', 'Odontologie, scolarité'), person('ldap:x', 'DSI')],
      'directory',
    )
  })
  afterAll(() => service.close())
  return {
    get service() {
      return service
    },
    ask,
    inForce,
    save,
    opened,
  }
}
