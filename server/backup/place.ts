import { join } from 'node:path'
import { ownPostgresUrl, startPostgres } from '../supervisor/postgres.ts'
import { isRunning } from '../supervisor/process.ts'
import type { Log } from '../supervisor/setup-error.ts'

export type DatabasePlace = { readonly url: string; close(): Promise<void> }

/** The site's database: `DATABASE_URL`'s, or our own, which is started for as long as it is needed unless it runs already. */
export async function openPlace(
  config: { readonly databaseUrl: string | null; readonly varDir: string },
  log: Log,
): Promise<DatabasePlace> {
  const nothing = async () => undefined
  if (config.databaseUrl !== null) return { url: config.databaseUrl, close: nothing }
  const { varDir } = config
  if (isRunning(join(varDir, 'postgres', 'postgres.pid'))) return { url: ownPostgresUrl(varDir), close: nothing }
  const own = await startPostgres({ varDir, log })
  return { url: own.url, close: () => own.stop() }
}
