import { openDatabase } from '../../server/database/connection.ts'
import { migrate } from '../../server/database/migrate.ts'
import { indicatorStore } from '../../server/database/indicator-store.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { storeCalls, storeTickets } from '../support/year-store.ts'
import { yearOfCalls, yearOfTickets, yearZone } from '../support/year.ts'
import { type Figure, spread } from './figures.ts'

const [calls, tickets] = [200_000, 100_000]
const tries = 20
const whole = { from: '2025-01-01', to: '2025-12-31' }
const month = { from: '2025-03-01', to: '2025-03-31' }

export const indicatorFigures = [
  'indicators.calls',
  'indicators.calls.month',
  'indicators.tickets',
  'indicators.tickets.across',
  'indicators.list',
]

/** What a page of indicators asks for, on a year of 200,000 calls and 100,000 tickets: the store's answer, without the network. */
export async function measureIndicators(): Promise<readonly Figure[]> {
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  const database = openDatabase(postgres.url)
  try {
    await migrate(postgres.url)
    await storeCalls(database.pool, yearOfCalls(2025, calls, 1))
    await storeTickets(database.pool, yearOfTickets(2025, tickets, 2))
    await database.pool.query('analyze')
    const store = indicatorStore(database.db, yearZone, () => new Date('2026-01-15T12:00:00Z'))
    const asked: readonly (() => Promise<unknown>)[] = [
      () => store.calls(whole),
      () => store.calls(month),
      () => store.tickets({ ...whole, by: 'medium' }),
      () => store.tickets({ ...whole, by: 'nature', across: 'urgency' }),
      () => store.callList({ ...whole, kind: 'abandoned', weekday: 1, hour: 10 }),
    ]
    const figures: Figure[] = []
    for (const [i, ask] of asked.entries()) {
      const lasted: number[] = []
      for (let n = 0; n < tries; n += 1) {
        const since = performance.now()
        await ask()
        lasted.push(performance.now() - since)
      }
      figures.push(spread(indicatorFigures[i] ?? '', lasted, 'p95', 300))
    }
    return figures
  } finally {
    await database.close()
    await postgres.stop()
    removeTestFolder(varDir)
  }
}
