import type { Ticket } from '../contract/entities.ts'
import { mailable, oneLine, paragraphs } from './text.ts'

type About = {
  readonly to: string | null
  /** Whom the caller was handed over to, as the desk calls them. */
  readonly target: string
  readonly by: string
  readonly publicUrl: string
}

/** What somebody outside the desk reads of the caller who was handed over to them; null without an address. */
export function handedOverMail(
  ticket: Ticket,
  { to, target, by, publicUrl }: About,
): { readonly to: string; readonly subject: string; readonly text: string } | null {
  const address = mailable(to)
  if (address === null) return null
  const { name, phone } = ticket.requester
  const text = [
    'Bonjour,',
    `Le guichet vous a transmis l’appel de ${oneLine(name) || 'quelqu’un dont le nom n’est pas connu'}${phone === null ? '' : ` (${oneLine(phone)})`}.`,
    `Résumé de la demande n° ${ticket.number} : ${paragraphs(ticket.summary) || oneLine(ticket.title)}`,
    `Le ticket : ${publicUrl}/console/tickets/${ticket.number}`,
    'Cordialement.',
    oneLine(by),
  ].join('\n')
  return {
    to: address,
    subject: `[Guichet unique n°${ticket.number}] appel transmis à ${oneLine(target)} : ${oneLine(ticket.title)}`,
    text,
  }
}
