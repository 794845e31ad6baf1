import { and, gte, isNotNull, sql } from 'drizzle-orm'
import type { WaitAccuracy } from '../contract/waiting.ts'
import type { Db } from './connection.ts'
import { promises } from './schema.ts'

const dayMs = 86_400_000
const { outcome, afterMs, lowMs, highMs } = promises

const figures = {
  told: sql<number>`count(*)::integer`,
  kept: sql<number>`count(*) filter (where ${outcome} = 'answered' and ${afterMs} <= ${highMs})::integer`,
  late: sql<number>`count(*) filter (where ${afterMs} > ${highMs})::integer`,
  left: sql<number>`count(*) filter (where ${outcome} = 'left' and ${afterMs} <= ${highMs})::integer`,
  medianSeconds: sql<
    number | null
  >`percentile_cont(0.5) within group (order by ${afterMs} / 1000.0) filter (where ${outcome} = 'answered')`,
  medianErrorSeconds: sql<
    number | null
  >`percentile_cont(0.5) within group (order by (${afterMs} - (${lowMs} + ${highMs}) / 2) / 1000.0) filter (where ${outcome} = 'answered')`,
}

/** Waits as announced, against what happened. */
export function promiseStore(db: Db, now: () => Date) {
  return {
    /** Of the last `days`; waits not over yet are left out. */
    async accuracy(days: number): Promise<WaitAccuracy> {
      const since = new Date(now().getTime() - days * dayMs)
      const over = and(gte(promises.at, since), isNotNull(outcome))
      const [all] = await db.select(figures).from(promises).where(over)
      const ranges = await db
        .select({ lowMs, highMs, ...figures })
        .from(promises)
        .where(over)
        .groupBy(lowMs, highMs)
        .orderBy(lowMs, highMs)
      const none = { told: 0, kept: 0, late: 0, left: 0, medianSeconds: null, medianErrorSeconds: null }
      return {
        since: since.toISOString(),
        ...(all ?? none),
        ranges: ranges.map(({ lowMs: low, highMs: high, ...range }) => ({
          lowMinutes: low / 60_000,
          highMinutes: high / 60_000,
          ...range,
        })),
      }
    },
  }
}
export type PromiseStore = ReturnType<typeof promiseStore>
