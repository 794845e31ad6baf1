import { desc, sql } from 'drizzle-orm'
import { deskItself } from '../contract/desk-itself.ts'
import type { PurgeReports, RetainedKind } from '../contract/privacy.ts'
import type { Db, Queries } from './connection.ts'
import {
  countOf,
  eraseCalls,
  eraseFactsBefore,
  eraseIncoming,
  eraseMessages,
  eraseSlots,
  erasedWord,
  eraseTickets,
  ids,
  isUsersAlone,
  type RemoveKept,
} from './erasing.ts'
import { erasures, purgeReports } from './schema-privacy.ts'

export type PurgedKind = Exclude<RetainedKind, 'recordings' | 'drafts'>
type Step = (tx: Queries, before: Date, at: Date, remove: RemoveKept) => Promise<number>

/** In one transaction: short enough that nobody waits for it. */
const batch = 200
const shownDays = 14
const dayMs = 86_400_000
/** A page shared during a call goes this long after its end: what was worth keeping is in a ticket. */
const sharedPageDays = 30

const steps: Readonly<Record<PurgedKind, Step>> = {
  async messages(tx, before, _at, remove) {
    const old = await ids(
      tx,
      sql`select id from messages where file <> '' and settled_at is not null and at < ${before.toISOString()}::timestamptz order by at limit ${batch}`,
    )
    await eraseMessages(tx, old, remove)
    return old.length
  },
  async calls(tx, before, at) {
    const old = await ids(
      tx,
      sql`select id from calls where number is not null and arrived_at < ${before.toISOString()}::timestamptz order by arrived_at limit ${batch}`,
    )
    // Of a number that was withheld too, somebody may have written who it was.
    const told = await ids(
      tx,
      sql`select distinct c.id from dispositions d join calls c on c.id = d.call_id
        where d.reason <> ${erasedWord} and c.number is null and c.arrived_at < ${before.toISOString()}::timestamptz limit ${batch}`,
    )
    await eraseCalls(tx, [...old, ...told])
    const slots = await ids(
      tx,
      sql`select id from callback_slots where ends_at < ${before.toISOString()}::timestamptz order by ends_at limit ${batch}`,
    )
    await eraseSlots(tx, slots)
    const elsewhere = await countOf(
      tx,
      sql`update exchange_calls set from_number = null, to_number = null
        where began_at < ${before.toISOString()}::timestamptz and (from_number is not null or to_number is not null)`,
    )
    const joined = await countOf(
      tx,
      sql`update disruption_calls set number = null where at < ${before.toISOString()}::timestamptz and number is not null`,
    )
    const pages = await countOf(
      tx,
      sql`delete from shared_pages where ends_at < ${new Date(at.getTime() - sharedPageDays * dayMs).toISOString()}::timestamptz`,
    )
    return old.length + told.length + slots.length + elsewhere + joined + pages + (await eraseFactsBefore(tx, before, 5 * batch))
  },
  async tickets(tx, before, at, remove) {
    const old = await ids(
      tx,
      sql`select id::text as id from tickets where status = 'closed' and erased_at is null and closed_at < ${before.toISOString()}::timestamptz
        order by closed_at limit ${batch}`,
    )
    await eraseTickets(tx, old, at, remove)
    return old.length
  },
  async mails(tx, before, _at, remove) {
    const sent = await countOf(
      tx,
      sql`delete from outbox where id in (select id from outbox where at < ${before.toISOString()}::timestamptz
        and state in ('sent', 'failed', 'uncertain') order by at limit ${batch})`,
    )
    const came = await ids(
      tx,
      sql`select id from incoming_mails where at < ${before.toISOString()}::timestamptz and not to_see order by at limit ${batch}`,
    )
    // Nobody is written to there any more, or ever was.
    const left = await countOf(
      tx,
      sql`delete from disruption_subscribers
        where coalesce(left_at, case when confirmed_at is null then asked_at end) < ${before.toISOString()}::timestamptz`,
    )
    return sent + left + (await eraseIncoming(tx, came, remove))
  },
  sessions: (tx, before) =>
    countOf(
      tx,
      sql`delete from sessions where id_hash in (select id_hash from sessions where expires_at < ${before.toISOString()}::timestamptz limit ${batch})`,
    ),
  async traces(tx, before) {
    const of = (table: string, key: string) =>
      countOf(
        tx,
        sql`delete from ${sql.identifier(table)} where ${sql.identifier(key)} in (select ${sql.identifier(key)} from ${sql.identifier(table)}
          where at < ${before.toISOString()}::timestamptz order by at limit ${batch})`,
      )
    const counts = [
      await of('reads', 'id'),
      await of('listened_sounds', 'id'),
      await of('recording_accesses', 'id'),
      await of('identity_checks', 'id'),
    ]
    return counts.reduce((sum, n) => sum + n, 0)
  },
  async left(tx, before) {
    const accounts = await countOf(
      tx,
      sql`delete from accounts where id in (select a.id from accounts a where ${isUsersAlone} and not exists (
        select from people p where p.id = a.person_id and (p.retired_at is null or p.retired_at >= ${before.toISOString()}::timestamptz))
        limit ${batch})`,
    )
    const gone = await ids(
      tx,
      sql`select id from people p where p.retired_at < ${before.toISOString()}::timestamptz and p.id not like 'erased:%'
        and not exists (select 1 from tickets t where t.requester_person_id = p.id and t.erased_at is null)
        order by p.retired_at limit ${batch}`,
    )
    if (gone.length === 0) return accounts
    // Their tickets have been erased already, and are nobody's in particular.
    return accounts + (await countOf(tx, sql`delete from people where id = any (${sql.param(gone)}::text[])`))
  },
}

