import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { IdentityCheck, PersonPage } from '../../server/contract/people.ts'
import { everybody } from './fake-world.ts'
import type { FakeServer } from './fake-server.ts'

/** The code that every check of the fake world waits for. */
export const rightCode = '314159'

/** A person's page, identity checks and readings, kept in memory; nobody is sent anything. */
export function personRoutes(
  app: FastifyInstance,
  server: FakeServer,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  const checks: (IdentityCheck & { callId: string | null; ticket: number | null })[] = []
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  app.get<{ Params: { id: string } }>('/api/people/:id', ({ params }, reply) => {
    const person = everybody.find(({ id }) => id === params.id)
    if (person === undefined) return refuse(reply, 'not_found')
    return {
      ...person,
      retiredAt: null,
      language: 'en',
      numbers: [
        { number: '+33561551234', shown: '05 61 55 12 34', source: 'directory', by: null, at: null, sharedWith: ['Paul Martin'] },
        { number: '+33639985544', shown: '06 39 98 55 44', source: 'attached', by: 'Alice Martin', at: ago(90), sharedWith: [] },
      ],
      sentTo: 'c•••s@univ.example',
      checks: checks.filter(({ personId }) => personId === params.id),
      notes: [
        {
          id: randomUUID(),
          at: ago(300),
          by: 'Bruno Petit',
          reason: 'À sa demande',
          audience: 'desk',
          text: 'Malentendante : parler lentement.',
          erasedAt: null,
          erasedBy: null,
          mayErase: true,
        },
      ],
      calls: [
        {
          id: 'c-old',
          at: ago(60),
          direction: 'in',
          shown: '05 61 55 12 34',
          shared: true,
          answered: true,
          operator: 'Alice Martin',
          waitS: 4,
          talkS: 125,
          ticket: 10_388,
        },
      ],
      owed: [{ id: randomUUID(), shown: '05 61 55 12 34', dueAt: ago(5), late: true, takenBy: null }],
    } satisfies PersonPage
  })
  app.post<{ Params: { id: string }; Body: { callId?: string | null; ticket?: number | null } }>(
    '/api/people/:id/checks',
    ({ params, body }, reply) => {
      checks.unshift({
        id: randomUUID(),
        personId: params.id,
        at: ago(0),
        by: server.me.name,
        means: 'code',
        sentTo: 'c•••s@univ.example',
        expiresAt: ago(-10),
        triesLeft: 3,
        state: 'pending',
        settledAt: null,
        settledBy: null,
        callId: body.callId ?? null,
        ticket: body.ticket ?? null,
      })
      return reply.code(201).send(checks[0])
    },
  )
  app.post<{ Params: { number: string } }>('/api/tickets/:number/card', ({ params }, reply) => {
    const ticket = server.tickets.find(({ number }) => number === Number(params.number))
    const personId = ticket?.requester.personId ?? null
    if (ticket === undefined || personId === null) return refuse(reply, 'not_found')
    const by = server.me.name
    const settled = { state: 'verified' as const, settledAt: ago(0), settledBy: by, triesLeft: 3, expiresAt: ago(0) }
    const one = { id: randomUUID(), personId, at: ago(0), by, means: 'card' as const, sentTo: null, ...settled }
    checks.unshift({ ...one, callId: null, ticket: ticket.number })
    return reply.code(201).send(one)
  })
  app.post<{ Params: { id: string }; Body: { code: string } }>('/api/checks/:id', ({ params, body }, reply) => {
    const at = checks.findIndex(({ id }) => id === params.id)
    const check = checks[at]
    if (check === undefined) return refuse(reply, 'not_found')
    const right = body.code === rightCode
    const next = {
      ...check,
      triesLeft: check.triesLeft - 1,
      ...(right && { state: 'verified' as const, settledAt: ago(0), settledBy: server.me.name }),
    }
    checks[at] = next
    return next
  })
  app.get<{ Querystring: { call?: string; ticket?: string } }>('/api/checks', ({ query }) => ({
    check:
      checks.find(({ callId, ticket }) => (query.call === undefined ? ticket === Number(query.ticket) : callId === query.call)) ?? null,
  }))
  app.post('/api/people/:id/numbers', (_request, reply) => reply.code(204).send())
  app.delete('/api/people/:id/numbers/:phone', (_request, reply) => reply.code(204).send())
  app.get('/api/readings', () => [{ at: ago(3), who: 'Bruno Petit' }])
}
