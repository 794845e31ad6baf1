import { sql } from 'drizzle-orm'
import { ServiceError } from '../errors.ts'
import { decide } from '../owed/decide.ts'
import type { Db, Queries } from './connection.ts'
import { noteOrigin, takeTurns } from './owed-projection.ts'
import { lockEntry, ofCall, record } from './owed-rows.ts'

export type CallbackSlot = {
  readonly id: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly number: string
  readonly state: 'waiting' | 'cancelled' | 'over'
}
type Row = { id: string; starts_at: string; ends_at: string; number: string; cancelled_at: string | null; settled: boolean | null }

/** What an answer owed knows a slot by, as it knows a call. */
const callOf = (id: string) => `slot-${id}`

const rows = async (db: Queries, where: ReturnType<typeof sql>): Promise<readonly CallbackSlot[]> =>
  (
    await db.execute<Row>(sql`select c.id, c.starts_at, c.ends_at, c.number, c.cancelled_at, o.settled_at is not null as settled
      from callback_slots c left join owed_origins g on g.call_id = 'slot-' || c.id left join owed o on o.id = g.entry_id where ${where}`)
  ).rows.map((row) => ({
    id: row.id,
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    number: row.number,
    state: row.cancelled_at !== null ? 'cancelled' : row.settled === true ? 'over' : 'waiting',
  }))

/** Calls back at a slot that somebody chose; each is an answer owed when its time has come. */
export function callbackSlotStore(db: Db, now: () => Date) {
  return {
    /** How many are to be called in each slot from a moment on, by its beginning in ms. */
    async taken(from: Date): Promise<ReadonlyMap<number, number>> {
      const found = await db.execute<{ at: string; n: number }>(sql`select starts_at as at, count(*)::int as n from callback_slots
        where cancelled_at is null and starts_at >= ${from.toISOString()}::timestamptz group by starts_at`)
      return new Map(found.rows.map(({ at, n }) => [new Date(at).getTime(), n]))
    },

    async find(id: string): Promise<CallbackSlot | null> {
      return (await rows(db, sql`c.id = ${id}`))[0] ?? null
    },

    /**
     * Choose a slot. One number has one at a time: choosing another moves it. @param number normalised
     * @throws ServiceError `conflict` when the slot is full
     */
    book: (id: string, slot: { readonly fromMs: number; readonly toMs: number }, number: string, capacity: number): Promise<void> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        const [startsAt, endsAt] = [new Date(slot.fromMs), new Date(slot.toMs)].map((moment) => moment.toISOString())
        for (const before of await rows(tx, sql`c.number = ${number} and c.cancelled_at is null and o.settled_at is null`))
          await withdraw(tx, before.id, at)
        const counted = await tx.execute<{ n: number }>(sql`select count(*)::int as n from callback_slots
          where cancelled_at is null and starts_at = ${startsAt}::timestamptz`)
        if ((counted.rows[0]?.n ?? 0) >= capacity) throw new ServiceError('conflict')
        await tx.execute(sql`insert into callback_slots (id, starts_at, ends_at, number, asked_at)
          values (${id}, ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${number}, ${at.toISOString()}::timestamptz)`)
        await noteOrigin(tx, number, { kind: 'slot', at: slot.fromMs, callId: callOf(id), messageId: null, seconds: null }, () => slot.toMs)
      }),

    /** Its owner needs no call any more. @returns whether it was still to come */
    cancel: (id: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        return withdraw(tx, id, now())
      }),
  }
}
export type CallbackSlotStore = ReturnType<typeof callbackSlotStore>

async function withdraw(tx: Queries, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`update callback_slots set cancelled_at = ${at.toISOString()}::timestamptz where id = ${id} and cancelled_at is null`,
  )
  if ((rowCount ?? 0) === 0) return false
  const entry = await lockEntry(tx, ofCall(callOf(id)))
  if (entry === null) return true
  const decision = decide(entry, { type: 'withdrawn', callId: callOf(id) }, at.getTime())
  if (decision.kind === 'accepted') await record(tx, entry.id, entry, decision.facts)
  return true
}
