import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayTeller } from '../../server/calendar/days.ts'
import type { Group, GroupChange } from '../../server/contract/groups.ts'
import { reachedGroups } from '../../server/contract/unled.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp({ now: () => Date.parse('2026-11-24T09:00:00Z') })
})
afterAll(() => service.close())

const list = async (login = 'alice'): Promise<Group[]> => (await service.as(login, { method: 'GET', url: '/api/groups' })).json()
const named = async (name: string, login?: string): Promise<Group> => {
  const found = (await list(login)).find((group) => group.name === name)
  if (found === undefined) throw new Error(`No group ${name}`)
  return found
}
const changeOf = ({ id: _id, mayEdit: _mayEdit, retiredAt, members, ...rest }: Group) => ({
  ...rest,
  retired: retiredAt !== null,
  members: members.map((member) => ({ id: member.id, part: member.part })),
})
const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const put = (login: string, group: Group, change: Partial<GroupChange>) =>
  service.as(login, { method: 'PUT', url: `/api/groups/${group.id}`, payload: { ...changeOf(group), ...change } })

describe('groups', () => {
  it('of the specification are there, with what level 1 is to collect', async () => {
    expect((await list()).map((group) => group.name)).toEqual([
      'Correspondants Faculté des sciences',
      'dPROX',
      'dSIG',
      'dSRT',
      'dTICE',
      'DTSI',
      'PSN',
    ])
    expect(await named('dSRT')).toMatchObject({
      mail: 'dsrt@univ.example',
      delayHours: 4,
      members: [{ id: 'nadia', part: 'member' }],
      mayEdit: false,
    })
    expect((await named('dSRT')).protocol).toContain('prise')
  })

  it('are made by who manages people, keep every version, and refuse a change made of an older one', async () => {
    const made = await service.as('sophie', {
      method: 'POST',
      url: '/api/groups',
      payload: { name: 'Serveurs', members: [{ id: 'nadia', part: 'member' }] },
    })
    expect(made.statusCode).toBe(201)
    const group: Group = made.json()
    expect(group).toMatchObject({ kind: 'experts', level: 2, hours: null, version: 1, members: [{ name: 'Nadia Roussel' }], mayEdit: true })
    expect((await put('admin', group, { hours: 'le matin', members: [{ id: 'karim', part: 'member' }] })).json()).toMatchObject({
      version: 2,
      hours: 'le matin',
    })
    expect((await put('sophie', group, { purpose: 'autre chose' })).json()).toMatchObject({ code: 'conflict' })
    const history = await service.as('admin', { method: 'GET', url: `/api/groups/${group.id}/history` })
    expect(history.json()).toMatchObject([
      { version: 2, by: 'Anne Delmas', members: [{ name: 'Karim Haddad' }] },
      { version: 1, by: 'Sophie Garnier', members: [{ name: 'Nadia Roussel' }] },
    ])
    expect(service.told).toContain('groups')
  })

  it('bear a name nobody else bears, whatever its case and accents, until they are retired', async () => {
    const again = () => service.as('sophie', { method: 'POST', url: '/api/groups', payload: { name: 'DTICÉ' } })
    expect((await again()).json()).toMatchObject({ code: 'conflict' })
    const retired = (await put('sophie', await named('dTICE'), { retired: true })).json<Group>()
    expect(retired.retiredAt).not.toBeNull()
    expect((await again()).statusCode).toBe(201)
    expect((await put('sophie', retired, { version: retired.version, retired: false })).json()).toMatchObject({ code: 'conflict' })
    expect((await list()).at(-1)).toMatchObject({ name: 'dTICE' })
  })

  it('refuse a member who does not exist, and keep nothing of that change', async () => {
    const before = await named('PSN')
    const answer = await put('sophie', before, { purpose: 'changé', members: [{ id: 'nobody', part: 'member' }] })
    expect(answer.json()).toMatchObject({ code: 'not_found' })
    expect(await named('PSN')).toMatchObject({ purpose: before.purpose, version: before.version })
  })

  it('of a référent are theirs for the members alone; the others are not', async () => {
    const theirs = await named('Correspondants Faculté des sciences', 'lucie')
    expect(theirs.mayEdit).toBe(true)
    const members = [...changeOf(theirs).members, { id: 'karim', part: 'member' as const }]
    const saved = (await put('lucie', theirs, { name: 'À moi', protocol: 'rien', members })).json<Group>()
    expect(saved).toMatchObject({ name: 'Correspondants Faculté des sciences', protocol: '' })
    expect(saved.members.map((member) => member.id)).toEqual(['karim', 'lucie', 'nadia'])
    expect((await put('lucie', await named('PSN', 'lucie'), {})).json()).toMatchObject({ code: 'forbidden' })
    expect((await service.as('lucie', { method: 'GET', url: '/api/groups/psn/history' })).json()).toMatchObject({ code: 'forbidden' })
  })

  it('whose master is the directory take their members from it, and keep those who look after the list', async () => {
    const group = await named('DTSI')
    const saved = (
      await put('sophie', group, {
        directoryGroup: 'cn=dtsi,ou=groups',
        members: [
          { id: 'lucie', part: 'referent' },
          { id: 'karim', part: 'member' },
        ],
      })
    ).json<Group>()
    expect(saved.members.map((member) => member.id)).toEqual(['lucie'])
    const directory = { id: 'directory', name: 'Annuaire' }
    expect(await service.stores.groups.followDirectory(group.id, ['nadia', 'lucie'], directory)).toBe(true)
    expect(await service.stores.groups.followDirectory(group.id, ['nadia'], directory)).toBe(false)
    expect((await named('DTSI')).members).toMatchObject([
      { id: 'lucie', part: 'referent' },
      { id: 'nadia', part: 'member' },
    ])
  })
})

