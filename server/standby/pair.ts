import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { migrate } from '../database/migrate.ts'
import { placeFile } from '../whole-file.ts'
import type { FactSink } from '../engine/shipper.ts'
import { Election, type Mandate } from './election.ts'
import { Lease } from './lease.ts'
import { beginFrom, drainOwnLog } from './own-log.ts'
import { readState } from './snapshots.ts'
import { waitingPage } from './waiting-page.ts'

export type PairParts = {
  readonly varDir: string
  readonly databaseUrl: string
  /** Where the other service asks whether we are alive. */
  readonly nodeUrl: string
  readonly listen: { readonly host: string; readonly port: number }
  readonly version: string
  readonly log: Logger
  /** Where facts that we still hold are sent while we wait; closed before we drive. */
  readonly sink: () => { readonly sink: FactSink; close(): Promise<void> }
  /** Serve, once elected. `started` resolves when calls are served. */
  readonly serve: (mandate: Mandate) => { readonly started: Promise<unknown>; stop(): Promise<void> }
  /** Told what this service does now. */
  readonly tell: (role: 'standby' | 'driving') => void
  /** How long a service that is to let go may take, in ms: beyond, a new process stands by rather than none. */
  readonly letGoMs?: number
}

const probeMs = 1_000
/** Longer than mails on their way, and whatever else is waited for when a service stops. */
const longestStopMs = 30_000

/** Known by the folder, so that a service that is started again knows itself in the lease. */
function nodeId(varDir: string): string {
  const path = join(varDir, 'node-id')
  if (!existsSync(path)) placeFile(path, `${randomUUID()}\n`)
  return readFileSync(path, 'utf8').trim()
}

async function answers(url: string): Promise<boolean> {
  try {
    const health = (await (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(probeMs) })).json()) as { status?: string }
    return health.status !== 'standby'
  } catch {
    return false
  }
}

/**
 * One of two services: wait, drive when elected, wait again when relieved, until stopped. `done` fails when what it served did not let go:
 * the process is to end, and be begun anew.
 */
export function startPair(parts: PairParts): { readonly done: Promise<void>; stop(): Promise<void> } {
  const { varDir, databaseUrl, log } = parts
  const lease = new Lease(databaseUrl)
  const election = new Election({
    lease,
    node: { id: nodeId(varDir), url: parts.nodeUrl },
    log,
    alive: answers,
    prepare: () => migrate(databaseUrl),
  })
  const since = new Date()
  let stopping = false
  const stopped = Promise.withResolvers<void>()

  async function standBy(): Promise<Mandate | null> {
    const page = waitingPage({ version: parts.version, since, driver: () => election.driver?.url ?? null })
    await page.listen(parts.listen)
    parts.tell('standby')
    const broughtIn = bringIn()
    const mandate = await election.stand()
    await Promise.all([page.close(), broughtIn])
    return mandate
  }

  async function bringIn(): Promise<void> {
    const { sink, close } = parts.sink()
    try {
      await drainOwnLog(varDir, sink)
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'What our log holds could not be brought in; it will be later')
    } finally {
      await close()
    }
  }

  async function drive(mandate: Mandate): Promise<void> {
    try {
      beginFrom(varDir, await readState(databaseUrl))
    } catch (error) {
      log.error({ reason: (error as Error).message }, 'PostgreSQL did not say how the line stands; beginning with what this service knew')
    }
    const service = parts.serve(mandate)
    const over = Promise.race([mandate.relieved, stopped.promise])
    // Relieved before all of it has started, it lets go all the same: PostgreSQL may be long in coming.
    await Promise.race([service.started.then(() => parts.tell('driving')), over])
    await over
    const stopsMs = parts.letGoMs ?? longestStopMs
    const letGo = await Promise.race([service.stop().then(() => true), wait(stopsMs, false, { ref: false })])
    if (!letGo) {
      log.error({ ms: stopsMs }, 'What this service drove did not stop; its process ends, for another to stand by in its place')
      throw new Error(`Ce service n’a pas pu tout arrêter en ${stopsMs / 1_000} s : il s’interrompt, à relancer.`)
    }
    await mandate.resign()
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const mandate = await standBy()
      if (mandate !== null) await drive(mandate)
    }
  }

  const done = run()
  return {
    done,
    async stop() {
      stopping = true
      election.stop()
      stopped.resolve()
      await done.catch(() => undefined)
      await lease.close()
    },
  }
}
