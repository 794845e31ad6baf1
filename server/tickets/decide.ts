import type { JournalEntry, Ticket, TicketStatus } from '../contract/entities.ts'
import { addedMessage } from './messages.ts'
import { closedMail, takenUpMail } from './mails.ts'
import type { OpeningContext, OpenTicket, Refused, SignedEntry, TicketContext, TicketDecision, TicketMail } from './model.ts'
import { oneLine, paragraphs } from './text.ts'

/*
 * A message or a form makes a pre-ticket, which an operator completes and takes up. A ticket opened by an operator is taken up by that very gesture, hence « in-progress », never « new »; with a solution it is closed
 * at once. What is written is never rewritten: a closed ticket still takes contributions, and stays closed.
 *
 *   status × command   contribute        take up         close
 *   pre-ticket         stays             in-progress     closed
 *   new                in-progress       in-progress     closed
 *   in-progress        stays             refused         closed
 *   closed             stays             refused         refused: the answer was already given
 */
const afterContribution = {
  'pre-ticket': 'pre-ticket',
  'new': 'in-progress',
  'in-progress': 'in-progress',
  closed: 'closed',
} as const satisfies Record<TicketStatus, TicketStatus>

const refused = (code: Refused['code'], detail: string): Refused => ({ kind: 'refused', code, detail })

const signed = (context: TicketContext, kind: JournalEntry['kind'], text: string): SignedEntry => ({
  at: context.now,
  by: context.operatorName,
  byId: context.by,
  kind,
  text,
})

const mailNames = { 'taken-up': 'Courriel de prise en charge', closed: 'Courriel de clôture' } as const
const announced = (context: TicketContext, mails: readonly TicketMail[]) =>
  mails.map((mail) => signed(context, 'mail', `${mailNames[mail.kind]} à ${mail.to}`))

/** Open a ticket in the name of an operator. A solution closes it in the same gesture, with the closing mail alone. */
export function openTicket(command: OpenTicket, context: OpeningContext): TicketDecision {
  const solution = command.solution === null ? null : paragraphs(command.solution)
  if (solution === '') return refused('invalid_body', 'solution')
  const ticket = written(command, solution === null ? 'in-progress' : 'closed', solution, context)
  if (ticket.title === '') return refused('invalid_body', 'title')
  const mails = solution === null ? takenUpMail(ticket, context) : closedMail(ticket, solution, context)
  const journal = [
    signed(context, 'opened', ticket.summary || ticket.title),
    ...(solution === null ? [] : [signed(context, 'closed', solution)]),
    ...announced(context, mails),
  ]
  return { kind: 'accepted', ticket, journal, mails }
}

/** Note what somebody asks, for an operator to complete and take up: nothing is promised to the requester yet, so no mail. */
export function openPreTicket(command: OpenTicket, context: OpeningContext): TicketDecision {
  const ticket = written(command, 'pre-ticket', null, context)
  if (ticket.title === '') return refused('invalid_body', 'title')
  return { kind: 'accepted', ticket, journal: [signed(context, 'opened', ticket.summary || ticket.title)], mails: [] }
}

function written(command: OpenTicket, status: TicketStatus, solution: string | null, context: OpeningContext): Ticket {
  const { requester } = command
  return {
    id: context.id,
    number: context.number,
    title: oneLine(command.title),
    summary: paragraphs(command.summary),
    status,
    medium: command.medium,
    urgency: command.urgency,
    nature: command.nature === null ? null : oneLine(command.nature),
    requester: {
      personId: requester.personId,
      name: oneLine(requester.name),
      email: requester.email,
      phone: requester.phone === null ? null : oneLine(requester.phone),
    },
    callId: command.callId,
    solution,
    openedBy: context.operatorName,
    openedAt: context.now,
    closedAt: solution === null ? null : context.now,
  }
}

/** Take a pre-ticket or a new ticket up: the requester is told who follows it. */
export function takeUp(ticket: Ticket, context: TicketContext): TicketDecision {
  if (ticket.status !== 'pre-ticket' && ticket.status !== 'new')
    return refused('conflict', `ticket n° ${ticket.number} déjà pris en charge`)
  const next: Ticket = { ...ticket, status: 'in-progress' }
  const mails = takenUpMail(next, context)
  return { kind: 'accepted', ticket: next, journal: [signed(context, 'taken-up', ''), ...announced(context, mails)], mails }
}

/** The person of a ticket called again: what was said joins it. */
export function attachCall(ticket: Ticket, text: string, context: TicketContext): TicketDecision {
  return contribute(ticket, paragraphs(text) || 'A rappelé le guichet.', context)
}

/** The requester has left a voice message about a ticket, which stays where it is. @param seconds how long it lasts */
export function addMessage(ticket: Ticket, seconds: number, context: TicketContext): TicketDecision {
  return { kind: 'accepted', ticket, journal: [signed(context, 'contribution', addedMessage(seconds))], mails: [] }
}

/** Add what was learnt or done to a ticket's journal. */
export function contribute(ticket: Ticket, text: string, context: TicketContext): TicketDecision {
  const written = paragraphs(text)
  if (written === '') return refused('invalid_body', 'text')
  const next = { ...ticket, status: afterContribution[ticket.status] }
  return { kind: 'accepted', ticket: next, journal: [signed(context, 'contribution', written)], mails: [] }
}

/** Close a ticket with the answer given, which the requester receives. */
export function closeTicket(ticket: Ticket, solution: string, context: TicketContext): TicketDecision {
  if (ticket.status === 'closed') return refused('conflict', `ticket n° ${ticket.number} déjà clos`)
  const answer = paragraphs(solution)
  if (answer === '') return refused('invalid_body', 'solution')
  const next: Ticket = { ...ticket, status: 'closed', solution: answer, closedAt: context.now }
  const mails = closedMail(next, answer, context)
  return { kind: 'accepted', ticket: next, journal: [signed(context, 'closed', answer), ...announced(context, mails)], mails }
}
