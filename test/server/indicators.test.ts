import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import {
  type CallIndicators,
  type CallList,
  callUnits,
  ticketCriteria,
  type TicketIndicators,
  type TicketList,
  ticketUnits,
} from '../../server/contract/indicators.ts'
import { keepFigureDays } from '../../server/database/indicator-projection.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'
import { odsTables } from '../support/ods.ts'
import { unzipped } from '../support/unzipped.ts'
import { yearOfAbsorbed, yearOfOwed, yearOfRefused, yearOfStates } from '../support/year-beside.ts'
import {
  isRefused,
  movesOf,
  readAgain,
  recountedBeside,
  recountedCalls,
  recountedTickets,
  solvedAtOnce,
  sum,
} from '../support/year-recount.ts'
import { yearOfCalls, yearOfTickets, type YearTicket, yearZone } from '../support/year.ts'
import { storeAbsorbed, storeCalls, storeOwed, storeRefused, storeStates, storeTickets } from '../support/year-store.ts'

const stories = yearOfCalls(2025, 2_000, 7)
const tickets = yearOfTickets(2025, 1_000, 3)
const year = { from: '2025-01-01', to: '2025-12-31' }
const [states, owed, absorbed] = [yearOfStates(2025, 4), yearOfOwed(2025, 400, 5), yearOfAbsorbed(2025, 60, 6)]
const refused = yearOfRefused(stories, 8)
/** Each call once, by what was said of it first. */
const refusedOnce = refused.filter(({ callId }, i) => refused.findIndex((one) => one.callId === callId) === i)
/** Through the sink as the service does; the others as the sink would draw them. */
const shipped = 60
let service: TestHttp

beforeAll(async () => {
  service = await buildTestHttp()
  await storeCalls(service.database.pool, stories.slice(shipped))
  const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const facts = stories.slice(0, shipped).flat()
  const batch = facts.map((fact, i) => ({ n: i + 1, fact }))
  for (let again = 0; again < 2; again += 1) await sink.ship('year', batch)
  await storeTickets(service.database.pool, tickets)
  await storeStates(service.database.pool, states)
  await storeOwed(service.database.pool, owed)
  await storeAbsorbed(service.database.pool, absorbed)
  await storeRefused(service.database.pool, refused)
  await service.database.pool.query('select sum_figure_days(zone) from figure_zone')
})
afterAll(() => service.close())

const get = async <T>(path: string, period: object = year): Promise<T> => {
  const url = `/api/indicators/${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ ...period }).toString()}`
  return (await service.as('sophie', { method: 'GET', url })).json()
}

