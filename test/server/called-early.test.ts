import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const minute = 60_000
const claire = '+33561551234'

let service: TestHttp
let seq: number
beforeEach(async () => {
  service = await buildTestHttp()
  seq = 0
})
afterEach(() => service.close())

const ship = (...facts: readonly Fact[]) =>
  factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }).ship(
    'e',
    facts.map((fact) => ({ n: (seq += 1), fact })),
  )
const list = async (): Promise<OwedEntry[]> => (await service.as('alice', { method: 'GET', url: '/api/owed' })).json().entries
const promise = () => {
  const fromMs = start + 24 * 60 * minute
  const asked = { fromMs, toMs: fromMs + 30 * minute, number: claire, subject: '', personId: null, name: '', email: null, vouched: false }
  const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
  return service.stores.callbackSlots.book('abcdefgh', asked, 9, words)
}
const abandoned: readonly Fact[] = [
  { at: start, type: 'call-arrived', callId: 'c1', number: claire, people: [] },
  { at: start + 2 * minute, type: 'call-ended', callId: 'c1', reason: 'abandoned', by: 'caller' },
]
const about = { callId: 'out-1', operatorId: 'alice' } as const
const called = (owedId: string | null): readonly Fact[] => [
  { at: start + 10 * minute, type: 'call-placed', ...about, number: claire, people: [], owedId },
  { at: start + 10 * minute, type: 'dialling-started', ...about, leg: 'l', bridge: 'b', channel: 'c', tone: 't' },
]
const vain: Fact = { at: start + 11 * minute, type: 'dialling-ended', ...about, reason: 'no-answer', nextAt: null }
const talked: Fact = { at: start + 11 * minute, type: 'call-answered', ...about, leg: 'l', bridge: 'b', capAt: start + 26 * minute }
const save = () => {
  const requester = { personId: null, name: 'Claire Dubois', email: null, phone: null }
  return service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title: 'Moodle', requester, callId: 'out-1' } })
}

it.each([
  ['stays promised when that call was about something else', false, [], [null]],
  ['stays promised, alone, when it was about a call before', false, abandoned, [null, 'reached']],
  ['is over when it was about that very half hour', true, [], ['reached']],
])('a half hour promised to whoever is called and reached before it %s', async (_what, isAbout, before, how) => {
  await promise()
  await ship(...before)
  await ship(...called(isAbout ? ((await list())[0]?.id ?? null) : null), talked)
  expect((await save()).statusCode).toBe(201)
  expect((await list()).map(({ settledHow, takenBy }) => settledHow ?? takenBy)).toEqual(how)
})

it('a half hour promised to whoever is called before it in vain about something else is nobody’s yet, and was not tried', async () => {
  await promise()
  await ship(...called(null))
  expect(await list()).toMatchObject([{ takenBy: null }])
  await ship(vain)
  expect(await list()).toMatchObject([{ takenBy: null, attempts: [] }])
})
