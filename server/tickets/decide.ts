import type { Ticket, TicketStatus } from '../contract/entities.ts'
import type { OutOfScope } from '../contract/out-of-scope.ts'
import type { Closure, Visibility } from '../contract/ticket-states.ts'
import { isToldInPerson } from '../contract/vocabulary.ts'
import { categoryName } from '../contract/category-tree.ts'
import { priorityOf } from './categories.ts'
import { daysAfter } from './due.ts'
import { accepted, cardSeen, signed } from './journal.ts'
import { closedMail, progressMail, takenUpMail } from './mails.ts'
import { mentionedMail } from './staff-mails.ts'
import { refused, type OpeningContext, type OpenTicket, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'
import { addedMessage, joinedMessage } from './messages.ts'
import { oneLine, paragraphs } from './text.ts'

/** Closing in one's own name: a group's, the requester's, else the desk's. */
export const closureBy = ({ side }: TicketContext): Closure => (side === 'level2' ? 'level2' : side === 'requester' ? 'user' : 'level1')

/** Open a ticket in the name of an operator, who takes it up by that gesture. A solution closes it at once, with the closing mail alone. */
export function openTicket(command: OpenTicket, context: OpeningContext): TicketDecision {
  const solution = command.solution === null ? null : paragraphs(command.solution)
  if (solution === '') return refused('invalid_body', 'solution')
  const ticket = written(command, solution === null ? 'in-progress' : 'closed', solution, context)
  if (ticket.title === '') return refused('invalid_body', 'title')
  const { outOfScope } = command
  if (command.cardSeen === true && (command.callId !== null || command.requester.personId === null))
    return refused('invalid_body', 'cardSeen')
  if (outOfScope !== undefined && solution === null) return refused('invalid_body', 'solution')
  const isSaid = outOfScope !== undefined && isToldInPerson(command.medium)
  const mails = solution === null ? takenUpMail(ticket, context) : isSaid ? [] : closedMail(ticket, solution, context)
  const opened = signed(context, 'opened', ticket.summary || ticket.title, { visibility: 'public' })
  const seen = command.cardSeen === true ? [signed(context, 'contribution', cardSeen)] : []
  const closed = solution === null ? [] : [closing(ticket, solution, context, outOfScope)]
  return accepted(ticket, context, [opened, ...seen, ...closed], mails)
}

/**
 * Note what somebody asks, for an operator to complete and take up: nothing is promised to the requester yet, so no mail.
 * @param said what whoever completes it is to know, among us
 */
export function openPreTicket(command: OpenTicket, context: OpeningContext, said = ''): TicketDecision {
  const ticket = written(command, 'pre-ticket', null, context)
  if (ticket.title === '') return refused('invalid_body', 'title')
  const opened = signed(context, 'opened', ticket.summary || ticket.title, { visibility: 'public' })
  const known = paragraphs(said)
  return accepted(ticket, context, known === '' ? [opened] : [opened, signed(context, 'contribution', known)])
}

export function written(command: OpenTicket, status: TicketStatus, solution: string | null, context: OpeningContext): Ticket {
  const { requester } = command
  return {
    id: context.id,
    number: context.number,
    title: oneLine(command.title),
    summary: paragraphs(command.summary),
    status,
    medium: command.medium,
    urgency: command.urgency,
    impact: command.impact,
    priority: priorityOf(context.policy.priorities, command.urgency, command.impact),
    nature: categoryName(context.policy.categories, command.categoryId) ?? (command.nature === null ? null : oneLine(command.nature)),
    categoryId: command.categoryId,
    placeId: command.placeId,
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
    owner: status === 'pre-ticket' ? null : { id: context.by, name: context.operatorName },
    groupId: null,
    waiting: null,
    proposal: null,
    closedHow: solution === null ? null : closureBy(context),
    unconfirmed: false,
    asked: null,
    statusSince: context.now,
    touchedAt: context.now,
    clock: null,
  }
}

function closing(ticket: Ticket, text: string, context: TicketContext, outOfScope?: OutOfScope) {
  const unverified = context.isVerified === false && outOfScope === undefined
  const detail =
    ticket.closedHow === null ? null : { how: ticket.closedHow, ...(outOfScope && { outOfScope }), ...(unverified && { unverified }) }
  return signed(context, 'closed', text, { visibility: 'public', detail })
}

/** Take up what nobody follows, or what came back: the requester is told who does. */
export function takeUp(ticket: Ticket, context: TicketContext): TicketDecision {
  const next = moved(ticket, 'take-up', context, { owner: { id: context.by, name: context.operatorName } })
  if ('kind' in next) return next
  return accepted(next, context, [signed(context, 'taken-up', '', { visibility: 'public' })], takenUpMail(next, context))
}

/** The person of a ticket called again: what was said joins it. */
export function attachCall(ticket: Ticket, text: string, context: TicketContext): TicketDecision {
  return contribute(ticket, paragraphs(text) || 'A rappelé le guichet.', context)
}

/** The requester has left a voice message about a ticket, which stays where it is. @param seconds how long it lasts */
export function addMessage(ticket: Ticket, seconds: number, context: TicketContext): TicketDecision {
  return accepted(notSilent(ticket, context), context, [signed(context, 'contribution', addedMessage(seconds), { visibility: 'public' })])
}

/** A voice message left before somebody was spoken with joins the ticket of that conversation, which stays where it is. */
export function joinMessage(ticket: Ticket, seconds: number, context: TicketContext): TicketDecision {
  return accepted(ticket, context, [signed(context, 'contribution', joinedMessage(seconds))])
}

type Contribution = {
  readonly visibility?: Visibility
  readonly cites?: number | null
  readonly files?: readonly string[]
  readonly mentions?: readonly { readonly id: string; readonly name: string; readonly mail: string | null }[]
}

/**
 * Add what was learnt or done to a ticket's journal. What is public is sent to the requester. What the requester writes is public by
 * nature, and ends the waiting for it.
 * @param cites the line that this one corrects @param files the names of those that come with it
 * @param mentions who is named in it, and told by mail
 */
export function contribute(
  ticket: Ticket,
  text: string,
  context: TicketContext,
  { visibility = 'internal', cites = null, files = [], mentions = [] }: Contribution = {},
): TicketDecision {
  const written = paragraphs(text)
  if (written === '' && files.length === 0) return refused('invalid_body', 'text')
  if (context.side === 'requester') return heardFrom(ticket, written, context)
  const stays = { waiting: ticket.waiting, proposal: ticket.proposal, closedHow: ticket.closedHow }
  // What the desk notes by itself takes nothing up.
  const next = context.side === 'clock' ? ticket : moved(ticket, 'contribute', context, stays)
  if ('kind' in next) return next
  const mails = visibility === 'public' && !next.unconfirmed ? progressMail(next, written, files, context) : []
  const named = mentions.map(({ id, name }) => ({ id, name }))
  const line = signed(context, 'contribution', written, { visibility, cites, ...(named.length > 0 && { detail: { mentions: named } }) })
  return accepted(next, context, [line], [...mails, ...mentions.flatMap(({ mail }) => mentionedMail(next, written, mail, context))])
}

/** Whoever says something is not silent: the days that would close the ticket are counted anew. */
function notSilent(ticket: Ticket, context: TicketContext): Ticket {
  const { proposal } = ticket
  if (proposal === null) return ticket
  return { ...ticket, proposal: { ...proposal, closesAt: daysAfter(context, context.now, context.policy.closeAfterDays) } }
}

function heardFrom(ticket: Ticket, text: string, context: TicketContext): TicketDecision {
  const line = signed(context, 'contribution', text, { visibility: 'public' })
  if (ticket.waiting?.what.for !== 'user') return accepted(notSilent(ticket, context), context, [line])
  const next = moved(ticket, 'resume', context)
  return 'kind' in next ? next : accepted(next, context, [line, signed(context, 'resumed', '')])
}

/**
 * Close a ticket with the answer given, which the requester receives. @param solution null: the one that was proposed
 * @param outOfScope it is not for this desk, and the answer says to whom to turn
 */
export function closeTicket(ticket: Ticket, solution: string | null, context: TicketContext, outOfScope?: OutOfScope): TicketDecision {
  const answer = paragraphs(solution ?? ticket.solution ?? '')
  if (ticket.status !== 'closed' && answer === '') return refused('invalid_body', 'solution')
  const next = moved(ticket, 'close', context, { solution: answer, closedHow: closureBy(context) })
  if ('kind' in next) return next
  return accepted(next, context, [closing(next, answer, context, outOfScope)], next.unconfirmed ? [] : closedMail(next, answer, context))
}
