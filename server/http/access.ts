import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Session } from '../contract/http.ts'
import { judgeOf, rights, verdict, type Access } from '../contract/rights.ts'
import type { Stores } from '../database/stores.ts'
import { ServiceError } from '../errors.ts'
import { isUuid } from '../uuid.ts'
import { changesState, isCrossSite } from './cross-site.ts'
import type { HttpParts } from './ports.ts'

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

const isListed = (route: string): route is keyof typeof rights => Object.hasOwn(rights, route)

function entryOf(method: string, url: string): Access {
  const route = `${method} ${url}`
  if (!isListed(route)) throw new Error(`No entry in server/contract/rights.ts for ${route}`)
  return rights[route]
}

type GuardParts = Pick<HttpParts, 'sessions' | 'apiKeys' | 'config'> & {
  readonly stores: {
    readonly tickets: Pick<Stores['tickets'], 'isSeenBy'>
    readonly partition: Pick<Stores['partition'], 'knows'>
    readonly identity: Pick<Stores['identity'], 'subjectOf'>
  }
}

/** What no route takes for a ticket's number: it refuses it by itself. Read as the routes read it: 17.0, 1.7e1 and 0x11 all name ticket 17. */
const namesNoTicket = (written: string): boolean => {
  const number = Number(written)
  return !Number.isInteger(number) || number < 1 || number > 2_147_483_647
}

/** Whether what an address names is in somebody's sight; what is not so judged is the route's own to judge. */
async function isInSight(route: string, params: unknown, who: Session, stores: GuardParts['stores']): Promise<boolean> {
  const { number = '', id = '' } = params as { readonly number?: string; readonly id?: string }
  const ticketSeen = (ticket: number) => stores.tickets.isSeenBy(ticket, who)
  switch (judgeOf(route)) {
    case 'ticket':
      return namesNoTicket(number) || ticketSeen(Number(number))
    case 'person':
      return stores.partition.knows(who, id.slice(0, 200))
    case 'check': {
      const subject = isUuid(id) ? await stores.identity.subjectOf(id) : null
      if (subject === null) return true
      return subject.ticket === null ? stores.partition.knows(who, subject.personId) : ticketSeen(subject.ticket)
    }
    default:
      return true
  }
}

/** Site of origin, identity, rights and scope, in this order, before a body is read. To be called before any route is added. */
export function guardRoutes(app: FastifyInstance, { sessions, apiKeys, config, stores }: GuardParts): void {
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api')) return
    for (const m of [method].flat()) {
      entryOf(m, url)
      if (judgeOf(`${m} ${url}`) === 'missing') throw new Error(`Nobody in server/contract/rights.ts judges what ${m} ${url} names`)
    }
  })
  app.decorateRequest('account', null)
  app.addHook('onRequest', async (request) => {
    if (changesState(request.method) && isCrossSite(request.headers, config.publicUrl)) throw new ServiceError('cross_site')
    const url = request.routeOptions.url
    if (request.is404 || url === undefined || !url.startsWith('/api')) return
    const access = entryOf(request.method, url)
    if (access === 'everyone') return
    const { authorization, cookie } = request.headers
    request.account =
      authorization === undefined
        ? await sessions.authenticate(cookie)
        : await apiKeys.authenticate(authorization, `${request.method} ${url}`, request.ip)
    const answer = verdict(access, request.account?.role ?? null, config.demo)
    if (answer !== 'allowed') throw new ServiceError(answer)
    if (request.account === null) return
    // What one may not see does not exist, whatever is asked of it.
    const seen = await isInSight(`${request.method} ${url}`, request.params, request.account, stores)
    if (!seen) throw new ServiceError('not_found')
  })
}
