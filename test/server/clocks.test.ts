import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Group } from '../../server/contract/groups.ts'
import type { TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { journalKind } from '../../server/contract/ticket-states.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = new Date('2026-11-23T09:00:00.000Z')
const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const post = (login: string, url: string, payload: InjectOptions['payload'] = {}) => service.as(login, { method: 'POST', url, payload })
const page = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
const rows = async (text: string, number: number) => (await service.database.pool.query(text, [number])).rows
const at = (moment: string) => {
  now = new Date(`${moment}:00.000Z`)
}
const opened = async (title: string): Promise<number> => (await post('alice', '/api/tickets', { title, requester: claire })).json().number
const change = async (value: object) => {
  const { clocks } = (await service.as('sophie', { method: 'GET', url: '/api/settings' })).json()
  const answer = await service.as('sophie', { method: 'PUT', url: '/api/settings/clocks', payload: { version: clocks.version, value } })
  return answer
}

beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => now })
  await service.database.pool.query(
    "update tickets set status = 'closed', waiting = null, closed_how = 'level1', closed_at = now() where status <> 'closed'",
  )
})
afterAll(() => service.close())

describe('the delays of tickets', () => {
  it('are told once each, however many look at them at once, and whatever is started again meanwhile', async () => {
    at('2026-11-23T09:00')
    expect((await change({ escalateTo: ['sophie'], escalateMailTo: ['chef@univ.example'], escalateMinutes: 30 })).statusCode).toBe(200)
    const number = await opened('Délai court')
    at('2026-11-23T09:40')
    const looks = await Promise.all([service.stores.tickets.runDue(), service.stores.tickets.runDue(), service.stores.tickets.runDue()])
    expect(looks.flat().filter((ticket) => ticket.number === number)).toHaveLength(1)
    at('2026-11-23T10:10')
    await Promise.all([service.stores.tickets.runDue(), service.stores.tickets.runDue()])
    await service.stores.tickets.runDue()
    const { journal } = await page(number)
    expect(journal.flatMap((line: { detail: { clock?: object } | null }) => line.detail?.clock ?? [])).toEqual([
      { name: 'level1', step: 'late', dueAt: '2026-11-23T09:30:00.000Z', to: [] },
      { name: 'level1', step: 'escalated', dueAt: '2026-11-23T09:30:00.000Z', to: ['Sophie Garnier', 'chef@univ.example'] },
    ])
    const mails = await rows(
      "select to_address as to from outbox where ticket_id = (select id from tickets where number = $1) and subject like '%délai%'",
      number,
    )
    // Who has it, the person named, each at the directory's address, and the list; each once.
    expect(mails.map(({ to }) => String(to)).toSorted()).toEqual(['alice@univ.example', 'chef@univ.example', 'sophie@univ.example'])
    const told = await rows(
      "select x.text from ticket_journal j join ticket_texts x on x.entry_id = j.id where j.ticket_id = (select id from tickets where number = $1) and j.kind = 'mail'",
      number,
    )
    expect(told.map(({ text }) => text)).toContain('Courriel de délai dépassé à sophie@univ.example')
    const late = (await service.as('sophie', { method: 'GET', url: '/api/tickets/late' })).json()
    expect(late.tickets[0]).toMatchObject({ number, step: 'escalated', mine: true })
    await post('alice', `/api/tickets/${number}/close`, { solution: 'Fait.' })
    expect(
      await rows(
        'select name, held, used_ms::int as used from ticket_delays where ticket_id = (select id from tickets where number = $1) order by id',
        number,
      ),
    ).toEqual([
      { name: 'take-up', held: true, used: 0 },
      { name: 'level1', held: false, used: 4_200_000 },
    ])
  })

  it('reach the people of a group that has no list, or whoever stands in for them', async () => {
    at('2026-11-23T09:00')
    await service.database.pool.query("update groups set mail = null where id = 'dsrt'")
    const number = await opened('Sans liste')
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    at('2026-11-23T09:50')
    await service.stores.tickets.runDue()
    await service.database.pool.query("update groups set mail = 'dsrt@univ.example' where id = 'dsrt'")
    const mails = await rows(
      "select to_address as to from outbox where ticket_id = (select id from tickets where number = $1) and subject like '%délai bientôt%'",
      number,
    )
    expect(mails.map(({ to }) => String(to))).toEqual(['nadia@univ.example'])
  })

  it('reach nobody who no longer works here, nor does what is handed to their group', async () => {
    at('2026-11-23T09:00')
    const { pool } = service.database
    const [own, handed] = [await opened('Parti entre-temps'), await opened('Groupe parti')]
    await pool.query("update groups set mail = null where id = 'dsrt'")
    await pool.query("update accounts set role = 'user' where id in ('alice', 'nadia')")
    await post('bruno', `/api/tickets/${handed}/redirect`, { groupId: 'dsrt' })
    at('2026-11-23T10:30')
    await service.stores.tickets.runDue()
    await pool.query("update accounts set role = case id when 'alice' then 'operator' else 'level2' end where id in ('alice', 'nadia')")
    await pool.query("update groups set mail = 'dsrt@univ.example' where id = 'dsrt'")
    for (const number of [own, handed]) {
      const mails = await rows('select to_address as to from outbox where ticket_id = (select id from tickets where number = $1)', number)
      expect(
        mails.map(({ to }) => String(to)).filter((to) => /alice|nadia/.test(to)),
        String(number),
      ).toEqual([])
    }
  })

  it('reach whom the directory knows by the login of an account made here, and say who has no address', async () => {
    at('2026-11-24T09:00')
    await change({ escalateTo: ['sophie', 'chloe', 'bruno'], escalateMailTo: [], escalateMinutes: 30 })
    await service.database.pool.query("update accounts set disabled_at = now() where id = 'bruno'")
    await service.database.pool.query("update accounts set person_id = null where id = 'sophie'")
    await service.database.pool.query("update people set email = null where login = 'chloe'")
    const number = await opened('Personne sans adresse')
    at('2026-11-24T10:30')
    await service.stores.tickets.runDue()
    const { journal } = await page(number)
    expect(journal.flatMap((line: { detail: { clock?: { step: string } } | null }) => line.detail?.clock ?? []).at(-1)).toMatchObject({
      step: 'escalated',
      to: ['Sophie Garnier', 'Chloé Nguema'],
      unreached: ['Chloé Nguema'],
    })
    const { rows: accounts } = await service.database.pool.query("update accounts set disabled_at = null where id = 'bruno' returning id")
    expect(accounts).toHaveLength(1)
    const listed = (await service.as('sophie', { method: 'GET', url: '/api/accounts' })).json<{ id: string; reached: boolean }[]>()
    expect(listed.filter(({ id }) => ['sophie', 'chloe'].includes(id)).map(({ id, reached }) => [id, reached])).toEqual([
      ['chloe', false],
      ['sophie', true],
    ])
  })

  it('follow new settings at once, for tickets that are open too', async () => {
    at('2026-11-23T11:00')
    const number = await opened('Délai changé')
    const before = await page(number)
    await change({ level1Minutes: 90 })
    expect(await service.stores.tickets.rewind()).toBeGreaterThan(0)
    expect([before.clock.solve.dueAt, (await page(number)).clock.solve.dueAt]).toEqual([
      '2026-11-23T11:30:00.000Z',
      '2026-11-23T12:30:00.000Z',
    ])
    expect(await service.stores.tickets.rewind()).toBe(0)
  })

  it('follow what a group promises of its own, for tickets that it has too', async () => {
    at('2026-11-23T11:00')
    const number = await opened('Délai promis')
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    const allowed = async () => (await page(number)).clock.solve.allowedMs / 3_600_000
    expect(await allowed()).toBe(4)
    const groups = (await service.as('sophie', { method: 'GET', url: '/api/groups' })).json<Group[]>()
    const promise = async (delayHours: number | null) => {
      const group = (await service.as('sophie', { method: 'GET', url: '/api/groups' })).json<Group[]>().find(({ id }) => id === 'dsrt')
      const members = group?.members.map(({ id, part }) => ({ id, part }))
      const payload = { ...group, members, delayHours, retired: false }
      expect((await service.as('sophie', { method: 'PUT', url: '/api/groups/dsrt', payload })).statusCode).toBe(200)
      await service.stores.tickets.rewind()
    }
    await promise(2)
    expect(await allowed()).toBe(2)
    expect((await page(number)).clock.solve).toMatchObject({ dueAt: '2026-11-23T13:00:00.000Z', whose: 'dsrt', name: 'level2' })
    await promise(null)
    expect(await allowed()).toBe(8)
    await promise(groups.find(({ id }) => id === 'dsrt')?.delayHours ?? null)
  })

  it('of level 2 count for the group that had the ticket then, in what its own people read too, and lead to it', async () => {
    at('2025-03-13T09:00')
    const number = await opened('Délai de chacun')
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    at('2025-03-13T16:00')
    expect((await post('nadia', `/api/tickets/${number}/give-back`, { reason: 'Pas une prise.' })).statusCode).toBeLessThan(300)
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsig' })
    at('2025-03-13T16:30')
    expect((await post('karim', `/api/tickets/${number}/give-back`, { reason: 'Pas une application.' })).statusCode).toBeLessThan(300)
    const day = 'from=2025-03-13&to=2025-03-13'
    const get = async <T>(login: string, path: string) =>
      (await service.as(login, { method: 'GET', url: `/api/indicators/${path}&${day}` })).json<T>()
    const { figures, of, rows: told } = await get<TicketIndicators>('sophie', 'tickets?by=group')
    expect([figures.level2Held, of.level2Held]).toEqual([0.5, 2])
    expect(new Map(told.map((row) => [row.value, [row.figures.opened, row.figures.level2Held]]))).toEqual(
      new Map([
        [null, [1, null]],
        ['dsrt', [0, 0]],
        ['dsig', [0, 1]],
      ]),
    )
    const late = async (login: string, query = '') =>
      (await get<TicketList>(login, `tickets/list?kind=level2Missed${query}`)).tickets.map((ticket) => ticket.number)
    expect([await late('sophie', '&by=group&value=dsrt'), await late('sophie', '&by=group&value=dsig')]).toEqual([[number], []])
    const held = async (login: string) => (await get<TicketIndicators>(login, 'tickets?by=medium')).figures.level2Held
    expect([await held('nadia'), await held('karim'), await late('nadia'), await late('karim')]).toEqual([0, 1, [number], []])
    expect((await service.as('nadia', { method: 'GET', url: `/api/tickets/${number}` })).statusCode).toBe(200)
  })

  it('of an earlier version begin where their ticket stands', async () => {
    const number = await opened('Sans horloge')
    await service.database.pool.query('update tickets set clock = null, due_at = null, alert_at = null where number = $1', [number])
    await service.stores.tickets.rewind()
    expect((await page(number)).clock.solve).toMatchObject({ name: 'level1', usedMs: 0 })
  })

  it('that cannot be are refused with the field’s name', async () => {
    const rule = { id: 'r', takeUpMinutes: 10, level1Minutes: 10, level2Minutes: 10 }
    expect((await change({ rules: [rule, rule] })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await change({ takeUpMinutes: 0 })).json().message).toContain('takeUpMinutes')
  })
})

it('the journal takes every kind of line that there is', async () => {
  const { rows: found } = await service.database.pool.query('select kind from ticket_journal_kinds order by kind')
  expect(found.map((one) => one.kind)).toEqual(journalKind.options.toSorted())
})
