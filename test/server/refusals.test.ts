import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { yearOfRefused } from '../support/year-beside.ts'
import { isRefused } from '../support/year-recount.ts'
import { storeRefused, storeTickets } from '../support/year-store.ts'
import { yearOfCalls, yearOfTickets, yearTargets } from '../support/year.ts'

const tickets = yearOfTickets(2025, 1_000, 3)
const refused = yearOfRefused(yearOfCalls(2025, 1_000, 7), 8)
/** Each call once, by what was said of it first. */
const refusedOnce = refused.filter(({ callId }, i) => refused.findIndex((one) => one.callId === callId) === i)
const year = { from: '2025-01-01', to: '2025-12-31' }
const byText = (a: string, b: string) => a.localeCompare(b)
let service: TestHttp

beforeAll(async () => {
  service = await buildTestHttp()
  await storeTickets(service.database.pool, tickets)
  await storeRefused(service.database.pool, refused)
})
afterAll(() => service.close())

const get = async <T>(path: string): Promise<T> =>
  (await service.as('sophie', { method: 'GET', url: `/api/indicators/${path}&${new URLSearchParams(year).toString()}` })).json()

it('what was not for the desk is told by whom people were sent on to, with the tickets and calls behind it, in the files too', async () => {
  expect(refused.length).toBeGreaterThan(refusedOnce.length)
  const { rows } = await get<TicketIndicators>('tickets?by=sentTo')
  const named = (target: string | null) => target ?? 'nobody'
  const [ofTickets, ofCalls] = [tickets.filter(isRefused), refusedOnce]
  expect(Object.fromEntries(rows.map((row) => [String(row.value), row.figures.refused]))).toEqual({
    null: 0,
    ...Object.fromEntries(
      yearTargets.map((target) => [
        named(target),
        ofTickets.filter((t) => t.refusal?.target === target).length + ofCalls.filter((c) => c.target === target).length,
      ]),
    ),
  })
  const list = await get<TicketList>('tickets/list?kind=refused')
  expect(list.total).toBe(ofTickets.length + ofCalls.length)
  const there = await get<TicketList>(
    `tickets/list?kind=refused&by=sentTo&value=${encodeURIComponent('Bibliothèque')}&across=medium&acrossValue=phone`,
  )
  const isThere = ({ callId, number }: TicketList['tickets'][number]) => callId ?? String(number)
  expect(there.tickets.map(isThere).toSorted(byText)).toEqual(
    [
      ...ofTickets.filter((t) => t.medium === 'phone' && t.refusal?.target === 'Bibliothèque').map((t) => String(t.number)),
      ...ofCalls.filter((c) => c.target === 'Bibliothèque').map((c) => c.callId),
    ].toSorted(byText),
  )
  expect(new Set(there.tickets.map(({ sentTo }) => sentTo))).toEqual(new Set(['Bibliothèque']))
  const file = async (path: string) =>
    (await service.as('sophie', { method: 'GET', url: `/api/indicators/${path}&${new URLSearchParams(year).toString()}` })).body
  const behind = await file('tickets/list/file?kind=refused&format=csv')
  expect(behind.match(/^appel;x;/gm)).toHaveLength(ofCalls.length)
  expect(behind.match(/;Scolarité centrale\r$/gm)?.length).toBe(rows.find((row) => row.value === 'Scolarité centrale')?.figures.refused)
  const figures = await file('file?side=tickets&format=csv&by=sentTo')
  expect(figures).toContain(`Pas de notre ressort;${list.total};0;;Tickets ouverts pendant la période, clos ainsi`)
  expect(figures).toContain('\r\npersonne : une réponse seule;')
  const scoped = await service.stores.indicators.ticketList(
    { ...year, kind: 'refused' },
    { entities: null, theirs: { entities: [], groups: ['dtsi'] } },
  )
  expect(scoped.total).toBe(ofTickets.filter((t) => t.group_id === 'dtsi').length)
})

it('a ticket refused and taken back, opened again, or refused anew is counted as it stands, and drawn anew like it', async () => {
  const { pool } = service.database
  const id = tickets.find((t) => t.closed_at !== null && t.refusal === null && t.moves.length === 0)?.id
  const line = (kind: string, target?: string) =>
    pool.query('insert into ticket_journal (ticket_id, at, by_id, by_name, kind, detail) values ($1, now(), $2, $3, $4, $5)', [
      id,
      'alice',
      'Alice',
      kind,
      target === undefined ? null : { how: 'level1', outOfScope: { reason: 'x', target: { name: target, number: '1' } } },
    ])
  const stands = async () =>
    (await pool.query('select refused, sent_to as to from ticket_figures where ticket_id = $1', [id])).rows[0] as object
  const not = { refused: false, to: null }
  expect(await stands()).toEqual(not)
  await line('closed', 'Scolarité')
  expect(await stands()).toEqual({ refused: true, to: 'Scolarité' })
  await line('undone')
  expect(await stands()).toEqual(not)
  await line('closed', 'Bibliothèque')
  await line('reopened')
  expect(await stands()).toEqual(not)
  await line('undone')
  expect(await stands()).toEqual({ refused: true, to: 'Bibliothèque' })
  await line('reopened')
  await line('closed')
  expect(await stands()).toEqual(not)
  await line('reopened')
  await line('closed', 'Bibliothèque')
  const kept = (await pool.query('select * from ticket_figures order by ticket_id')).rows
  await pool.query('select draw_ticket_figures()')
  expect((await pool.query('select * from ticket_figures order by ticket_id')).rows).toEqual(kept)
  expect(await stands()).toEqual({ refused: true, to: 'Bibliothèque' })
})
