import { z } from 'zod'
import { bulkCreation, bulkProgress } from '../contract/bulk.ts'
import { savedViews, viewWrite } from '../contract/views.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })

/** Lists that people keep, and what is done to many tickets at once. */
export function listRoutes(app: App, { stores, onBulk }: Pick<HttpParts, 'stores' | 'onBulk'>): void {
  app.get(
    '/api/views',
    { schema: { summary: 'Lists that are kept: mine, and those that are shared', response: answering(savedViews) } },
    (request) => stores.views.list(signedIn(request)),
  )
  app.post('/api/views', { schema: { summary: 'Keep a list', body: viewWrite, response: creating(savedViews) } }, async (request, reply) =>
    reply.code(201).send(await stores.views.add(request.body, signedIn(request))),
  )
  app.put(
    '/api/views/:id',
    { schema: { summary: 'Change a list', params: one, body: viewWrite, response: answering(savedViews) } },
    (request) => stores.views.change(request.params.id, request.body, signedIn(request)),
  )
  app.delete('/api/views/:id', { schema: { summary: 'Keep a list no more', params: one, response: answering(savedViews) } }, (request) =>
    stores.views.remove(request.params.id, signedIn(request)),
  )

  app.post(
    '/api/bulk',
    { schema: { summary: 'Do something to several tickets', body: bulkCreation, response: creating(bulkProgress) } },
    async (request, reply) => {
      const begun = await stores.bulk.add(request.body, signedIn(request))
      onBulk()
      return reply.code(201).send(begun)
    },
  )
  app.get('/api/bulk/:id', { schema: { summary: 'How far it has come', params: one, response: answering(bulkProgress) } }, (request) =>
    stores.bulk.progress(request.params.id, signedIn(request)),
  )
  app.post(
    '/api/bulk/:id/undo',
    { schema: { summary: 'Take it back', params: one, response: answering(bulkProgress) } },
    async (request) => {
      const progress = await stores.bulk.undo(request.params.id, signedIn(request))
      onBulk()
      return progress
    },
  )
}
