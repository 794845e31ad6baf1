import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ServiceError } from '../errors.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')
const passed = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'] as const

/** Asked for on this machine, by nobody who passes on what another machine asked. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? ''
  if (passed.some((name) => headers[name] !== undefined)) return false
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()

/** Figures for Prometheus: on this machine, or with the token. To anybody else there is nothing here. */
export function metricsRoutes(app: App, { metrics, config }: Pick<HttpParts, 'metrics' | 'config'>): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const token = config.metricsToken
    const byToken = token !== null && given !== undefined && timingSafeEqual(hashOf(given), hashOf(token))
    if (!byToken && !isLocal(request)) throw new ServiceError('not_found')
    const text = await metrics.text()
    return reply.type(metrics.contentType).header('cache-control', 'no-store').send(text)
  })
}
