import { type SQL, sql } from 'drizzle-orm'
import { type Database, type Db, openDatabase } from '../../server/database/connection.ts'
import { migrate } from '../../server/database/migrate.ts'
import { type IndicatorStore, indicatorStore } from '../../server/database/indicator-store.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { storeCalls, storeTickets } from '../support/year-store.ts'
import { readAgain, recountedCalls, recountedDelays, recountedTickets } from '../support/year-recount.ts'
import { type CallStory, yearOfCalls, yearOfTickets, type YearTicket, yearZone } from '../support/year.ts'
import { type Figure, spread } from './figures.ts'

const [calls, tickets] = [200_000, 100_000]
const tries = 20
const whole = { from: '2025-01-01', to: '2025-12-31' }
const month = { from: '2025-03-01', to: '2025-03-31' }
const half = { from: '2025-07-01', to: '2025-12-31' }

export const indicatorFigures = [
  'indicators.calls',
  'indicators.calls.month',
  'indicators.calls.entity',
  'indicators.tickets',
  'indicators.tickets.across',
  'indicators.tickets.half',
  'indicators.list',
  'indicators.list.tickets',
]

const now = () => new Date('2026-01-15T12:00:00Z')

/** How long PostgreSQL itself plans and executes what a page asks for, one after the other, in ms: without the wait for a processor between. */
async function databaseTime({ db }: Database, ask: (store: IndicatorStore) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  const explained = {
    async execute(asked: SQL) {
      const { rows } = await db.execute<{ 'QUERY PLAN': [{ 'Planning Time': number; 'Execution Time': number }] }>(
        sql`explain (analyze, timing off, format json) ${asked}`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0]
      times.push((plan?.['Planning Time'] ?? 0) + (plan?.['Execution Time'] ?? 0))
      return db.execute(asked)
    },
  }
  // Of the whole database a store of figures only ever executes what it asks.
  await ask(indicatorStore(explained as unknown as Db, yearZone, now))
  return times.reduce((sum, time) => sum + time, 0)
}

/** What a page of indicators asks for, on a year of 200,000 calls and 100,000 tickets: the store's answer, without the network. */
export async function measureIndicators(): Promise<readonly Figure[]> {
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  const database = openDatabase(postgres.url)
  try {
    await migrate(postgres.url)
    const [stories, rows] = [yearOfCalls(2025, calls, 1), yearOfTickets(2025, tickets, 2)]
    await storeCalls(database.pool, stories)
    await storeTickets(database.pool, rows)
    await database.pool.query('analyze')
    await checkFigures(indicatorStore(database.db, yearZone, now), { stories, rows })
    const asked: readonly ((store: IndicatorStore) => Promise<unknown>)[] = [
      (store) => store.calls(whole),
      (store) => store.calls(month),
      // Of every call, which no entity has.
      (store) => store.calls(whole, { entities: ['root'], theirs: null }),
      (store) => store.tickets({ ...whole, by: 'medium' }),
      (store) => store.tickets({ ...whole, by: 'nature', across: 'urgency' }),
      // The only one whose period before has as many tickets.
      (store) => store.tickets({ ...half, by: 'group', across: 'category' }),
      (store) => store.callList({ ...whole, kind: 'abandoned', weekday: 1, hour: 10 }),
      (store) => store.ticketList({ ...whole, kind: 'bounced', by: 'category', value: 'wifi' }),
    ]
    const store = indicatorStore(database.db, yearZone, now)
    await store.sumChangedDays()
    const figures: Figure[] = []
    for (const [i, ask] of asked.entries()) {
      const name = indicatorFigures[i] ?? ''
      const [lasted, inDatabase]: [number[], number[]] = [[], []]
      for (let n = 0; n < tries; n += 1) {
        const since = performance.now()
        await ask(store)
        lasted.push(performance.now() - since)
        inDatabase.push(await databaseTime(database, ask))
      }
      figures.push(spread(name, lasted, 'p95', 300), spread(`${name}.database`, inDatabase, 'p50', null))
    }
    return figures
  } finally {
    await database.close()
    await postgres.stop()
    removeTestFolder(varDir)
  }
}

/** What is fast must be right first. @throws when a figure is not what the year's facts and rows say, counted in another way */
async function checkFigures(
  store: IndicatorStore,
  { stories, rows }: { readonly stories: readonly CallStory[]; readonly rows: readonly YearTicket[] },
): Promise<void> {
  const [{ figures: ofCalls }, { figures: ofTickets }] = [await store.calls(whole), await store.tickets({ ...whole, by: 'medium' })]
  const told: Readonly<Record<string, number | null>> = { ...ofCalls, ...ofTickets }
  const again = { ...recountedCalls(stories.map(readAgain)), ...recountedTickets(rows) }
  const byGroup = await store.tickets({ ...whole, by: 'group' })
  for (const { value, figures } of byGroup.rows) {
    const [takeUp, level2] = [recountedDelays('take-up', value, rows), recountedDelays('level2', value, rows)]
    if (figures.takeUpHeld !== takeUp || figures.level2Held !== level2)
      throw new Error(`delays counted otherwise for ${value}: ${figures.takeUpHeld}, ${figures.level2Held} for ${takeUp}, ${level2}`)
  }
  const wrong = Object.entries(again).filter(([name, value]) => Math.abs((told[name] ?? 0) - (value ?? 0)) > 1e-6 * Math.max(1, value ?? 0))
  if (wrong.length > 0)
    throw new Error(`counted otherwise: ${wrong.map(([name, value]) => `${name} ${told[name]} for ${value}`).join(', ')}`)
}
