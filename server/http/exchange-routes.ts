import { onlyOne } from '../contract/only-one.ts'
import { z } from 'zod'
import { normaliseNumber, showNumber } from '../calls/number.ts'
import { ticket } from '../contract/entities.ts'
import { exchangeCalls, exchangeCreation, exchangeEvent, exchanges, exchangeSecret } from '../contract/exchanges.ts'
import type { StoredExchangeCall } from '../database/exchange-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })
const byToken = z.object({ token: z.string().min(1).max(200) })
type Parts = Pick<HttpParts, 'stores' | 'directory' | 'config' | 'onTicketSaved' | 'onExchangeCall'>

/** « user[]=A&user[]=B », as forms say lists. */
const fieldsOf = (body: string): Record<string, string | string[]> => {
  const said = new URLSearchParams(body)
  return Object.fromEntries(
    [...new Set(said.keys())].map((key) => (key.endsWith('[]') ? [key.slice(0, -2), said.getAll(key)] : [key, said.get(key) ?? ''])),
  )
}

/** Exchanges that keep the queue themselves: what they tell of their calls, and who is calling. */
export function exchangeRoutes(app: App, { stores, directory, config, onTicketSaved, onExchangeCall }: Parts): void {
  const peopleOf = ({ other }: StoredExchangeCall) => {
    const number = other === null ? null : normaliseNumber(other)
    return number === null ? [] : [...directory.findByPhone(number)]
  }

  app.get('/api/exchanges', { schema: { summary: 'Exchanges that tell of their calls', response: answering(exchanges) } }, () =>
    stores.exchanges.list(),
  )
  app.post(
    '/api/exchanges',
    {
      schema: {
        summary: 'Let an exchange tell of its calls; its address is shown once',
        body: exchangeCreation,
        response: creating(exchangeSecret),
      },
    },
    async (request, reply) => {
      const { id, name, secret } = await stores.exchanges.add(request.body.name, signedIn(request).name)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ id, name, url: `${config.publicUrl}/api/cti/${secret}` })
    },
  )
  app.delete(
    '/api/exchanges/:id',
    { schema: { summary: 'Void an exchange’s address', params: one, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.exchanges.revoke(request.params.id, signedIn(request).name)
      onExchangeCall()
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/exchanges/calls',
    {
      schema: {
        summary: 'Calls at those exchanges now, with who calls, and who is on the telephone there',
        response: answering(exchangeCalls),
      },
    },
    async () => {
      const stored = await stores.exchanges.current()
      const calls = await Promise.all(
        stored.map(async (call) => {
          const { other, ...said } = call
          const people = peopleOf(call)
          const state = said.endedAt !== null ? ('ended' as const) : said.answeredAt !== null ? ('talking' as const) : ('ringing' as const)
          return {
            ...said,
            who: [...said.who],
            numberShown: showNumber(other === null ? null : normaliseNumber(other)),
            people,
            openTickets: people.length === 0 ? [] : await stores.tickets.openOf(people.map(({ id }) => id)),
            state,
          }
        }),
      )
      const busy = calls.flatMap(({ state, who, answeredAt, beganAt }) =>
        state === 'ended' ? [] : who.map((name) => ({ who: name, state, since: answeredAt ?? beganAt })),
      )
      return { calls, busy }
    },
  )

  app.post(
    '/api/exchanges/calls/:id/ticket',
    { schema: { summary: 'Open a ticket of an exchange’s call, with who calls filled in', params: one, response: creating(ticket) } },
    async (request, reply) => {
      const me = signedIn(request)
      const call = await stores.exchanges.find(request.params.id)
      if (call === null) throw new ServiceError('not_found')
      if (call.ticket !== null) throw new ServiceError('conflict', `le ticket n° ${call.ticket} existe déjà`)
      const people = peopleOf(call)
      const person = onlyOne(people)
      const phone = call.other === null ? null : normaliseNumber(call.other)
      const shown = showNumber(phone)
      const { ticket: saved } = await stores.tickets.open(
        {
          title: `Appel de ${person?.name ?? shown}`,
          requester: {
            personId: person?.id ?? null,
            name: person?.name ?? shown,
            email: person?.email ?? null,
            phone,
          },
          medium: 'phone',
          summary: '',
          urgency: 'normal',
          impact: 'low',
          categoryId: null,
          placeId: null,
          nature: null,
          callId: null,
          solution: null,
          observers: [],
          attachments: [],
          // The same call asked for twice is one ticket.
          idempotencyKey: call.id,
        },
        me,
      )
      if (await stores.exchanges.ticketed(call.id, saved.id)) onTicketSaved(saved)
      onExchangeCall()
      return reply.code(201).header('location', `/api/tickets/${saved.number}`).send(saved)
    },
  )

  void app.register(async (open) => {
    open.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) =>
      done(null, fieldsOf(String(body))),
    )
    open.post(
      '/api/cti/:token',
      {
        schema: {
          summary: 'What an exchange tells of a call, in the shape of Zammad’s generic CTI: JSON, or a form',
          params: byToken,
          body: exchangeEvent,
          response: answering(z.object({})),
        },
      },
      async (request) => {
        const { token } = request.params as z.output<typeof byToken>
        const exchange = await stores.exchanges.of(token)
        if (exchange === null) throw new ServiceError('not_found')
        const event = request.body as z.output<typeof exchangeEvent>
        // As numbers are kept everywhere: whose they are, and their erasure, go by that.
        const kept = (raw: string) => normaliseNumber(raw) ?? raw
        await stores.exchanges.heard(exchange, { ...event, from: kept(event.from), to: kept(event.to) })
        onExchangeCall()
        return {}
      },
    )
  })
}
