import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { recountedDelays, recountedTickets } from '../support/year-recount.ts'
import { yearGroups, yearOfTickets, type YearTicket } from '../support/year.ts'
import { storeTickets } from '../support/year-store.ts'

const tickets = yearOfTickets(2025, 1_000, 3)
const year = { from: '2025-01-01', to: '2025-12-31' }
let service: TestHttp

beforeAll(async () => {
  service = await buildTestHttp()
  await storeTickets(service.database.pool, tickets)
})
afterAll(() => service.close())

const get = async <T>(path: string): Promise<T> => {
  const url = `/api/indicators/${path}&${new URLSearchParams(year).toString()}`
  return (await service.as('sophie', { method: 'GET', url })).json()
}
const likeRecounted = (of: readonly YearTicket[]) =>
  Object.fromEntries(Object.entries(recountedTickets(of)).map(([name, value]) => [name, value === null ? null : expect.closeTo(value, 3)]))

it('delays count for the group that had the ticket, whoever has it now, and the desk’s own for none, with the tickets behind them', async () => {
  const whole = await get<TicketIndicators>('tickets?by=medium')
  const { figures, of, rows } = await get<TicketIndicators>('tickets?by=group')
  const ofAll = ({ figures: f, of: o }: TicketIndicators) => [f.takeUpHeld, o.takeUpHeld, f.level2Held, o.level2Held]
  expect([figures.takeUpHeld, of.takeUpHeld, figures.level2Held, of.level2Held]).toEqual(ofAll(whole))
  expect(new Set(rows.map(({ value }) => value))).toEqual(new Set([...yearGroups, null]))
  const like = (value: number | null) => (value === null ? null : expect.closeTo(value, 6))
  const heldBy = (group: string | null, among: readonly YearTicket[]) => ({
    takeUpHeld: like(recountedDelays('take-up', group, among)),
    level2Held: like(recountedDelays('level2', group, among)),
  })
  for (const { value, figures: told } of rows)
    expect(told, String(value)).toEqual({ ...likeRecounted(tickets.filter((t) => t.group_id === value)), ...heldBy(value, tickets) })
  const crossed = (await get<TicketIndicators>('tickets?by=urgency&across=group')).rows
  expect(crossed.length).toBeGreaterThan(yearGroups.length)
  for (const row of crossed) {
    const urgent = tickets.filter((t) => t.urgency === row.value)
    expect(row.figures, `${row.value} × ${row.across}`).toMatchObject(heldBy(row.across, urgent))
  }
  for (const group of [...yearGroups, null]) {
    const lateWith = (name: 'take-up' | 'level2') =>
      tickets.filter((t) => t.delays.some((d) => d.name === name && d.bound && !d.held && d.whose === (group ?? 'level1')))
    const late = { takeUpMissed: lateWith('take-up'), level2Missed: lateWith('level2') }
    for (const kind of ['takeUpMissed', 'level2Missed'] as const) {
      const [value, acrossValue] = group === null ? ['', ''] : [`&value=${group}`, `&acrossValue=${group}`]
      expect((await get<TicketList>(`tickets/list?kind=${kind}&by=group${value}`)).total, `${kind} ${group}`).toBe(late[kind].length)
      const urgent = `tickets/list?kind=${kind}&by=urgency&value=high&across=group${acrossValue}`
      expect((await get<TicketList>(urgent)).total).toBe(late[kind].filter((t) => t.urgency === 'high').length)
      if (group === null) continue
      const own = { entities: null, theirs: { entities: [], groups: [group] } }
      const asked = { ...year, by: 'medium' } as const
      expect((await service.stores.indicators.tickets(asked, own)).figures).toMatchObject(heldBy(group, tickets))
      expect((await service.stores.indicators.ticketList({ ...year, kind }, own)).total).toBe(late[kind].length)
    }
  }
})

it('delays of groups are the same when drawn of all that is there', async () => {
  const { pool } = service.database
  const all = async () =>
    (await pool.query('select ticket_id, take_up, take_up_held, take_up_by, level2_by from ticket_figures order by 1')).rows
  const kept = await all()
  expect(kept.some((line) => line.take_up_by !== null)).toBe(true)
  await pool.query('select draw_ticket_figures()')
  expect(await all()).toEqual(kept)
})
