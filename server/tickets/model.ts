import type { z } from 'zod'
import type { JournalEntry, Ticket } from '../contract/entities.ts'
import type { ticketCreation } from '../contract/http.ts'

/** What the outside world brings to a decision: the core has neither clock, nor sequence, nor randomness. */
export type TicketContext = {
  /** ISO 8601, UTC. */
  readonly now: string
  /** The account that acts. */
  readonly by: string
  readonly operatorName: string
  /** Where a requester follows the request. */
  readonly portalUrl: string
}
export type OpeningContext = TicketContext & { readonly id: string; readonly number: number }

export type OpenTicket = Omit<z.output<typeof ticketCreation>, 'idempotencyKey'>

/** A journal line with its signature: the account, and the name as it was that day. */
export type SignedEntry = JournalEntry & { readonly byId: string }

export type MailKind = 'taken-up' | 'closed'
export type TicketMail = { readonly kind: MailKind; readonly to: string; readonly subject: string; readonly text: string }

/** A decision as data: what to store, and the mails that are owed for it. */
export type Accepted = {
  readonly kind: 'accepted'
  readonly ticket: Ticket
  readonly journal: readonly SignedEntry[]
  readonly mails: readonly TicketMail[]
}
export type Refused = { readonly kind: 'refused'; readonly code: 'conflict' | 'invalid_body'; readonly detail: string }
export type TicketDecision = Accepted | Refused
