import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { inProject } from '../project.ts'

const folder = inProject('migrations')
const lockKey = 7_104_210

type Migration = { readonly name: string; readonly sql: string; readonly hash: string }

async function readMigrations(from: string): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(from, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Bring a database to the current schema: each new file of `migrations/` in order, one transaction each. Two services that start
 * together wait for one another.
 * @param url postgresql://…
 * @param from folder of numbered SQL files; the project's own by default
 * @param only names of files, when the schema is to be that of an earlier version
 * @throws Error when a file already applied has changed or is missing, or when its SQL fails (nothing of that file is kept).
 */
export async function migrate(url: string, from = folder, only?: readonly string[]): Promise<void> {
  const known = await readMigrations(from)
  const missing = only?.find((name) => known.every((m) => m.name !== name))
  if (missing !== undefined) throw unknown(missing)
  const migrations = known.filter(({ name }) => only?.includes(name) ?? true)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(
      'create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations order by name')
    const applied = new Map(rows.map((row) => [row.name, row.hash]))
    refuseRewrittenHistory(migrations, applied)
    for (const migration of migrations) {
      if (!applied.has(migration.name)) await apply(client, migration)
    }
  } finally {
    await client.end()
  }
}

const unknown = (name: string) =>
  new Error(`La base a reçu la migration ${name}, que cette version ne connaît pas : installez une version plus récente.`)

function refuseRewrittenHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map((m) => [m.name, m.hash]))
  for (const [name, hash] of applied) {
    if (!known.has(name)) throw unknown(name)
    if (known.get(name) !== hash)
      throw new Error(
        `La migration ${name} a changé après avoir été appliquée : remettez-la, et écrivez le changement dans un nouveau fichier.`,
      )
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migrations (name, hash) values ($1, $2)', [migration.name, migration.hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`La migration ${migration.name} a échoué : ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
