import type { Ticket } from '../contract/entities.ts'
import type { Proposal } from '../contract/ticket-states.ts'
import { daysAfter } from './due.ts'
import { accepted, signed } from './journal.ts'
import { notOver } from './light.ts'
import { closedMail, redirectedMail, reminderMail, reopenedMail, solutionMail } from './mails.ts'
import { refused, type TargetGroup, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'
import { paragraphs } from './text.ts'

function proposalOf(context: TicketContext): Proposal {
  const { closeAfterDays, remindAfterDays } = context.policy
  const reminded = remindAfterDays !== null && remindAfterDays < closeAfterDays
  return {
    at: context.now,
    remindAt: reminded ? daysAfter(context, context.now, remindAfterDays) : null,
    closesAt: daysAfter(context, context.now, closeAfterDays),
  }
}

const said = (callId: string | null) => (callId === null ? {} : { callId })

/** Submit a solution to the requester, who says yes or no; silence closes the ticket after some working days. */
export function propose(ticket: Ticket, solution: string, context: TicketContext): TicketDecision {
  const answer = paragraphs(solution)
  if (answer === '') return refused('invalid_body', 'solution')
  const proposal = proposalOf(context)
  const next = moved(ticket, 'propose', context, { solution: answer, proposal })
  if ('kind' in next) return next
  const detail = context.isVerified === false ? { unverified: true } : null
  return accepted(
    next,
    context,
    [signed(context, 'proposed', answer, { visibility: 'public', detail })],
    solutionMail(next, proposal, context),
  )
}

/**
 * The requester says yes: by the link, signed in, or to the operator who writes it down.
 * @param callId the conversation in which it was said
 */
export function accept(ticket: Ticket, callId: string | null, context: TicketContext): TicketDecision {
  const next = moved(ticket, 'accept', context, { closedHow: 'user' })
  if ('kind' in next) return next
  const line = signed(context, 'closed', '', { visibility: 'public', detail: { how: 'user', ...said(callId) } })
  return accepted(next, context, [line], closedMail(next, next.solution ?? '', context))
}

/** The requester says no, and why: back to whoever proposed; a light child is a ticket of its own again. */
export function refuse(ticket: Ticket, reason: string, callId: string | null, context: TicketContext): TicketDecision {
  if (ticket.light === true) return notOver(ticket, reason, callId, context)
  const why = paragraphs(reason)
  if (why === '') return refused('invalid_body', 'reason')
  const next = moved(ticket, 'refuse', context, { solution: null })
  if ('kind' in next) return next
  return accepted(next, context, [signed(context, 'refused', why, { visibility: 'public', detail: callId === null ? null : { callId } })])
}

/** A proposal's deadline has come: remind once, then close. Null when nothing is due. */
export function answerAwaited(ticket: Ticket, context: TicketContext): TicketDecision | null {
  const { proposal } = ticket
  if (proposal === null) return null
  if (proposal.closesAt <= context.now) return expire(ticket, context)
  if (proposal.remindAt === null || proposal.remindAt > context.now) return null
  const next: Ticket = { ...ticket, proposal: { ...proposal, remindAt: null } }
  return accepted(next, context, [signed(context, 'reminded', '', { visibility: 'public' })], reminderMail(next, proposal, context))
}

/**
 * Nobody can answer what has not reached them: where the mail with the solution has not left by the deadline, or came back, the days are counted
 * anew. Null when nothing is due.
 */
export function notReached(ticket: Ticket, context: TicketContext): TicketDecision | null {
  if (ticket.proposal === null || ticket.proposal.closesAt > context.now) return null
  const { remindAt, closesAt } = proposalOf(context)
  const said = 'La solution n’est pas parvenue à l’usager par courriel : le ticket n’est pas clos par son silence. Joignez-le autrement.'
  return accepted({ ...ticket, proposal: { ...ticket.proposal, remindAt, closesAt } }, context, [signed(context, 'contribution', said)])
}

function expire(ticket: Ticket, context: TicketContext): TicketDecision {
  const next = moved(ticket, 'close', context, { closedHow: 'expired' })
  if ('kind' in next) return next
  const line = signed(context, 'closed', '', { visibility: 'public', detail: { how: 'expired' } })
  // Whoever joined a disruption was told of its end, and of this.
  return accepted(next, context, [line], ticket.light === true ? [] : closedMail(next, next.solution ?? '', context))
}

/** The last moment at which a closed ticket can be reopened. @param closedAt ISO 8601 */
export const reopenableUntil = (closedAt: string, context: Pick<TicketContext, 'policy'>): string =>
  daysAfter(context, closedAt, context.policy.reopenWithinDays)

/**
 * It was not solved after all. Whoever closed it for the requester's silence, or followed it last, finds it again; else whoever it waited for.
 * @param group the one that had it, which hears of it when it waits for them again
 */
export function reopen(ticket: Ticket, reason: string, context: TicketContext, group: TargetGroup | null = null): TicketDecision {
  const why = paragraphs(reason)
  if (why === '') return refused('invalid_body', 'reason')
  if (ticket.closedAt !== null && reopenableUntil(ticket.closedAt, context) < context.now)
    return refused('conflict', `ticket n° ${ticket.number} clos depuis trop longtemps : ouvrez-en un nouveau`)
  const next = moved(ticket, 'reopen', context, { solution: null })
  if ('kind' in next) return next
  const theirs =
    next.status === 'redirected' && group !== null
      ? redirectedMail(next, group, why, { ...context, operatorName: context.policy.deskName })
      : []
  const mails = next.unconfirmed ? [] : [...reopenedMail(next, why, context), ...theirs]
  return accepted(next, context, [signed(context, 'reopened', why, { visibility: 'public' })], mails)
}
