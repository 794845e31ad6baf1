import { and, asc, count, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { ServiceError } from '../errors.ts'
import { decide, type OwedCommand } from '../owed/decide.ts'
import type { Actor, Entry, Outcome } from '../owed/model.ts'
import type { Db } from './connection.ts'
import { lockEntry, readEntries, record } from './owed-rows.ts'
import { owed } from './schema.ts'

const mostOpen = 1_000
const recentlySettled = 50
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Answers owed: one list, merged per number. */
export function owedStore(db: Db, now: () => Date) {
  const change = (id: string, command: OwedCommand): Promise<Entry> =>
    db.transaction(async (tx) => {
      const entry = await lockEntry(tx, eq(owed.id, id))
      if (entry === null) throw new ServiceError('not_found')
      const decision = decide(entry, command, now().getTime())
      if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
      return (await record(tx, id, entry, decision.facts)) ?? entry
    })

  return {
    /** The open ones, the most urgent first. */
    open: (): Promise<Entry[]> =>
      readEntries(db, isNull(owed.settledAt), [desc(owed.priority), asc(owed.dueAt), asc(owed.firstAt), asc(owed.id)], mostOpen),

    /** Those settled of late, the latest first. */
    settled: (): Promise<Entry[]> => readEntries(db, isNotNull(owed.settledAt), [desc(owed.settledAt)], recentlySettled),

    async countOpen(): Promise<number> {
      const [row] = await db.select({ n: count() }).from(owed).where(isNull(owed.settledAt))
      return row?.n ?? 0
    },

    /** @throws ServiceError `not_found`, `conflict` when somebody else has it or it is settled. */
    take: (id: string, by: Actor): Promise<Entry> => change(id, { type: 'take', by }),

    /** Give it back. @param evenAnothers a supervisor may. @throws ServiceError `not_found`, `conflict` */
    release: (id: string, by: Actor, evenAnothers: boolean): Promise<Entry> => change(id, { type: 'release', by, evenAnothers }),

    /** Give it back if this person has it, and only then. @returns whether it was so */
    async releaseIfMine(id: string, by: Actor): Promise<boolean> {
      if (!uuid.test(id)) return false
      const [held] = await readEntries(db, and(eq(owed.id, id), eq(owed.takenBy, by.id), isNull(owed.settledAt)), [], 1)
      if (held === undefined) return false
      await change(id, { type: 'release', by, evenAnothers: false })
      return true
    },

    /**
     * What came of calling back; `laterAt` in ms, with `later` alone.
     * @throws ServiceError `not_found`, `conflict`, `invalid_body` when the time is missing, past, or more than a year away
     */
    outcome: (
      id: string,
      by: Actor,
      tried: { readonly outcome: Outcome; readonly note: string | null; readonly laterAt: number | null },
    ): Promise<Entry> => change(id, { type: 'outcome', by, ...tried }),
  }
}
export type OwedStore = ReturnType<typeof owedStore>
