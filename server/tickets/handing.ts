import type { Ticket } from '../contract/entities.ts'
import type { Missing, WaitingFor } from '../contract/ticket-states.ts'
import { accepted, signed } from './journal.ts'
import { awaited, passedOnMail, progressMail, putAsideMail, redirectedMail } from './mails.ts'
import { ruleProposedMail } from './staff-mails.ts'
import { refused, type TargetGroup, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'
import { mailable, oneLine, paragraphs } from './text.ts'

/**
 * Hand a ticket to a group, whose list is written to: whoever takes it up becomes its owner. Its requester is told that it was passed on, once
 * until somebody has it again.
 * @param group null: there is none of that name
 */
export function redirect(ticket: Ticket, group: TargetGroup | null, reason: string, context: TicketContext): TicketDecision {
  if (group === null) return refused('invalid_body', 'groupId')
  if (ticket.status === 'redirected' && ticket.groupId === group.id)
    return refused('conflict', `ticket n° ${ticket.number} déjà redirigé vers ${group.name}`)
  const next = moved(ticket, 'redirect', context, { groupId: group.id })
  if ('kind' in next) return next
  const why = paragraphs(reason)
  const line = signed(context, 'redirected', why, { detail: { group: { id: group.id, name: group.name } } })
  const told = ticket.status === 'redirected' ? [] : passedOnMail(next, context)
  return accepted(next, context, [line], [...redirectedMail(next, group, why, context), ...told])
}

/**
 * « Pas pour nous »: back to level 1, with the reason.
 * @param suggested whose it is, in the opinion of whoever gives it back
 */
export function giveBack(
  ticket: Ticket,
  from: TargetGroup | null,
  reason: string,
  context: TicketContext,
  suggested: TargetGroup | null = null,
): TicketDecision {
  const why = paragraphs(reason)
  if (why === '') return refused('invalid_body', 'reason')
  if (ticket.groupId === null) return refused('conflict', `ticket n° ${ticket.number} sans groupe`)
  const next = moved(ticket, 'give-back', context)
  if ('kind' in next) return next
  const detail = {
    group: { id: ticket.groupId, name: from?.name ?? ticket.groupId },
    ...(suggested !== null && suggested.id !== ticket.groupId && { suggested: { id: suggested.id, name: suggested.name } }),
  }
  const line = signed(context, 'given-back', why, { detail })
  // Another rule would have led it there: whoever keeps the list is told.
  if (detail.suggested === undefined || ticket.nature === null) return accepted(next, context, [line])
  const proposed = {
    group: detail.group.name,
    reason: why,
    rule: `${ticket.nature} → ${detail.suggested.name}`,
    link: `${context.portalUrl.replace(/\/demande$/, '')}/console/groupes`,
  }
  const mails = (from?.referents ?? []).flatMap((address) => ruleProposedMail(next, proposed, address, context))
  return accepted(next, context, [line], mails)
}

/**
 * « Il manque… »: a group cannot go on with what it was given. The requester is asked, by mail, and the ticket waits in the name of whoever
 * asks; or the desk is, which completes it and sends it again.
 */
export function askMissing(ticket: Ticket, from: TargetGroup | null, { of, text }: Missing, context: TicketContext): TicketDecision {
  const asked = paragraphs(text)
  if (asked === '') return refused('invalid_body', 'text')
  if (ticket.groupId === null) return refused('conflict', `ticket n° ${ticket.number} sans groupe`)
  const group = { id: ticket.groupId, name: from?.name ?? ticket.groupId }
  if (of === 'desk') {
    const next = moved(ticket, 'give-back', context)
    return 'kind' in next ? next : accepted(next, context, [signed(context, 'missing', asked, { detail: { group } })])
  }
  if (mailable(ticket.requester.email) === null) return refused('conflict', 'l’usager n’a pas d’adresse : demandez au guichet')
  const what: WaitingFor = { for: 'user', remindAt: null }
  const next = moved(ticket, 'wait', context, { waiting: { since: ticket.waiting?.since ?? context.now, what } })
  if ('kind' in next) return next
  const line = signed(context, 'missing', asked, { visibility: 'public', detail: { group, waiting: what } })
  return accepted(next, context, [line], progressMail(next, asked, [], context))
}

const oneLined = (what: WaitingFor): WaitingFor => {
  switch (what.for) {
    case 'user':
    case 'date':
    case 'parent':
      return what
    case 'level3':
      return { ...what, name: oneLine(what.name), reference: oneLine(what.reference) }
    case 'instance':
      return { ...what, name: oneLine(what.name) }
    default:
      return what satisfies never
  }
}

/** Put a ticket aside until somebody answers or a date comes. Its requester is told, and again when what they are told of it is another. */
export function wait(ticket: Ticket, asked: WaitingFor, text: string, context: TicketContext): TicketDecision {
  const what = oneLined(asked)
  if (what.for === 'date' && what.until <= context.now) return refused('invalid_body', 'waiting.until')
  const since = ticket.waiting?.since ?? context.now
  const next = moved(ticket, 'wait', context, { waiting: { since, what } })
  if ('kind' in next) return next
  const before = ticket.waiting === null ? null : awaited(ticket.waiting.what, context, 'fr')
  const told = before === awaited(what, context, 'fr') ? [] : putAsideMail(next, what, context)
  return accepted(next, context, [signed(context, 'waiting', paragraphs(text), { detail: { waiting: what } })], told)
}

/** A date that was waited for has come; null when it has not, or nothing is. */
export const waitIsOver = (ticket: Ticket, context: TicketContext): TicketDecision | null =>
  ticket.waiting?.what.for === 'date' && ticket.waiting.what.until <= context.now ? resume(ticket, '', context) : null

/** What was waited for has come, or is waited for no more; a solution that was proposed is taken back. */
export function resume(ticket: Ticket, text: string, context: TicketContext): TicketDecision {
  const next = moved(ticket, 'resume', context, { solution: null })
  return 'kind' in next ? next : accepted(next, context, [signed(context, 'resumed', paragraphs(text))])
}
