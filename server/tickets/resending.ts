/** What failed to reach a requester, and is sent to their address once it is mended: each once, and nothing that another has made pointless. */
import type { Ticket } from '../contract/entities.ts'
import type { Visit } from '../contract/visits.ts'
import type { TemplatedMail, TicketContext, TicketMail } from './model.ts'
import { mailable } from './text.ts'
import { visitMails } from './visit-mails.ts'

/** The oldest first, all to the address that was wrong. */
export type Unreached = {
  readonly mails: readonly { readonly kind: TemplatedMail; readonly subject: string; readonly text: string }[]
  /** Visits that are still to come. */
  readonly visits: readonly { readonly visit: Visit; readonly visitorMail: string | null }[]
}
export const allReached: Unreached = { mails: [], visits: [] }

/** Where a ticket stands as long as a mail says something that its requester does not know otherwise. */
const tellsOf: Partial<Readonly<Record<TemplatedMail, (ticket: Ticket) => boolean>>> = {
  registered: ({ status }) => status === 'pre-ticket' || status === 'new',
  'registered-mail': ({ status }) => status === 'pre-ticket' || status === 'new',
  'taken-up': ({ status, owner }) => owner !== null && (status === 'in-progress' || status === 'waiting'),
  progress: ({ status }) => status !== 'closed',
  'passed-on': ({ status }) => status === 'redirected',
  'put-aside': ({ status }) => status === 'waiting',
  reopened: ({ status }) => status !== 'closed' && status !== 'solution-proposed',
  joined: ({ waiting }) => waiting?.what.for === 'parent',
}

/**
 * @param next the ticket with the address as it is now
 * @param before the address to which nothing came
 */
export function resent(next: Ticket, before: string | null, { mails, visits }: Unreached, context: TicketContext): readonly TicketMail[] {
  const to = mailable(next.requester.email)
  if (to === null || before === null || to.toLowerCase() === before.toLowerCase() || next.unconfirmed) return []
  const due = mails.filter(({ kind }) => tellsOf[kind]?.(next) === true)
  // Every message is read; of the rest the last of its kind says how things are.
  const said = due.filter(({ kind }, i) => kind === 'progress' || due.findLastIndex((one) => one.kind === kind) === i)
  const invited = mails.some(({ kind }) => kind === 'visit')
    ? visits.flatMap(({ visit, visitorMail }) => visitMails(next, visit, { visitorMail }, context).filter(({ kind }) => kind === 'visit'))
    : []
  return [...said.map((mail) => ({ ...mail, to })), ...invited]
}
