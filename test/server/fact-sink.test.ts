import { afterEach, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { mainLine } from '../../server/calls/settings.ts'
import { type Database, openDatabase } from '../../server/database/connection.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { createDatabase } from '../support/postgres.ts'
import { seeded } from '../support/seeded.ts'
import { yearOfCalls } from '../support/year.ts'

const hour = 3_600_000
const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

const sinkOf = ({ db }: Database) => factSink(db, { dueAfter: (ms) => ms + hour, onOwed: () => undefined, onEnded: () => undefined })
async function emptyDatabase(): Promise<Database> {
  const made = await createDatabase()
  const database = openDatabase(made.url)
  opened.push(async () => {
    await database.close()
    await made.drop()
  })
  return database
}

const ids: Readonly<Record<string, string>> = { operator_spans: 'id', owed: 'id', owed_origins: 'entry_id', owed_facts: 'id,entry_id' }
const tables = [
  'facts',
  'calls',
  'promises',
  'call_figures',
  'call_halves',
  'call_days',
  'operator_halves',
  'operator_days',
  ...Object.keys(ids),
]
/** Every row that facts leave, but for what chance or order names. */
async function written({ pool }: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = tables.map(async (table) => {
    const without = `{${ids[table] ?? ''}}`
    const found = await pool.query<{ row: string }>(`select (to_jsonb(t) - $1::text[])::text as row from ${table} t order by 1`, [without])
    return [table, found.rows.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

/** A year's calls, a few numbers calling again and again, one after the other as a log has them; operators come, are told to rest, and go. */
function story(): { readonly n: number; readonly fact: Fact }[] {
  const random = seeded(11)
  const numbers = ['0561000001', '0561000002', '0561000003']
  const facts = yearOfCalls(2025, 150, 9).flatMap((call): readonly Fact[] => {
    const at = call[0]?.at ?? 0
    const number = numbers[Math.floor(random() * numbers.length)] ?? null
    const known = call.map((fact): Fact => (fact.type === 'call-arrived' ? { ...fact, number } : fact))
    const rest: Fact = { at: (call.at(-1)?.at ?? at) - 1, type: 'operator-will-rest', operatorId: 'alice', then: { kind: 'front-desk' } }
    return [{ at: at - 1, type: 'operator-ready', operatorId: 'alice' }, ...known, ...(random() < 0.3 ? [rest] : [])]
  })
  return facts.toSorted((a, b) => a.at - b.at).map((fact, i) => ({ n: i + 1, fact }))
}

it('facts leave the same rows one at a time, by a sink that remembers no call, as many together, some of them sent twice', async () => {
  const facts = story()
  const [alone, together] = [await emptyDatabase(), await emptyDatabase()]
  for (const one of facts) await sinkOf(alone).ship('e', [one])
  const sink = sinkOf(together)
  for (let from = 0; from < facts.length; from += 13) {
    await sink.ship('e', facts.slice(from, from + 13))
    if (from % 3 === 0) await sink.ship('e', facts.slice(from, from + 13))
  }
  const rows = await written(together)
  expect(rows).toEqual(await written(alone))
  expect(rows['facts']).toHaveLength(facts.length)
  for (const table of ['call_figures', 'operator_halves', 'owed_facts']) expect(rows[table]?.length, table).toBeGreaterThan(20)
})

it('facts are known by the log they were sent from, and a call of an older one came by the one line there was', async () => {
  const database = await emptyDatabase()
  const sink = sinkOf(database)
  expect(await sink.lastShipped('e')).toBeNull()
  const arrived: Fact = { at: Date.UTC(2026, 10, 23, 9), type: 'call-arrived', callId: 'c1', number: null, people: [] }
  await sink.ship('e', [{ n: 3, fact: arrived }])
  expect(await sink.lastShipped('e')).toBe(3)
  expect(await sink.lastShipped('another')).toBeNull()
  const { rows } = await database.pool.query('select line, arrived_at from calls')
  expect(rows).toEqual([{ line: mainLine, arrived_at: new Date(arrived.at) }])
})

it('a batch that fails is received as if it had never come', async () => {
  const database = await emptyDatabase()
  const sink = sinkOf(database)
  const call =
    yearOfCalls(2025, 20, 4).find((facts) => facts.some((fact) => fact.type === 'call-ended' && fact.reason === 'completed')) ?? []
  const facts = call.map((fact, i) => ({ n: i + 1, fact }))
  await database.pool.query("alter table call_figures add constraint none check (call_id = '') not valid")
  await expect(sink.ship('e', facts)).rejects.toThrow(/.+/)
  expect(await sink.lastShipped('e')).toBeNull()
  expect((await database.pool.query('select 1 from calls')).rows).toEqual([])
  await database.pool.query('alter table call_figures drop constraint none')
  await sink.ship('e', facts)
  expect((await written(database))['call_figures']).toHaveLength(1)
})
