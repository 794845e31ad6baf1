import { randomUUID } from 'node:crypto'
import { and, asc, between, eq, gt, inArray, isNotNull, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { Absence } from '../contract/groups.ts'
import { type AwayHours, copiedWeek } from '../calendar/rota.ts'
import type { CoverSlot, CoverWrite, RotaShift, ShiftChange, shiftCreation, ShiftHistory, weekCopied } from '../contract/rota.ts'
import { ServiceError } from '../errors.ts'
import { absencesFrom } from './absence-store.ts'
import type { Db, Queries } from './connection.ts'
import { accounts } from './schema.ts'
import { rotaChanges, rotaShifts } from './schema-rota.ts'
import { absenceHours } from './schema-shared-calendar.ts'

const columns = {
  id: rotaShifts.id,
  operatorId: rotaShifts.operatorId,
  name: accounts.name,
  day: rotaShifts.day,
  from: rotaShifts.from,
  to: rotaShifts.to,
  post: rotaShifts.post,
  offered: rotaShifts.offered,
}
const shiftsWhere = (db: Queries, condition: SQL | undefined): Promise<RotaShift[]> =>
  db.select(columns).from(rotaShifts).innerJoin(accounts, eq(accounts.id, rotaShifts.operatorId)).where(condition)

/** Those whom calls may come to: the others are put down for nothing. */
const takesCalls = and(isNull(accounts.disabledAt), isNotNull(accounts.extension), inArray(accounts.role, ['operator', 'supervisor']))

/**
 * Nobody is at the desk twice at once. Their row is held, so that two shifts written together see one another.
 * @returns their name
 * @throws ServiceError `not_found` for somebody who takes no calls; `conflict`
 */
async function checkFree(
  db: Queries,
  wanted: { readonly operatorId: string; readonly days: string[]; readonly from: string; readonly to: string; readonly except?: string },
): Promise<string> {
  const theirs = and(eq(accounts.id, wanted.operatorId), takesCalls)
  const [known] = await db.select({ name: accounts.name }).from(accounts).where(theirs).for('update')
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
  return known.name
}

/** Those who are put down from today on and take no calls any more: nobody will come. */
async function goneFrom(db: Queries, from: string, to: string, now: Date): Promise<Absence[]> {
  const day = sql<string>`(${now.toISOString()}::timestamptz at time zone current_setting('guichet.time_zone'))::date::text`
  const {
    rows: [desk],
  } = await db.execute<{ today: string }>(sql`select ${day} as today`)
  const today = desk?.today ?? from
  const since = from > today ? from : today
  const rows = await db
    .selectDistinct({ accountId: rotaShifts.operatorId })
    .from(rotaShifts)
    .innerJoin(accounts, eq(accounts.id, rotaShifts.operatorId))
    .where(and(between(rotaShifts.day, since, to), sql`not ${takesCalls}`))
  return rows.map(({ accountId }) => ({ id: accountId, accountId, from: since, to, by: '', standIn: null }))
}

const columnsOf = ({ operatorId, day, from, to, post, offered }: RotaShift) => ({ operatorId, day, from, to, post, offered })

type Traced = { readonly id: string; readonly before: RotaShift | null; readonly after: RotaShift | null }

/** Write down what became of shifts, in the transaction that did it. */
async function trace(db: Queries, by: string, at: Date, changes: readonly Traced[]): Promise<void> {
  const state = (shift: RotaShift | null) => shift && { ...columnsOf(shift), name: shift.name }
  if (changes.length === 0) return
  await db
    .insert(rotaChanges)
    .values(changes.map(({ id, before, after }) => ({ shiftId: id, at, byName: by, before: state(before), after: state(after) })))
}

/** Put shifts down; who they are for is known to be free. */
async function insert(db: Queries, shifts: readonly RotaShift[], by: string, at: Date): Promise<void> {
  if (shifts.length === 0) return
  await db.insert(rotaShifts).values(shifts.map((shift) => ({ id: shift.id, ...columnsOf(shift), byName: by })))
  await trace(
    db,
    by,
    at,
    shifts.map((after) => ({ id: after.id, before: null, after })),
  )
}

/** Who is put down for the desk, and when. */
export function rotaStore(db: Db, now: () => Date = () => new Date()) {
  return {
    /** Both days included. @param from ISO date @param to ISO date */
    async between(
      from: string,
      to: string,
    ): Promise<{ readonly shifts: RotaShift[]; readonly absences: Absence[]; readonly hours: AwayHours[] }> {
      const { accountId, day, from: since, to: until } = absenceHours
      const hours = db.select({ accountId, day, from: since, to: until }).from(absenceHours)
      return {
        shifts: await shiftsWhere(db, between(rotaShifts.day, from, to)),
        absences: [...(await absencesFrom(db, from)), ...(await goneFrom(db, from, to, now()))],
        hours: await hours.where(between(day, from, to)),
      }
    },

    /** Whether anybody is put down at all in these days: a desk that keeps no rota expects nobody by it. Both included, ISO dates. */
    async isKept(from: string, to: string): Promise<boolean> {
      const found = await db
        .select({ id: rotaShifts.id })
        .from(rotaShifts)
        .where(between(rotaShifts.day, from, to))
        .limit(1)
      return found.length > 0
    },

    /** What was written down of the half hours' needs. Both days included, ISO dates. */
    async cover(from: string, to: string): Promise<ReadonlyMap<string, readonly CoverSlot[]>> {
      const { rows } = await db.execute<CoverSlot & { day: string }>(sql`
        select to_char(day, 'YYYY-MM-DD') as "day", from_time as "from", needed::integer as "needed" from rota_cover
        where day between ${from}::date and ${to}::date order by day, from_time`)
      return Map.groupBy(rows, ({ day }) => day)
    },

    /** The needs of seven days, in place of those before. */
    writeCover: ({ from, slots }: CoverWrite, by: string): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`delete from rota_cover where day between ${from}::date and ${from}::date + 6`)
        await tx.execute(sql`
          insert into rota_cover (day, from_time, needed, at, by_name)
          select one."day", one."from", one.needed, ${now().toISOString()}::timestamptz, ${by}
          from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as one ("day" date, "from" text, needed smallint)
          where one."day" between ${from}::date and ${from}::date + 6 on conflict do nothing`)
      }),

    /** All the weeks or none. @throws ServiceError `not_found`, `conflict` when that operator is down already at that time */
    add: ({ operatorId, day, from, to, post, weeks }: z.output<typeof shiftCreation>, by: string): Promise<void> =>
      db.transaction(async (tx) => {
        const first = Temporal.PlainDate.from(day)
        const days = Array.from({ length: weeks }, (_, week) => first.add({ weeks: week }).toString())
        const name = await checkFree(tx, { operatorId, days, from, to })
        const shifts = days.map((each) => ({ id: randomUUID(), operatorId, name, day: each, from, to, post, offered: false }))
        await insert(tx, shifts, by, now())
      }),

    /** The shifts of one week in another. @param from @param to Mondays, ISO dates */
    copyWeek: (from: string, to: string, by: string): Promise<z.infer<typeof weekCopied>> =>
      db.transaction(async (tx) => {
        const [source, target] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
        const week = (monday: Temporal.PlainDate) => between(rotaShifts.day, monday.toString(), monday.add({ days: 6 }).toString())
        const shifts = await shiftsWhere(tx, and(week(source), takesCalls))
        // Their rows are held as for one shift, in one order, so that nobody is put down twice at once meanwhile.
        const holders = shifts.map(({ operatorId }) => operatorId)
        await tx.select({ id: accounts.id }).from(accounts).where(inArray(accounts.id, holders)).orderBy(asc(accounts.id)).for('update')
        const there = await shiftsWhere(tx, week(target))
        const days = source.until(target, { largestUnit: 'day' }).days
        const { added, skipped } = copiedWeek(shifts, there, (day) => Temporal.PlainDate.from(day).add({ days }).toString())
        await insert(
          tx,
          added.map((shift) => ({ id: randomUUID(), ...shift })),
          by,
          now(),
        )
        return { added: added.length, skipped }
      }),

    /** What became of a shift, the oldest first; empty for one that never was. */
    async history(id: string): Promise<ShiftHistory> {
      const rows = await db.select().from(rotaChanges).where(eq(rotaChanges.shiftId, id)).orderBy(asc(rotaChanges.id))
      return rows.map(({ at, byName, before, after }) => ({ at: at.toISOString(), by: byName, before, after }))
    },

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
        const after = { ...shift, offered: false, ...change }
        if ('operatorId' in change) after.name = await checkFree(tx, { ...after, days: [after.day], except: id })
        await tx
          .update(rotaShifts)
          .set({ ...columnsOf(after), byName: by })
          .where(eq(rotaShifts.id, id))
        await trace(tx, by, now(), [{ id, before: shift, after }])
      }),

    /** @throws ServiceError `not_found` */
    remove: (id: string, by: string): Promise<void> =>
      db.transaction(async (tx) => {
        const [before] = await shiftsWhere(tx, eq(rotaShifts.id, id))
        const removed = await tx.delete(rotaShifts).where(eq(rotaShifts.id, id)).returning({ id: rotaShifts.id })
        if (before === undefined || removed.length === 0) throw new ServiceError('not_found')
        await trace(tx, by, now(), [{ id, before, after: null }])
      }),
  }
}
export type RotaStore = ReturnType<typeof rotaStore>
