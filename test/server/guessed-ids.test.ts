import { beforeAll, describe, expect, it, vi } from 'vitest'
import { heldToEntities, judgedBy, judgeOf, rights, verdict, type Route } from '../../server/contract/rights.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { entities, partitionedDesk, person, rules } from '../support/partitioned-desk.ts'

const desk = partitionedDesk()
const { ask, inForce, opened, save } = desk

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
    const { id: _id, retiredAt: _retired, members: _members, ...described } = (await desk.service.stores.groups.one('dsig')) ?? never()
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
    expect((await save('admin', { entities, rules })).statusCode).toBe(200)
    victim = 'ldap:guessed'
    await desk.service.stores.people.save([person(victim, 'Odontologie')], 'directory')
    number = (await opened(victim, 'Secret médical')).number
    await ask('alice', 'POST', `/api/people/${victim}/notes`, { text: 'À rappeler', reason: 'essai', audience: 'staff' })
    const check = await ask('alice', 'POST', `/api/people/${victim}/checks`, { ticket: number })
    const away = { accountId: 'karim', from: '2026-12-01', to: '2026-12-02' }
    expect((await ask('admin', 'POST', '/api/absences', away)).statusCode).toBe(201)
    const absence = await desk.service.database.pool.query<{ id: string }>("select id from absences where account_id = 'karim'")
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
      desk.service.database.pool.query(`select (select count(*) from ticket_journal) as journal, (select count(*) from absences) as absences,
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
