import { and, desc, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ticket, TicketSummary } from '../contract/entities.ts'
import type { ticketPage } from '../contract/http.ts'
import { attachmentsOf } from './attachment-store.ts'
import type { LateTickets } from '../contract/clocks.ts'
import { nextDue } from '../contract/next-due.ts'
import { timeLeft } from '../tickets/clocks.ts'
import type { Queries } from './connection.ts'
import { dispositions, messages, tickets } from './schema.ts'
import { journalOf } from './ticket-journal.ts'
import { ticketFromRow } from './ticket-rows.ts'
import type { TicketSettings } from './ticket-saving.ts'
import { seenBy, type Viewer } from './ticket-scope.ts'

const mostLate = 50

export type TicketPage = z.infer<typeof ticketPage>

/** Reading of tickets: lists, one page, a person's open ones. */
export function ticketQueries(db: Queries, { now, policy }: Pick<TicketSettings, 'now' | 'policy'>) {
  async function messageOf(callId: string | null): Promise<TicketPage['message']> {
    if (callId === null) return null
    const [found] = await db
      .select({ id: messages.id, seconds: messages.seconds })
      .from(messages)
      .where(and(eq(messages.callId, callId), ne(messages.file, '')))
    return found ?? null
  }

  /** Voice messages of other calls that joined it, the oldest first. */
  const addedTo = async (ticketId: string, callId: string | null): Promise<TicketPage['addedMessages']> => {
    const rows = await db
      .select({ id: messages.id, at: messages.at, seconds: messages.seconds })
      .from(messages)
      .innerJoin(dispositions, eq(dispositions.callId, messages.callId))
      .where(and(eq(dispositions.ticketId, ticketId), ne(messages.file, ''), callId === null ? undefined : ne(messages.callId, callId)))
      .orderBy(messages.at)
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  }

  return {
    /** Whether somebody may see a ticket, which need not exist. */
    async isSeenBy(number: number, viewer: Viewer): Promise<boolean> {
      const scope = seenBy(viewer)
      if (scope === undefined) return true
      const found = await db
        .select({ number: tickets.number })
        .from(tickets)
        .where(and(eq(tickets.number, number), scope))
      return found.length > 0
    },

    /** Which of some tickets somebody may see. */
    async seenOf(numbers: readonly number[], viewer: Viewer): Promise<ReadonlySet<number>> {
      const scope = seenBy(viewer)
      if (scope === undefined || numbers.length === 0) return new Set(numbers)
      const found = await db
        .select({ number: tickets.number })
        .from(tickets)
        .where(and(inArray(tickets.number, [...numbers]), scope))
      return new Set(found.map(({ number }) => number))
    },

    /** A ticket with its journal, oldest line first; null when there is none of that number. */
    async page(number: number): Promise<TicketPage | null> {
      const [row] = await db.select().from(tickets).where(eq(tickets.number, number))
      if (row === undefined) return null
      const ticket = ticketFromRow(row)
      const dueAt = nextDue(ticket.clock)?.dueAt ?? null
      return {
        ...ticket,
        leftMs: dueAt === null ? null : timeLeft(policy(), now().getTime())(dueAt),
        message: await messageOf(row.callId),
        addedMessages: await addedTo(row.id, row.callId),
        journal: await journalOf(db, row.id),
        attachments: await attachmentsOf(db, row.id),
      }
    },

    /**
     * Tickets whose delay is over: all that somebody sees, those taken to them by name first, then the longest over.
     * @param named whether the settings name this account
     */
    async late(viewer: NonNullable<Viewer>, named: boolean): Promise<LateTickets> {
      const over = and(lt(tickets.dueAt, now()), ne(tickets.status, 'closed'), seenBy(viewer))
      const [rows, [total]] = await Promise.all([
        db.select().from(tickets).where(over).orderBy(tickets.dueAt).limit(mostLate),
        db.select({ total: sql<number>`count(*)::int` }).from(tickets).where(over),
      ])
      const late = rows.flatMap((row) => {
        const due = nextDue(row.clock)
        if (due === null) return []
        const { name: clock, step, dueAt } = due
        return [{ number: row.number, title: row.title, clock, step, dueAt, mine: named && step === 'escalated' }]
      })
      return { tickets: late.toSorted((a, b) => Number(b.mine) - Number(a.mine)), total: total?.total ?? 0 }
    },

    /** Somebody's own, newest first: theirs by the directory, and those made with their address before it was known whose it is. */
    async ofRequester({ id, email }: { readonly id: string; readonly email: string | null }): Promise<Ticket[]> {
      const byAddress =
        email === null ? undefined : and(isNull(tickets.requesterPersonId), sql`lower(${tickets.requesterEmail}) = ${email.toLowerCase()}`)
      const rows = await db
        .select()
        .from(tickets)
        .where(or(eq(tickets.requesterPersonId, id), byAddress))
        .orderBy(desc(tickets.number))
        .limit(100)
      return rows.map(ticketFromRow)
    },

    /** The open tickets of the people a number may be, newest first: what an operator sees before saying hello. */
    async openOf(personIds: readonly string[]): Promise<TicketSummary[]> {
      if (personIds.length === 0) return []
      const rows = await db
        .select()
        .from(tickets)
        .where(and(ne(tickets.status, 'closed'), inArray(tickets.requesterPersonId, [...personIds])))
        .orderBy(desc(tickets.number))
        .limit(50)
      return rows.map(ticketFromRow).map(({ id, number, title, status, openedAt }: Ticket) => ({ id, number, title, status, openedAt }))
    },
  }
}
