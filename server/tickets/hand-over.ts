import type { Ticket } from '../contract/entities.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import { mailText } from './mail-text.ts'
import { mailable } from './text.ts'

type About = {
  readonly to: string | null
  /** Whom the caller was handed over to, as the desk calls them. */
  readonly target: string
  readonly by: string
  readonly publicUrl: string
  readonly mails: MailSettings
}
const somebody = { fr: 'quelqu’un dont le nom n’est pas connu', en: 'somebody whose name is not known' } as const

/** What somebody outside the desk reads of the caller who was handed over to them; null without an address. */
export function handedOverMail(
  ticket: Ticket,
  { to, target, by, publicUrl, mails }: About,
): { readonly to: string; readonly subject: string; readonly text: string } | null {
  const address = mailable(to)
  if (address === null) return null
  const { name, phone } = ticket.requester
  const written = mailText(mails['handed-over'], mails, ticket.number, (language) => ({
    number: String(ticket.number),
    title: ticket.title,
    summary: ticket.summary || ticket.title,
    link: `${publicUrl}/console/tickets/${ticket.number}`,
    requester: `${name || somebody[language]}${phone === null ? '' : ` (${phone})`}`,
    target,
    operator: by,
  }))
  return { to: address, ...written }
}
