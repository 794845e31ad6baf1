import type { Ticket } from '../contract/entities.ts'
import type { TicketContext, TicketMail } from './model.ts'
import { mailable, oneLine, paragraphs } from './text.ts'

type Signature = Pick<TicketContext, 'operatorName' | 'portalUrl'>

const summaryOf = (ticket: Ticket) => paragraphs(ticket.summary) || oneLine(ticket.title)
const follow = ({ portalUrl }: Signature) =>
  `Vous pouvez vérifier son état d'avancement à l'adresse : Helpdesk du Service "Guichet unique" <${portalUrl}>`
const subject = (ticket: Ticket, event: string) => `[Guichet unique n°${ticket.number}] ${event} : ${oneLine(ticket.title)}`

/** Annex VII-C-4, word for word. No mail without an address. */
export function takenUpMail(ticket: Ticket, by: Signature): readonly TicketMail[] {
  const to = mailable(ticket.requester.email)
  if (to === null) return []
  const text = [
    'Bonjour,',
    `Votre demande n° ${ticket.number} est en cours de traitement.`,
    `Résumé de votre demande : ${summaryOf(ticket)}`,
    `Elle est suivie par ${oneLine(by.operatorName)}.`,
    follow(by),
    'Cordialement.',
  ].join('\n')
  return [{ kind: 'taken-up', to, subject: subject(ticket, 'prise en charge'), text }]
}

/** Annex VII-C-6, word for word. No mail without an address. */
export function closedMail(ticket: Ticket, solution: string, by: Signature): readonly TicketMail[] {
  const to = mailable(ticket.requester.email)
  if (to === null) return []
  const text = [
    'Bonjour,',
    `Votre demande n°${ticket.number} est maintenant clôturée.`,
    `Résumé de votre demande : ${summaryOf(ticket)}`,
    `Réponse : ${paragraphs(solution)}`,
    follow(by),
    'Cordialement.',
    oneLine(by.operatorName),
  ].join('\n')
  return [{ kind: 'closed', to, subject: subject(ticket, 'clôture'), text }]
}
