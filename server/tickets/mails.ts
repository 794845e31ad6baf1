import type { Ticket } from '../contract/entities.ts'
import { withFirst } from '../contract/first-of-month.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import type { Proposal, WaitingFor } from '../contract/ticket-states.ts'
import { mailText, type MailValues } from './mail-text.ts'
import type { TargetGroup, TemplatedMail, TicketContext, TicketMail } from './model.ts'
import { mailable } from './text.ts'

export type Signature = Pick<TicketContext, 'operatorName' | 'portalUrl' | 'followUrl' | 'groupUrl' | 'side' | 'policy'>

export const ofTicket = (ticket: Ticket, { portalUrl, followUrl }: Pick<Signature, 'portalUrl' | 'followUrl'>): MailValues => ({
  number: String(ticket.number),
  title: ticket.title,
  summary: ticket.summary || ticket.title,
  link: followUrl(ticket),
  form: portalUrl,
})

export type Filled = (language: MailLanguage) => MailValues

/** One mail by its template; none without an address. */
export function mailTo(
  address: string | null,
  kind: TemplatedMail,
  ticket: Ticket,
  mails: MailSettings,
  values: Filled,
): readonly TicketMail[] {
  const to = mailable(address)
  return to === null ? [] : [{ kind, to, ...mailText(mails[kind], mails, ticket.number, values) }]
}

export const toRequester = (kind: TemplatedMail, ticket: Ticket, by: Signature, values: Filled): readonly TicketMail[] =>
  mailTo(ticket.requester.email, kind, ticket, by.policy.mails, (language) => ({
    ...ofTicket(ticket, by),
    desk: by.policy.deskName,
    ...values(language),
  }))

/** Annex VII-C-3: what came by the form is written down. By mail, the answer points to the form. */
export const registeredMail = (ticket: Ticket, by: Signature): readonly TicketMail[] =>
  toRequester(ticket.medium === 'mail' ? 'registered-mail' : 'registered', ticket, by, () => ({}))

/** To who is not known: it goes on once they say that it is theirs. Whoever is written to in error has nothing to do. */
export const confirmMail = (ticket: Ticket, by: TicketContext): readonly TicketMail[] =>
  toRequester('confirm', ticket, by, () => ({ confirm: by.confirmUrl(ticket) }))

/** The same, to whoever would follow a disruption. */
export const confirmFollowingMail = (child: Ticket, by: TicketContext): readonly TicketMail[] =>
  toRequester('confirm-follow', child, by, () => ({ confirm: by.confirmUrl(child) }))

/** Annex VII-C-4. */
export const takenUpMail = (ticket: Ticket, by: Signature): readonly TicketMail[] =>
  toRequester('taken-up', ticket, by, () => ({ operator: by.operatorName }))

/** Annex VII-C-6. */
export const closedMail = (ticket: Ticket, solution: string, by: Signature): readonly TicketMail[] =>
  toRequester('closed', ticket, by, () => ({
    solution,
    operator: by.side === 'requester' || by.side === 'clock' ? (ticket.owner?.name ?? '') : by.operatorName,
  }))

/** Annex VII-C-5, which the specification leaves open: the number, the summary, what was added, the link. */
export function progressMail(ticket: Ticket, added: string, files: readonly string[], by: Signature): readonly TicketMail[] {
  const named = files.join(', ')
  return toRequester('progress', ticket, by, () => ({
    operator: by.operatorName,
    message: added || named,
    files: added === '' ? '' : named,
  }))
}

/** It goes to a group: to the requester neither which, nor why, as on the page. */
export const passedOnMail = (ticket: Ticket, by: Signature): readonly TicketMail[] =>
  toRequester('passed-on', ticket, by, () => ({ operator: by.operatorName }))

/** What a requester is told that their request waits for: nobody's name, and the day where one is known. */
export function awaited(what: WaitingFor, by: Signature, language: MailLanguage): string {
  const french = language === 'fr'
  if (what.for === 'user')
    return french
      ? 'Nous attendons une réponse de votre part : le traitement reprend dès que vous l’avez donnée.'
      : 'We are waiting for an answer from you: work goes on as soon as you have given it.'
  const until = what.for === 'date' ? what.until : what.for === 'parent' ? null : what.dueAt
  if (until === null)
    return french ? 'Nous attendons un élément extérieur pour continuer.' : 'We are waiting for something from outside to go on.'
  return french
    ? `Nous attendons un élément extérieur, prévu pour le ${day(until, by, language)}.`
    : `We are waiting for something from outside, expected on ${day(until, by, language)}.`
}

export const putAsideMail = (ticket: Ticket, what: WaitingFor, by: Signature): readonly TicketMail[] =>
  toRequester('put-aside', ticket, by, (language) => ({ operator: by.operatorName, reason: awaited(what, by, language) }))

const locales = { fr: 'fr-FR', en: 'en-GB' } as const
function day(iso: string, { policy }: Signature, language: MailLanguage): string {
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: policy.calendar.timeZone }).format(new Date(iso))
  return language === 'fr' ? withFirst(date) : date
}

const toConfirm = (kind: 'solution' | 'reminder', ticket: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toRequester(kind, ticket, context, (language) => ({
    operator: context.side === 'clock' ? (ticket.owner?.name ?? '') : context.operatorName,
    solution: ticket.solution ?? '',
    opinion: context.answerUrl(ticket, proposal.at),
    deadline: day(proposal.closesAt, context, language),
  }))

/** A solution to confirm, with the link that needs no sign-in. */
export const solutionMail = (ticket: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toConfirm('solution', ticket, proposal, context)

export const reminderMail = (ticket: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toConfirm('reminder', ticket, proposal, context)

export const reopenedMail = (ticket: Ticket, reason: string, by: Signature): readonly TicketMail[] =>
  toRequester('reopened', ticket, by, () => ({ operator: by.operatorName, reason }))

/** Who joined a disruption that is known already. */
export const joinedMail = (child: Ticket, by: Signature): readonly TicketMail[] => toRequester('joined', child, by, () => ({}))

/** What was waited for is over: a disruption that ended or never began, or a ticket like any other. */
export type Over = 'over' | 'called-off' | 'parent-solved'

/** What they joined is over; the link needs no sign-in. */
export const overMail = (kind: Over, child: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toRequester(kind, child, context, (language) => ({
    solution: child.solution ?? '',
    opinion: context.answerUrl(child, proposal.at),
    deadline: day(proposal.closesAt, context, language),
  }))

const unknown = { fr: 'inconnu', en: 'unknown' } as const

/** To the group's list; to its people one by one when it has none, so that each answers in their own name. */
export function redirectedMail(ticket: Ticket, group: TargetGroup, reason: string, by: Signature): readonly TicketMail[] {
  const { requester } = ticket
  const who = [requester.name, requester.phone, requester.email].filter((part) => part !== null && part !== '').join(', ')
  const written = (address: string | null, accountId: string | null) =>
    mailTo(address, 'redirected', ticket, by.policy.mails, (language) => ({
      ...ofTicket(ticket, by),
      operator: by.operatorName,
      group: group.name,
      requester: who || unknown[language],
      reason,
      take: by.groupUrl(ticket, { groupId: group.id, accountId }, 'take'),
      giveBack: by.groupUrl(ticket, { groupId: group.id, accountId }, 'giveBack'),
      ask: by.groupUrl(ticket, { groupId: group.id, accountId }, 'ask'),
    }))
  if (group.mail !== null) return written(group.mail, null)
  return (group.people ?? []).flatMap(({ accountId, mail }) => written(mail, accountId))
}
