import type { Logger } from 'pino'
import type { Person, Ticket } from '../contract/entities.ts'
import type { TicketStore } from '../database/ticket-store.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly tickets: Pick<TicketStore, 'traceMessages'>
  readonly peopleOf: (number: string) => readonly Person[]
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
}

const everyMs = 60_000

/** Voice messages whose answer is settled become a ticket, or join that of the conversation which answered them. */
export const messageTickets = ({ tickets, peopleOf, onSaved, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'What settled voice messages leave behind cannot be written now',
    async look() {
      for (const ticket of await tickets.traceMessages(peopleOf)) onSaved(ticket)
    },
  })
