import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { WaitAccuracy } from '../../server/contract/waiting.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const minute = 60_000
const start = Date.now() - 60 * minute
let service: TestHttp

const told = (callId: string, at: number, low: number, high: number): Fact => ({
  at,
  type: 'announcement-started',
  callId,
  announcement: { playback: `${callId}~play0`, sounds: [] },
  promisedBy: at + high * minute,
  told: { position: 1, lowMs: low * minute, highMs: high * minute },
})
const answered = (callId: string, at: number): Fact => ({
  at,
  type: 'call-answered',
  callId,
  operatorId: 'alice',
  leg: `${callId}~leg1`,
  bridge: `${callId}~leg1~bridge`,
  capAt: at + 15 * minute,
})
const ended = (callId: string, at: number): Fact => ({ at, type: 'call-ended', callId, reason: 'abandoned', by: 'caller' })

/** Answered in time, answered late, gone in time, gone after the promise was broken, and one who still waits. */
const facts: readonly Fact[] = [
  told('kept', start, 1, 3),
  answered('kept', start + 2 * minute),
  ended('kept', start + 9 * minute),
  told('late', start, 1, 3),
  told('late', start + 4 * minute, 3, 5),
  answered('late', start + 8 * minute),
  told('gone', start, 1, 3),
  ended('gone', start + minute),
  told('given-up', start, 1, 3),
  ended('given-up', start + 4 * minute),
  told('waits', start, 1, 3),
  { ...told('silent', start, 1, 3), told: null } as Fact,
]

beforeAll(async () => {
  service = await buildTestHttp()
  const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const shipped = facts.map((fact, i) => ({ n: i + 1, fact }))
  await sink.ship('e', shipped)
  await sink.ship('e', shipped)
})
afterAll(() => service.close())

const accuracy = async (query = ''): Promise<WaitAccuracy> =>
  (await service.as('sophie', { method: 'GET', url: `/api/waiting/accuracy${query}` })).json()

describe('the waits announced', () => {
  it('are held against what happened, by range, once each', async () => {
    const { ranges, ...all } = await accuracy()
    expect(ranges).toEqual([
      { lowMinutes: 1, highMinutes: 3, told: 4, kept: 1, late: 2, left: 1, medianSeconds: 300, medianErrorSeconds: 180 },
      { lowMinutes: 3, highMinutes: 5, told: 1, kept: 1, late: 0, left: 0, medianSeconds: 240, medianErrorSeconds: 0 },
    ])
    expect(all).toMatchObject({ told: 5, kept: 2, late: 2, left: 1 })
  })

  it('of a time in which none was announced say so', async () => {
    await service.database.pool.query("update promises set at = at - interval '3 days'")
    expect(await accuracy('?days=1')).toMatchObject({ told: 0, kept: 0, medianSeconds: null, ranges: [] })
  })
})
