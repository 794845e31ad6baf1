import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Health } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** It looks again by itself: the address is soon the driver's, or leads to it. */
const page = (driver: string | null) => `<!doctype html><html lang="fr"><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width"><title>Guichet unique : serveur en attente</title>
<h1>Ce serveur est en attente</h1>
<p>${driver === null ? 'Il cherche qui conduit les appels.' : `Les appels sont conduits par <a href="${escape(driver)}/console">un autre serveur</a>.`}
Cette page se recharge d’elle-même.</p>
<p lang="en">This server is standing by. ${driver === null ? 'It is looking for whoever handles the calls.' : `<a href="${escape(driver)}/console">Another one</a> handles the calls.`}</p></html>`

type WaitingParts = {
  readonly version: string
  readonly since: Date
  /** The driver's address; null when nobody drives. */
  readonly driver: () => string | null
}

/** What a service says while another drives: it stands by, and where the other is. A proxy reads the 503 of /api/health. */
export function waitingPage({ version, since, driver }: WaitingParts): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  const { code, message, status } = new ServiceError('standing_by')
  app.register(helmet)
  app.register(async (inner) => {
    inner.get('/api/health', (_request, reply) => {
      const health: Health = { status: 'standby', version, since: since.toISOString(), parts: [] }
      return reply.code(503).header('cache-control', 'no-store').send(health)
    })
    inner.all('/api/*', (_request, reply) => reply.code(status).send({ code, message }))
    inner.all('/*', (_request, reply) => reply.code(503).header('retry-after', '3').type('text/html; charset=utf-8').send(page(driver())))
  })
  return app
}
