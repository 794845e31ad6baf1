import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

type CopiedTable = { readonly name: string; readonly columns: readonly string[]; readonly rows: number }
export type DatabaseCopy = {
  /** Migrations that made the schema. */
  readonly migrations: readonly string[]
  /** In an order in which each comes after those it refers to. */
  readonly tables: readonly CopiedTable[]
  /** Last value given out by each sequence that has been used. */
  readonly sequences: Readonly<Record<string, string>>
}

const quote = (name: string) => pg.escapeIdentifier(name)
const fileOf = (folder: string, table: string) => join(folder, `${table}.copy`)

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'guichet-unique backup' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const tablesSql = `
  select c.relname as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
    array(select f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
  from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by c.relname`

type TableRow = { readonly name: string; readonly columns: string[]; readonly needs: string[] }

function inOrder(tables: readonly TableRow[]): readonly TableRow[] {
  const placed: TableRow[] = []
  const names = new Set<string>()
  for (let left = [...tables]; left.length > 0; ) {
    const next = left.filter(({ needs }) => needs.every((name) => names.has(name)))
    if (next.length === 0) throw new Error(`Tables that refer to one another in a circle: ${left.map((t) => t.name).join(', ')}`)
    for (const table of next) names.add(table.name)
    placed.push(...next)
    left = left.filter(({ name }) => !names.has(name))
  }
  return placed
}

/** Whether the database holds a table of ours, or of anybody. */
export const isEmptyDatabase = (url: string): Promise<boolean> =>
  withClient(url, async (client) => (await client.query(tablesSql)).rows.length === 0)

/**
 * Write every table to `folder` as PostgreSQL's own COPY text, all as of one moment, while others go on writing.
 * @param url postgresql://…
 */
export async function copyOut(url: string, folder: string): Promise<DatabaseCopy> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return withClient(url, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const found = inOrder((await client.query<TableRow>(tablesSql)).rows)
    const tables: CopiedTable[] = []
    for (const { name, columns } of found) {
      const stream = client.query(copyTo(`copy ${quote(name)} (${columns.map(quote).join(', ')}) to stdout`))
      await pipeline(stream, createWriteStream(fileOf(folder, name), { mode: 0o600 }))
      tables.push({ name, columns, rows: stream.rowCount })
    }
    const migrations = (await client.query<{ name: string }>('select name from migrations order by name')).rows
    // Outside any transaction's view: never behind the rows just read.
    const sequences = await client.query<{ name: string; value: string }>(
      'select sequencename as name, last_value::text as value from pg_sequences where schemaname = current_schema() and last_value is not null',
    )
    await client.query('commit')
    return {
      migrations: migrations.map((m) => m.name),
      tables,
      sequences: Object.fromEntries(sequences.rows.map((s) => [s.name, s.value])),
    }
  })
}

/**
 * Fill an empty database, whose schema is the copy's, with what {@link copyOut} wrote; all of it or nothing.
 * @throws Error when a table does not come out with as many rows as it had
 */
export async function copyIn(url: string, folder: string, copy: DatabaseCopy): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('begin')
    // What the migrations put there, their own list among it, the copy has as well.
    const triggers = async (verb: 'disable' | 'enable') => {
      for (const { name } of copy.tables) await client.query(`alter table ${quote(name)} ${verb} trigger user`)
    }
    await triggers('disable')
    await client.query(`truncate ${copy.tables.map(({ name }) => quote(name)).join(', ')}`)
    for (const { name, columns, rows } of copy.tables) {
      const stream = client.query(copyFrom(`copy ${quote(name)} (${columns.map(quote).join(', ')}) from stdin`))
      await pipeline(createReadStream(fileOf(folder, name)), stream)
      if (stream.rowCount !== rows) throw new Error(`Table ${name}: ${stream.rowCount} rows came out of ${rows}`)
    }
    // Only now: what comes back has happened already, and nobody is told of it again.
    await triggers('enable')
    for (const [name, value] of Object.entries(copy.sequences)) await client.query('select setval($1::regclass, $2)', [quote(name), value])
    await client.query('commit')
  })
}
