import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { openDatabase } from '../../server/database/connection.ts'
import { migrate } from '../../server/database/migrate.ts'
import { createStores } from '../../server/database/stores.ts'
import { createEmptyDatabase } from '../support/postgres.ts'
import { ticketParts } from '../support/tickets.ts'

const names = readdirSync(join(import.meta.dirname, '../../migrations')).sort()
/** Rows as a service of that version would have left them, in `versions/NUMBER.sql`; a version without tables of its own has none. */
const rowsOf = (name: string) => {
  const file = join(import.meta.dirname, 'versions', `${name.slice(0, 4)}.sql`)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

it('each version takes over what those before it left: nothing is lost, and the stores can read it', async () => {
  const { url, drop } = await createEmptyDatabase()
  const client = new Client({ connectionString: url })
  await client.connect()
  const count = async (table: string) => (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0
  const left = new Map<string, number>()
  for (const [i, name] of names.entries()) {
    await migrate(url, undefined, names.slice(0, i + 1))
    for (const [table, rows] of left) expect(await count(table), `${table} after ${name}`).toBeGreaterThanOrEqual(rows)
    await client.query(rowsOf(name))
    for (const [, table = ''] of rowsOf(name).matchAll(/insert into (\w+)/g)) left.set(table, await count(table))
  }
  expect(left.size).toBeGreaterThan(18)
  // What a migration makes of earlier rows: two messages of one number are one answer owed, a ticket of a call says what became of it.
  expect(await count('owed')).toBe(2)
  expect((await client.query('select kind, call_id from dispositions')).rows).toEqual([{ kind: 'opened', call_id: 'c1' }])

  expect((await client.query('select group_id, account_id from group_members')).rows).toEqual([{ group_id: 'dsrt', account_id: 'paul' }])

  const opened = openDatabase(url)
  const stores = createStores(opened.db, {
    publicUrl: 'http://x',
    mailFrom: 'a@b.example',
    timeZone: 'Europe/Paris',
    dueAfter: (ms) => ms,
    ...ticketParts,
  })
  expect((await stores.tickets.list({ search: 'ecran', limit: 10 })).tickets).toMatchObject([{ number: 10421, title: 'Écran noir' }])
  expect(await stores.drafts.load()).toMatchObject([{ key: 'k1' }])
  expect((await stores.accounts.operators()).map((o) => o.id)).toContain('paul')
  await opened.close()
  await client.end()
  await drop()
})
