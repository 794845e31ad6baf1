import { z } from 'zod'
import { observerOrder, observers } from '../contract/observers.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

/** Who watches a ticket, and is told of what is written in it. */
export function observerRoutes(app: App, { stores, onTicketSaved }: Pick<HttpParts, 'stores' | 'onTicketSaved'>): void {
  const { tickets, partition } = stores
  const of = '/api/tickets/:number/observers'

  app.get(of, { schema: { summary: 'Who is in copy of a ticket', params: oneTicket, response: answering(observers) } }, (request) =>
    tickets.observersOf(request.params.number, signedIn(request).id),
  )
  app.post(
    of,
    {
      schema: {
        summary: 'Put somebody in copy of a ticket, oneself included',
        params: oneTicket,
        body: observerOrder,
        response: answering(observers),
      },
    },
    async (request) => {
      const [session, { params, body }] = [signedIn(request), request]
      // Whoever may not know of a person may not put them in copy either.
      if ('personId' in body && !(await partition.knows(session, body.personId))) throw new ServiceError('invalid_body', 'personId')
      onTicketSaved(await tickets.addObserver(params.number, body, session))
      return tickets.observersOf(params.number, session.id)
    },
  )
  app.delete(
    `${of}/:id`,
    {
      schema: { summary: 'No longer in copy', params: oneTicket.extend({ id: z.uuid() }), response: answering(observers) },
    },
    async (request) => {
      const session = signedIn(request)
      onTicketSaved(await tickets.removeObserver(request.params.number, request.params.id, session))
      return tickets.observersOf(request.params.number, session.id)
    },
  )
}