const calls = stories.map(readAgain)
describe('the indicators of a year', () => {
  it('say of the telephone what its facts say, counted again in another way', async () => {
    const { figures, before } = await get<CallIndicators>('calls')
    const beside = await recountedBeside(service.database.pool, states, absorbed)
    expect(beside.owed).toBeGreaterThanOrEqual(owed.length)
    const expected = { ...recountedCalls(calls), ...beside }
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(callUnits).toSorted())
    for (const [name, value] of Object.entries(expected))
      expect(figures[name as keyof typeof figures] ?? 0, name).toBeCloseTo(value ?? 0, 6)
    expect(before.offered).toBe(0)
    expect(before.serviceLevel).toBeNull()
  })

  it('spread waits, hours and months so that nothing is lost', async () => {
    const { waits, hours, steps, step } = await get<CallIndicators>('calls')
    const bounds = [0, 10, 30, 60, 120, 300, 600, 900, Number.POSITIVE_INFINITY]
    const between = (kind: 'answered' | 'abandoned') =>
      bounds.slice(1).map((to, i) => calls.filter((c) => c[kind] && c.waitMs / 1_000 >= (bounds[i] ?? 0) && c.waitMs / 1_000 < to).length)
    expect(waits.map((w) => w.answered)).toEqual(between('answered'))
    expect(waits.map((w) => w.abandoned)).toEqual(between('abandoned'))
    for (const cell of hours)
      expect(cell.offered).toBe(calls.filter((c) => !c.closed && c.local.dayOfWeek === cell.weekday && c.local.hour === cell.hour).length)
    expect(sum(hours.map((h) => h.offered))).toBe(calls.filter((c) => !c.closed).length)
    expect(step).toBe('month')
    expect(steps.map((s) => s.offered)).toEqual(
      Array.from({ length: 12 }, (_, i) => calls.filter((c) => !c.closed && c.local.month === i + 1).length),
    )
  })

  it('leave no figure of tickets uncounted', () => {
    expect(Object.keys(recountedTickets([])).toSorted()).toEqual(Object.keys(ticketUnits).toSorted())
  })

  const likeRecounted = (of: readonly YearTicket[], refusedCalls = 0) =>
    Object.fromEntries(
      Object.entries(recountedTickets(of, refusedCalls)).map(([name, value]) => [name, value === null ? null : expect.closeTo(value, 3)]),
    )

  it('say of tickets what their rows, journals and delays say, by one criterion and by two', async () => {
    const { figures, of, rows, steps, ages } = await get<TicketIndicators>('tickets?by=medium&across=urgency')
    expect(figures).toEqual(likeRecounted(tickets, refusedOnce.length))
    // Of refused calls it is not said how urgent they were.
    expect(rows).toHaveLength(10)
    for (const row of rows)
      expect(row.figures, `${row.value} × ${row.across}`).toEqual(
        likeRecounted(
          tickets.filter((t) => t.medium === row.value && t.urgency === row.across),
          row.across === null ? refusedOnce.length : 0,
        ),
      )
    expect(sum(steps.map((s) => s.opened))).toBe(tickets.length)
    expect(sum(ages.map((a) => a.tickets))).toBe(figures.backlog)
    const ours = tickets.filter((t) => !isRefused(t))
    expect(of).toMatchObject({ firstContact: ours.length, openFor: figures.closed })
    expect(await get<TicketList>('tickets/list?kind=firstContact')).toMatchObject({ total: ours.filter(solvedAtOnce).length })
    expect(of).not.toHaveProperty('opened')
  })

  it('say of every criterion as many tickets as there are', async () => {
    for (const by of ticketCriteria) {
      const { rows } = await get<TicketIndicators>(`tickets?by=${by}`)
      expect(sum(rows.map((row) => row.figures.opened ?? 0)), by).toBe(tickets.length)
    }
    const { rows } = await get<TicketIndicators>('tickets?by=group&across=category')
    for (const row of rows)
      expect(row.figures.opened).toBe(tickets.filter((t) => t.group_id === row.value && t.category_id === row.across).length)
  })

  it('spread tickets over weekdays and hours of the desk’s own time, each with the tickets behind it, in the file too', async () => {
    const { hours } = await get<TicketIndicators>('tickets')
    const local = tickets.map((t) => Temporal.Instant.from(t.opened_at).toZonedDateTimeISO(yearZone))
    const inCell = (weekday: number, hour: number) => local.filter((at) => at.dayOfWeek === weekday && at.hour === hour).length
    expect(sum(hours.map((h) => h.opened))).toBe(tickets.length)
    for (const { weekday, hour, opened } of hours) expect(opened, `${weekday} ${hour}`).toBe(inCell(weekday, hour))
    const [first] = hours.toSorted((a, b) => b.opened - a.opened)
    expect(await get<TicketList>(`tickets/list?weekday=${first?.weekday}&hour=${first?.hour}`)).toMatchObject({ total: first?.opened })
    const url = `/api/indicators/file?${new URLSearchParams({ ...year, side: 'tickets', format: 'ods' }).toString()}`
    const sheet = odsTables((await service.as('sophie', { method: 'GET', url })).rawPayload).find(({ name }) => name === 'Par heure')
    expect(sheet?.rows.slice(1).map(([, hour, opened]) => [hour?.value, opened?.value])).toEqual(hours.map((h) => [h.hour, h.opened]))
  })

  it('lead to the tickets behind a figure and behind a crossing', async () => {
    const late = tickets.filter((t) => t.delays.some((d) => d.name === 'level2' && d.bound && !d.held))
    expect(await get<TicketList>('tickets/list?kind=level2Missed')).toMatchObject({ total: late.length })
    const bounced = tickets.filter(
      (t) => t.category_id === null && (t.moves.includes('given-back') || movesOf(t).filter((m) => m === 'redirected').length > 1),
    )
    const list = await get<TicketList>('tickets/list?kind=bounced&by=category')
    expect(list.total).toBe(bounced.length)
    expect(list.tickets.map((t) => t.openedAt)).toEqual(
      bounced
        .map((t) => t.opened_at)
        .toSorted()
        .toReversed()
        .slice(0, 200),
    )
    const crossing = await get<TicketList>('tickets/list?by=medium&value=form&across=urgency&acrossValue=high')
    expect(crossing.total).toBe(tickets.filter((t) => t.medium === 'form' && t.urgency === 'high').length)
  })

  it('leave as a file that says of each figure its definition and over what it is taken', async () => {
    const url = (query: string) => `/api/indicators/file?${new URLSearchParams(year).toString()}&${query}`
    const csv = await service.as('sophie', { method: 'GET', url: url('side=tickets&format=csv&by=group&across=urgency') })
    expect(csv.headers['content-disposition']).toBe('attachment; filename="indicateurs-tickets-2025-01-01-2025-12-31.csv"')
    const redirected = tickets.filter((t) => movesOf(t).includes('redirected')).length
    const share = String(Math.round((redirected / tickets.length) * 10_000) / 10_000).replace('.', ',')
    expect(csv.body).toContain(`Redirigés;${share};;${tickets.length};Tickets ouverts`)
    expect(csv.body).toContain('\r\nGroupe;Urgence;Tickets ouverts;')
    expect(csv.body).toContain('\r\nreseau;Haute;')
    const xlsx = await service.as('sophie', { method: 'GET', url: url('side=calls&language=en') })
    expect(xlsx.headers['content-type']).toContain('spreadsheetml')
    const parts = unzipped(xlsx.rawPayload)
    expect(parts['xl/workbook.xml']).toMatch(/name="Telephone".*name="By month".*name="By hour"/s)
    expect(Object.values(parts).join('')).toContain('Answered within 60 s')
    expect(parts['xl/worksheets/sheet1.xml']).toContain(`<v>${calls.filter((c) => !c.closed).length}</v>`)
    expect((await service.as('alice', { method: 'GET', url: url('side=calls') })).statusCode).toBe(403)
  })

  it('leave as OpenDocument too, whose numbers are numbers and whose days are days, read back by another reader', async () => {
    const at = new URLSearchParams(year).toString()
    const file = async (path: string) => service.as('sophie', { method: 'GET', url: `/api/indicators/${path}${at}` })
    const ods = await file('file?side=calls&format=ods&')
    expect(ods.headers['content-type']).toBe('application/vnd.oasis.opendocument.spreadsheet')
    expect(ods.headers['content-disposition']).toBe('attachment; filename="indicateurs-telephone-2025-01-01-2025-12-31.ods"')
    const [figures, months] = odsTables(ods.rawPayload)
    const { figures: told, steps } = await get<CallIndicators>('calls')
    const line = (label: string) => figures?.rows.find(([first]) => first?.value === label)
    expect(line('Appels présentés')?.[1]).toEqual({ type: 'float', value: told.offered })
    expect(line('Taux de réponse')?.[1]).toEqual({ type: 'percentage', value: told.answeredShare })
    expect(
      line('Niveau de service')
        ?.map(({ value }) => value)
        .slice(4),
    ).toEqual([
      'Décrochés en 60 s ou moins ÷ (présentés − raccrochés avant 10 s)',
      'faits des appels terminés ; Koole, Call Center Optimization, 2013, ch. 2',
    ])
    expect(months?.rows[1]?.slice(0, 2)).toEqual([
      { type: 'date', value: '2025-01-01' },
      { type: 'float', value: steps[0]?.offered },
    ])
    const [list] = odsTables((await file('calls/list/file?kind=abandoned&weekday=1&hour=10&format=ods&language=en&')).rawPayload)
    const mondays = calls.filter((c) => c.abandoned && c.local.dayOfWeek === 1 && c.local.hour === 10).toSorted((a, b) => b.at - a.at)
    expect(list?.rows.slice(1).map(([at_]) => at_)).toEqual(
      mondays.map((c) => ({ type: 'date', value: c.local.toPlainDateTime().toString({ smallestUnit: 'second' }) })),
    )
    expect(list?.rows[1]?.[3]).toEqual({ type: 'float', value: (mondays[0]?.waitMs ?? 0) / 1_000 })
    const [behind] = odsTables((await file('tickets/list/file?kind=bounced&format=ods&')).rawPayload)
    expect(behind?.rows.length).toBe(1 + (await get<TicketList>('tickets/list?kind=bounced')).total)
    expect(behind?.rows[1]?.[3]?.type).toBe('date')
  })

  it('are the same when counted anew from what is kept, as after an upgrade', async () => {
    const before = await Promise.all([get<CallIndicators>('calls'), get<CallIndicators>('calls', { from: '2025-03-28', to: '2025-04-02' })])
    await service.database.pool.query('select sum_figure_days(zone) from figure_zone')
    expect(
      await Promise.all([get<CallIndicators>('calls'), get<CallIndicators>('calls', { from: '2025-03-28', to: '2025-04-02' })]),
    ).toEqual(before)
  })

  it('are kept of a ticket as it changes like they would be drawn of all that is there', async () => {
    const { pool } = service.database
    const [one, other] = tickets.filter((t) => t.closed_at === null).map((t) => t.id)
    await pool.query(
      "update tickets set impact = 'high', place_id = 'x', requester_person_id = (select id from people where affiliation is not null order by id limit 1) where id = $1",
      [one],
    )
    await pool.query(
      "insert into ticket_links (from_id, to_id, kind, at, by_id, by_name) values ($1, $2, 'same-cause', now(), 'alice', 'Alice')",
      [one, other],
    )
    const lines = async () => (await pool.query('select * from ticket_figures order by ticket_id')).rows
    const kept = await lines()
    expect(kept.filter((line) => line.link === 'same-cause').map((line) => line.ticket_id)).toEqual(
      [one, other].toSorted((a, b) => String(a).localeCompare(String(b))),
    )
    expect(kept.find((line) => line.ticket_id === one)).toMatchObject({ impact: 'high', place_id: 'x', affiliation: expect.any(String) })
    await pool.query('select draw_ticket_figures()')
    expect(await lines()).toEqual(kept)
    await pool.query('delete from ticket_links where from_id = $1', [one])
    expect((await lines()).filter((line) => line.link !== null)).toEqual([])
  })

  it('go by the days of a zone of the desk’s own, in which the hours are other ones', async () => {
    const { db, pool } = service.database
    await keepFigureDays(db, 'Asia/Kolkata')
    const { rows } = await pool.query<{ day: string; offered: number }>('select day::text, offered from call_days order by day')
    const days = new Map<string, number>()
    for (const { at, closed } of calls) {
      const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Kolkata').toPlainDate().toString()
      days.set(day, (days.get(day) ?? 0) + (closed ? 0 : 1))
    }
    expect(new Map(rows.map((r) => [r.day, r.offered]))).toEqual(days)
    const { rows: hours } = await pool.query<{ hour: number; at: Date }>('select opened_hour as hour, opened_at as at from ticket_figures')
    const hourThere = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Asia/Kolkata').hour
    expect(hours.filter(({ hour, at }) => hour !== hourThere(at))).toEqual([])
    await keepFigureDays(db, yearZone)
  })

  it('say of calls of some entities what the sums by day say of all, where all are of the one', async () => {
    const whole = await service.stores.indicators.calls(year)
    const scoped = await service.stores.indicators.calls(year, { entities: ['root'], theirs: null })
    const {
      wrapUp: _wrapUp,
      occupancy: _occupancy,
      absorbed: _absorbed,
      owed: _owed,
      owedHeld: _held,
      owedLate: _late,
      ...ofCalls
    } = whole.figures
    expect(scoped.figures).toMatchObject(ofCalls)
    expect(scoped.figures).toMatchObject({ wrapUp: null, occupancy: null, absorbed: 0 })
    expect([scoped.waits, scoped.hours, scoped.steps]).toEqual([whole.waits, whole.hours, whole.steps])
    expect(scoped.operators.map(({ occupancy: _none, ...one }) => one)).toEqual(whole.operators.map(({ occupancy: _some, ...one }) => one))
    const nobody = await service.stores.indicators.calls(year, { entities: null, theirs: { entities: [], groups: ['dtsi'] } })
    expect(nobody.figures.offered).toBe(0)
  })

  it('say of an entity’s calls what their facts say, at once when tickets move, and the same once their days are summed up', async () => {
    const { pool } = service.database
    const noted = stories.filter((_, i) => i % 15 === 0)
    const [here, there] = [noted.filter((_, i) => i % 2 === 0), noted.filter((_, i) => i % 2 === 1)]
    const idOf = (story: (typeof stories)[number]) => (story[0] !== undefined && 'callId' in story[0] ? story[0].callId : '')
    // Each with a ticket of its own, as operators note them.
    await pool.query(
      `insert into dispositions (call_id, at, kind, by_id, by_name, ticket_id)
        select c.id, now(), 'opened', 'alice', 'Alice', t.id from unnest($1::text[], $2::uuid[]) as c (id, ticket) join tickets t on t.id = c.ticket`,
      [noted.map(idOf), tickets.slice(0, noted.length).map((t) => t.id)],
    )
    const move = (entity: string, of: readonly (typeof stories)[number][]) =>
      pool.query('update tickets set entity_id = $1 where id in (select ticket_id from dispositions where call_id = any ($2))', [
        entity,
        of.map(idOf),
      ])
    const told = (entities: readonly string[]) => service.stores.indicators.calls(year, { entities, theirs: null })
    const expectTold = async (entities: readonly string[], of: readonly (typeof stories)[number][]) => {
      const { figures, hours, waits, operators } = await told(entities)
      const again = of.map(readAgain)
      for (const [name, value] of Object.entries(recountedCalls(again)))
        expect(figures[name as keyof typeof figures] ?? 0, name).toBeCloseTo(value || 0, 6)
      expect(sum(hours.map((h) => h.offered))).toBe(again.filter((c) => !c.closed).length)
      expect(sum(waits.map((w) => w.answered + w.abandoned))).toBe(again.filter((c) => c.answered || c.abandoned).length)
      expect(sum(operators.map((o) => o.answered))).toBe(again.filter((c) => c.answered || c.reached).length)
    }
    const left = () => pool.query('select 1 from call_days_changed').then(({ rowCount }) => rowCount)
    await move('sciences', here)
    await move('droit', there)
    for (const summedUp of [false, true]) {
      if (summedUp) await service.stores.indicators.sumChangedDays()
      expect(await left()).toEqual(summedUp ? 0 : expect.any(Number))
      await expectTold(['sciences'], here)
      await expectTold(['sciences', 'droit'], noted)
    }
    await move('droit', here)
    expect(await left()).toBeGreaterThan(0)
    await expectTold(['droit'], noted)
    expect((await told(['sciences'])).figures.offered).toBe(0)
    await service.stores.indicators.sumChangedDays()
    await expectTold(['droit'], noted)
    const kept = (await pool.query('select * from call_entity_days order by day, entity_id')).rows.filter(
      (day) => day.offered + day.after_hours > 0,
    )
    await pool.query('select forget_entity_days()')
    await service.stores.indicators.sumChangedDays()
    expect((await pool.query('select * from call_entity_days order by day, entity_id')).rows).toEqual(kept)
    await move('root', noted)
    await service.stores.indicators.sumChangedDays()
  })

  it('lead to the calls behind a figure', async () => {
    const list = await get<CallList>('calls/list?kind=abandoned&weekday=1&hour=10')
    const mondays = calls.filter((c) => c.abandoned && c.local.dayOfWeek === 1 && c.local.hour === 10)
    expect(list.total).toBe(mondays.length)
    expect(list.calls.map((c) => Date.parse(c.at))).toEqual(mondays.map((c) => c.at).toSorted((a, b) => b - a))
    expect(new Set(list.calls.map((c) => c.outcome))).toEqual(new Set(['abandoned']))
  })

  it('refuse a period that is upside down, or longer than a year', async () => {
    for (const [from, to] of [
      ['2025-02-02', '2025-02-01'],
      ['2023-01-01', '2025-01-01'],
      ['2025-02-30', '2025-03-01'],
    ]) {
      const answer = await service.as('sophie', { method: 'GET', url: `/api/indicators/calls?from=${from}&to=${to}` })
      expect(answer.statusCode).toBe(400)
    }
  })
})

