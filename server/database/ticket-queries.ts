import { and, count, desc, eq, inArray, lt, ne, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ticket, TicketSummary } from '../contract/entities.ts'
import type { ticketList, ticketPage, ticketQuery } from '../contract/http.ts'
import type { Queries } from './connection.ts'
import { dispositions, messages, tickets } from './schema.ts'
import { journalOf } from './ticket-journal.ts'
import { ticketFromRow } from './ticket-rows.ts'
import { seenBy, type Viewer } from './ticket-scope.ts'

export type TicketQuery = z.output<typeof ticketQuery>
export type TicketPage = z.infer<typeof ticketPage>

/** Every word of the search as the beginning of a word in French, accents ignored; or a ticket's number. */
function matching(search: string): SQL | undefined {
  const words =
    search
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 12) ?? []
  const query = words.map((word) => `${word}:*`).join(' & ')
  const text = sql`${tickets.search} @@ to_tsquery('public.french_plain', ${query})`
  const numbers = words.filter((word) => /^\d{1,9}$/.test(word)).map(Number)
  return words.length === 0 ? sql`false` : or(text, ...(numbers.length === 0 ? [] : [inArray(tickets.number, numbers)]))
}

/** Reading of tickets: lists, one page, a person's open ones. */
export function ticketQueries(db: Queries) {
  async function messageOf(callId: string | null): Promise<TicketPage['message']> {
    if (callId === null) return null
    const [found] = await db.select({ id: messages.id, seconds: messages.seconds }).from(messages).where(eq(messages.callId, callId))
    return found ?? null
  }

  /** Voice messages of other calls that joined it, the oldest first. */
  const addedTo = async (ticketId: string, callId: string | null): Promise<TicketPage['addedMessages']> => {
    const rows = await db
      .select({ id: messages.id, at: messages.at, seconds: messages.seconds })
      .from(messages)
      .innerJoin(dispositions, eq(dispositions.callId, messages.callId))
      .where(and(eq(dispositions.ticketId, ticketId), callId === null ? undefined : ne(messages.callId, callId)))
      .orderBy(messages.at)
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  }

  return {
    /** Newest first; `total` counts all that match and that `viewer` sees, whatever the page. `before` is the number the previous page ended with. */
    async list(query: TicketQuery, viewer: Viewer = null): Promise<z.infer<typeof ticketList>> {
      const wanted = and(
        seenBy(viewer),
        query.status === undefined ? undefined : query.status === 'open' ? ne(tickets.status, 'closed') : eq(tickets.status, query.status),
        query.personId === undefined ? undefined : eq(tickets.requesterPersonId, query.personId),
        query.search === undefined || query.search.trim() === '' ? undefined : matching(query.search),
      )
      const page = query.before === undefined ? wanted : and(wanted, lt(tickets.number, query.before))
      const rows = await db.select().from(tickets).where(page).orderBy(desc(tickets.number)).limit(query.limit)
      const [counted] = await db.select({ total: count() }).from(tickets).where(wanted)
      return { tickets: rows.map(ticketFromRow), total: counted?.total ?? 0 }
    },

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

    /** A ticket with its journal, oldest line first; null when there is none of that number. */
    async page(number: number): Promise<TicketPage | null> {
      const [row] = await db.select().from(tickets).where(eq(tickets.number, number))
      if (row === undefined) return null
      return {
        ...ticketFromRow(row),
        message: await messageOf(row.callId),
        addedMessages: await addedTo(row.id, row.callId),
        journal: await journalOf(db, row.id),
      }
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
