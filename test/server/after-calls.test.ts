import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { CallsWithoutTicket } from '../../server/contract/dispositions.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const claire = '+33561551234'
const requester = { personId: null, name: 'Claire Dubois', email: null, phone: '05 61 55 12 34' }

let service: TestHttp
let ended: number
let seq: number
beforeEach(async () => {
  service = await buildTestHttp()
  ended = 0
  seq = 0
})
afterEach(() => service.close())

const ship = (...facts: readonly Fact[]) =>
  factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => (ended += 1) }).ship(
    'e',
    facts.map((fact) => ({ n: (seq += 1), fact })),
  )
/** A conversation of a minute with Alice. */
const conversation = (callId: string, at: number): readonly Fact[] => [
  { at, type: 'call-arrived', callId, number: claire, people: [] },
  { at: at + 10_000, type: 'call-answered', callId, operatorId: 'alice', leg: `${callId}~l`, bridge: `${callId}~b`, capAt: at + 900_000 },
  { at: at + 70_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
]
const list = async (login = 'bruno'): Promise<CallsWithoutTicket> =>
  (await service.as(login, { method: 'GET', url: '/api/calls/without-ticket' })).json()
const waiting = async () => (await list()).calls.map((call) => call.id)
const dispose = (callId: string, payload: object, login = 'alice') =>
  service.as(login, { method: 'POST', url: `/api/calls/${callId}/dispositions`, payload })
const open = async (payload: object) => (await service.as('alice', { method: 'POST', url: '/api/tickets', payload })).json()
const journal = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json().journal

describe('calls without a ticket', () => {
  it('are listed for everybody at the desk, the oldest first, with who called, who answered and for how long', async () => {
    await ship(...conversation('c2', start + 60_000), ...conversation('c1', start))
    const { calls, total } = await list()
    expect([calls.map((c) => c.id), total, ended]).toEqual([['c1', 'c2'], 2, 1])
    expect(calls[0]).toMatchObject({
      numberShown: '05 61 55 12 34',
      people: [{ name: 'Claire Dubois' }],
      operatorId: 'alice',
      operator: 'Alice Martin',
      seconds: 60,
      endedAt: '2026-11-23T09:01:10.000Z',
    })
  })

  it('hold neither a call that nobody answered nor one that goes on', async () => {
    const [arrived, answered] = conversation('c2', start)
    if (arrived === undefined || answered === undefined) throw new Error('no conversation')
    await ship({ ...arrived, callId: 'c1' } as Fact, {
      at: start + 9_000,
      type: 'call-ended',
      callId: 'c1',
      reason: 'abandoned',
      by: 'caller',
    })
    await ship(arrived, answered)
    expect(await waiting()).toEqual([])
  })

  it('are fewer by each ticket, attachment, refusal and word why there was nothing', async () => {
    await ship(...['c1', 'c2', 'c3', 'c4', 'c5'].flatMap((id, i) => conversation(id, start + i * 1_000)))
    const { number } = await open({ title: 'Moodle', requester, callId: 'c1' })
    expect(await waiting()).toEqual(['c2', 'c3', 'c4', 'c5'])
    expect((await dispose('c2', { kind: 'attached', ticket: number, text: 'Toujours rien.' })).statusCode).toBe(201)
    const target = { name: 'Scolarité', number: '05 61 55 66 11' }
    expect((await dispose('c3', { kind: 'refused', reason: 'Inscription administrative', target })).json()).toMatchObject([
      { kind: 'refused', by: 'Alice Martin', reason: 'Inscription administrative', target, ticket: null },
    ])
    expect((await dispose('c4', { kind: 'nothing', reason: 'Faux numéro' })).statusCode).toBe(201)
    expect(await waiting()).toEqual(['c5'])
    expect(service.told).toEqual(expect.arrayContaining(['call c1', 'call c2', 'call c3', 'call c4']))
  })

  it('an attachment is written into the ticket once, with what was said or that the person called again', async () => {
    await ship(...conversation('c1', start), ...conversation('c2', start))
    const { number } = await open({ title: 'Moodle', requester })
    await dispose('c1', { kind: 'attached', ticket: number, text: 'Toujours rien.' })
    await dispose('c1', { kind: 'attached', ticket: number, text: 'Toujours rien.' })
    await dispose('c2', { kind: 'attached', ticket: number })
    expect((await journal(number)).map((line: { text: string }) => line.text)).toEqual([
      'Moodle',
      'Toujours rien.',
      'A rappelé le guichet.',
    ])
  })

  it('an attachment brings along who was put in copy, once, but nobody who is not known here', async () => {
    await ship(...conversation('c1', start), ...conversation('c2', start + 1_000))
    const { number } = await open({ title: 'Moodle', requester: { ...requester, personId: 'sample:claire.dubois' } })
    const watching = async () => {
      const answer = await service.as('alice', { method: 'GET', url: `/api/tickets/${number}/observers` })
      return answer.json<{ name: string; staff: boolean }[]>().map(({ name, staff }) => `${name}${staff ? ', here' : ''}`)
    }
    const unknown = await dispose('c1', { kind: 'attached', ticket: number, observers: [{ personId: 'sample:nobody' }] })
    expect(unknown.statusCode).toBe(409)
    expect(await waiting()).toEqual(['c1', 'c2'])
    // Whoever asks hears of everything anyhow.
    const observers = [{ personId: 'sample:ahmed.benali' }, { accountId: 'nadia' }, { personId: 'sample:claire.dubois' }]
    for (let again = 0; again < 2; again += 1)
      expect((await dispose('c1', { kind: 'attached', ticket: number, text: 'Il appelle pour elle.', observers })).statusCode).toBe(201)
    expect(await watching()).toEqual(['Ahmed Benali', 'Nadia Roussel, here'])
    await dispose('c2', { kind: 'attached', ticket: number, observers: [{ personId: 'sample:ahmed.benali' }] })
    expect(await watching()).toEqual(['Ahmed Benali', 'Nadia Roussel, here'])
  })

  it('a call that is being talked over can be refused before it has ended', async () => {
    service.desk.calls = [{ id: 'live' }] as typeof service.desk.calls
    expect((await dispose('live', { kind: 'refused', reason: 'Hors périmètre' })).statusCode).toBe(201)
    await ship(...conversation('live', start))
    expect(await waiting()).toEqual([])
  })

  it.each([
    ['a call that never was', 'none', { kind: 'nothing', reason: 'Faux numéro' }, 404],
    ['a ticket that never was', 'c1', { kind: 'attached', ticket: 9 }, 404],
    ['a refusal without a reason', 'c1', { kind: 'refused', reason: ' ' }, 400],
  ])('refuses %s', async (_what, callId, payload, status) => {
    await ship(...conversation('c1', start))
    expect((await dispose(callId, payload)).statusCode).toBe(status)
    expect(await waiting()).toEqual(['c1'])
  })

  it('what was written of a call is never rewritten', async () => {
    await ship(...conversation('c1', start))
    await dispose('c1', { kind: 'nothing', reason: 'Faux numéro' })
    await expect(service.database.pool.query("update dispositions set reason = 'autre'")).rejects.toThrow('append-only')
  })
})