describe('an absence', () => {
  const away = (login: string, payload: Record<string, unknown>) => service.as(login, { method: 'POST', url: '/api/absences', payload })

  it('gives what comes to the stand-in while it lasts', async () => {
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual(['nadia'])
    const days = { accountId: 'nadia', from: dayTeller('Europe/Paris')(Date.now()), to: '2999-01-01' }
    expect((await away('nadia', { ...days, standInId: 'karim' })).statusCode).toBe(201)
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual(['karim'])
    expect((await away('nadia', days)).json()).toMatchObject({ code: 'conflict' })
    const [written] = (await named('dSRT')).members[0]?.absences ?? []
    expect(written).toMatchObject({ by: 'Nadia Roussel', standIn: { name: 'Karim Haddad' } })
    const removal = { method: 'DELETE', url: `/api/absences/${written?.id}` } as const
    expect((await service.as('karim', removal)).json()).toMatchObject({ code: 'forbidden' })
    expect((await service.as('sophie', removal)).statusCode).toBe(204)
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual(['nadia'])
  })

  it('or not, nothing comes to who works here no longer, and the group that had nobody else reaches nobody', async () => {
    const { pool } = service.database
    await pool.query("update accounts set role = 'user' where id = 'nadia'")
    const dsrt = await named('dSRT')
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual([])
    expect(reachedGroups([{ ...dsrt, mail: null }])).toEqual(new Set())
    await pool.query("update accounts set role = 'level2' where id = 'nadia'")
  })

  it('of a stand-in gives what they stood in for to whoever stands in for them, who sees it and takes it up', async () => {
    const today = dayTeller('Europe/Paris')(Date.now())
    const until = { from: today, to: '2999-01-01' }
    expect((await away('sophie', { accountId: 'nadia', ...until, standInId: 'karim' })).statusCode).toBe(201)
    expect((await away('karim', { accountId: 'karim', ...until, standInId: 'lucie' })).statusCode).toBe(201)
    const dsrt = await named('dSRT')
    await put('sophie', dsrt, { mail: null })
    const { number } = (
      await service.as('alice', {
        method: 'POST',
        url: '/api/tickets',
        payload: { title: 'Prise muette', medium: 'phone', requester: claire },
      })
    ).json()
    await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/redirect`, payload: { groupId: dsrt.id, reason: '' } })
    const { pool } = service.database
    const { rows } = await pool.query<{ to: string }>(
      "select o.to_address as to from outbox o join tickets t on t.id = o.ticket_id where t.number = $1 and o.subject like '%redirection%'",
      [number],
    )
    expect(rows.map(({ to }) => to)).toEqual(['lucie@univ.example'])
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual(['lucie'])
    expect((await service.as('lucie', { method: 'GET', url: `/api/tickets/${number}` })).statusCode).toBe(200)
    await pool.query('delete from absences')
    expect((await service.as('lucie', { method: 'GET', url: `/api/tickets/${number}` })).statusCode).toBe(404)
    await put('sophie', await named('dSRT'), { mail: dsrt.mail })
  })

  it('that the shared calendar says of more days leaves the stand-in who was named for some of them', async () => {
    const today = dayTeller('Europe/Paris')(Date.now())
    const { pool } = service.database
    await pool.query(
      `insert into absences (id, account_id, from_day, to_day, by_name, calendar_key)
        values (gen_random_uuid(), 'nadia', $1::date - 3, $1::date + 30, 'Agenda partagé', 'conges|nadia')`,
      [today],
    )
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual([])
    expect((await away('nadia', { accountId: 'nadia', from: today, to: today, standInId: 'karim' })).statusCode).toBe(201)
    expect((await service.stores.groups.reach('dsrt'))?.accountIds).toEqual(['karim'])
    await pool.query("delete from absences where account_id = 'nadia'")
  })

  it('is one’s own to write, a référent’s for their lists, a supervisor’s for everybody', async () => {
    const days = { from: '2030-01-01', to: '2030-01-05' }
    expect((await away('karim', { accountId: 'alice', ...days })).json()).toMatchObject({ code: 'forbidden' })
    expect((await away('lucie', { accountId: 'alice', ...days })).json()).toMatchObject({ code: 'forbidden' })
    expect((await away('lucie', { accountId: 'nadia', ...days })).statusCode).toBe(201)
    expect((await away('sophie', { accountId: 'alice', ...days })).statusCode).toBe(201)
    expect((await away('sophie', { accountId: 'alice', from: '2030-02-05', to: '2030-02-01' })).json()).toMatchObject({
      code: 'invalid_body',
    })
    expect((await away('sophie', { accountId: 'bruno', ...days, standInId: 'alice' })).json()).toMatchObject({ code: 'conflict' })
  })
})
