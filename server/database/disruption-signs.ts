import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Sign } from '../disruptions/suggest.ts'
import type { Queries } from './connection.ts'
import { tickets } from './schema.ts'

const mostRead = 500
const isNobodysParent = sql`not exists (select 1 from disruptions d where d.ticket_id = ${tickets.id})`

/** What people speak of: lately, and usually. Light children, and the tickets they are attached to, speak of a disruption that is known. */
export function disruptionSigns(db: Queries) {
  return {
    /** The latest of them, in their order. */
    async signsSince(since: Date): Promise<Sign[]> {
      const rows = await db
        .select({
          number: tickets.number,
          openedAt: tickets.openedAt,
          title: tickets.title,
          categoryId: tickets.categoryId,
          placeId: tickets.placeId,
          personId: tickets.requesterPersonId,
          phone: tickets.requesterPhone,
          name: tickets.requesterName,
        })
        .from(tickets)
        .where(and(gt(tickets.openedAt, since), isNotNull(tickets.categoryId), eq(tickets.light, false), isNobodysParent))
        .orderBy(desc(tickets.openedAt), desc(tickets.number))
        .limit(mostRead)
      return rows.toReversed().map(({ number, openedAt, title, categoryId, placeId, personId, phone, name }) => ({
        at: openedAt.getTime(),
        kind: 'ticket',
        ref: String(number),
        who: personId ?? phone ?? (name === '' ? `ticket ${number}` : name),
        categoryId,
        placeId,
        title,
      }))
    },

    /** How many tickets of each category there were since. */
    async spokenOf(since: Date): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .select({ id: tickets.categoryId, n: sql<number>`count(*)::int` })
        .from(tickets)
        .where(and(gt(tickets.openedAt, since), isNotNull(tickets.categoryId), eq(tickets.light, false)))
        .groupBy(tickets.categoryId)
      return new Map(rows.flatMap(({ id, n }) => (id === null ? [] : [[id, n]])))
    },
  }
}
