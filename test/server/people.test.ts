import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../server/contract/entities.ts'
import { seedDemo } from '../../server/database/demo-data.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { closeSampleAccounts } from '../../server/database/sample-accounts.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const find = async (query: string): Promise<string[]> => {
  const answer = await service.as('alice', { method: 'GET', url: `/api/people?${query}` })
  expect(answer.statusCode).toBe(200)
  return answer.json().map((p: Person) => p.name)
}

describe('people', () => {
  it.each([
    ['05 61 55 12 34', ['Claire Dubois']],
    ['+33561551235', ['Ahmed Benali']],
    ['0561552000', ["Zoé Lefèvre-O'Brien", 'Paul Martin']],
    ['4242', ['Inès Nguyễn']],
    ['05 61 55 99 99', []],
    ['anonymous', []],
    ['1'.repeat(200), []],
    ["' or 1=1 --", []],
    ['*)(uid=*', []],
  ])('behind the number %s are %j', async (phone, names) => {
    expect((await find(`phone=${encodeURIComponent(phone)}`)).sort()).toEqual([...names].sort())
  })

  it.each([
    ['claire dubois', 'Claire Dubois'],
    ['DUBOIS', 'Claire Dubois'],
    ['ines nguyen', 'Inès Nguyễn'],
    ['Ine\u0300s', 'Inès Nguyễn'],
    ["lefevre o'brien", "Zoé Lefèvre-O'Brien"],
    ['oeuvrard', 'François Œuvrard'],
    ['benali@univ', 'Ahmed Benali'],
    ['emilie', 'Émilie Faure'],
  ])('« %s » finds %s', async (search, name) => {
    expect((await find(`search=${encodeURIComponent(search)}`))[0]).toBe(name)
  })

  it.each(['%', '_', '\\', ' ', '\u202F', 'zzzz', '%25'])('« %s » is no wildcard', async (search) => {
    expect(await find(`search=${encodeURIComponent(search)}`)).toEqual([])
  })

  it('asks for a number or a name', async () => {
    const answer = await service.as('alice', { method: 'GET', url: '/api/people' })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_body'])
  })

  it('who left the directory is no longer found, and is found again after coming back', async () => {
    const { people } = service.stores
    const person = (id: string, name: string): Person => ({
      id,
      name,
      email: null,
      phones: ['+33561559876'],
      affiliation: 'staff',
      unit: null,
      place: null,
      title: null,
    })
    const [there, gone] = [person('ldap:there', 'Reste Ici'), person('ldap:gone', 'Parti Ailleurs')]
    await people.save([there, gone], 'directory')
    expect(await people.retireMissing('directory', ['ldap:there'])).toBe(1)
    expect((await people.all()).map((p) => p.id)).not.toContain('ldap:gone')
    expect(await people.search('parti')).toEqual([])
    await people.save([gone], 'directory')
    expect(await people.search('parti')).toEqual([gone])
    expect((await people.all()).some((p) => p.id === 'sample:claire.dubois')).toBe(true)
  })

  it('the sample university can be sown again without doubling or undoing anything', async () => {
    const closed = await service.as('alice', { method: 'POST', url: '/api/tickets/10419/close', payload: { solution: 'Droits rétablis.' } })
    expect(closed.statusCode).toBe(200)
    const count = async () =>
      (
        await service.database.pool.query(
          'select (select count(*) from people) + (select count(*) from accounts) + (select count(*) from ticket_journal) as n',
        )
      ).rows[0].n
    const before = await count()
    await seedDemo(service.database.db)
    expect(await count()).toBe(before)
    expect((await service.stores.tickets.page(10419))?.status).toBe('closed')
  })

  it('whom the sample’s known password lets in is closed out of a real desk on the same data, and comes back with the demonstration', async () => {
    const { db, pool } = service.database
    const signIn = async (login: string, password = demoPassword) =>
      (await service.as(null, { method: 'POST', url: '/api/session', payload: { login, password } })).statusCode
    const own = 'une phrase qui est la sienne'
    await pool.query('update accounts set password_hash = $1 where id = $2', [await hash(own), 'bruno'])
    const closed = await closeSampleAccounts(db)
    expect(closed).toEqual(expect.arrayContaining(['alice', 'admin', 'sophie']))
    expect(closed).not.toContain('bruno')
    expect([await signIn('alice'), await signIn('admin'), await signIn('bruno', own)]).toEqual([401, 401, 200])
    // Whoever sets up the desk is offered to be its first administrator.
    expect(await service.stores.accounts.hasAdministrator()).toBe(false)
    expect(await closeSampleAccounts(db)).toEqual([])
    await seedDemo(db)
    expect([await signIn('alice'), await signIn('admin'), await signIn('bruno', own)]).toEqual([200, 200, 200])
  })
})
