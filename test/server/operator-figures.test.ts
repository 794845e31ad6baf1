import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { CallIndicators } from '../../server/contract/indicators.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const get = async <T>(path: string, period: object): Promise<T> =>
  (await service.as('sophie', { method: 'GET', url: `/api/indicators/${path}?${new URLSearchParams({ ...period }).toString()}` })).json()

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

describe('a caller handed on', () => {
  it('gives each operator the conversation that was theirs, of the whole and of an entity, and after days are summed up anew', async () => {
    const at = Date.parse('2026-03-03T09:00:00Z')
    const callId = 'handed-on'
    const target = { kind: 'operator', operatorId: 'bruno', name: 'Bruno Lefort' } as const
    const facts: readonly Fact[] = [
      { at, type: 'call-arrived', callId, number: null, people: [] },
      { at: at + 10_000, type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 },
      { at: at + 70_000, type: 'call-transferred', callId, operatorId: 'alice', target, leg: '', bridge: '', capAt: 0 },
      { at: at + 370_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
    ]
    const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
    await sink.ship(
      'handed',
      facts.map((fact, i) => ({ n: i + 1, fact })),
    )
    const expected = [
      ['alice', 1, 60],
      ['bruno', 0, 300],
    ]
    const told = async () => {
      const { figures, operators } = await get<CallIndicators>('calls', { from: '2026-03-03', to: '2026-03-03' })
      expect(figures).toMatchObject({ answered: 1, talk: 360 })
      return operators.map(({ id, answered, talkS }) => [id, answered, talkS])
    }
    expect(await told()).toEqual(expected)
    await service.database.pool.query('select sum_figure_days(zone) from figure_zone')
    expect(await told()).toEqual(expected)
    await service.stores.indicators.sumChangedDays()
    const { rows } = await service.database.pool.query(
      "select operator_id, conversations, talk_ms::integer from operator_entity_days where day = '2026-03-03' order by operator_id",
    )
    expect(rows).toEqual([
      { operator_id: 'alice', conversations: 1, talk_ms: 60_000 },
      { operator_id: 'bruno', conversations: 0, talk_ms: 300_000 },
    ])
  })
})
