import type { Ticket } from '../contract/entities.ts'
import { mailTo, ofTicket } from './mails.ts'
import type { TicketContext, TicketMail } from './model.ts'

const unknown = { fr: 'inconnu', en: 'unknown' } as const

/** To somebody whose name was written in a line of the ticket. */
export const mentionedMail = (ticket: Ticket, text: string, to: string | null, context: TicketContext): readonly TicketMail[] =>
  mailTo(to, 'mentioned', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    requester: ticket.requester.name || unknown[language],
    message: text,
    link: context.ticketUrl(ticket),
  }))

/** To somebody in copy: what the requester reads, and no way into the request. */
export const observedMail = (ticket: Ticket, text: string, to: string | null, context: TicketContext): readonly TicketMail[] =>
  mailTo(to, 'observed', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    requester: ticket.requester.name || unknown[language],
    message: text,
  }))

type Proposed = { readonly group: string; readonly reason: string; readonly rule: string; readonly link: string }
/** To the référent of a group: the rule that sent a ticket there may be wrong. */
export const ruleProposedMail = (
  ticket: Ticket,
  { group, reason, rule, link }: Proposed,
  to: string | null,
  context: TicketContext,
): readonly TicketMail[] =>
  mailTo(to, 'rule-proposed', ticket, context.policy.mails, () => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    group,
    reason,
    rule,
    link,
  }))
