import { collectDefaultMetrics, Counter, Gauge, type GaugeConfiguration, Histogram, Registry } from 'prom-client'
import type { Fact } from './calls/facts.ts'
import type { DeskState } from './calls/model.ts'
import { operatorState } from './contract/entities.ts'
import { viewOperator } from './engine/view.ts'
import type { Ari } from './telephony/ari.ts'

type Parts = {
  readonly engine: { readonly state: DeskState }
  readonly ari: Ari
  readonly telephony: () => { readonly up: boolean }
  /** Facts that PostgreSQL has yet to take. */
  readonly backlog: () => number
  readonly pool: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }
  /** How many mails are in each state. @throws when PostgreSQL is away */
  readonly outbox: () => Promise<readonly { readonly state: string; readonly n: number }[]>
  readonly watch: (listener: (facts: readonly Fact[]) => void) => void
  readonly version: string
}

export type Metrics = { readonly contentType: string; text(): Promise<string> }

const callStatuses = [
  'ringing',
  'waiting',
  'closed',
  'message',
  'kept',
  'placing',
  'dialling',
  'talking',
  'transferring',
  'ending',
] as const
const waitsS = [5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 900, 1800]
const talksS = [15, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800]
const ariS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5]

/** What Prometheus reads: counts and durations, never a name, a number or an id. */
export function metricsOf({ engine, ari, telephony, backlog, pool, outbox, watch, version }: Parts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const gauge = <L extends string>(configuration: GaugeConfiguration<L>): Gauge<L> => new Gauge({ ...configuration, registers })
  collectDefaultMetrics({ register: registry })
  gauge({ name: 'guichet_info', help: 'The version that runs', labelNames: ['version'] }).set({ version }, 1)
  gauge({
    name: 'guichet_calls',
    help: 'Calls present, by status',
    labelNames: ['status'],
    collect() {
      for (const status of callStatuses) this.set({ status }, 0)
      for (const call of engine.state.calls.values()) this.inc({ status: call.status.kind })
    },
  })
  gauge({
    name: 'guichet_operators',
    help: 'Operators, by state',
    labelNames: ['state'],
    collect() {
      for (const state of operatorState.options) this.set({ state }, 0)
      for (const operator of engine.state.operators.values()) this.inc({ state: viewOperator(operator).state })
    },
  })
  const simple = (name: string, help: string, value: () => number) =>
    gauge({
      name,
      help,
      collect() {
        this.set(value())
      },
    })
  simple('guichet_open', 'Whether the desk is open', () => (engine.state.open ? 1 : 0))
  simple('guichet_asterisk_connected', 'Whether Asterisk is connected', () => (telephony().up ? 1 : 0))
  simple('guichet_longest_wait_seconds', 'How long whoever waits for longest has waited', () => longestWaitS(engine.state, Date.now()))
  simple('guichet_facts_waiting', 'Facts written down that PostgreSQL has yet to take', backlog)
  gauge({
    name: 'guichet_database_connections',
    help: 'Connections to PostgreSQL, and who waits for one',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'awaited' }, pool.waitingCount)
    },
  })
  gauge({
    name: 'guichet_outbox_mails',
    help: 'Mails in the outbox, by state; absent while PostgreSQL is away',
    labelNames: ['state'],
    async collect() {
      this.reset()
      for (const { state, n } of await outbox().catch(() => [])) this.set({ state }, n)
    },
  })
  const commands = new Histogram({
    name: 'guichet_ari_request_seconds',
    help: 'How long Asterisk took to answer a command, by path (http, or ws: the command sockets) and outcome',
    labelNames: ['path', 'outcome'],
    buckets: ariS,
    registers,
  })
  ari.answered = (path, ms, status) =>
    commands.observe({ path, outcome: status === 0 ? 'none' : status < 300 ? 'done' : 'refused' }, ms / 1_000)
  watchCalls(watch, registry)
  return { contentType: registry.contentType, text: () => registry.metrics() }
}

function longestWaitS({ calls }: DeskState, nowMs: number): number {
  const since = [...calls.values()].filter(({ status }) => status.kind === 'waiting' || status.kind === 'ringing').map((c) => c.arrivedAt)
  return since.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...since)) / 1_000
}

type Followed = { readonly arrivedAt: number; readonly incoming: boolean; answeredAt: number | null; kept: boolean }

function watchCalls(watch: Parts['watch'], registry: Registry): void {
  const registers = [registry]
  const wait = new Histogram({
    name: 'guichet_wait_seconds',
    help: 'From a caller’s arrival to the answer, or to hanging up without one',
    labelNames: ['outcome'],
    buckets: waitsS,
    registers,
  })
  const talk = new Histogram({ name: 'guichet_talk_seconds', help: 'From the answer to the end', buckets: talksS, registers })
  const ended = new Counter({
    name: 'guichet_calls_ended_total',
    help: 'Calls that ended, and how',
    labelNames: ['direction', 'reason'],
    registers,
  })
  const misses = new Counter({
    name: 'guichet_offers_ended_total',
    help: 'Operators’ phones that stopped ringing without an answer, and why',
    labelNames: ['reason'],
    registers,
  })
  const calls = new Map<string, Followed>()
  watch((facts) => {
    for (const fact of facts) {
      if (fact.type === 'call-arrived' || fact.type === 'call-placed')
        calls.set(fact.callId, { arrivedAt: fact.at, incoming: fact.type === 'call-arrived', answeredAt: null, kept: false })
      if (fact.type === 'offer-ended') misses.inc({ reason: fact.reason })
      if (fact.type !== 'call-answered' && fact.type !== 'call-ended' && fact.type !== 'place-kept') continue
      const call = calls.get(fact.callId)
      // Being called back later is no wait on the line.
      if (fact.type === 'place-kept') {
        if (call !== undefined) call.kept = true
        continue
      }
      if (fact.type === 'call-answered') {
        if (call === undefined || call.answeredAt !== null) continue
        call.answeredAt = fact.at
        if (call.incoming && !call.kept) wait.observe({ outcome: 'answered' }, (fact.at - call.arrivedAt) / 1_000)
        continue
      }
      ended.inc({ direction: call?.incoming === false ? 'out' : 'in', reason: fact.reason })
      if (call !== undefined && call.answeredAt !== null) talk.observe((fact.at - call.answeredAt) / 1_000)
      else if (call?.incoming === true && fact.reason === 'abandoned')
        wait.observe({ outcome: 'abandoned' }, (fact.at - call.arrivedAt) / 1_000)
      calls.delete(fact.callId)
    }
  })
}
