import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Claim, OutboxStore } from '../mail/ports.ts'
import type { Db, Queries } from './connection.ts'
import { translating } from './failures.ts'
import { outbox } from './schema.ts'

const unanswered = 'interrompu pendant que le serveur de messagerie recevait la fin du message'

/** What was tried in vain is due now; what waits for a reason of its own still does. @returns how many */
export async function hastenMails(db: Queries, now: Date): Promise<number> {
  const hastened = await db
    .update(outbox)
    .set({ nextAttemptAt: now })
    .where(and(eq(outbox.state, 'pending'), gt(outbox.attempts, 0), gt(outbox.nextAttemptAt, now)))
  return hastened.rowCount ?? 0
}

/** The mails owed, in PostgreSQL. Failures are translated: none holds an address or a text. */
export function outboxStore(db: Db): OutboxStore {
  const held = ({ id, attempt }: Claim) =>
    and(eq(outbox.id, id), eq(outbox.attempts, attempt), inArray(outbox.state, ['sending', 'uncertain']))
  const settle = async (claim: Claim, change: Partial<typeof outbox.$inferInsert>) => {
    await db.update(outbox).set(change).where(held(claim))
  }
  return translating<OutboxStore>({
    async claim(limit, now) {
      const due = db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(eq(outbox.state, 'pending'), lte(outbox.nextAttemptAt, now)))
        .orderBy(asc(outbox.nextAttemptAt))
        .limit(limit)
        .for('update', { skipLocked: true })
      const rows = await db
        .update(outbox)
        .set({ state: 'sending', attempts: sql`${outbox.attempts} + 1` })
        .where(inArray(outbox.id, due))
        .returning()
      return rows.map(({ id, attempts, at, to, subject, text, html, messageId, headers, calendar }) => ({
        id,
        attempt: attempts,
        at,
        to,
        subject,
        text,
        html,
        messageId,
        headers,
        calendar,
      }))
    },

    async markFinishing({ id, attempt }) {
      const marked = await db
        .update(outbox)
        .set({ state: 'uncertain', lastError: unanswered })
        .where(and(eq(outbox.id, id), eq(outbox.attempts, attempt), eq(outbox.state, 'sending')))
      return marked.rowCount === 1
    },

    sent: (claim) => settle(claim, { state: 'sent', lastError: null }),
    retry: (claim, lastError, nextAttemptAt) => settle(claim, { state: 'pending', lastError, nextAttemptAt }),
    fail: (claim, lastError) => settle(claim, { state: 'failed', lastError }),
    uncertain: (claim, lastError) => settle(claim, { state: 'uncertain', lastError }),

    async recoverInterrupted(now) {
      const recovered = await db.update(outbox).set({ state: 'pending', nextAttemptAt: now }).where(eq(outbox.state, 'sending'))
      return recovered.rowCount ?? 0
    },

    async hasten(now) {
      await hastenMails(db, now)
    },

    async counts() {
      const rows = await db
        .select({ state: outbox.state, count: sql<number>`count(*)::int` })
        .from(outbox)
        .where(inArray(outbox.state, ['pending', 'uncertain', 'failed']))
        .groupBy(outbox.state)
      const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
      return { pending: of('pending'), uncertain: of('uncertain'), failed: of('failed') }
    },
  })
}
