import type { Ticket } from '../contract/entities.ts'
import type { Completion } from '../contract/completion.ts'
import { categoryName } from '../contract/category-tree.ts'
import { priorityOf } from './categories.ts'
import { accepted, signed } from './journal.ts'
import { refused, type Completed, type TicketContext, type TicketDecision } from './model.ts'
import { allReached, resent } from './resending.ts'
import { moved } from './states.ts'
import { oneLine, paragraphs } from './text.ts'

/**
 * Fill in a ticket's fields: what a voice message or a form left open, or what was sorted wrongly. The journal says which fields changed and
 * what stood there. Nothing that changes nothing is written.
 * @param unreached what the requester's address did not receive: what of it still matters goes to the one that takes its place
 */
export function complete(ticket: Ticket, asked: Completion, context: TicketContext, unreached = allReached): TicketDecision {
  const fields = completed(ticket, asked, context)
  if (fields.title === '') return refused('invalid_body', 'title')
  const before = differences(ticket, fields)
  if (Object.keys(before).length === 0) return accepted(ticket, context, [])
  const next = moved(ticket, 'complete', context, { ...fields, owner: ticket.owner, waiting: ticket.waiting })
  if ('kind' in next) return next
  const mails = resent(next, ticket.requester.email, unreached, context)
  return accepted(next, context, [signed(context, 'completed', '', { detail: { before } })], mails)
}

function completed(ticket: Ticket, asked: Completion, { policy }: TicketContext): Completed {
  const { urgency = ticket.urgency, impact = ticket.impact, categoryId = ticket.categoryId, placeId = ticket.placeId } = asked
  const { personId, name, email, phone } = asked.requester ?? ticket.requester
  const renamed = categoryId === ticket.categoryId ? ticket.nature : categoryName(policy.categories, categoryId)
  return {
    title: oneLine(asked.title ?? ticket.title),
    summary: paragraphs(asked.summary ?? ticket.summary),
    requester: { personId, name: oneLine(name), email, phone: phone === null ? null : oneLine(phone) },
    urgency,
    impact,
    priority: priorityOf(policy.priorities, urgency, impact),
    nature: renamed,
    categoryId,
    placeId,
  }
}

/** What stood in the fields that change, as people read it; the priority follows from two of them. */
function differences(ticket: Ticket, next: Completed): Record<string, string | null> {
  const shown = (of: Completed): Record<string, string | null> => ({
    title: of.title,
    summary: of.summary,
    name: of.requester.name,
    email: of.requester.email,
    phone: of.requester.phone,
    personId: of.requester.personId,
    urgency: of.urgency,
    impact: of.impact,
    categoryId: of.categoryId,
    placeId: of.placeId,
  })
  const after = shown(next)
  return Object.fromEntries(Object.entries(shown(ticket)).filter(([field, value]) => value !== after[field]))
}
