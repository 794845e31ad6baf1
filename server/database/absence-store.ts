import { randomUUID } from 'node:crypto'
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import type { Absence, absenceCreation } from '../contract/groups.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { accounts } from './schema.ts'
import { absences } from './schema-groups.ts'

/** Absences that are not over yet. @param today ISO date */
export async function absencesFrom(db: Queries, today: string): Promise<Absence[]> {
  const standIns = alias(accounts, 'stand_ins')
  const rows = await db
    .select({
      id: absences.id,
      accountId: absences.accountId,
      from: absences.from,
      to: absences.to,
      by: absences.byName,
      standInId: standIns.id,
      standInName: standIns.name,
    })
    .from(absences)
    .leftJoin(standIns, eq(standIns.id, absences.standInId))
    .where(gte(absences.to, today))
    .orderBy(absences.from)
  return rows.map(({ standInId, standInName, ...row }) => ({
    ...row,
    standIn: standInId === null || standInName === null ? null : { id: standInId, name: standInName },
  }))
}

/** Who is away, and who stands in. */
export function absenceStore(db: Db) {
  return {
    /** @throws ServiceError `not_found` when somebody named does not exist; `conflict` when days are written down already, or the stand-in is away too */
    add: ({ accountId, from, to, standInId }: z.output<typeof absenceCreation>, by: string): Promise<void> =>
      db.transaction(async (tx) => {
        const concerned = standInId === null ? [accountId] : [accountId, standInId]
        const who = or(...concerned.map((id) => eq(accounts.id, id)))
        // Both rows are held, so that two absences written at once see one another.
        const known = await tx.select({ id: accounts.id }).from(accounts).where(who).orderBy(accounts.id).for('update')
        if (known.length !== concerned.length) throw new ServiceError('not_found')
        // What the shared calendar says may be said here too, with a stand-in.
        const away = or(
          ...concerned.map((id) => and(eq(absences.accountId, id), id === accountId ? isNull(absences.calendarKey) : undefined)),
        )
        const overlapping = await tx
          .select({ id: absences.id })
          .from(absences)
          .where(and(away, lte(absences.from, to), gte(absences.to, from)))
        if (overlapping.length > 0) throw new ServiceError('conflict')
        await tx.insert(absences).values({ id: randomUUID(), accountId, from, to, standInId, byName: by })
      }),

    /** Whose absence it is, and whether the shared calendar says so; null when there is none. */
    async find(id: string): Promise<{ readonly accountId: string; readonly fromCalendar: boolean } | null> {
      const [found] = await db
        .select({ accountId: absences.accountId, key: absences.calendarKey })
        .from(absences)
        .where(eq(absences.id, id))
      return found === undefined ? null : { accountId: found.accountId, fromCalendar: found.key !== null }
    },

    async remove(id: string): Promise<void> {
      await db.delete(absences).where(eq(absences.id, id))
    },
  }
}
export type AbsenceStore = ReturnType<typeof absenceStore>
