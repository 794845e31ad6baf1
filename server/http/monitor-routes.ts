import { z } from 'zod'
import { monitorCreation, monitorOutcome, monitors, monitorSecret } from '../contract/monitors.ts'
import { readEvent } from '../disruptions/monitoring.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneMonitor = z.object({ id: z.uuid() })
const bearer = /^Bearer ([\w-]{20,200})$/i

/** Monitorings: who may say that something is broken without signing in, and what they say. */
export function monitorRoutes(
  app: App,
  { stores, disruptions, config, now }: Pick<HttpParts, 'stores' | 'disruptions' | 'config' | 'now'>,
): void {
  app.get('/api/monitors', { schema: { summary: 'Monitorings that may open disruptions', response: answering(monitors) } }, () =>
    stores.monitors.list(),
  )

  app.post(
    '/api/monitors',
    {
      schema: {
        summary: 'Let a monitoring open disruptions; its secret is shown once',
        body: monitorCreation,
        response: creating(monitorSecret),
      },
    },
    async (request, reply) => {
      const made = await stores.monitors.add(request.body.name, signedIn(request).name)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...made, url: `${config.publicUrl}/api/monitors/events` })
    },
  )

  app.delete(
    '/api/monitors/:id',
    { schema: { summary: 'Void a monitoring’s secret', params: oneMonitor, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.monitors.revoke(request.params.id, signedIn(request).name)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/monitors/events',
    {
      schema: {
        summary: 'What a monitoring says: Alertmanager’s webhook, or Zabbix’; `Authorization: Bearer SECRET`',
        body: z.unknown(),
        response: answering(monitorOutcome),
      },
    },
    async ({ headers, body }) => {
      const secret = bearer.exec(headers.authorization ?? '')?.[1]
      const monitor = secret === undefined ? null : await stores.monitors.of(secret)
      if (monitor === null) throw new ServiceError('not_found')
      const event = readEvent(body, new Date(now()).toISOString())
      if (event === null) throw new ServiceError('invalid_body', 'groupKey ou event_id')
      const changed = await stores.disruptions.monitored({ ...event, monitor: monitor.name })
      if (changed) await disruptions.changed()
      return { changed }
    },
  )
}
