import { z } from 'zod'
import { wallList, type WallRow, wallRow, wallSettings } from '../contract/walls.ts'
import type { StoredWall } from '../database/wall-store.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneWall = z.object({ id: z.string().regex(/^[a-z2-7]{8}$/) })

/** The addresses of big screens: made, changed and taken back. */
export function wallRoutes(app: App, { stores, walls }: Pick<HttpParts, 'stores' | 'walls'>): void {
  const shown = ({ createdAt, ...wall }: StoredWall): WallRow => ({
    ...wall,
    createdAt: createdAt.toISOString(),
    url: walls.url(wall.id),
    screens: walls.screensOf(wall.id),
  })

  app.get('/api/walls', { schema: { summary: 'The addresses of big screens', response: answering(wallList) } }, async () =>
    (await stores.walls.all()).map(shown),
  )

  app.post(
    '/api/walls',
    { schema: { summary: 'Make an address for a big screen', body: wallSettings, response: creating(wallRow) } },
    async (request, reply) => {
      const added = await stores.walls.add(walls.newId(), request.body, signedIn(request).name)
      return reply.code(201).send(shown(added))
    },
  )

  app.put(
    '/api/walls/:id',
    { schema: { summary: 'Change what a big screen shows', params: oneWall, body: wallSettings, response: answering(wallRow) } },
    async ({ params, body }) => {
      const changed = await stores.walls.change(params.id, body)
      walls.changed(changed)
      return shown(changed)
    },
  )

  app.delete(
    '/api/walls/:id',
    { schema: { summary: 'Take the address of a big screen back: its screens go dark', params: oneWall, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id } = request.params
      await stores.walls.revoke(id, signedIn(request).name)
      walls.revoked(id)
      return reply.code(204).send(null)
    },
  )
}
