import { z } from 'zod'
import { ticket, type Ticket } from '../contract/entities.ts'
import { visitCancelling, visitOrder, visitPage } from '../contract/visits.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const oneVisit = oneTicket.extend({ id: z.uuid() })

/** Visits on site. */
export function visitRoutes(app: App, { stores, settings, onTicketSaved }: Pick<HttpParts, 'stores' | 'settings' | 'onTicketSaved'>): void {
  const { tickets } = stores
  const of = '/api/tickets/:number/visits'
  const told = async (saving: Promise<Ticket>): Promise<Ticket> => {
    const saved = await saving
    onTicketSaved(saved)
    return saved
  }

  app.get(
    of,
    { schema: { summary: 'A ticket’s visits on site, and who may be sent', params: oneTicket, response: answering(visitPage) } },
    ({ params }) => tickets.visitsOf(params.number, settings.values.categories.categories),
  )
  app.post(
    of,
    {
      schema: {
        summary: 'Plan a visit on site: those concerned are invited',
        params: oneTicket,
        body: visitOrder,
        response: answering(ticket),
      },
    },
    (request) => told(tickets.planVisit(request.params.number, request.body, signedIn(request))),
  )
  app.put(
    `${of}/:id`,
    { schema: { summary: 'Move a visit, or send somebody else', params: oneVisit, body: visitOrder, response: answering(ticket) } },
    (request) => told(tickets.moveVisit(request.params.number, request.params.id, request.body, signedIn(request))),
  )
  app.post(
    `${of}/:id/cancel`,
    { schema: { summary: 'Cancel a visit', params: oneVisit, body: visitCancelling, response: answering(ticket) } },
    (request) => told(tickets.cancelVisit(request.params.number, request.params.id, request.body.reason, signedIn(request))),
  )
}
