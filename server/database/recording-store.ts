import { asc, desc, eq, lt, or, sql } from 'drizzle-orm'
import { bigint, pgTable, real, text, timestamp } from 'drizzle-orm/pg-core'
import type { Listening } from '../contract/messages.ts'
import type { Recorded } from '../contract/recordings.ts'
import type { Queries } from './connection.ts'
import { accounts, calls, dispositions, tickets } from './schema.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

const recordings = pgTable('recordings', {
  id: text('id').primaryKey(),
  callId: text('call_id').notNull(),
  keptAt: moment('kept_at').notNull(),
  seconds: real('seconds').notNull(),
  file: text('file').notNull(),
})
const accesses = pgTable('recording_accesses', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull(),
  accountId: text('account_id').notNull(),
  recordingId: text('recording_id').notNull(),
  how: text('how').$type<Listening['how']>().notNull(),
})

/** @property file name of the sound in the folder of recordings */
export type KeptRecording = { readonly id: string; readonly callId: string; readonly seconds: number; readonly file: string }

/** Conversations that were recorded, and where their sounds are. */
export function recordingStore(db: Queries, now: () => Date) {
  const fields = { id: recordings.id, callId: recordings.callId, seconds: recordings.seconds, file: recordings.file }
  const byId = async (id: string): Promise<KeptRecording | null> => {
    const [found] = await db.select(fields).from(recordings).where(eq(recordings.id, id))
    return found ?? null
  }
  const about = async (ticket: number): Promise<Recorded[]> => {
    const [found] = await db.select({ id: tickets.id, callId: tickets.callId }).from(tickets).where(eq(tickets.number, ticket))
    if (found === undefined) return []
    const attached = db.select({ callId: dispositions.callId }).from(dispositions).where(eq(dispositions.ticketId, found.id))
    const own = found.callId === null ? undefined : eq(recordings.callId, found.callId)
    return listed(or(own, sql`${recordings.callId} in ${attached}`))
  }
  const listed = async (where: ReturnType<typeof or>): Promise<Recorded[]> => {
    const rows = await db
      .select({
        id: recordings.id,
        callId: recordings.callId,
        seconds: recordings.seconds,
        at: calls.answeredAt,
        keptAt: recordings.keptAt,
      })
      .from(recordings)
      .leftJoin(calls, eq(calls.id, recordings.callId))
      .where(where)
      .orderBy(asc(recordings.keptAt), asc(recordings.id))
    return rows.map(({ at, keptAt, ...one }) => ({ ...one, at: (at ?? keptAt).toISOString(), keptAt: keptAt.toISOString() }))
  }

  return {
    byId,
    /** The second time for the same recording changes nothing. */
    add: async (recording: KeptRecording): Promise<void> => {
      await db
        .insert(recordings)
        .values({ ...recording, keptAt: now() })
        .onConflictDoNothing()
    },
    ofCall: (callId: string): Promise<Recorded[]> => listed(eq(recordings.callId, callId)),
    /** Of the call a ticket was written in, and of those attached to it since. */
    ofTicket: about,
    /** Those kept for longer than so many days. */
    over: (days: number): Promise<KeptRecording[]> =>
      db
        .select(fields)
        .from(recordings)
        .where(lt(recordings.keptAt, new Date(now().getTime() - days * 86_400_000)))
        .limit(500),
    remove: async (id: string): Promise<void> => {
      await db.delete(recordings).where(eq(recordings.id, id))
    },
    /** Write down that an account had access to a recording, before the sound is given. */
    trace: async (recordingId: string, accountId: string, how: Listening['how']): Promise<void> => {
      await db.insert(accesses).values({ at: now(), accountId, recordingId, how })
    },
    /** Who had, the latest first. */
    async accessesTo(recordingId: string): Promise<Listening[]> {
      const rows = await db
        .select({ at: accesses.at, accountId: accesses.accountId, name: accounts.name, how: accesses.how })
        .from(accesses)
        .leftJoin(accounts, eq(accounts.id, accesses.accountId))
        .where(eq(accesses.recordingId, recordingId))
        .orderBy(desc(accesses.id))
        .limit(200)
      return rows.map(({ at, accountId, name, how }) => ({ at: at.toISOString(), who: name ?? accountId, how }))
    },
  }
}
export type RecordingRows = ReturnType<typeof recordingStore>
