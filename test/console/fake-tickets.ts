import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LateTickets } from '../../server/contract/clocks.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { closing, ticketCreation } from '../../server/contract/http.ts'
import { nextDue } from '../../server/contract/next-due.ts'
import { alikeTitles } from '../../server/knowledge/alike.ts'
import { line, type KeptTicket } from './fake-world.ts'

type World = {
  readonly tickets: KeptTicket[]
  readonly late: LateTickets['tickets']
  readonly saveFails: ErrorCode | null
  readonly fileHeld: Promise<void>
  readonly creations: unknown[]
  readonly contributions: unknown[]
  readonly closings: unknown[]
  readonly draftsOver: string[]
  readonly me: { readonly id: string; readonly name: string }
}

/** Tickets as they are listed, read, written and added to. */
export function ticketRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  type Asked = { status?: string; search?: string; personId?: string; nature?: string; limit?: number; after?: number }
  app.get<{ Querystring: Asked }>('/api/tickets', ({ query }) => {
    const found = world.tickets.filter(
      (t) =>
        (query.status === undefined || (query.status === 'open') === (t.status !== 'closed')) &&
        (query.nature === undefined || t.nature === query.nature) &&
        (query.personId === undefined || t.requester.personId === query.personId) &&
        (query.search === undefined || `${t.number} ${t.title} ${t.requester.name}`.toLowerCase().includes(query.search.toLowerCase())),
    )
    const listed = found
      .toSorted((a, b) => b.number - a.number)
      .filter((t) => query.after === undefined || t.number < query.after)
      .map((t) => ({ ...t, stuck: null, leftMs: nextDue(t.clock) === null ? null : 5_400_000 }))
    return { tickets: listed.slice(0, query.limit ?? 50), total: found.length, more: false }
  })
  app.get<{ Querystring: { title: string } }>('/api/tickets/alike', ({ query }) =>
    alikeTitles(
      query.title,
      world.tickets.filter(({ status }) => status !== 'closed'),
      6,
    ).map(({ id, number, title, status, openedAt, requester }) => ({
      id,
      number,
      title,
      status,
      openedAt,
      requester: requester.name,
      personId: requester.personId,
    })),
  )
  app.get('/api/tickets/counts', () => ({ 'to-take-up': 2, 'to-confirm': 0, mine: 1, groups: 0, stuck: 0 }))
  app.get('/api/tickets/late', () => ({ tickets: world.late, total: world.late.length }))
  app.get<{ Params: { number: string } }>(
    '/api/tickets/:number',
    (request, reply) => world.tickets.find((t) => t.number === Number(request.params.number)) ?? refuse(reply, 'not_found'),
  )
  app.post('/api/tickets', (request, reply) => {
    if (world.saveFails !== null) return refuse(reply, world.saveFails)
    const body = ticketCreation.parse(request.body)
    const { idempotencyKey = crypto.randomUUID(), ...asked } = body
    const before = world.tickets.find(({ id }) => id === `t-${idempotencyKey}`)
    if (before !== undefined) return reply.code(201).send(before)
    world.creations.push(body)
    const now = new Date().toISOString()
    const number = 10_411 + world.creations.length
    const closed = body.solution !== null
    world.tickets.push({
      ...asked,
      id: `t-${idempotencyKey}`,
      number,
      priority: 4,
      status: closed ? 'closed' : 'new',
      openedBy: world.me.name,
      openedAt: now,
      closedAt: closed ? now : null,
      owner: { id: world.me.id, name: world.me.name },
      groupId: null,
      waiting: null,
      proposal: null,
      closedHow: closed ? 'level1' : null,
      statusSince: now,
      touchedAt: now,
      clock: null,
      journal: [line(0, world.me.name, 'opened')],
      message: null,
      addedMessages: [],
      attachments: [],
      unconfirmed: false,
      asked: null,
    })
    if (body.callId !== null) world.draftsOver.push(body.callId)
    return reply.code(201).send(world.tickets.at(-1))
  })
  app.post<{ Params: { number: string }; Body: { text: string } }>('/api/tickets/:number/contributions', (request, reply) => {
    const ticket = world.tickets.find((t) => t.number === Number(request.params.number))
    world.contributions.push(request.body)
    ticket?.journal.push(line(0, world.me.name, 'contribution', request.body.text))
    return reply.code(201).send(ticket)
  })
  app.post<{ Params: { number: string } }>('/api/tickets/:number/close', (request) => {
    const { solution, outOfScope } = closing.parse(request.body)
    world.closings.push(request.body)
    const at = world.tickets.findIndex((t) => t.number === Number(request.params.number))
    const before = world.tickets[at]
    if (before === undefined) throw new Error('no such ticket')
    const detail = { how: 'level1' as const, ...(outOfScope && { outOfScope }) }
    const journal = [...before.journal, line(0, world.me.name, 'closed', solution ?? '', { detail })]
    world.tickets[at] = { ...before, status: 'closed', solution, closedHow: 'level1', closedAt: new Date().toISOString(), journal }
    return world.tickets[at]
  })
  app.post<{ Querystring: { name: string }; Body: Buffer }>('/api/tickets/:number/attachments', async ({ query, body: bytes }, reply) => {
    await world.fileHeld
    return reply
      .code(201)
      .send({ id: `file ${query.name}`, entryId: null, name: query.name, type: 'text/plain', bytes: bytes.length, picture: null })
  })
}
