import { and, gt, ne, sql } from 'drizzle-orm'
import type { TicketClock } from '../contract/clocks.ts'
import { nextNewsAt } from '../tickets/clock-news.ts'
import { wound } from '../tickets/clocks.ts'
import type { TicketPolicy } from '../tickets/model.ts'
import type { Db } from './connection.ts'
import { tickets } from './schema.ts'
import { clockColumns, ticketFromRow } from './ticket-rows.ts'

/** Few enough that a call is never kept waiting by the arithmetic of one batch. */
const batch = 25

/**
 * Every open ticket's clocks by the delays and hours that hold now: after a change of them, and after an upgrade. Begun again from the
 * first one whenever the service starts, it writes only what differs; a ticket that somebody changes meanwhile is timed by that change.
 * @returns how many differed
 */
export async function rewindTickets(db: Db, policy: () => TicketPolicy, now: () => Date): Promise<number> {
  let changed = 0
  for (let after = 0; ; ) {
    const rows = await db
      .select()
      .from(tickets)
      .where(and(ne(tickets.status, 'closed'), gt(tickets.number, after)))
      .orderBy(tickets.number)
      .limit(batch)
    const differing: { id: string; before: TicketClock | null; clock: TicketClock | null; due: Date | null; alert: Date | null }[] = []
    for (const row of rows) {
      const rules = policy()
      const { clock } = wound(ticketFromRow(row), { now: now().toISOString(), policy: rules })
      const alertAt = nextNewsAt(clock, rules)
      if (JSON.stringify(sorted(clock)) === JSON.stringify(sorted(row.clock)) && (row.alertAt?.toISOString() ?? null) === alertAt) continue
      const columns = clockColumns(clock, rules)
      differing.push({ id: row.id, before: row.clock, clock: columns.clock, due: columns.dueAt, alert: columns.alertAt })
    }
    if (differing.length > 0)
      await db.execute(sql`
        update tickets t set clock = v.clock, due_at = v.due, alert_at = v.alert
        from jsonb_to_recordset(${JSON.stringify(differing)}::jsonb) as v (id uuid, before jsonb, clock jsonb, due timestamptz, alert timestamptz)
        where t.id = v.id and t.clock is not distinct from v.before`)
    changed += differing.length
    const last = rows.at(-1)
    if (last === undefined || rows.length < batch) return changed
    after = last.number
  }
}

/** PostgreSQL gives a document's fields back in an order of its own. */
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, of]) => [name, sorted(of)]),
      )
    : value
