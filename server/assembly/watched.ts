import type { Logger } from 'pino'
import type { Fact } from '../calls/facts.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.ts'
import type { Stores } from '../database/stores.ts'
import type { Directory } from '../directory/directory.ts'
import type { Engine } from '../engine/engine.ts'
import type { FactLog } from '../engine/fact-log.ts'
import type { Shipper } from '../engine/shipper.ts'
import { Health } from '../health.ts'
import { metricsOf } from '../metrics.ts'
import { version } from '../project.ts'
import type { SharedCalendar } from '../shared-calendar/synchroniser.ts'
import type { SelfTest } from '../telephony/self-test.ts'
import type { Telephony } from '../telephony/telephony.ts'
import { traceInto } from '../traces.ts'
import type { createMails } from './mails.ts'
import type { Neighbours } from './neighbours.ts'

type Parts = {
  readonly config: Pick<Config, 'traces'>
  readonly telephony: Telephony
  readonly selfTest: SelfTest
  readonly engine: Engine
  readonly facts: FactLog
  readonly shipper: Shipper
  readonly directory: Pick<Directory, 'state'>
  readonly mails: Pick<ReturnType<typeof createMails>, 'mailer' | 'inbox'>
  readonly sharedCalendar: SharedCalendar
  readonly neighbours: Neighbours
  readonly database: Database
  readonly stores: Pick<Stores, 'mails'>
  readonly log: Logger
  readonly now: () => number
}

/** What a site sees of its service from outside: how each part is, figures for Prometheus, traces for a collector. */
export function createWatched(parts: Parts) {
  const { config, telephony, engine, facts, shipper, directory, mails, sharedCalendar, neighbours, database, stores, log, now } = parts
  const health = new Health({
    version,
    now,
    selfTest: () => parts.selfTest.run(),
    log,
    telephony: () => telephony.state,
    logTrouble: () => facts.trouble,
    backlog: () => shipper.backlog,
    directory: () => directory.state(),
    mail: () => mails.mailer.state(),
    mailIn: () => mails.inbox?.state() ?? null,
    calendar: () => sharedCalendar.part(),
    neighbours: () => neighbours.parts(),
    database: async () => (await database.pool.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? '',
  })
  const watch = (listener: (facts: readonly Fact[]) => void) => void engine.onTurn(({ logged }) => listener(logged.map(({ fact }) => fact)))
  const traces = config.traces === null ? undefined : traceInto({ ...config.traces, version, log, watch })
  const metrics = metricsOf({
    engine,
    ari: telephony.ari,
    telephony: () => telephony.state,
    backlog: () => shipper.backlog,
    pool: database.pool,
    outbox: () => stores.mails.counts(),
    watch,
    version,
  })
  return { health, traces, metrics }
}
