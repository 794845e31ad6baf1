import { setTimeout as wait } from 'node:timers/promises'
import type { Context, SpanContext, TracerProvider as Provider } from '@opentelemetry/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Fact } from './calls/facts.ts'
import { traceOf } from './indicators/call-trace.ts'

type Parts = {
  /** The collector's base address (OTLP over HTTP, JSON): `/v1/traces` is added. */
  readonly url: string
  /** The service's, there. */
  readonly name: string
  readonly version: string
  readonly log: Logger
  readonly watch: (listener: (facts: readonly Fact[]) => void) => void
}
type Api = typeof import('@opentelemetry/api')
type Opened = { readonly api: Api; readonly provider: Provider & { forceFlush(): Promise<void>; shutdown(): Promise<void> } }

export type Traces = {
  /** Before it has routes. */
  follow(http: FastifyInstance): void
  /** Sends what there is. @throws when nobody takes it */
  flush(): Promise<void>
  /** Sends the last of them. */
  stop(): Promise<void>
}

/** A collector that is away holds no stop up for longer. */
const lastTracesMs = 2_000
const callsFollowed = 2_000
const sayAgainMs = 3_600_000

/**
 * Calls and requests as OpenTelemetry's traces: a call when it is over, with its parts; a request with its route, below the caller's
 * own trace when there is one (`traceparent`). A collector that is away costs nothing but traces.
 */
export function traceInto(parts: Parts): Traces {
  let opened: Opened | null = null
  // Only a site that has a collector loads what speaks to it.
  const opening = open(parts).then(
    (done) => {
      opened = done
    },
    (error: unknown) => parts.log.error({ err: error }, 'Traces cannot be sent'),
  )
  followCalls(parts, () => opened)
  return {
    follow: (http) => followRequests(http, () => opened),
    async flush() {
      await opening
      await opened?.provider.forceFlush()
    },
    async stop() {
      await opening
      const sent = opened?.provider.shutdown().catch((error: unknown) => parts.log.warn({ err: error }, 'The last traces were not sent'))
      await Promise.race([sent, wait(lastTracesMs, undefined, { ref: false })])
    },
  }
}

async function open({ url, name, version, log }: Parts): Promise<Opened> {
  const [api, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { defaultResource, resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  let said = Number.NEGATIVE_INFINITY
  const complain = (message: string) => {
    if (performance.now() - said < sayAgainMs) return
    said = performance.now()
    log.warn({ collector: new URL(url).host, said: message.slice(0, 200) }, 'Traces are not taken')
  }
  const nothing = () => undefined
  api.diag.setLogger(
    { error: complain, warn: complain, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: api.DiagLogLevel.WARN },
  )
  const own = resourceFromAttributes({ 'service.name': name, 'service.version': version })
  const provider = new TracerProvider({
    resource: defaultResource().merge(own),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${url.replace(/\/$/, '')}/v1/traces` }) })],
  })
  return { api, provider }
}

function followCalls({ watch }: Parts, now: () => Opened | null): void {
  const calls = new Map<string, Fact[]>()
  watch((facts) => {
    for (const fact of facts) {
      if (!('callId' in fact)) continue
      if (fact.type === 'call-arrived' || fact.type === 'call-placed') calls.set(fact.callId, [])
      const story = calls.get(fact.callId)
      // One that began before this service did has no beginning to show.
      if (story === undefined) continue
      story.push(fact)
      if (fact.type === 'call-ended') {
        calls.delete(fact.callId)
        tell(story, now())
      } else if (calls.size > callsFollowed) calls.delete(fact.callId)
    }
  })
}

function tell(story: readonly Fact[], opened: Opened | null): void {
  const trace = traceOf(story)
  if (trace === null || opened === null) return
  const { api, provider } = opened
  const tracer = provider.getTracer('guichet-unique')
  const call = tracer.startSpan(
    trace.call.name,
    { kind: api.SpanKind.SERVER, startTime: trace.call.from, attributes: trace.call.attributes },
    api.ROOT_CONTEXT,
  )
  const inside = api.trace.setSpan(api.ROOT_CONTEXT, call)
  for (const { name, from, to, attributes } of trace.parts) tracer.startSpan(name, { startTime: from, attributes }, inside).end(to)
  call.end(trace.call.to)
}

/** W3C Trace Context, § 3.2. */
const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

function contextOf(request: FastifyRequest, api: Api): Context {
  const [, traceId, spanId, flags] = traceparent.exec(String(request.headers.traceparent ?? '')) ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return api.ROOT_CONTEXT
  const theirs: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & api.TraceFlags.SAMPLED, isRemote: true }
  return api.isSpanContextValid(theirs) ? api.trace.setSpanContext(api.ROOT_CONTEXT, theirs) : api.ROOT_CONTEXT
}

function followRequests(http: FastifyInstance, now: () => Opened | null): void {
  // Once it is answered, by its route alone: addresses hold names and numbers.
  http.addHook('onResponse', async (request, reply) => {
    const opened = now()
    if (opened === null) return
    const { api, provider } = opened
    const route = request.routeOptions.url ?? '(none)'
    const to = Date.now()
    const span = provider.getTracer('guichet-unique').startSpan(
      `${request.method} ${route}`,
      {
        kind: api.SpanKind.SERVER,
        startTime: to - reply.elapsedTime,
        attributes: { 'http.request.method': request.method, 'http.route': route, 'http.response.status_code': reply.statusCode },
      },
      contextOf(request, api),
    )
    if (reply.statusCode >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR })
    span.end(to)
  })
}
