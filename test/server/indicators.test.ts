import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { CallIndicators, CallList, TicketIndicators } from '../../server/contract/indicators.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'
import { type CallStory, yearOfCalls, yearOfTickets, type YearTicket, yearZone } from '../support/year.ts'
import { storeCalls, storeTickets } from '../support/year-store.ts'

const stories = yearOfCalls(2025, 2_000, 7)
const tickets = yearOfTickets(2025, 1_000, 3)
const year = { from: '2025-01-01', to: '2025-12-31' }
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
})
afterAll(() => service.close())

const get = async <T>(path: string, period: object = year): Promise<T> => {
  const url = `/api/indicators/${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ ...period }).toString()}`
  return (await service.as('sophie', { method: 'GET', url })).json()
}

/** What happened to a call, read from its facts in a way of its own. */
function readAgain(story: CallStory) {
  const first = <T extends Fact['type']>(type: T) => story.find((f): f is Extract<Fact, { type: T }> => f.type === type)
  const [arrived, ended] = [story[0]?.at ?? 0, story.at(-1)?.at ?? 0]
  const answer = first('call-answered')?.at
  const kept = first('place-kept')?.at
  const leaves = first('call-transferred')?.at ?? first('farewell-started')?.at ?? ended
  const closed = first('closed-message-started') !== undefined
  const answered = answer !== undefined && kept === undefined
  return {
    at: arrived,
    closed,
    answered,
    abandoned: !closed && answer === undefined && kept === undefined,
    waitMs: closed ? 0 : (kept ?? answer ?? ended) - arrived,
    talkMs: answer === undefined ? 0 : leaves - answer,
    heldMs: (first('caller-resumed')?.at ?? 0) - (first('caller-held')?.at ?? 0),
    transferred: first('call-transferred') !== undefined,
    capped: first('farewell-started') !== undefined,
    extended: first('limit-extended') !== undefined,
    missed: first('offer-ended') !== undefined,
    alarmed: first('wait-alarm') !== undefined,
    message: first('message-left') !== undefined,
    kept: kept !== undefined,
    reached: kept !== undefined && answer !== undefined,
    local: Temporal.Instant.fromEpochMilliseconds(arrived).toZonedDateTimeISO(yearZone),
  }
}
const calls = stories.map(readAgain)
const solvedAtOnce = (t: YearTicket) => t.closed_at !== null && Date.parse(t.closed_at) - Date.parse(t.opened_at) <= 60_000
const sum = (of: readonly number[]) => of.reduce((total, n) => total + n, 0)
const mean = (of: readonly number[]) => (of.length === 0 ? null : sum(of) / of.length / 1_000)

describe('the indicators of a year', () => {
  it('say of the telephone what its facts say, counted again in another way', async () => {
    const { figures, before } = await get<CallIndicators>('calls')
    const [answered, abandoned] = [calls.filter((c) => c.answered), calls.filter((c) => c.abandoned)]
    const offered = calls.filter((c) => !c.closed)
    const short = abandoned.filter((c) => c.waitMs < 10_000)
    const held = calls.filter((c) => c.heldMs > 0)
    const expected = {
      offered: offered.length,
      answered: answered.length,
      abandoned: abandoned.length,
      shortAbandoned: short.length,
      answeredShare: answered.length / offered.length,
      abandonedShare: (abandoned.length - short.length) / (offered.length - short.length),
      serviceLevel: answered.filter((c) => c.waitMs <= 60_000).length / (offered.length - short.length),
      asa: mean(answered.map((c) => c.waitMs)),
      abandonedAfter: mean(abandoned.map((c) => c.waitMs)),
      talk: sum(calls.map((c) => c.talkMs)) / 1_000 / calls.filter((c) => c.talkMs > 0).length,
      hold: mean(held.map((c) => c.heldMs)),
      heldShare: held.length / answered.length,
      transferredShare: calls.filter((c) => c.transferred).length / answered.length,
      capped: calls.filter((c) => c.capped).length,
      extended: calls.filter((c) => c.extended).length,
      missed: calls.filter((c) => c.missed).length,
      alarmed: calls.filter((c) => c.alarmed).length,
      kept: calls.filter((c) => c.kept).length,
      reachedShare: calls.filter((c) => c.reached).length / calls.filter((c) => c.kept).length,
      messages: calls.filter((c) => c.message).length,
      afterHours: calls.filter((c) => c.closed).length,
      placedOut: 0,
    }
    for (const [name, value] of Object.entries(expected)) expect(figures[name as keyof typeof figures], name).toBeCloseTo(value ?? 0, 6)
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

  it('say of tickets what their rows say, by one criterion and by two', async () => {
    const { figures, rows, steps } = await get<TicketIndicators>('tickets?by=medium&across=urgency')
    const ended = tickets.filter((t) => t.closed_at !== null && t.closed_at < '2025-12-31T23:00')
    expect(figures.opened).toBe(tickets.length)
    expect(figures.closed).toBe(ended.length)
    expect(figures.backlog).toBe(tickets.length - ended.length)
    expect(figures.firstContact).toBeCloseTo(tickets.filter(solvedAtOnce).length / tickets.length, 6)
    expect(figures.byPhone).toBeCloseTo(tickets.filter((t) => t.medium === 'phone').length / tickets.length, 6)
    expect(figures.openFor).toBeCloseTo(mean(ended.map((t) => Date.parse(t.closed_at ?? '') - Date.parse(t.opened_at))) ?? 0, 3)
    expect(rows).toHaveLength(9)
    for (const row of rows) expect(row.opened).toBe(tickets.filter((t) => t.medium === row.value && t.urgency === row.across).length)
    expect(sum(steps.map((s) => s.opened))).toBe(tickets.length)
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

describe('the states of operators', () => {
  it('make occupancy and wrap-up, also when facts come again', async () => {
    const at = Date.parse('2026-03-02T09:00:00Z')
    const [callId, operatorId] = ['occupied', 'alice']
    const facts: readonly Fact[] = [
      { at, type: 'operator-ready', operatorId },
      { at: at + 50_000, type: 'call-arrived', callId, number: null, people: [] },
      { at: at + 60_000, type: 'call-answered', callId, operatorId, leg: '', bridge: '', capAt: 0 },
      { at: at + 360_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
      { at: at + 420_000, type: 'operator-ready', operatorId },
      { at: at + 600_000, type: 'operator-left', operatorId },
    ]
    const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
    for (let again = 0; again < 2; again += 1)
      await sink.ship(
        'states',
        facts.map((fact, i) => ({ n: i + 1, fact })),
      )
    const { figures, operators } = await get<CallIndicators>('calls', { from: '2026-03-02', to: '2026-03-02' })
    expect(figures).toMatchObject({ occupancy: 0.6, wrapUp: 60, talk: 300, asa: 10 })
    expect(operators).toMatchObject([{ id: 'alice', answered: 1, talkS: 300, occupancy: 0.6 }])
  })
})
