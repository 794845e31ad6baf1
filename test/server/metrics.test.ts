import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { DeskState } from '../../server/calls/model.ts'
import { metricsOf } from '../../server/metrics.ts'
import { Ari } from '../../server/telephony/ari.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const token = 'a token of the tests, long'

describe('the figures for Prometheus', () => {
  let service: TestHttp
  beforeAll(async () => {
    service = await buildTestHttp({ metricsToken: token })
  })
  afterAll(() => service.close())

  it('are for this machine, or for whoever has the token; to anybody else there is nothing', async () => {
    const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
      service.app.inject({ url: '/metrics', remoteAddress, headers }).then((answer) => answer.statusCode)
    expect(await ask('127.0.0.1')).toBe(200)
    expect(await ask('::1')).toBe(200)
    expect(await ask('192.0.2.7')).toBe(404)
    expect(await ask('192.0.2.7', { authorization: `Bearer ${token}` })).toBe(200)
    expect(await ask('192.0.2.7', { authorization: `Bearer ${token}x` })).toBe(404)
    // A proxy on this machine asks in another's name.
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })).toBe(404)
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404)
  })

  it('tell the story of a call to supervisors, from its facts in the database', async () => {
    const at = new Date('2026-11-24T09:00:00Z')
    const row = (seq: number, body: Fact) => ({ epoch: 'e', seq, at: new Date(body.at), type: body.type, body })
    await service.stores.facts.appendFacts([
      row(2, { type: 'call-ended', at: at.getTime() + 5_000, callId: 'c-1', reason: 'abandoned', by: 'caller' }),
      row(1, { type: 'call-arrived', at: at.getTime(), callId: 'c-1', number: null, people: [] }),
      row(3, { type: 'call-arrived', at: at.getTime(), callId: 'c-2', number: null, people: [] }),
    ])
    const told = await service.as('sophie', { method: 'GET', url: '/api/calls/c-1/story' })
    expect(told.json()).toMatchObject({
      id: 'c-1',
      number: null,
      ended: true,
      tickets: [],
      facts: [{ type: 'call-arrived' }, { type: 'call-ended', afterMs: 5_000 }],
    })
    expect((await service.as('sophie', { method: 'GET', url: '/api/calls/nothing/story' })).statusCode).toBe(404)
    expect((await service.as('alice', { method: 'GET', url: '/api/calls/c-1/story' })).statusCode).toBe(403)
  })

  it('count calls, waits and commands, and hold no name, number or id', async () => {
    const ari = new Ari({ url: 'http://127.0.0.1:9', user: 'u', password: 'secret' })
    let hear: (facts: readonly Fact[]) => void = () => undefined
    const operator = { id: 'alice', name: 'Alice Martin', extension: '6101', status: { kind: 'ready', since: 0 }, orderedBy: null }
    const call = { id: 'call-77', number: '+33561551234', arrivedAt: Date.now() - 42_000, status: { kind: 'waiting' } }
    const state = { open: true, calls: new Map([['call-77', call]]), operators: new Map([['alice', operator]]) } as unknown as DeskState
    const metrics = metricsOf({
      engine: { state },
      ari,
      telephony: () => ({ up: true }),
      backlog: () => 3,
      pool: { totalCount: 4, idleCount: 1, waitingCount: 0 },
      outbox: async () => [{ state: 'pending', n: 2 }],
      watch: (listener) => {
        hear = listener
      },
      version: '1.0.0',
    })
    await ari.request('GET', '/asterisk/info').catch(() => undefined)
    ari.answered(4, 204)
    hear([
      { at: 0, type: 'call-arrived', callId: 'call-1', number: '+33561551234', people: [] },
      { at: 12_000, type: 'call-answered', callId: 'call-1', operatorId: 'alice', leg: 'l', bridge: 'b', capAt: 0 },
      { at: 72_000, type: 'call-ended', callId: 'call-1', reason: 'completed', by: 'caller' },
      { at: 0, type: 'call-arrived', callId: 'call-2', number: null, people: [] },
      { at: 95_000, type: 'call-ended', callId: 'call-2', reason: 'abandoned', by: 'caller' },
    ])
    const text = await metrics.text()
    for (const line of [
      'guichet_calls{status="waiting"} 1',
      'guichet_operators{state="ready"} 1',
      'guichet_facts_waiting 3',
      'guichet_database_connections{state="busy"} 3',
      'guichet_outbox_mails{state="pending"} 2',
      'guichet_wait_seconds_bucket{le="10",outcome="answered"} 0',
      'guichet_wait_seconds_bucket{le="20",outcome="answered"} 1',
      'guichet_wait_seconds_sum{outcome="abandoned"} 95',
      'guichet_talk_seconds_sum 60',
      'guichet_calls_ended_total{direction="in",reason="completed"} 1',
      'guichet_ari_request_seconds_count{path="http",outcome="done"} 1',
      'guichet_ari_request_seconds_count{path="http",outcome="none"} 1',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(text).toContain(line)
    for (const personal of ['Alice', 'Martin', '6101', '561551234', 'call-1', 'call-77', 'secret']) expect(text).not.toContain(personal)
    await ari.close()
  })
})
