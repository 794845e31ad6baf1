import pino from 'pino'
import { directorySettings } from '../../server/contract/settings.ts'
import { openDatabase } from '../../server/database/connection.ts'
import { peopleStore } from '../../server/database/people-store.ts'
import { createDirectory } from '../../server/directory/directory.ts'
import { NumberIndex } from '../../server/directory/number-index.ts'
import { migrate } from '../../server/database/migrate.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { startSlapd, type DirectoryPerson } from '../support/slapd.ts'
import type { Figure } from './figures.ts'

const people = 35_000
const tries = 5
const never = 3_600_000
const times = { connectMs: 3_000, operationMs: 10_000, lookupMs: 3_000, everyMs: never, retryMs: never }

const person = (n: number): DirectoryPerson => ({
  uid: `p${n}`,
  displayName: `Prénom${n} Nom${n}`,
  mail: `p${n}@univ.example`,
  telephoneNumber: `05 61 ${String(n)
    .padStart(6, '0')
    .replace(/(..)(?=.)/g, '$1 ')}`,
  employeeType: n % 7 === 0 ? 'staff' : 'student',
  departmentNumber: `UFR ${n % 12}`,
})

export const directoryFigures = ['directory.first', 'directory.complete', 'directory.memory']

/** A university's whole directory from a real slapd into PostgreSQL: the first time, then again with nothing changed. */
export async function measureDirectory(): Promise<readonly Figure[]> {
  const slapd = await startSlapd(Array.from({ length: people }, (_, n) => person(n)))
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  await migrate(postgres.url)
  const database = openDatabase(postgres.url)
  const index = new NumberIndex()
  const directory = createDirectory({
    config: slapd.config,
    mapping: () => directorySettings.parse({}),
    people: peopleStore(database.db, () => new Date()),
    index,
    log: pino({ level: 'silent' }),
    times,
  })
  const timed = async () => {
    const from = performance.now()
    await directory.synchronise()
    return (performance.now() - from) / 1_000
  }
  try {
    const first = await timed()
    if (index.size !== people) throw new Error(`${index.size} people were read, not ${people}: ${directory.state().detail}`)
    const before = process.memoryUsage().rss
    const again: number[] = []
    for (let n = 0; n < tries; n += 1) again.push(await timed())
    const grown = process.memoryUsage().rss / before
    const figure = (name: string, value: number, unit: Figure['unit'], goal: number, of: number): Figure => {
      const rounded = Math.round(value * 100) / 100
      return { name, value: rounded, unit, p50: null, p95: null, goal, met: rounded <= goal, tries: of }
    }
    return [
      figure('directory.first', first, 's', 60, 1),
      figure('directory.complete', Math.max(...again), 's', 60, tries),
      figure('directory.memory', grown, '×', 1.5, tries),
    ]
  } finally {
    await directory.stop()
    await database.close()
    await postgres.stop()
    removeTestFolder(varDir)
    await slapd.stop()
  }
}
