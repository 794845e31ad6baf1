import type { Ticket } from '../contract/entities.ts'
import type { MailLanguage } from '../contract/mail-templates.ts'
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
export const observedMail = (
  ticket: Ticket,
  text: (language: MailLanguage) => string,
  to: string | null,
  context: TicketContext,
): readonly TicketMail[] =>
  mailTo(to, 'observed', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    requester: ticket.requester.name || unknown[language],
    message: text(language),
  }))

/** To somebody who works here and watches the ticket: internal notes too, and the way to it. */
export const watchedMail = (
  ticket: Ticket,
  text: (language: MailLanguage) => string,
  to: string | null,
  context: TicketContext,
): readonly TicketMail[] =>
  mailTo(to, 'watched', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    requester: ticket.requester.name || unknown[language],
    message: text(language),
    link: context.ticketUrl(ticket),
  }))

/** To somebody who worked on it: it is closed, by whom and with what. */
export const closedStaffMail = (ticket: Ticket, to: string | null, context: TicketContext): readonly TicketMail[] =>
  mailTo(to, 'closed-staff', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    operator: context.operatorName,
    requester: ticket.requester.name || unknown[language],
    solution: ticket.solution ?? '',
    link: context.ticketUrl(ticket),
  }))

/** To whom a ticket comes back: its requester says that it is not solved, and why. */
export const refusedStaffMail = (ticket: Ticket, reason: string, to: string | null, context: TicketContext): readonly TicketMail[] =>
  mailTo(to, 'refused-staff', ticket, context.policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    requester: ticket.requester.name || unknown[language],
    message: reason,
    link: context.ticketUrl(ticket),
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
