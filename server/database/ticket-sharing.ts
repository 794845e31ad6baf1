import { sql, type SQL } from 'drizzle-orm'
import type { Queries } from './connection.ts'

/**
 * Ids of the tickets whose requesters are told what is written to this one's: those that share its messages, and where one of these is a
 * duplicate that others were merged into before, those too.
 */
export const toldBy = (ticketId: string): SQL => sql`(
  with recursive told (id, duplicate) as (
    select from_id, kind = 'duplicate-of' from ticket_links where to_id = ${ticketId} and shares = 'messages'
    union select l.from_id, l.kind = 'duplicate-of' from ticket_links l join told on told.duplicate and l.to_id = told.id where l.shares = 'messages')
  select id from told where id <> ${ticketId})`

/** For so long a merge, or a gesture on many tickets, can be taken back, and its mails wait. */
export const undoableMs = 60_000

/** Whether a gesture on many tickets was made on this one that can still be taken back, or is being. @param number of the ticket, as a column */
export const mayBeTakenBack = (number: SQL, now: Date): SQL => sql`${number} in (
  select i.number from bulk_actions a join bulk_items i on i.action_id = a.id and i.state = 'done'
  where a.at > ${new Date(now.getTime() - undoableMs).toISOString()}::timestamptz or a.undo_asked_at is not null)`

/**
 * What a gesture owed, and the delays that it ended, once it has been taken back: of its ticket, and of those that are told what is written to it.
 * The journal says so already. Only mails that waited for that go. @param at when the gesture was made
 */
export async function withdraw(tx: Queries, ticketId: string, at: Date): Promise<void> {
  const then = sql`${at.toISOString()}::timestamptz`
  await tx.execute(sql`
    delete from outbox where (ticket_id = ${ticketId} or ticket_id in ${toldBy(ticketId)})
      and state = 'pending' and attempts = 0 and at = ${then} and next_attempt_at > at`)
  await tx.execute(sql`delete from ticket_delays where ticket_id = ${ticketId} and ended_at = ${then}`)
}
