import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineCalendar } from '../../server/calendar/calendar.ts'
import type { Fact } from '../../server/calls/facts.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { abandonedCall } from '../support/facts.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const minute = 60_000
const claire = '+33561551234'
const ahmed = '+33561551235'

let service: TestHttp
beforeEach(async () => {
  service = await buildTestHttp()
})
afterEach(() => service.close())

const ship = (...facts: readonly Fact[]) =>
  factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }).ship(
    'e',
    facts.map((fact, i) => ({ n: i + 1, fact })),
  )
const list = async (state = ''): Promise<OwedEntry[]> =>
  (await service.as('alice', { method: 'GET', url: `/api/owed${state}` })).json().entries
const post = (login: string, id: string, action: string, payload?: object) =>
  service.as(login, { method: 'POST', url: `/api/owed/${id}/${action}`, ...(payload && { payload }) })

it('whoever they are owed to is written to, once for each thing, and a number without an owner holds nobody up', async () => {
  const ago = (minutes: number) => Date.now() - minutes * minute
  await ship(...abandonedCall('c1', claire, ago(12)), ...abandonedCall('c2', ahmed, ago(12)))
  const tell = () =>
    service.stores.owed.tell(
      (about, { number }) => (number === ahmed ? null : { to: 'claire@univ.example', subject: about, text: number }),
      'g.example',
    )
  expect([await tell(), await tell()]).toEqual([true, false])
  const entry = (await list()).find(({ number }) => number === claire)
  await post('alice', entry?.id ?? '', 'take')
  await post('alice', entry?.id ?? '', 'outcome', { outcome: 'no-answer', note: null })
  expect([await tell(), await tell()]).toEqual([true, false])
  const { rows } = await service.database.pool.query(
    "select subject, text from outbox where to_address = 'claire@univ.example' order by at",
  )
  expect(rows).toEqual([
    { subject: 'missed', text: claire },
    { subject: 'attempted', text: claire },
  ])
  // The next to call reads it.
  expect((await list()).find(({ number }) => number === claire)).toMatchObject({ told: [{ about: 'missed' }, { about: 'attempted' }] })
})

it('what falls due while the desk is closed is due after it, once it was looked at, and what is settled stays as it was', async () => {
  const since = Date.now() - 10 * minute
  await ship(...abandonedCall('c1', claire, since), ...abandonedCall('c2', ahmed, since))
  const [settled, open] = await list('?state=open')
  await post('alice', settled?.id ?? '', 'take')
  await post('alice', settled?.id ?? '', 'outcome', { outcome: 'reached' })
  const reopensAt = Date.now() + 3 * 60 * minute
  const hours = defineCalendar({
    exceptions: [
      { kind: 'closed', fromMs: 0, toMs: reopensAt, reason: '' },
      { kind: 'open', fromMs: reopensAt, toMs: reopensAt + 3 * 60 * minute, reason: '' },
    ],
  })
  const { owed } = service.stores
  expect([await owed.keepDues(hours), await owed.keepDues(hours)]).toEqual([true, false])
  const [moved, ...others] = await list('?state=open')
  expect([moved?.id, others]).toEqual([open?.id, []])
  expect(Date.parse(moved?.dueAt ?? '')).toBeGreaterThan(reopensAt)
  expect(moved?.origins).toMatchObject([{ reopensAt: new Date(reopensAt).toISOString() }])
  const { rows } = await service.database.pool.query('select type from owed_facts order by id')
  expect(rows.map(({ type }) => type)).toEqual(['owed', 'owed', 'taken', 'attempted', 'settled', 'slot-moved'])
})

describe('what is late', () => {
  it('is shown to supervisors, then written to the addresses, once each, and ends when it is settled', async () => {
    await ship(...abandonedCall('c1', claire, Date.now() - 3 * 60 * minute))
    const mailTo = ['dsi@univ.example', 'chef@univ.example']
    const escalate = (mailAt: (dueAt: number) => number) =>
      service.stores.owed.escalate({ mailAt, mailTo }, (late) => ({ subject: `${late.length} en retard`, text: '…' }), 'univ.example')
    const never = () => Number.POSITIVE_INFINITY
    expect([await escalate(never), await escalate(never)]).toEqual([true, false])
    expect((await list())[0]).toMatchObject({ escalated: true, escalations: [{ step: 'supervisors', to: [] }] })
    expect([await escalate((ms) => ms), await escalate((ms) => ms)]).toEqual([true, false])
    const [entry] = await list()
    expect(entry?.escalations.map(({ step, to }) => [step, to])).toEqual([
      ['supervisors', []],
      ['mail', mailTo],
    ])
    const mails = await service.stores.mails.list()
    expect(mails.map(({ to, subject, state }) => `${to} ${subject} ${state}`).toSorted()).toEqual([
      'chef@univ.example 1 en retard pending',
      'dsi@univ.example 1 en retard pending',
    ])
    await post('alice', entry?.id ?? '', 'outcome', { outcome: 'reached' })
    expect(await list('?state=settled')).toMatchObject([{ escalated: false, escalations: [{ step: 'supervisors' }, { step: 'mail' }] }])
  })
})
