import type { Asked, Ticket } from '../contract/entities.ts'
import { written } from './decide.ts'
import { accepted, signed } from './journal.ts'
import { confirmMail, registeredMail } from './mails.ts'
import { refused, type OpeningContext, type OpenRequest, type TicketContext, type TicketDecision } from './model.ts'
import { reopenableUntil } from './solving.ts'
import { moved } from './states.ts'
import { oneLine } from './text.ts'

/**
 * A request from outside the staff, as a pre-ticket: it has its number at once, and an operator completes it. Its author reads so by mail;
 * who is not known reads how to confirm it instead, and nothing more is written to that address until then.
 */
export function openRequest(command: OpenRequest, context: OpeningContext): TicketDecision {
  const { title, summary, medium, requester } = command
  const plain = { urgency: 'normal', impact: 'low', categoryId: null, placeId: null, nature: null, solution: null, callId: null } as const
  const noted = written({ title, summary, medium, requester, ...plain }, 'pre-ticket', null, context)
  if (noted.title === '') return refused('invalid_body', 'title')
  const ticket: Ticket = { ...noted, unconfirmed: !command.confirmed, asked: cleaned(command.asked) }
  const opened = signed(context, 'opened', ticket.summary || ticket.title, { visibility: 'public' })
  return accepted(ticket, context, [opened], command.confirmed ? registeredMail(ticket, context) : confirmMail(ticket, context))
}

function cleaned(said: Asked | null): Asked | null {
  if (said === null) return null
  const line = (text: string | null) => (text === null ? null : oneLine(text) || null)
  const { article } = said
  const asked = {
    qualification: line(said.qualification),
    place: line(said.place),
    contact: line(said.contact),
    ...(article !== undefined && { article }),
  }
  return Object.values(asked).every((value) => value === null) ? null : asked
}

const dayMs = 86_400_000
/** Waiting since before this, in ms, a request that nobody has confirmed nor accepted is over. */
export const unconfirmedBefore = (nowMs: number, days: number): number => nowMs - days * dayMs

/** Nobody confirmed it, and nobody accepted it: it is closed, without a word to an address that may be somebody else's. Null while it may wait. */
export function unconfirmedIsOver(ticket: Ticket, context: TicketContext): TicketDecision | null {
  const waits = ticket.status === 'pre-ticket' || (ticket.status === 'waiting' && ticket.light === true)
  if (!ticket.unconfirmed || !waits) return null
  if (Date.parse(ticket.statusSince) > unconfirmedBefore(Date.parse(context.now), context.policy.unconfirmedDays)) return null
  const next = moved(ticket, 'close', context, { closedHow: 'expired' })
  if ('kind' in next) return next
  return accepted(next, context, [signed(context, 'closed', '', { visibility: 'public', detail: { how: 'expired' } })])
}

/** It was closed because nobody had confirmed it, and could still be reopened. */
const isHeardLate = ({ closedHow, closedAt }: Ticket, context: TicketContext): boolean =>
  closedHow === 'expired' && closedAt !== null && reopenableUntil(closedAt, context) >= context.now

/** What waits again where it waited, once it is heard of late. */
const waitingAgain = (parent: number | null, { now }: TicketContext): Pick<Ticket, 'status' | 'statusSince' | 'waiting'> =>
  parent === null
    ? { status: 'pre-ticket', statusSince: now, waiting: null }
    : { status: 'waiting', statusSince: now, waiting: { since: now, what: { for: 'parent', ticket: parent } } }

/**
 * The author confirms that it is theirs, or an operator accepts it as it is: it joins what is to be taken up, also when nobody had confirmed it
 * in time. The second time changes nothing. Who follows a disruption goes on waiting for its end.
 * @param parent of a light child: the ticket that it waits for
 */
export function confirmRequest(ticket: Ticket, context: TicketContext, parent: number | null = null): TicketDecision {
  if (!ticket.unconfirmed) return accepted(ticket, context, [])
  const heard: Ticket = isHeardLate(ticket, context)
    ? { ...ticket, ...waitingAgain(ticket.light === true ? parent : null, context) }
    : ticket
  const next = moved(heard, 'confirm', context, { unconfirmed: false })
  return 'kind' in next
    ? next
    : accepted({ ...next, unconfirmed: false }, context, [signed(context, 'confirmed', '', { visibility: 'public' })])
}
