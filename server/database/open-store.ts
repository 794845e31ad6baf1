import type { Logger } from 'pino'
import type { Db } from './connection.ts'
import { migrate } from './migrate.ts'
import { closeSampleAccounts } from './sample-accounts.ts'

type OpenStorePorts = {
  readonly url: string
  readonly db: Db
  readonly demo: boolean
  readonly log: Logger
  /** What begins once the schema is there, and the demo's data when it is the demo: one after the other, none once stopped. */
  readonly onOpen: readonly (() => unknown)[]
}

const retryMs = 2_000

/** Joins PostgreSQL: once when it is there, otherwise as soon as it comes, while calls are already served. */
export function openStore({ url, db, demo, log, onOpen }: OpenStorePorts): { open(): Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    try {
      await migrate(url)
      if (demo) await (await import('./demo-data.ts')).seedDemo(db)
      else {
        const closed = await closeSampleAccounts(db)
        if (closed.length > 0)
          log.warn({ accounts: closed }, 'Sample accounts with the known password are closed: this is no demonstration')
      }
      for (const begin of onOpen) {
        // What was stopped meanwhile, a service of a pair that was relieved, begins nothing that nobody would stop any more.
        if (stopped) return
        await begin()
      }
    } catch (error) {
      if (stopped) return
      log.error({ reason: (error as Error).message }, 'PostgreSQL cannot be used yet; calls are served meanwhile')
      timer = setTimeout(() => void open(), retryMs)
    }
  }
  return {
    open,
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
