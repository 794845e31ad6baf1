import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import type { RetentionSettings } from '../contract/privacy.ts'
import type { DraftBook } from './draft-book.ts'
import type { RemoveKept } from '../database/erasing.ts'
import type { PurgedKind, RetentionStore } from '../database/retention-store.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly store: Pick<RetentionStore, 'purge' | 'noted'>
  readonly drafts: Pick<DraftBook, 'expire'>
  /** What the desk remembers of numbers since before a moment, in ms, goes. */
  readonly forgetNumbersBefore: (before: number) => void
  readonly settings: () => RetentionSettings
  /** The desk's day, `2026-11-24`. */
  readonly today: () => string
  readonly remove: RemoveKept
  /** In ms. */
  readonly now: () => number
  readonly log: Logger
}

const everyMs = 3_600_000
const dayMs = 86_400_000
/** People last: their tickets are let go of before they are. */
const kinds = ['messages', 'calls', 'tickets', 'mails', 'sessions', 'traces', 'left'] as const satisfies readonly PurgedKind[]

/** Sounds go with what was drawn of them. @param mailFile where a mail that came in is kept */
export const remover =
  (folders: Readonly<Record<'message' | 'recording', string>>, mailFile: (raw: string) => string): RemoveKept =>
  async (of, file) => {
    if (of === 'mail') return rm(mailFile(basename(file)), { force: true })
    const path = join(folders[of], basename(file))
    await Promise.all([rm(path, { force: true }), rm(`${path}.peaks.json`, { force: true })])
  }

/** What is over its time goes once a day; looked at each hour, so that a service that was away or was cut short goes on. */
export const dailyPurge = (ports: Ports): Rounds =>
  new Rounds({
    everyMs,
    log: ports.log,
    failing: 'How many drafts went could not be written down',
    async look(stopping) {
      const { store, settings, today, remove, forgetNumbersBefore, now, log } = ports
      for (const kind of kinds) {
        try {
          while (!stopping() && (await store.purge(kind, today(), settings()[kind], remove)));
        } catch (error) {
          log.warn({ reason: (error as Error).message, kind }, 'What is over its time could not be removed; tried again in an hour')
        }
      }
      if (stopping()) return
      forgetNumbersBefore(now() - settings().calls * dayMs)
      await purgeDrafts(ports)
    },
  })

/** They live in memory, and PostgreSQL follows. */
async function purgeDrafts({ store, settings, today, drafts, now }: Ports): Promise<void> {
  const days = settings().drafts
  const { removed, oldestLeft } = drafts.expire(new Date(now() - days * dayMs))
  await store.noted('drafts', today(), days, removed, oldestLeft)
}
