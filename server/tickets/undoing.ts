import type { Ticket } from '../contract/entities.ts'
import { accepted, signed } from './journal.ts'
import { refused, type TicketContext, type TicketDecision } from './model.ts'

/** What a gesture on many tickets may have changed of one. */
export type Undoable = Pick<
  Ticket,
  'status' | 'owner' | 'groupId' | 'waiting' | 'proposal' | 'solution' | 'closedHow' | 'closedAt' | 'statusSince' | 'touchedAt' | 'clock'
>
export const undoableOf = (ticket: Ticket): Undoable => {
  const { status, owner, groupId, waiting, proposal, solution, closedHow, closedAt, statusSince, touchedAt, clock } = ticket
  return { status, owner, groupId, waiting, proposal, solution, closedHow, closedAt, statusSince, touchedAt, clock }
}

/**
 * Take a gesture of the same person back, a moment later: the ticket is where it was, both are in the journal, and its clocks have run on.
 * Not once somebody else has done something.
 * @param doneAt when the gesture was made, ISO 8601
 */
export function undo(ticket: Ticket, before: Undoable, doneAt: string, context: TicketContext): TicketDecision {
  if (ticket.touchedAt !== doneAt) return refused('conflict', `ticket n° ${ticket.number} modifié depuis`)
  return accepted({ ...ticket, ...before, touchedAt: context.now }, context, [signed(context, 'undone', '')])
}
