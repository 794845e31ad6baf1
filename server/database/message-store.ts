import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import type { Listening, Transcript } from '../contract/messages.ts'
import { ServiceError } from '../errors.ts'
import { decide } from '../owed/decide.ts'
import type { Actor } from '../owed/model.ts'
import type { Db } from './connection.ts'
import { type DueAfter, noteOrigin, takeTurns } from './owed-projection.ts'
import { lockEntry, ofCall, record } from './owed-rows.ts'
import { accounts, listenedSounds, messages, transcripts } from './schema.ts'

export type StoredMessage = {
  readonly id: string
  readonly callId: string
  readonly at: Date
  readonly number: string | null
  readonly seconds: number
  /** Name of the sound in the folder of messages. */
  readonly file: string
  readonly settledBy: string | null
  readonly settledAt: Date | null
}

/** One whose time is over has no sound any more, and is listed nowhere. */
const notErased = ne(messages.file, '')

/** Voice messages and where their sounds are. Each is a reason of an answer owed, and is settled with it. */
export function messageStore(db: Db, now: () => Date, due: DueAfter) {
  const byId = async (id: string): Promise<StoredMessage | null> => {
    const [found] = await db
      .select()
      .from(messages)
      .where(and(eq(messages.id, id), notErased))
    return found ?? null
  }

  return {
    byId,

    /** Store a message, whose answer is then owed; the second time for the same call changes nothing. @returns whether it is new */
    add: (message: Omit<StoredMessage, 'settledBy' | 'settledAt'>): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const result = await tx.insert(messages).values(message).onConflictDoNothing()
        if (result.rowCount !== 1) return false
        const { id: messageId, callId, number, seconds } = message
        const origin = { kind: 'message', at: message.at.getTime(), callId, messageId, seconds } as const
        await noteOrigin(tx, number, origin, due)
        return true
      }),

    /** Those still owed first, the longest owed at the top; then the settled ones, latest first, `limit` in all. */
    list: (limit = 200): Promise<StoredMessage[]> =>
      db
        .select()
        .from(messages)
        .where(notErased)
        .orderBy(sql`${messages.settledAt} is not null`, desc(messages.settledAt), asc(messages.at))
        .limit(limit),

    /**
     * Mark a message as answered, and with it all that is owed to its caller. Whoever was first stays the one who settled it.
     * @returns the message, null when unknown
     * @throws ServiceError `conflict` when somebody else is calling back
     */
    async settle(id: string, by: Actor): Promise<StoredMessage | null> {
      const message = await byId(id)
      if (message === null || message.settledAt !== null) return message
      await db.transaction(async (tx) => {
        const entry = await lockEntry(tx, ofCall(message.callId))
        if (entry === null) return
        const decision = decide(entry, { type: 'message-settled', by }, now().getTime())
        if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
        await record(tx, entry.id, entry, decision.facts)
      })
      return byId(id)
    },

    /** Write down that an account listened to a message, before the sound is given. */
    async traceListening(messageId: string, accountId: string, how: Listening['how'] = 'heard'): Promise<void> {
      await db.insert(listenedSounds).values({ at: now(), accountId, messageId, how })
    },

    /** Who listened, the latest first. */
    async listeningsOf(messageId: string): Promise<Listening[]> {
      const rows = await db
        .select({ at: listenedSounds.at, accountId: listenedSounds.accountId, name: accounts.name, how: listenedSounds.how })
        .from(listenedSounds)
        .leftJoin(accounts, eq(accounts.id, listenedSounds.accountId))
        .where(eq(listenedSounds.messageId, messageId))
        .orderBy(desc(listenedSounds.id))
        .limit(200)
      return rows.map(({ at, accountId, name, how }) => ({ at: at.toISOString(), who: name ?? accountId, how }))
    },

    /** What a machine understood of it; null when none has. */
    async transcriptOf(messageId: string): Promise<Transcript | null> {
      const [row] = await db.select().from(transcripts).where(eq(transcripts.messageId, messageId))
      return row === undefined ? null : { text: row.text, by: row.by }
    },

    async keepTranscript(messageId: string, { text, by }: Transcript): Promise<void> {
      await db.insert(transcripts).values({ messageId, at: now(), by, text }).onConflictDoNothing()
    },
  }
}
export type MessageStore = ReturnType<typeof messageStore>
