import type { Ticket } from '../contract/entities.ts'
import type { Proposal } from '../contract/ticket-states.ts'
import type { MailKind, TargetGroup, TicketContext, TicketMail } from './model.ts'
import { mailable, oneLine, paragraphs } from './text.ts'

type Signature = Pick<TicketContext, 'operatorName' | 'portalUrl' | 'side'>

const summaryOf = (ticket: Ticket) => paragraphs(ticket.summary) || oneLine(ticket.title)
const follow = ({ portalUrl }: Signature) =>
  `Vous pouvez vérifier son état d'avancement à l'adresse : Helpdesk du Service "Guichet unique" <${portalUrl}>`
const subject = (ticket: Ticket, event: string) => `[Guichet unique n°${ticket.number}] ${event} : ${oneLine(ticket.title)}`
const recalled = (ticket: Ticket) => `Résumé de votre demande : ${summaryOf(ticket)}`

type Sent = { readonly kind: MailKind; readonly event: string; readonly lines: readonly string[] }

/** A mail to the requester; none without an address. */
function toRequester(ticket: Ticket, { kind, event, lines }: Sent): readonly TicketMail[] {
  const to = mailable(ticket.requester.email)
  return to === null ? [] : [{ kind, to, subject: subject(ticket, event), text: ['Bonjour,', ...lines].join('\n') }]
}

/** Annex VII-C-4, word for word. */
export const takenUpMail = (ticket: Ticket, by: Signature): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'taken-up',
    event: 'prise en charge',
    lines: [
      `Votre demande n° ${ticket.number} est en cours de traitement.`,
      recalled(ticket),
      `Elle est suivie par ${oneLine(by.operatorName)}.`,
      follow(by),
      'Cordialement.',
    ],
  })

/** Annex VII-C-6, word for word. */
export const closedMail = (ticket: Ticket, solution: string, by: Signature): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'closed',
    event: 'clôture',
    lines: [
      `Votre demande n°${ticket.number} est maintenant clôturée.`,
      recalled(ticket),
      `Réponse : ${paragraphs(solution)}`,
      follow(by),
      'Cordialement.',
      oneLine(by.side === 'requester' || by.side === 'clock' ? (ticket.owner?.name ?? '') : by.operatorName),
    ],
  })

/** Annex VII-C-5, which the specification leaves open: the number, the summary, what was added, the link. */
export const progressMail = (ticket: Ticket, added: string, by: Signature): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'progress',
    event: 'suivi',
    lines: [
      `Votre demande n° ${ticket.number} progresse.`,
      recalled(ticket),
      `Message de ${oneLine(by.operatorName)} : ${paragraphs(added)}`,
      follow(by),
      'Cordialement.',
    ],
  })

const day = (iso: string, { policy }: TicketContext) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: policy.calendar.timeZone }).format(new Date(iso))

const askedToAnswer = (ticket: Ticket, proposal: Proposal, context: TicketContext): readonly string[] => [
  recalled(ticket),
  `Solution proposée : ${paragraphs(ticket.solution ?? '')}`,
  `Dites-nous si elle vous convient, ou pourquoi elle ne suffit pas : ${context.answerUrl(ticket, proposal.at)}`,
  `Sans réponse de votre part, la demande sera close le ${day(proposal.closesAt, context)}.`,
  'Cordialement.',
]

/** A solution to confirm, with the link that needs no sign-in. */
export const solutionMail = (ticket: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'solution',
    event: 'une solution vous est proposée',
    lines: [
      `${oneLine(context.operatorName)} propose une solution à votre demande n° ${ticket.number}.`,
      ...askedToAnswer(ticket, proposal, context),
    ],
  })

export const reminderMail = (ticket: Ticket, proposal: Proposal, context: TicketContext): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'reminder',
    event: 'votre avis est attendu',
    lines: [`Votre demande n° ${ticket.number} attend votre avis.`, ...askedToAnswer(ticket, proposal, context)],
  })

export const reopenedMail = (ticket: Ticket, reason: string, by: Signature): readonly TicketMail[] =>
  toRequester(ticket, {
    kind: 'reopened',
    event: 'réouverture',
    lines: [
      `Votre demande n° ${ticket.number} est rouverte.`,
      recalled(ticket),
      `Motif : ${paragraphs(reason)}`,
      follow(by),
      'Cordialement.',
    ],
  })

/** To the group's list; none when the group has no list. */
export function redirectedMail(ticket: Ticket, group: TargetGroup, reason: string, by: Signature): readonly TicketMail[] {
  const to = mailable(group.mail)
  if (to === null) return []
  const { requester } = ticket
  const who = [requester.name, requester.phone, requester.email].filter((part) => part !== null && part !== '').join(', ')
  const text = [
    'Bonjour,',
    `La demande n° ${ticket.number} est redirigée vers ${oneLine(group.name)} par ${oneLine(by.operatorName)}.`,
    `Usager : ${oneLine(who) || 'inconnu'}`,
    `Titre : ${oneLine(ticket.title)}`,
    `Résumé : ${summaryOf(ticket)}`,
    ...(reason === '' ? [] : [`Message : ${reason}`]),
    'Cordialement.',
  ].join('\n')
  return [{ kind: 'redirected', to, subject: subject(ticket, 'redirection'), text }]
}
