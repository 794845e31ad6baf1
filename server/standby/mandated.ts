import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Engine } from '../engine/engine.ts'
import type { FactLog } from '../engine/fact-log.ts'
import type { FactSink, Shipper } from '../engine/shipper.ts'
import { ServiceError } from '../errors.ts'
import type { Mandate } from './election.ts'
import { drainPutAside } from './own-log.ts'
import { SnapshotKeeper } from './snapshots.ts'

type Parts = {
  readonly varDir: string
  readonly http: FastifyInstance
  readonly engine: Engine
  readonly facts: FactLog
  readonly shipper: Shipper
  readonly sink: FactSink
  readonly pool: pg.Pool
  readonly log: Logger
  /** Whether Asterisk still takes us for the application's owner. */
  readonly confirm: () => Promise<boolean>
}

/** Serve under a mandate: nobody is answered and nothing counts once another service drives; a successor finds how the line stands. */
export function underMandate(mandate: Mandate, parts: Parts): { opened(): Promise<void>; stop(): void } {
  const { engine, facts, shipper, http, pool, log } = parts
  let last = facts.openedAt
  engine.onTurn(({ logged }) => {
    last = logged.at(-1)?.n ?? last
  })
  mandate.confirmBy(parts.confirm)
  void mandate.relieved.then(() => engine.retire())
  http.addHook('onRequest', async () => {
    try {
      await mandate.fence.pass()
    } catch {
      throw new ServiceError('standing_by')
    }
  })
  const keeper = new SnapshotKeeper({
    pool,
    log,
    term: mandate.term,
    state: () => (shipper.backlog > 0 ? null : { epoch: facts.epoch, seq: last, state: engine.state }),
  })
  return {
    async opened() {
      await drainPutAside(parts.varDir, parts.sink)
      await keeper.start()
    },
    stop: () => keeper.stop(),
  }
}
