import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { CallIndicators, CallList } from '../../server/contract/indicators.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { abandonedCall } from '../support/facts.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const get = async <T>(path: string, period: object): Promise<T> => {
  const url = `/api/indicators/${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ ...period }).toString()}`
  return (await service.as('sophie', { method: 'GET', url })).json()
}

describe('answers owed in the figures', () => {
  const [minute, number, other] = [60_000, '+33561551299', '+33561551298']
  const owe = (epoch: string, ...facts: readonly Fact[]) =>
    factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }).ship(
      epoch,
      facts.map((fact, i) => ({ n: i + 1, fact })),
    )

  it('are listed one by one, as they are counted: a number that called twice is one, a chosen half hour is there, one of an earlier day is not', async () => {
    const at = Date.parse('2026-03-17T09:00:00Z')
    const day = { from: '2026-03-17', to: '2026-03-17' }
    await owe('owed', ...abandonedCall('before', other, at - 86_400_000), ...abandonedCall('first', number, at))
    await owe('owed again', ...abandonedCall('again', number, at + 5 * minute), ...abandonedCall('other', other, at + 10 * minute))
    const fromMs = at + 60 * minute
    const asked = {
      fromMs,
      toMs: fromMs + 30 * minute,
      number: '+33561551297',
      subject: '',
      personId: null,
      name: '',
      email: null,
      vouched: false,
    }
    const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
    await service.stores.callbackSlots.book('counted', asked, 9, words)
    const { figures } = await get<CallIndicators>('calls', day)
    expect(figures).toMatchObject({ owed: 2, owedHeld: 0, owedLate: 2 })
    for (const kind of ['owed', 'owedLate']) {
      const list = await get<CallList>(`calls/list?kind=${kind}`, day)
      expect(list.total, kind).toBe(2)
      expect(list.calls).toMatchObject([
        { id: 'slot-counted', number: '+33561551297', outcome: 'slot', waitS: 0 },
        { id: 'first', number, outcome: 'abandoned', waitS: 0 },
      ])
    }
    const query = new URLSearchParams({ ...day, kind: 'owed', format: 'csv' }).toString()
    const file = await service.as('sophie', { method: 'GET', url: `/api/indicators/calls/list/file?${query}` })
    expect(file.body).toContain('demi-heure choisie')
    const none = await service.stores.indicators.callList({ kind: 'owed', ...day }, { entities: ['droit'], theirs: null })
    expect(none.total).toBe(0)
    const whole = await service.stores.indicators.callList({ kind: 'owed', ...day }, { entities: ['root'], theirs: null })
    expect(whole.calls.map(({ id }) => id)).toEqual(['first'])
  })

  it('are late when first called back too late, also where another time was agreed on then', async () => {
    const at = Date.parse('2026-03-19T09:00:00Z')
    await owe('late', ...abandonedCall('late', '+33561551296', at))
    const { entries } = (await service.as('alice', { method: 'GET', url: '/api/owed' })).json()
    const entry = entries.find((one: { number: string }) => one.number === '+33561551296')
    const laterAt = new Date(Date.now() + 86_400_000).toISOString()
    const payload = { outcome: 'later', laterAt, note: null }
    expect((await service.as('alice', { method: 'POST', url: `/api/owed/${entry.id}/outcome`, payload })).statusCode).toBeLessThan(300)
    const day = { from: '2026-03-19', to: '2026-03-19' }
    expect((await get<CallIndicators>('calls', day)).figures).toMatchObject({ owed: 1, owedHeld: 0, owedLate: 1 })
    expect((await get<CallList>('calls/list?kind=owedLate', day)).total).toBe(1)
  })
})
