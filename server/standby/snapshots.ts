import pg from 'pg'
import type { Logger } from 'pino'
import { evolve } from '../calls/evolve.ts'
import type { Fact } from '../calls/facts.ts'
import { type DeskState, emptyDesk } from '../calls/model.ts'
import { type DeskSnapshotRecord, packState, unpackState } from '../engine/packed-state.ts'

type Snapshot = { readonly epoch: string; readonly seq: number; readonly state: DeskState }
type Queryable = { query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }> }

/** The desk line as PostgreSQL knows it: the last state written down, and the facts since. Null when it knows nothing. */
export async function readState(url: string): Promise<{ readonly epoch: string; readonly state: DeskState } | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const kept = (
      await client.query<{ epoch: string; seq: string; state: DeskSnapshotRecord }>('select epoch, seq, state from desk_snapshots')
    ).rows[0]
    const from = kept ?? (await client.query<{ epoch: string }>('select epoch from facts order by at desc limit 1')).rows[0]
    if (from === undefined) return null
    const { rows } = await client.query<{ body: Fact }>('select body from facts where epoch = $1 and seq > $2 order by seq', [
      from.epoch,
      kept?.seq ?? 0,
    ])
    const state = rows.reduce((before, { body }) => evolve(before, body), kept === undefined ? emptyDesk : unpackState(kept.state))
    return { epoch: from.epoch, state }
  } finally {
    await client.end()
  }
}

type KeeperPorts = {
  readonly pool: Queryable
  readonly log: Logger
  readonly term: number
  /** The state with the place of its last fact; null while PostgreSQL lacks some of them. */
  readonly state: () => Snapshot | null
}

const everyMs = 10_000

/** Writes the state down now and again, so that whoever takes over need not fold days of facts. Only whoever drives may. */
export class SnapshotKeeper {
  readonly #ports: KeeperPorts
  #kept = ''
  #timer: NodeJS.Timeout | null = null

  constructor(ports: KeeperPorts) {
    this.#ports = ports
  }

  async start(): Promise<void> {
    await this.#keep()
    this.#timer = setInterval(() => void this.#keep(), everyMs)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  async #keep(): Promise<void> {
    const { pool, log, term, state } = this.#ports
    const snapshot = state()
    const place = snapshot === null ? this.#kept : `${snapshot.epoch} ${snapshot.seq}`
    if (snapshot === null || place === this.#kept) return
    try {
      await pool.query(
        `insert into desk_snapshots (epoch, seq, at, state) select $1, $2, now(), $3::jsonb from driver where term = $4
         on conflict (one) do update set epoch = excluded.epoch, seq = excluded.seq, at = excluded.at, state = excluded.state`,
        [snapshot.epoch, snapshot.seq, JSON.stringify(packState(snapshot.state)), term],
      )
      this.#kept = place
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'The desk line could not be written down for a successor')
    }
  }
}
