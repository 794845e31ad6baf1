import { z } from 'zod'
import { deliveries, delivery, webhookChange, webhookGiven, webhooksView } from '../contract/webhooks.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })
const oneDelivery = one.extend({ delivery: z.uuid() })

/** Other programs that are told of what happens, for who administers. */
export function webhookRoutes(app: App, { stores, webhooks, now }: Pick<HttpParts, 'stores' | 'webhooks' | 'now'>): void {
  app.get('/api/webhooks', { schema: { summary: 'Who is told of what', response: answering(webhooksView) } }, () => stores.webhooks.list())

  app.post(
    '/api/webhooks',
    { schema: { summary: 'Tell another program; the secret is shown this once', body: webhookChange, response: creating(webhookGiven) } },
    async (request, reply) => reply.code(201).send(await webhooks.create(request.body, signedIn(request).name)),
  )

  app.put(
    '/api/webhooks/:id',
    { schema: { summary: 'Change whom and of what', params: one, body: webhookChange, response: answering(webhooksView) } },
    async ({ params, body }) => {
      if (!(await stores.webhooks.change(params.id, body))) throw new ServiceError('not_found')
      return stores.webhooks.list()
    },
  )

  app.delete(
    '/api/webhooks/:id',
    { schema: { summary: 'Tell it no more; what was owed to it goes too', params: one, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      if (!(await stores.webhooks.remove(params.id))) throw new ServiceError('not_found')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/webhooks/:id/deliveries',
    { schema: { summary: 'What it was told, the newest first', params: one, response: answering(deliveries) } },
    ({ params }) => stores.webhooks.deliveries(params.id),
  )

  app.post('/api/webhooks/:id/try', { schema: { summary: 'Try it now', params: one, response: answering(delivery) } }, async (request) => {
    const body = { event: 'ping', at: new Date(now()).toISOString(), by: signedIn(request).name }
    return webhooks.deliver(await stores.webhooks.owe(request.params.id, 'ping', body))
  })

  app.post(
    '/api/webhooks/:id/deliveries/:delivery/replay',
    { schema: { summary: 'Say it again now', params: oneDelivery, response: answering(delivery) } },
    async ({ params }) => webhooks.deliver(await stores.webhooks.again(params.id, params.delivery)),
  )
}
