/** Light children: born with their parent's disruption, told of its end, and tickets of their own again for whom it is not over. */
import type { Medium, Requester, Ticket } from '../contract/entities.ts'
import { daysAfter } from './due.ts'
import { accepted, signed } from './journal.ts'
import { confirmFollowingMail, joinedMail, overMail, type Over } from './mails.ts'
import { refused, type OpeningContext, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'
import { oneLine, paragraphs } from './text.ts'

export type Joiner = {
  readonly requester: Requester
  readonly text: string
  readonly medium: Medium
  readonly callId: string | null
  /**
   * Anybody may have typed this address: nothing but the question whether it is theirs goes there until they say so. `asked`: it was asked
   * often enough.
   */
  readonly unsure?: 'ask' | 'asked'
}

/**
 * Somebody joins: a number, the requester, how they told us; the rest is the parent's. The requester is written to; at an address that nobody
 * has confirmed, how to confirm it.
 */
export function openChild(parent: Ticket, { requester, text, medium, callId, unsure }: Joiner, context: OpeningContext): TicketDecision {
  const { title, urgency, impact, priority, nature, categoryId, placeId } = parent
  const child: Ticket = {
    id: context.id,
    number: context.number,
    title,
    summary: paragraphs(text),
    status: 'waiting',
    medium,
    urgency,
    impact,
    priority,
    nature,
    categoryId,
    placeId,
    requester: {
      personId: requester.personId,
      name: oneLine(requester.name),
      email: requester.email,
      phone: requester.phone === null ? null : oneLine(requester.phone),
    },
    callId,
    solution: null,
    openedBy: context.operatorName,
    openedAt: context.now,
    closedAt: null,
    owner: parent.owner ?? { id: context.by, name: context.operatorName },
    groupId: null,
    waiting: { since: context.now, what: { for: 'parent', ticket: parent.number } },
    proposal: null,
    closedHow: null,
    statusSince: context.now,
    touchedAt: context.now,
    unconfirmed: unsure !== undefined,
    asked: null,
    clock: null,
    light: true,
  }
  const opened = signed(context, 'opened', child.summary || title, { visibility: 'public' })
  const linked = signed(context, 'linked', '', { detail: { link: { kind: 'child-of', ticket: parent.number, outward: true } } })
  const mails = unsure === undefined ? joinedMail(child, context) : unsure === 'ask' ? confirmFollowingMail(child, context) : []
  return accepted(child, context, [opened, linked], mails)
}

/** The line that a parent's journal gets for a child. */
export const joinedLine = (child: Ticket, context: TicketContext) =>
  signed(context, 'linked', '', { detail: { link: { kind: 'child-of', ticket: child.number, outward: false } } })

/** What is said of the end where nobody said anything. */
const unsaid: Readonly<Record<Over, string>> = {
  over: 'La perturbation est terminée.',
  'called-off': 'La perturbation annoncée n’aura pas lieu.',
  'parent-solved': 'C’est résolu.',
}

/**
 * What a child waited for is over: its requester is told, and says by a link if it is not. Silence closes it some working days later,
 * without another word. Null when it does not wait for its parent any more, or for its author to confirm their address first.
 * @param text what is said of the end; may be empty
 */
export function tellOver(child: Ticket, text: string, over: Over, context: TicketContext): TicketDecision | null {
  if (child.waiting?.what.for !== 'parent' || child.unconfirmed) return null
  const answer = paragraphs(text) || unsaid[over]
  const proposal = {
    at: context.now,
    remindAt: null,
    closesAt: daysAfter(context, context.now, context.policy.closeAfterDays),
  }
  const next = moved(child, 'propose', context, { solution: answer, proposal })
  if ('kind' in next) return next
  return accepted(next, context, [signed(context, 'proposed', answer, { visibility: 'public' })], overMail(over, next, proposal, context))
}

/** For this requester it is not over: a ticket like any other, for level 1 to take up. */
export function notOver(child: Ticket, reason: string, callId: string | null, context: TicketContext): TicketDecision {
  const why = paragraphs(reason)
  if (why === '') return refused('invalid_body', 'reason')
  const next = moved(child, 'leave-parent', context, { solution: null })
  if ('kind' in next) return next
  return accepted(next, context, [signed(context, 'refused', why, { visibility: 'public', detail: callId === null ? null : { callId } })])
}
