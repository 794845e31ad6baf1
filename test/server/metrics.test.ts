import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskState } from '../../server/calls/model.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { metricsOf } from '../../server/metrics.ts'
import { Ari } from '../../server/telephony/ari.ts'
import { storeFacts } from '../support/facts.ts'
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
    await storeFacts(service.database.pool, [
      { type: 'call-ended', at: at.getTime() + 5_000, callId: 'c-1', reason: 'abandoned', by: 'caller' },
      { type: 'call-arrived', at: at.getTime(), callId: 'c-1', number: null, people: [] },
      { type: 'call-arrived', at: at.getTime(), callId: 'c-2', number: null, people: [] },
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
    ari.answered('http', 4, 204)
    ari.answered('ws', 2, 204)
    hear([
      { at: 0, type: 'call-arrived', callId: 'call-1', number: '+33561551234', people: [] },
      { at: 8_000, type: 'offer-ended', callId: 'call-1', operatorId: 'alice', reason: 'no-answer', restUntil: 0 },
      { at: 12_000, type: 'call-answered', callId: 'call-1', operatorId: 'alice', leg: 'l', bridge: 'b', capAt: 0 },
      { at: 72_000, type: 'call-ended', callId: 'call-1', reason: 'completed', by: 'caller' },
      { at: 0, type: 'call-arrived', callId: 'call-2', number: null, people: [] },
      { at: 95_000, type: 'call-ended', callId: 'call-2', reason: 'abandoned', by: 'caller' },
      // Called back an hour later, at the place that was kept: nobody waited on the line for so long.
      { at: 0, type: 'call-arrived', callId: 'call-3', number: '+33561551235', people: [] },
      { at: 40_000, type: 'place-kept', callId: 'call-3', number: '+33561551235', announcement: { playback: '', sounds: [] } },
      { at: 3_600_000, type: 'call-answered', callId: 'call-3', operatorId: 'alice', leg: 'l', bridge: 'b', capAt: 0 },
      { at: 3_660_000, type: 'call-ended', callId: 'call-3', reason: 'completed', by: 'caller' },
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
      'guichet_wait_seconds_sum{outcome="answered"} 12',
      'guichet_talk_seconds_sum 120',
      'guichet_calls_ended_total{direction="in",reason="completed"} 2',
      'guichet_ari_request_seconds_count{path="http",outcome="done"} 1',
      'guichet_ari_request_seconds_count{path="http",outcome="none"} 1',
      'guichet_ari_request_seconds_count{path="ws",outcome="done"} 1',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(text).toContain(line)
    // The dashboard that comes with it asks for nothing that is not there: names, labels and their values.
    for (const { title, query } of dashboardQueries()) {
      for (const { metric, labels } of selectorsOf(query)) {
        const series = text.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `))
        expect(series, `${title}: ${metric}`).not.toEqual([])
        for (const [label, how, value] of labels) {
          const values = series.map((line) => new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1])
          expect(
            values.every((one) => one !== undefined),
            `${title}: ${metric}{${label}}`,
          ).toBe(true)
          const wanted = how.endsWith('~') ? value.split('|') : [value]
          // Of what is left out it need not be there now.
          if (!how.startsWith('!'))
            expect(
              wanted.filter((one) => !values.includes(one)),
              `${title}: ${metric}{${label}}`,
            ).toEqual([])
        }
      }
      for (const label of groupedBy(query)) expect(text, `${title}: by ${label}`).toMatch(new RegExp(`[{,]${label}="`))
    }
    for (const personal of ['Alice', 'Martin', '6101', '561551234', 'call-1', 'call-77', 'secret']) expect(text).not.toContain(personal)
    await ari.close()
  })
})

type Panel = { readonly title: string; readonly targets?: readonly { readonly expr: string }[]; readonly panels?: readonly Panel[] }
/** What each panel of the dashboard asks Prometheus for. */
function dashboardQueries(): readonly { readonly title: string; readonly query: string }[] {
  const { panels } = JSON.parse(readFileSync('docs/grafana.json', 'utf8')) as { panels: readonly Panel[] }
  const all = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])])
  const queries = all.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, query: expr })))
  expect(queries.length).toBeGreaterThan(20)
  return queries
}

type Label = readonly [name: string, how: string, value: string]
/** The series that a query reads, by name and by what it wants of their labels. */
function selectorsOf(query: string): readonly { readonly metric: string; readonly labels: readonly Label[] }[] {
  const found = [...query.matchAll(/\b((?:guichet|nodejs|process)_[a-z0-9_]+)(?:\{([^}]*)\})?/g)].map(([, metric = '', braces = '']) => ({
    metric,
    labels: [...braces.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, name = '', how = '', value = '']): Label => [name, how, value]),
  }))
  // Every query reads something of ours, or the names above have to be widened.
  expect(found, query).not.toEqual([])
  return found
}
const groupedBy = (query: string): readonly string[] =>
  [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(',').map((label) => label.trim()))

it('the dashboard is one that Grafana takes in: a data source to choose, and panels that lie beside one another', () => {
  type Placed = Panel & { readonly id: number; readonly type: string; readonly datasource?: unknown } & {
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  }
  const board = JSON.parse(readFileSync('docs/grafana.json', 'utf8')) as {
    uid: string
    schemaVersion: number
    panels: readonly Placed[]
    templating: { list: readonly { name: string; type: string; query: string }[] }
  }
  expect(board.schemaVersion).toBeGreaterThanOrEqual(36)
  expect(board.templating.list).toMatchObject([{ name: 'source', type: 'datasource', query: 'prometheus' }])
  expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length)
  for (const [i, one] of board.panels.entries()) {
    expect(JSON.stringify(one.datasource), one.title).toContain('${source}')
    expect(['stat', 'timeseries']).toContain(one.type)
    const { x, y, w, h } = one.gridPos
    expect(x + w, one.title).toBeLessThanOrEqual(24)
    const over = board.panels.slice(i + 1).filter(({ gridPos: g }) => x < g.x + g.w && g.x < x + w && y < g.y + g.h && g.y < y + h)
    expect(
      over.map(({ title }) => title),
      one.title,
    ).toEqual([])
  }
})
