import { z } from 'zod'
import { presence, talks } from '../contract/talks.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

/** Conversations with requesters who wait on their page. */
export function talkRoutes(app: App, { stores, readers }: Pick<HttpParts, 'stores' | 'readers'>): void {
  app.get(
    '/api/talks',
    { schema: { summary: 'Requesters who wait for a written answer', response: answering(talks) } },
    async (request) => ({
      talks: (await stores.talks.waiting(signedIn(request))).map(({ since, ...one }) => ({
        ...one,
        since: since.toISOString(),
        here: readers.isHere(one.number),
      })),
    }),
  )
  app.get(
    '/api/tickets/:number/presence',
    { schema: { summary: 'Whether the requester has the request before them', params: oneTicket, response: answering(presence) } },
    async ({ params }) => ({
      here: readers.isHere(params.number),
      types: readers.types(params.number),
      waits: await stores.talks.isOpen(params.number),
    }),
  )
}
