import { randomUUID } from 'node:crypto'
import { and, between, eq, gt, inArray, isNotNull, isNull, lt, ne, type SQL } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { Absence } from '../contract/groups.ts'
import type { RotaShift, ShiftChange, shiftCreation } from '../contract/rota.ts'
import { ServiceError } from '../errors.ts'
import { absencesFrom } from './absence-store.ts'
import type { Db, Queries } from './connection.ts'
import { accounts } from './schema.ts'
import { rotaShifts } from './schema-rota.ts'

const columns = {
  id: rotaShifts.id,
  operatorId: rotaShifts.operatorId,
  name: accounts.name,
  day: rotaShifts.day,
  from: rotaShifts.from,
  to: rotaShifts.to,
  offered: rotaShifts.offered,
}
const shiftsWhere = (db: Queries, condition: SQL | undefined): Promise<RotaShift[]> =>
  db.select(columns).from(rotaShifts).innerJoin(accounts, eq(accounts.id, rotaShifts.operatorId)).where(condition)

/**
 * Nobody is at the desk twice at once. Their row is held, so that two shifts written together see one another.
 * @throws ServiceError `not_found` for somebody who takes no calls; `conflict`
 */
async function checkFree(
  db: Queries,
  wanted: { readonly operatorId: string; readonly days: string[]; readonly from: string; readonly to: string; readonly except?: string },
): Promise<void> {
  const takesCalls = and(eq(accounts.id, wanted.operatorId), isNotNull(accounts.extension), isNull(accounts.disabledAt))
  const [known] = await db.select({ id: accounts.id }).from(accounts).where(takesCalls).for('update')
  if (known === undefined) throw new ServiceError('not_found')
  const overlapping = await shiftsWhere(
    db,
    and(
      eq(rotaShifts.operatorId, wanted.operatorId),
      inArray(rotaShifts.day, wanted.days),
      lt(rotaShifts.from, wanted.to),
      gt(rotaShifts.to, wanted.from),
      wanted.except === undefined ? undefined : ne(rotaShifts.id, wanted.except),
    ),
  )
  if (overlapping.length > 0) throw new ServiceError('conflict')
}

/** Who is put down for the desk, and when. */
export function rotaStore(db: Db) {
  return {
    /** Both days included. @param from ISO date @param to ISO date */
    async between(from: string, to: string): Promise<{ readonly shifts: RotaShift[]; readonly absences: Absence[] }> {
      return { shifts: await shiftsWhere(db, between(rotaShifts.day, from, to)), absences: await absencesFrom(db, from) }
    },

    /** All the weeks or none. @throws ServiceError `not_found`, `conflict` when that operator is down already at that time */
    add: ({ operatorId, day, from, to, weeks }: z.output<typeof shiftCreation>, by: string): Promise<void> =>
      db.transaction(async (tx) => {
        const first = Temporal.PlainDate.from(day)
        const days = Array.from({ length: weeks }, (_, week) => first.add({ weeks: week }).toString())
        await checkFree(tx, { operatorId, days, from, to })
        await tx
          .insert(rotaShifts)
          .values(days.map((each) => ({ id: randomUUID(), operatorId, day: each, from, to, offered: false, byName: by })))
      }),

    /**
     * @param allowed whether the change may be made of the shift as it stands
     * @throws ServiceError `not_found`; `forbidden`; `conflict` when the new holder is down already at that time
     */
    change: (id: string, change: ShiftChange, by: string, allowed: (shift: RotaShift) => boolean): Promise<void> =>
      db.transaction(async (tx) => {
        // Held, so that of two who take the same shift only the first does.
        await tx.select({ id: rotaShifts.id }).from(rotaShifts).where(eq(rotaShifts.id, id)).for('update')
        const [shift] = await shiftsWhere(tx, eq(rotaShifts.id, id))
        if (shift === undefined) throw new ServiceError('not_found')
        if (!allowed(shift)) throw new ServiceError('forbidden')
        if ('operatorId' in change) await checkFree(tx, { ...shift, operatorId: change.operatorId, days: [shift.day], except: id })
        await tx
          .update(rotaShifts)
          .set({ offered: false, ...change, byName: by })
          .where(eq(rotaShifts.id, id))
      }),

    /** @throws ServiceError `not_found` */
    async remove(id: string): Promise<void> {
      const removed = await db.delete(rotaShifts).where(eq(rotaShifts.id, id)).returning({ id: rotaShifts.id })
      if (removed.length === 0) throw new ServiceError('not_found')
    },
  }
}
export type RotaStore = ReturnType<typeof rotaStore>
