import { z } from 'zod'
import { linking, sharing, ticketLinks } from '../contract/ticket-links.ts'
import { linkKind } from '../contract/ticket-states.ts'
import type { Session } from '../contract/http.ts'
import type { Pair } from '../database/ticket-linking.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const number = z.coerce.number().int().min(1).max(2_147_483_647)
const oneTicket = z.object({ number })
const oneLink = oneTicket.extend({ kind: linkKind, other: number })

/** How tickets are bound to one another. */
export function ticketLinkRoutes(app: App, { stores, onTicketSaved }: Pick<HttpParts, 'stores' | 'onTicketSaved'>): void {
  const { tickets } = stores
  /** The other one is looked at as well: what one may not see does not exist. */
  const seen = async (other: number, session: Session) => {
    if (!(await tickets.isSeenBy(other, session))) throw new ServiceError('not_found', `ticket n° ${other}`)
  }
  const told = async (linked: Promise<Pair>) => {
    const { from, to } = await linked
    onTicketSaved(from)
    onTicketSaved(to)
  }

  app.get(
    '/api/tickets/:number/links',
    { schema: { summary: 'The tickets that this one is linked to', params: oneTicket, response: answering(ticketLinks) } },
    ({ params, account }) => tickets.linksOf(params.number, account),
  )

  app.post(
    '/api/tickets/:number/links',
    { schema: { summary: 'Link a ticket to another', params: oneTicket, body: linking, response: creating(ticketLinks) } },
    async (request, reply) => {
      const session = signedIn(request)
      await seen(request.body.ticket, session)
      await told(tickets.link(request.params.number, request.body, session))
      return reply.code(201).send(await tickets.linksOf(request.params.number, session))
    },
  )

  app.put(
    '/api/tickets/:number/links/:kind/:other',
    { schema: { summary: 'What a link shares from now on', params: oneLink, body: sharing, response: answering(ticketLinks) } },
    async (request) => {
      const { params, body } = request
      const session = signedIn(request)
      await seen(params.other, session)
      await tickets.share(params.number, params.kind, params.other, body.shares)
      return tickets.linksOf(params.number, session)
    },
  )

  app.delete(
    '/api/tickets/:number/links/:kind/:other',
    { schema: { summary: 'Undo a link; a child stands where it stood', params: oneLink, response: answering(ticketLinks) } },
    async (request) => {
      const { params } = request
      const session = signedIn(request)
      await seen(params.other, session)
      await told(tickets.unlink(params.number, params.kind, params.other, session))
      return tickets.linksOf(params.number, session)
    },
  )
}
