import { once as event } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { traceInto } from '../../server/traces.ts'

type Told = {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
}
type Sent = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Told['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly Told[] }[]
  }[]
}

let server: Server | null = null
afterEach(() => {
  server?.close()
  server = null
})

/** In the place of a collector, which is not at hand: it takes OTLP's JSON as its specification has it. */
async function collector(): Promise<{ readonly url: string; readonly sent: Sent[] }> {
  const sent: Sent[] = []
  server = createServer((request, answer) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (request.url === '/v1/traces') sent.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Sent)
      answer.setHeader('content-type', 'application/json').end('{}')
    })
  }).listen(0, '127.0.0.1')
  await event(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent }
}
const spansIn = (sent: readonly Sent[]) =>
  sent.flatMap(({ resourceSpans }) => resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)))

const at = 1_800_000_000_000
const facts: Fact[] = [
  { type: 'call-arrived', at, callId: 'c1', number: '+33561551234', people: [] },
  { type: 'call-queued', at: at + 1_000, callId: 'c1', announcement: { playback: 'p', sounds: [] } },
  { type: 'call-ended', at: at + 9_000, callId: 'c1', reason: 'abandoned', by: 'caller' },
]

describe('traces for OpenTelemetry', () => {
  it('are a call with its parts, and requests by their route below the asker’s trace', async () => {
    const { url, sent } = await collector()
    let happened: (facts: readonly Fact[]) => void = () => undefined
    const traces = traceInto({
      url,
      name: 'guichet-unique',
      version: '9.9.9',
      log: pino({ level: 'silent' }),
      watch: (listener) => {
        happened = listener
      },
    })
    const app = Fastify()
    traces.follow(app)
    app.register(async (inside) => {
      inside.get('/api/people/:number', async () => ({}))
    })
    await app.ready()
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const ask = () => app.inject({ url: '/api/people/0561551234', headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
    // What speaks to the collector is loaded meanwhile.
    await expect
      .poll(
        async () => {
          await ask()
          happened(facts)
          await traces.flush()
          return spansIn(sent).length
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThanOrEqual(3)
    await traces.stop()
    await app.close()

    const spans = spansIn(sent)
    expect(spans.find(({ name }) => name === 'GET /api/people/:number')).toMatchObject({
      traceId,
      parentSpanId: 'b7ad6b7169203331',
      kind: 2,
    })
    const [call, wait] = ['call', 'wait'].map((name) => spans.find((span) => span.name === name))
    expect(wait).toMatchObject({
      traceId: call?.traceId,
      parentSpanId: call?.spanId,
      startTimeUnixNano: `${at + 1_000}000000`,
      endTimeUnixNano: `${at + 9_000}000000`,
    })
    expect(call?.attributes).toContainEqual({ key: 'guichet.call.outcome', value: { stringValue: 'abandoned' } })
    expect(sent[0]?.resourceSpans[0]?.resource.attributes).toContainEqual({ key: 'service.version', value: { stringValue: '9.9.9' } })
    expect(JSON.stringify(sent)).not.toContain('561551234')
  })

  it('that nobody takes hold nothing up', async () => {
    const traces = traceInto({
      url: 'http://127.0.0.1:9',
      name: 'guichet-unique',
      version: '1',
      log: pino({ level: 'silent' }),
      watch: () => undefined,
    })
    const app = Fastify()
    traces.follow(app)
    app.get('/', async () => 'here')
    expect((await app.inject({ url: '/', headers: { traceparent: 'nonsense' } })).body).toBe('here')
    await app.close()
    await traces.stop()
  })
})
