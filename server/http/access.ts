import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { changesState, isCrossSite } from './cross-site.ts'
import type { HttpParts } from './ports.ts'
import { rights, verdict, type Access } from './rights.ts'

declare module 'fastify' {
  interface FastifyRequest {
    account: Session | null
  }
}

/** Who asks. @throws ServiceError `not_signed_in` on a route that everyone may call */
export function signedIn(request: FastifyRequest): Session {
  if (request.account === null) throw new ServiceError('not_signed_in')
  return request.account
}

function entryOf(method: string, url: string): Access {
  const access = rights[`${method} ${url}`]
  if (access === undefined) throw new Error(`No entry in server/http/rights.ts for ${method} ${url}`)
  return access
}

/** Site of origin, identity and rights, in this order, before a body is read. To be called before any route is added. */
export function guardRoutes(app: FastifyInstance, { sessions, config }: Pick<HttpParts, 'sessions' | 'config'>): void {
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/api')) for (const m of [method].flat()) entryOf(m, url)
  })
  app.decorateRequest('account', null)
  app.addHook('onRequest', async (request) => {
    if (changesState(request.method) && isCrossSite(request.headers, config.publicUrl)) throw new ServiceError('cross_site')
    const url = request.routeOptions.url
    if (request.is404 || url === undefined || !url.startsWith('/api')) return
    const access = entryOf(request.method, url)
    if (access === 'everyone') return
    request.account = await sessions.authenticate(request.headers.cookie)
    const answer = verdict(access, request.account?.role ?? null, config.demo)
    if (answer !== 'allowed') throw new ServiceError(answer)
  })
}
