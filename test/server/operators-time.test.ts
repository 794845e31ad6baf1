import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

/** What each operator's time of a day came to, in s, when these facts are shipped, some of them twice. */
const timeOf = async (day: string, facts: readonly Fact[]) => {
  const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const batch = facts.map((fact, i) => ({ n: i + 1, fact }))
  for (const part of [batch.slice(0, 6), batch, batch.slice(4)]) await sink.ship(day, part)
  const { rows } = await service.database.pool.query(
    `select operator_id as who, ready_ms / 1000 as ready, talking_ms / 1000 as talking, wrap_up_ms / 1000 as "wrapUp", wrap_ups as "wrapUps"
     from operator_days where day = $1 order by 1`,
    [day],
  )
  return rows.map((row) => [row.who, Number(row.ready), Number(row.talking), Number(row.wrapUp), row.wrapUps])
}
const talking = (day: string) => {
  const start = Date.parse(`${day}T09:00:00Z`)
  const [callId, bruno] = [`call of ${day}`, { kind: 'operator', operatorId: 'bruno', name: 'Bruno' } as const]
  const at = (s: number) => start + s * 1_000
  const begun: readonly Fact[] = [
    { at: at(0), type: 'operator-ready', operatorId: 'alice' },
    { at: at(50), type: 'call-arrived', callId, number: null, people: [] },
    { at: at(60), type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 },
  ]
  const ended: readonly Fact[] = [
    { at: at(500), type: 'call-ended', callId, reason: 'completed', by: 'caller' },
    { at: at(600), type: 'operator-ready', operatorId: 'alice' },
    { at: at(1_000), type: 'operator-left', operatorId: 'alice' },
    { at: at(1_000), type: 'operator-left', operatorId: 'bruno' },
  ]
  return { callId, bruno, at, begun, ended }
}
const said = { playback: '', sounds: [] }

it('an operator’s time is a pause again, not hours of wrap-up, once somebody paused who was handed a caller has talked', async () => {
  const day = '2026-03-03'
  const { callId, bruno, at, begun, ended } = talking(day)
  const time = await timeOf(day, [
    { at: at(0), type: 'operator-paused', operatorId: 'bruno', reason: 'réunion' },
    ...begun,
    { at: at(160), type: 'transfer-started', callId, operatorId: 'alice', target: bruno, leg: '' },
    { at: at(170), type: 'call-transferred', callId, operatorId: 'alice', target: bruno, leg: '', bridge: '', capAt: 0 },
    ...ended,
  ])
  expect(time).toEqual([
    ['alice', 460, 100, 440, 1],
    ['bruno', 0, 330, 0, 0],
  ])
})

it('it is a conversation for whoever is asked, who has nothing to write up unless they have the caller in the end', async () => {
  const asked = (day: string, last: (of: ReturnType<typeof talking>) => readonly Fact[]) => {
    const of = talking(day)
    const { callId, bruno, at } = of
    return timeOf(day, [
      { at: at(0), type: 'operator-ready', operatorId: 'bruno' },
      ...of.begun,
      { at: at(100), type: 'consult-started', callId, operatorId: 'alice', target: bruno, leg: '', tone: '' },
      { at: at(110), type: 'consult-answered', callId },
      ...last(of),
      ...of.ended,
    ])
  }
  expect(await asked('2026-03-04', ({ callId, at }) => [{ at: at(210), type: 'consult-ended', callId, reason: 'left' }])).toEqual([
    ['alice', 460, 440, 100, 1],
    ['bruno', 900, 100, 0, 0],
  ])
  const handed = ({ callId, at, bruno }: ReturnType<typeof talking>): readonly Fact[] => [
    { at: at(210), type: 'call-transferred', callId, operatorId: 'alice', target: bruno, leg: '', bridge: '', capAt: 0 },
  ]
  expect(await asked('2026-03-05', handed)).toEqual([
    ['alice', 460, 150, 390, 1],
    ['bruno', 110, 390, 500, 1],
  ])
})

it('it is wrap-up once a caller is back in line whose operator’s browser was lost', async () => {
  const day = '2026-03-06'
  const { callId, at, begun, ended } = talking(day)
  const time = await timeOf(day, [
    { at: at(0), type: 'operator-ready', operatorId: 'bruno' },
    ...begun,
    { at: at(160), type: 'caller-requeued', callId, announcement: said },
    { at: at(200), type: 'call-answered', callId, operatorId: 'bruno', leg: '', bridge: '', capAt: 0 },
    ...ended,
  ])
  expect(time).toEqual([
    ['alice', 460, 100, 440, 1],
    ['bruno', 200, 300, 500, 1],
  ])
})
