import { randomUUID } from 'node:crypto'
import { and, desc, eq, gte, isNotNull, lte, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import type { Target } from '../calls/model.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import type { MailThreads } from '../mail-threads.ts'
import { handedOverMail } from '../tickets/hand-over.ts'
import type { Db } from './connection.ts'
import { calls, dispositions, facts, outbox, tickets } from './schema.ts'
import { ticketFromRow } from './ticket-rows.ts'

export type Outside = Extract<Target, { kind: 'number' }>
type Told = {
  readonly mails: () => MailSettings
  readonly publicUrl: string
  readonly mailDomain: string
  readonly threads: MailThreads
  readonly now: () => Date
}

/** The link of a ticket for whom its caller was handed over to outside the desk, who have no console before them. */
export function handOverStore(db: Db, { mails, publicUrl, mailDomain, threads, now }: Told) {
  /** To whom outside a call was handed over; its facts are looked for within its own hours, which are indexed. */
  async function handedTo(callId: string): Promise<Outside[]> {
    const [call] = await db.select({ from: calls.arrivedAt, to: calls.endedAt }).from(calls).where(eq(calls.id, callId))
    if (call === undefined) return []
    const within = and(gte(facts.at, call.from), lte(facts.at, call.to ?? now()))
    const found = await db
      .select({ body: facts.body })
      .from(facts)
      .where(and(within, eq(facts.type, 'call-transferred'), eq(sql`${facts.body} ->> 'callId'`, callId)))
    return found.flatMap(({ body }) => {
      const { target } = body as Extract<Fact, { type: 'call-transferred' }>
      return target.kind === 'number' ? [target] : []
    })
  }

  return {
    /**
     * Owe the link of a call's latest ticket to whom the caller was handed over to: once for each ticket and number, whichever of
     * the two came first.
     * @param addressOf null when none is known
     * @returns whether a mail is owed that was not
     */
    async tell(callId: string, addressOf: (target: Outside) => string | null): Promise<boolean> {
      const [found] = await db
        .select({ row: tickets, by: dispositions.byName })
        .from(dispositions)
        .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
        .where(and(eq(dispositions.callId, callId), isNotNull(dispositions.ticketId)))
        .orderBy(desc(dispositions.id))
        .limit(1)
      if (found === undefined) return false
      const ticket = ticketFromRow(found.row)
      let told = false
      for (const target of await handedTo(callId)) {
        const mail = handedOverMail(ticket, { to: addressOf(target), target: target.name, by: found.by, publicUrl, mails: mails() })
        if (mail === null) continue
        const key = `handed-over-${ticket.number}-${target.number.replace(/\D/g, '')}`
        const inserted = await db
          .insert(outbox)
          .values({
            ...mail,
            id: randomUUID(),
            at: now(),
            nextAttemptAt: now(),
            ticketId: ticket.id,
            messageId: `<${key}@${mailDomain}>`,
            headers: { References: threads.root(ticket.number) },
          })
          .onConflictDoNothing({ target: outbox.messageId })
        told ||= inserted.rowCount === 1
      }
      return told
    },
  }
}
export type HandOverStore = ReturnType<typeof handOverStore>
