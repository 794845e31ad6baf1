import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Period, TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { yearOfTickets } from '../support/year.ts'
import { storeTickets } from '../support/year-store.ts'

const tickets = yearOfTickets(2025, 200, 3)
const march = { from: '2025-03-01', to: '2025-03-31' }
let service: TestHttp

beforeAll(async () => {
  service = await buildTestHttp()
  await storeTickets(service.database.pool, tickets)
})
afterAll(() => service.close())

const get = async <T>(path: string, period: Period = march): Promise<T> => {
  const url = `/api/indicators/${path}&${new URLSearchParams(period).toString()}`
  return (await service.as('sophie', { method: 'GET', url })).json()
}
/** What a month told: figures, their lines by how tickets were closed, its days, and who stands behind it. */
async function told(period: Period = march) {
  const { figures, rows, steps, ages } = await get<TicketIndicators>('tickets?by=closedHow', period)
  const lists = await Promise.all(['closed', 'backlog'].map((kind) => get<TicketList>(`tickets/list?kind=${kind}`, period)))
  const numbers = lists.map((list) => list.tickets.map(({ number, closedAt }) => [number, closedAt]))
  const { closed, openFor, backlog, backlogAge, stale } = figures
  return {
    whole: { closed, openFor, backlog, backlogAge, stale },
    closed: rows.map((row) => [row.value, row.figures.closed]).filter(([, n]) => n !== 0),
    steps: steps.map((step) => step.closed),
    ages,
    behind: numbers[0],
    left: numbers[1]?.map(([number]) => number),
  }
}

it('a month that is over keeps what was closed in it and what it left, whatever is opened again since', async () => {
  const { pool } = service.database
  const inMarch = (at: string | null) => at !== null && at >= '2025-03-02' && at < '2025-03-30'
  const ticket = tickets.find((t) => inMarch(t.opened_at) && inMarch(t.closed_at) && t.closedBefore === null && t.refusal === null)
  if (ticket?.closed_at == null) throw new Error('no ticket closed in March')
  const write = async (kind: string, at: string, detail: object | null, closedAt: string | null, how: string | null) => {
    await pool.query('update tickets set closed_at = $2, status = $3, closed_how = $4 where id = $1', [
      ticket.id,
      closedAt,
      closedAt === null ? 'reopened' : 'closed',
      how,
    ])
    await pool.query("insert into ticket_journal (ticket_id, at, by_id, by_name, kind, detail) values ($1, $2, 'alice', 'Alice', $3, $4)", [
      ticket.id,
      at,
      kind,
      detail,
    ])
  }
  await write('closed', ticket.closed_at, { how: 'level1' }, ticket.closed_at, 'level1')
  const before = await told()
  expect(before.behind).toContainEqual([ticket.number, ticket.closed_at])

  await write('reopened', '2025-05-06T09:00:00Z', null, null, null)
  expect(await told()).toEqual(before)
  const may = { from: '2025-05-01', to: '2025-05-31' }
  expect((await told(may)).left).toContain(ticket.number)

  // The reopening is taken back: the closing stands as it did, once.
  await write('undone', '2025-05-06T09:00:10Z', null, ticket.closed_at, 'level1')
  expect(await told()).toEqual(before)
  expect((await told(may)).left).not.toContain(ticket.number)

  // Closed twice: each month has its closing, and the months add up to the year.
  await write('reopened', '2025-05-07T09:00:00Z', null, null, null)
  await write('closed', '2025-05-20T09:00:00Z', { how: 'user' }, '2025-05-20T09:00:00.000Z', 'user')
  expect(await told()).toEqual(before)
  expect((await told(may)).behind).toContainEqual([ticket.number, '2025-05-20T09:00:00.000Z'])
  const months = await Promise.all(
    Array.from({ length: 12 }, (_, i) => {
      const first = new Date(Date.UTC(2025, i, 1))
      return told({ from: first.toISOString().slice(0, 10), to: new Date(Date.UTC(2025, i + 1, 0)).toISOString().slice(0, 10) })
    }),
  )
  const year = await get<TicketIndicators>('tickets?by=medium', { from: '2025-01-01', to: '2025-12-31' })
  expect(months.reduce((sum, { whole }) => sum + (whole.closed ?? 0), 0)).toBe(year.figures.closed)
})

it('closings that were are the same when drawn of all that is there', async () => {
  const { pool } = service.database
  const all = async () => (await pool.query('select * from ticket_closings order by ticket_id, closed_at')).rows
  const kept = await all()
  expect(kept.length).toBeGreaterThan(2)
  await pool.query('select draw_ticket_closings(id) from tickets')
  expect(await all()).toEqual(kept)
})
