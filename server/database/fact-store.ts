import { asc, desc, eq, inArray, max, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import type { Queries } from './connection.ts'
import { accounts, dispositions, facts, tickets } from './schema.ts'

export type FactRow = { readonly epoch: string; readonly seq: number; readonly at: Date; readonly type: string; readonly body: unknown }

const shownOrders = 30

/** What happened to calls, as drained from the local log. */
export function factStore(db: Queries) {
  return {
    /** What happened to one call, in order; who the accounts in it are; the numbers of the tickets that came of it. */
    async ofCall(
      id: string,
    ): Promise<{ readonly facts: readonly Fact[]; readonly names: ReadonlyMap<string, string>; readonly tickets: readonly number[] }> {
      const rows = await db
        .select({ body: facts.body })
        .from(facts)
        .where(sql`${facts.body} ? 'callId' and ${facts.body} ->> 'callId' = ${id}`)
        .orderBy(asc(facts.at), asc(facts.seq))
      const told = rows.map(({ body }) => body as Fact)
      const ids = told.flatMap((f) => ['operatorId' in f ? f.operatorId : null, 'supervisorId' in f ? f.supervisorId : null])
      const known = [...new Set(ids.filter((one) => one !== null))]
      const named =
        known.length === 0
          ? []
          : await db.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, known))
      const written = await db
        .selectDistinct({ number: tickets.number })
        .from(dispositions)
        .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
        .where(eq(dispositions.callId, id))
      const opened = await db.select({ number: tickets.number }).from(tickets).where(eq(tickets.callId, id))
      return {
        facts: told,
        names: new Map(named.map((a) => [a.id, a.name])),
        tickets: [...new Set([...written, ...opened].map((t) => t.number))],
      }
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