const oldest: Readonly<Record<PurgedKind, string>> = {
  messages: "select min(at) as at from messages where file <> ''",
  calls: 'select least((select min(arrived_at) from calls where number is not null), (select min(ends_at) from callback_slots)) as at',
  tickets: "select min(closed_at) as at from tickets where status = 'closed' and erased_at is null",
  mails: 'select least((select min(at) from outbox), (select min(at) from incoming_mails)) as at',
  sessions: 'select min(created_at) as at from sessions',
  traces:
    'select least((select min(at) from reads), (select min(at) from listened_sounds), (select min(at) from recording_accesses), (select min(at) from identity_checks)) as at',
  left: "select min(retired_at) as at from people where id not like 'erased:%'",
}

/** What is over its time goes; how much went, and the oldest that is left, is written down each day. */
export function retentionStore(db: Db, now: () => Date) {
  const note = (tx: Queries, day: string, kind: RetainedKind, days: number, removed: number, done: boolean, oldestLeft: Date | null) =>
    tx
      .insert(purgeReports)
      .values({ day, kind, days, removed, at: now(), done, oldestLeft })
      .onConflictDoUpdate({
        target: [purgeReports.day, purgeReports.kind],
        set: { removed: sql`${purgeReports.removed} + ${removed}`, days, at: now(), done, oldestLeft },
      })

  return {
    /**
     * Remove some of a kind that are older than so many days, and count them in the same transaction. Cut short, it goes on where it was;
     * two services never do it at once.
     * @param day the desk's day that it is counted for
     * @returns whether there may be more; false too when this day's is done, or another service is at it
     */
    purge: (kind: PurgedKind, day: string, days: number, remove: RemoveKept): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { rows } = await tx.execute<{ mine: boolean }>(
          sql`select pg_try_advisory_xact_lock(hashtext('guichet purge')) and not exists (
            select 1 from purge_reports where day = ${day}::date and kind = ${kind} and done) as mine`,
        )
        if (rows[0]?.mine !== true) return false
        const at = now()
        await tx
          .insert(erasures)
          .values({ at, byId: deskItself.id, byName: deskItself.name, kind: 'retention', reason: `${kind} : ${days} jours` })
        const removed = await steps[kind](tx, new Date(at.getTime() - days * dayMs), at, remove)
        const left = removed > 0 ? null : (await tx.execute<{ at: string | Date | null }>(sql.raw(oldest[kind]))).rows[0]?.at
        await note(tx, day, kind, days, removed, removed === 0, left == null ? null : new Date(left))
        return removed > 0
      }),

    /** What went by another clock of its own. */
    async noted(kind: RetainedKind, day: string, days: number, removed: number, oldestLeft: Date | null = null): Promise<void> {
      await note(db, day, kind, days, removed, true, oldestLeft)
    },

    async reports(): Promise<PurgeReports> {
      const rows = await db
        .select()
        .from(purgeReports)
        .orderBy(desc(purgeReports.day), purgeReports.kind)
        .limit(shownDays * 9)
      return rows.map((row) => ({ ...row, oldestLeft: row.oldestLeft?.toISOString() ?? null, at: row.at.toISOString() }))
    },
  }
}
export type RetentionStore = ReturnType<typeof retentionStore>
