import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { rights } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import type { Db } from './connection.ts'
import { accounts } from './schema.ts'
import { calendarFeeds } from './schema-rota.ts'

export type StoredFeed = { readonly id: string; readonly accountId: string; readonly everybody: boolean; readonly readAt: Date | null }

const columns = {
  id: calendarFeeds.id,
  accountId: calendarFeeds.accountId,
  everybody: calendarFeeds.everybody,
  readAt: calendarFeeds.readAt,
}

/** The addresses that calendars read the rota from. */
export function calendarFeedStore(db: Db, now: () => Date) {
  const inForce = isNull(calendarFeeds.revokedAt)
  return {
    of: (accountId: string): Promise<StoredFeed[]> =>
      db
        .select(columns)
        .from(calendarFeeds)
        .where(and(eq(calendarFeeds.accountId, accountId), inForce))
        .orderBy(asc(calendarFeeds.everybody)),

    /** @returns the new one, or the one that is there already */
    async add(id: string, accountId: string, everybody: boolean): Promise<StoredFeed> {
      await db.insert(calendarFeeds).values({ id, accountId, everybody, madeAt: now() }).onConflictDoNothing()
      const [feed] = await db
        .select(columns)
        .from(calendarFeeds)
        .where(and(eq(calendarFeeds.accountId, accountId), eq(calendarFeeds.everybody, everybody), inForce))
      if (feed === undefined) throw new Error('a calendar feed was not written')
      return feed
    },

    /** Its address leads nowhere from now on. @throws ServiceError `not_found` */
    async revoke(id: string, accountId: string): Promise<void> {
      const revoked = await db
        .update(calendarFeeds)
        .set({ revokedAt: now() })
        .where(and(eq(calendarFeeds.id, id), eq(calendarFeeds.accountId, accountId), inForce))
        .returning({ id: calendarFeeds.id })
      if (revoked.length === 0) throw new ServiceError('not_found')
    },

    /** Notes that it was read. Null when there is none, or none any more, or its owner's account was closed or works elsewhere. */
    async read(id: string): Promise<StoredFeed | null> {
      const [feed] = await db
        .select(columns)
        .from(calendarFeeds)
        .innerJoin(accounts, eq(accounts.id, calendarFeeds.accountId))
        .where(and(eq(calendarFeeds.id, id), inForce, isNull(accounts.disabledAt), inArray(accounts.role, [...rights['GET /api/rota']])))
      if (feed !== undefined) await db.update(calendarFeeds).set({ readAt: now() }).where(eq(calendarFeeds.id, id))
      return feed ?? null
    },
  }
}
export type CalendarFeedStore = ReturnType<typeof calendarFeedStore>
