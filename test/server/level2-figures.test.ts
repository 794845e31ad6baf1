import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { recountedLevel2, recountedTickets } from '../support/year-recount.ts'
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

it('delays of level 2 count for the group that had the ticket, whoever has it now, with the tickets behind them', async () => {
  const whole = await get<TicketIndicators>('tickets?by=medium')
  const { figures, of, rows } = await get<TicketIndicators>('tickets?by=group')
  expect([figures.level2Held, of.level2Held]).toEqual([whole.figures.level2Held, whole.of.level2Held])
  expect(new Set(rows.map(({ value }) => value))).toEqual(new Set([...yearGroups, null]))
  const like = (value: number | null) => (value === null ? null : expect.closeTo(value, 6))
  for (const { value, figures: told } of rows)
    expect(told, String(value)).toEqual({
      ...likeRecounted(tickets.filter((t) => t.group_id === value)),
      level2Held: like(recountedLevel2(value, tickets)),
    })
  const crossed = (await get<TicketIndicators>('tickets?by=urgency&across=group')).rows.filter((row) => row.across !== null)
  for (const row of crossed)
    expect(row.figures.level2Held, `${row.value} × ${row.across}`).toEqual(
      like(
        recountedLevel2(
          row.across,
          tickets.filter((t) => t.urgency === row.value),
        ),
      ),
    )
  for (const group of yearGroups) {
    const late = tickets.filter((t) => t.delays.some((d) => d.name === 'level2' && d.bound && !d.held && d.whose === group))
    expect((await get<TicketList>(`tickets/list?kind=level2Missed&by=group&value=${group}`)).total).toBe(late.length)
    const urgent = `tickets/list?kind=level2Missed&by=urgency&value=high&across=group&acrossValue=${group}`
    expect((await get<TicketList>(urgent)).total).toBe(late.filter((t) => t.urgency === 'high').length)
    const own = { entities: null, theirs: { entities: [], groups: [group] } }
    const asked = { ...year, by: 'medium' } as const
    expect((await service.stores.indicators.tickets(asked, own)).figures.level2Held).toEqual(like(recountedLevel2(group, tickets)))
    expect((await service.stores.indicators.ticketList({ ...year, kind: 'level2Missed' }, own)).total).toBe(late.length)
  }
  expect((await get<TicketList>('tickets/list?kind=level2Missed&by=group')).total).toBe(0)
})
