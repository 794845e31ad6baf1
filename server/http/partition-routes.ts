import { z } from 'zod'
import { ticket } from '../contract/entities.ts'
import { entityMove, partitionView } from '../contract/partition.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

/** Entities: how many people each has, and tickets that go from one to another. The tree itself is among the settings. */
export function partitionRoutes(app: App, { stores, onTicketSaved }: Pick<HttpParts, 'stores' | 'onTicketSaved'>): void {
  app.get(
    '/api/entities',
    { schema: { summary: 'How many people each entity has, and what rules can look at', response: answering(partitionView) } },
    () => stores.partition.view(),
  )

  app.put(
    '/api/tickets/:number/entity',
    { schema: { summary: 'Move a ticket to another entity', params: oneTicket, body: entityMove, response: answering(ticket) } },
    async (request) => {
      const saved = await stores.tickets.moveToEntity(request.params.number, request.body.entityId, signedIn(request))
      onTicketSaved(saved)
      return saved
    },
  )
}
