import { randomUUID } from 'node:crypto'
import { desc } from 'drizzle-orm'
import type { TicketMail } from '../tickets/model.ts'
import type { Queries } from './connection.ts'
import { outbox, type MailState } from './schema.ts'

export type OwedMail = {
  readonly id: string
  readonly at: Date
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly state: MailState
}

/**
 * Owe mails about a ticket; called in the transaction that decides them, so that neither exists without the other.
 * @param domain right-hand side of message ids; all mails of a ticket refer to one id, so that mail programs thread them
 */
export async function oweMails(
  db: Queries,
  mails: readonly TicketMail[],
  about: { ticketId: string; number: number; at: Date; domain: string },
): Promise<void> {
  if (mails.length === 0) return
  await db.insert(outbox).values(
    mails.map(({ to, subject, text }) => {
      const id = randomUUID()
      return {
        id,
        at: about.at,
        nextAttemptAt: about.at,
        ticketId: about.ticketId,
        to,
        subject,
        text,
        messageId: `<${id}@${about.domain}>`,
        headers: { References: `<ticket-${about.number}@${about.domain}>`, 'Auto-Submitted': 'auto-generated' },
      }
    }),
  )
}

/** Owe mails that are about no ticket. @param domain right-hand side of message ids */
export async function oweNotices(
  db: Queries,
  mails: readonly { readonly to: string; readonly subject: string; readonly text: string }[],
  { at, domain }: { readonly at: Date; readonly domain: string },
): Promise<void> {
  if (mails.length === 0) return
  await db.insert(outbox).values(
    mails.map((mail) => {
      const id = randomUUID()
      return { ...mail, id, at, nextAttemptAt: at, messageId: `<${id}@${domain}>`, headers: {} }
    }),
  )
}

/** What the console shows of the outbox. */
export function mailStore(db: Queries) {
  return {
    /** The latest mails first. */
    list: (limit = 200): Promise<OwedMail[]> =>
      db
        .select({
          id: outbox.id,
          at: outbox.at,
          to: outbox.to,
          subject: outbox.subject,
          text: outbox.text,
          state: outbox.state,
        })
        .from(outbox)
        .orderBy(desc(outbox.at), desc(outbox.id))
        .limit(limit),
  }
}
export type MailStore = ReturnType<typeof mailStore>
