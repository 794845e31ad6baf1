import { and, asc, eq, inArray, isNull, lte, not, or, sql } from 'drizzle-orm'
import type { WallSettings } from '../contract/walls.ts'
import { ServiceError } from '../errors.ts'
import { yearFrom } from '../calendar/ahead.ts'
import type { CallCounts } from '../indicators/tallies.ts'
import type { Db } from './connection.ts'
import * as query from './indicator-sql.ts'
import { owed, tickets } from './schema.ts'
import { walls } from './schema-walls.ts'

export type StoredWall = WallSettings & { readonly id: string; readonly createdAt: Date; readonly by: string }

const columns = {
  id: walls.id,
  name: walls.name,
  names: walls.names,
  scheme: walls.scheme,
  sound: walls.sound,
  createdAt: walls.createdAt,
  by: walls.byName,
}

/** Addresses of big screens, and what is counted for them. */
export function wallStore(db: Db, timeZone: string, now: () => Date) {
  const inForce = (id: string) => and(eq(walls.id, id), isNull(walls.revokedAt))
  return {
    all: (): Promise<StoredWall[]> => db.select(columns).from(walls).where(isNull(walls.revokedAt)).orderBy(asc(walls.createdAt)),

    /** Null when there is none, or none any more. */
    async find(id: string): Promise<StoredWall | null> {
      const [found] = await db.select(columns).from(walls).where(inForce(id))
      return found ?? null
    },

    async add(id: string, settings: WallSettings, by: string): Promise<StoredWall> {
      const [added] = await db
        .insert(walls)
        .values({ id, ...settings, createdAt: now(), byName: by })
        .returning(columns)
      if (added === undefined) throw new Error('a wall was not written')
      return added
    },

    /** @throws ServiceError `not_found` */
    async change(id: string, settings: WallSettings): Promise<StoredWall> {
      const [changed] = await db.update(walls).set(settings).where(inForce(id)).returning(columns)
      if (changed === undefined) throw new ServiceError('not_found')
      return changed
    },

    /** Its address leads nowhere from now on, and is given to nobody again. @throws ServiceError `not_found` */
    async revoke(id: string, by: string): Promise<void> {
      const revoked = await db.update(walls).set({ revokedAt: now(), revokedBy: by }).where(inForce(id)).returning({ id: walls.id })
      if (revoked.length === 0) throw new ServiceError('not_found')
    },

    /** Today's calls that are over, answers owed, tickets that nobody has taken up. */
    async counts(): Promise<{ calls: CallCounts; owed: number; owedLate: number; toTakeUp: number }> {
      const { today } = yearFrom(timeZone, now().getTime())
      const open = isNull(owed.settledAt)
      const [calls, [debts], [waiting]] = await Promise.all([
        db.execute(query.callSums({ from: today, to: today }, null)),
        db
          .select({ owed: sql<number>`count(*)::int`, late: sql<number>`(count(*) filter (where ${lte(owed.dueAt, now())}))::int` })
          .from(owed)
          .where(open),
        db
          .select({ n: sql<number>`count(*)::int` })
          .from(tickets)
          .where(
            or(
              // What nobody has confirmed waits in a tray of its own.
              and(inArray(tickets.status, ['pre-ticket', 'new']), not(tickets.unconfirmed)),
              and(eq(tickets.status, 'redirected'), isNull(tickets.ownerId)),
            ),
          ),
      ])
      return {
        calls: calls.rows[0] as CallCounts,
        owed: debts?.owed ?? 0,
        owedLate: debts?.late ?? 0,
        toTakeUp: waiting?.n ?? 0,
      }
    },
  }
}
export type WallStore = ReturnType<typeof wallStore>