describe('calls from the page', () => {
  it('are told apart in the figures, in the lists and their file, and in the story of each', async () => {
    const at = Date.parse('2026-03-10T09:00:00Z')
    const page = { id: 'p', signedIn: true, ticket: 42, language: 'fr' } as const
    const call = (callId: string, ms: number, from: Partial<Extract<Fact, { type: 'call-arrived' }>>): readonly Fact[] => [
      { at: at + ms, type: 'call-arrived', callId, number: '+33561551234', people: [], ...from },
      { at: at + ms + 20_000, type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 },
      { at: at + ms + 60_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
    ]
    const facts = [...call('by-phone', 0, {}), ...call('by-page', 600_000, { page }), ...call('nobody', 900_000, { page, number: null })]
    await factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }).ship(
      'pages',
      facts.map((fact, i) => ({ n: i + 1, fact })),
    )
    const day = { from: '2026-03-10', to: '2026-03-10' }
    const { figures } = await get<CallIndicators>('calls', day)
    expect(figures).toMatchObject({ offered: 3, fromPage: 2 })
    const { calls: all } = await get<CallList>('calls/list', day)
    expect(all.map(({ id, fromPage }) => [id, fromPage])).toEqual([
      ['nobody', true],
      ['by-page', true],
      ['by-phone', false],
    ])
    expect((await get<CallList>('calls/list?kind=fromPage', day)).total).toBe(2)
    const query = new URLSearchParams({ ...day, kind: 'offered', format: 'csv' }).toString()
    const file = await service.as('sophie', { method: 'GET', url: `/api/indicators/calls/list/file?${query}` })
    expect(file.body.match(/la page/g)).toHaveLength(2)
    const story = (await service.as('sophie', { method: 'GET', url: '/api/calls/by-page/story' })).json()
    expect([story.page, story.facts[0].how]).toEqual([{ signedIn: true, ticket: 42 }, 'page-signed-in'])
  })
})
