import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

export type Db = NodePgDatabase<typeof schema>
/** A database or one of its transactions: what a store needs to read and write. */
export type Queries = Pick<Db, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'>

/** Today where the desk is: PostgreSQL's own `current_date` is the day of wherever it runs. */
export const deskDay = sql`(now() at time zone current_setting('guichet.time_zone'))::date`

export type Database = { readonly db: Db; readonly pool: pg.Pool; close(): Promise<void> }

/**
 * Open a pool of connections. Nothing is connected yet. A PostgreSQL that is away fails within 3 s (connection) or 10 s (a query
 * already under way), never later.
 * @param url postgresql://…
 * @param onIdleError told when a connection at rest is lost; the pool replaces it by itself.
 * @param timeZone the desk's, whose day `deskDay` is
 */
export function openDatabase(url: string, onIdleError: (error: Error) => void = () => undefined, timeZone = 'UTC'): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 3000,
    statement_timeout: 10_000,
    query_timeout: 10_500,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    application_name: 'guichet-unique',
    // Compiling a query costs a hundred times what it saves on lists of fifty. Its helpers would be processes begun for each query, which take
    // as long to begin as a year's figures to be counted, and all processors from calls meanwhile.
    options: `-c jit=off -c max_parallel_workers_per_gather=0 -c guichet.time_zone=${timeZone}`,
  })
  pool.on('error', onIdleError)
  // One lost between two queries of a transaction tells its next query; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = Object.assign(drizzle(pool, { schema }), { transaction: transactionsOf(pool) })
  return { db, pool, close: () => pool.end() }
}

/** drizzle's own would keep its connection for ever when BEGIN fails on one just lost; ten of those, and the pool is empty. */
function transactionsOf(pool: pg.Pool): Db['transaction'] {
  // Made once for each connection: making one reads the whole schema, on the thread that answers calls.
  const made = new WeakMap<pg.PoolClient, NodePgDatabase<typeof schema>>()
  return async (work, config) => {
    const client = await pool.connect()
    const db = made.get(client) ?? drizzle(client, { schema })
    made.set(client, db)
    try {
      return await db.transaction(work, config)
    } finally {
      client.release()
    }
  }
}
