import type { FastifyInstance } from 'fastify'
import type { PortalParts } from './desk-now.ts'
import { limiter } from '../limiter.ts'
import { ofThisSite } from './routes.ts'
import { mayFollow } from './who.ts'
import { callProblem, callWords, type CallWords } from './words-call.ts'

/** From one place, where many may sit behind one address, and by one account. */
const limits = { address: 20, person: 8, withinMs: 600_000 } as const

/** Whether calling is offered on pages, at this moment. */
export const offersCalls = ({ settings, desk }: Pick<PortalParts, 'settings' | 'desk'>): boolean => {
  const { open, telephony } = desk.view()
  return settings.values.portal.pageCalls.offered && open && telephony
}

/** What a page calls with: asked for once the microphone is there, good for one call to the desk, within half a minute. */
export function callRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { settings, config, desk, now, stores, requests, pageCallTokens } = parts
  const byAddress = limiter(limits.address, limits.withinMs, now)
  const byPerson = limiter(limits.person, limits.withinMs, now)
  portal.post('/appel', async (request, reply) => {
    ofThisSite(request, config)
    const { language, phone } = request.look
    const { session } = request.who
    reply.header('cache-control', 'no-store')
    const refuse = (status: number, problem: keyof CallWords['problem']) =>
      reply.code(status).send({ text: callProblem(callWords[language], problem, phone) })
    const view = desk.view()
    if (!settings.values.portal.pageCalls.offered || !view.open) return refuse(409, 'closed')
    if (!view.telephony) return refuse(503, 'away')
    const allowed = session === null ? byAddress.allows(request.ip) : byPerson.allows(session.id)
    if (!allowed) return refuse(429, 'often')
    const { demande = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    const ticket = /^\d{1,9}$/.test(demande) ? await stores.tickets.find(Number(demande)) : null
    const about = ticket !== null && mayFollow(request.who, ticket, requests) ? ticket.number : null
    return reply.send({ token: pageCallTokens.give(session?.id ?? request.ip, about, language) })
  })
}
