import { desc, eq, inArray, max } from 'drizzle-orm'
import type { Queries } from './connection.ts'
import { facts } from './schema.ts'

export type FactRow = { readonly epoch: string; readonly seq: number; readonly at: Date; readonly type: string; readonly body: unknown }

const shownOrders = 30

/** What happened to calls, as drained from the local log. */
export function factStore(db: Queries) {
  return {
    /** Add facts; one that is already there is left as it is, so that a batch may be sent again. */
    async appendFacts(rows: readonly FactRow[]): Promise<void> {
      if (rows.length > 0)
        await db
          .insert(facts)
          .values([...rows])
          .onConflictDoNothing()
    },

    /** Orders to open or close the desk, and their ends; the latest first. */
    openingOrders: (): Promise<FactRow[]> =>
      db
        .select()
        .from(facts)
        .where(inArray(facts.type, ['opening-ordered', 'opening-order-over']))
        .orderBy(desc(facts.at))
        .limit(shownOrders),

    /** The highest sequence stored for an epoch, null when none. */
    async lastShipped(epoch: string): Promise<number | null> {
      const [row] = await db
        .select({ seq: max(facts.seq) })
        .from(facts)
        .where(eq(facts.epoch, epoch))
      return row?.seq ?? null
    },
  }
}
export type FactStore = ReturnType<typeof factStore>
