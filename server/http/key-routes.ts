import { z } from 'zod'
import { apiKeysView, keyCreation, keyGiven } from '../contract/keys.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneKey = z.object({ id: z.uuid() })

/** The keys of programs, for who administers. */
export function keyRoutes(app: App, { stores, apiKeys }: Pick<HttpParts, 'stores' | 'apiKeys'>): void {
  app.get('/api/keys', { schema: { summary: 'Keys of programs', response: answering(apiKeysView) } }, () => stores.keys.list())

  app.post(
    '/api/keys',
    { schema: { summary: 'Make a key; it is shown this once', body: keyCreation, response: creating(keyGiven) } },
    async (request, reply) => reply.code(201).send(await apiKeys.create(request.body, signedIn(request).name)),
  )

  app.delete(
    '/api/keys/:id',
    { schema: { summary: 'Revoke a key, at once', params: oneKey, response: { 204: z.null() } } },
    async (request, reply) => {
      if (!(await stores.keys.revoke(request.params.id, signedIn(request).name))) throw new ServiceError('not_found')
      return reply.code(204).send(null)
    },
  )
}
