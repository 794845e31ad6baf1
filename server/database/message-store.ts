import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Queries } from './connection.ts'
import { listenedSounds, messages } from './schema.ts'

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

/** Voice messages: answers owed. */
export function messageStore(db: Queries, now: () => Date) {
  return {
    /** Store a message; the second time for the same call changes nothing. @returns whether it is new */
    async add(message: Omit<StoredMessage, 'settledBy' | 'settledAt'>): Promise<boolean> {
      const result = await db.insert(messages).values(message).onConflictDoNothing()
      return result.rowCount === 1
    },

    /** Those still owed first, the longest owed at the top; then the settled ones, latest first, `limit` in all. */
    list: (limit = 200): Promise<StoredMessage[]> =>
      db.select().from(messages).orderBy(sql`${messages.settledAt} is not null`, desc(messages.settledAt), asc(messages.at)).limit(limit),

    async byId(id: string): Promise<StoredMessage | null> {
      const [found] = await db.select().from(messages).where(eq(messages.id, id))
      return found ?? null
    },

    /** Mark a message as answered. Whoever was first stays the one who settled it. @returns the message, null when unknown */
    async settle(id: string, by: string): Promise<StoredMessage | null> {
      const [settled] = await db
        .update(messages)
        .set({ settledBy: by, settledAt: now() })
        .where(and(eq(messages.id, id), isNull(messages.settledAt)))
        .returning()
      return settled ?? (await db.select().from(messages).where(eq(messages.id, id)))[0] ?? null
    },

    /** Write down that an account listened to a message, before the sound is given. */
    async traceListening(messageId: string, accountId: string): Promise<void> {
      await db.insert(listenedSounds).values({ at: now(), accountId, messageId })
    },
  }
}
export type MessageStore = ReturnType<typeof messageStore>
