import { z } from 'zod'
import { normaliseNumber } from '../calls/number.ts'
import {
  checkOrder,
  codeKeyed,
  identityCheck,
  identityQuery,
  identityView,
  noteCreation,
  numberAttachment,
  personNote,
  personPage,
  readings,
  readingsQuery,
} from '../contract/people.ts'
import type { Session } from '../contract/http.ts'
import { rights, verdict } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { masked } from '../people/identity.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const onePerson = z.object({ id: z.string().max(200) })
const oneNumber = onePerson.extend({ phone: z.string().max(40) })
const oneNote = onePerson.extend({ note: z.uuid() })
const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const oneCheck = z.object({ id: z.uuid() })

type Parts = Pick<HttpParts, 'stores' | 'numbers' | 'settings' | 'config' | 'onMailOwed' | 'onTicketSaved'>

/** A person's page: who they are and how sure of it one is, their numbers, what the desk noted; and who read it. */
export function personRoutes(app: App, { stores, numbers, settings, config, onMailOwed, onTicketSaved }: Parts): void {
  const onLine = ({ role }: Session) => verdict(rights['GET /api/calls'], role, config.demo) === 'allowed'
  /** @throws ServiceError `not_found` for a ticket that they may not see */
  const inSight = async (ticket: number | null, viewer: Session): Promise<void> => {
    if (ticket !== null && !(await stores.tickets.isSeenBy(ticket, viewer))) throw new ServiceError('not_found')
  }

  app.get(
    '/api/people/:id',
    { schema: { summary: 'What is known of a person; who read is written down', params: onePerson, response: answering(personPage) } },
    async (request) => {
      const reader = signedIn(request)
      const { id } = request.params
      const known = await stores.persons.known(id, await stores.partition.heldTo(reader))
      if (known === null) throw new ServiceError('not_found')
      const seesCalls = onLine(reader)
      const phones = known.numbers.map(({ number }) => number)
      const [checks, notes, calls, owed] = await Promise.all([
        stores.identity.of(id),
        stores.persons.notesOf(id, reader),
        seesCalls ? stores.persons.callsOf(id, known.numbers) : null,
        seesCalls ? stores.persons.owedTo(phones) : null,
      ])
      await stores.reads.trace('person', id, reader.id)
      const spoken = phones.map((number) => numbers.languageOf(number)).filter((language) => language !== null)
      return {
        ...known,
        language: spoken[0] ?? null,
        sentTo: known.email === null || known.retiredAt !== null ? null : masked(known.email),
        checks,
        notes,
        calls,
        owed,
      }
    },
  )

  app.get(
    '/api/readings',
    { schema: { summary: 'Who read a ticket, or a person’s page', querystring: readingsQuery, response: answering(readings) } },
    async ({ query: { ticket, person } }) => {
      if (person !== undefined) return stores.reads.of('person', person)
      if (ticket === undefined) throw new ServiceError('invalid_body', 'ticket, person')
      const found = await stores.tickets.page(ticket)
      if (found === null) throw new ServiceError('not_found')
      return stores.reads.of('ticket', found.id)
    },
  )

  app.post(
    '/api/people/:id/numbers',
    { schema: { summary: 'Attach a number to a person', params: onePerson, body: numberAttachment, response: { 204: z.null() } } },
    async (request, reply) => {
      const number = normaliseNumber(request.body.number)
      if (number === null) throw new ServiceError('invalid_body', 'number')
      if (await stores.persons.attach(request.params.id, number, request.body.callId, signedIn(request)))
        numbers.attached(request.params.id, number)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/people/:id/numbers/:phone',
    { schema: { summary: 'Detach a number that was attached', params: oneNumber, response: { 204: z.null() } } },
    async ({ params: { id, phone } }, reply) => {
      const number = normaliseNumber(phone)
      if (number === null) throw new ServiceError('not_found')
      await stores.persons.detach(id, number)
      numbers.detached(id, number)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/:id/notes',
    { schema: { summary: 'Note something of a person, and why', params: onePerson, body: noteCreation, response: creating(personNote) } },
    async (request, reply) => reply.code(201).send(await stores.persons.note(request.params.id, request.body, signedIn(request))),
  )

  app.delete(
    '/api/people/:id/notes/:note',
    { schema: { summary: 'Erase what a note says; that it was there stays', params: oneNote, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.persons.eraseNote(request.params.id, request.params.note, signedIn(request))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/:id/checks',
    {
      schema: {
        summary: 'Send a code to the address that the directory knows of a person',
        params: onePerson,
        body: checkOrder,
        response: creating(identityCheck),
      },
    },
    async (request, reply) => {
      await inSight(request.body.ticket, signedIn(request))
      const check = await stores.identity.send(request.params.id, request.body, signedIn(request), {
        desk: settings.values.desk.name,
        languages: settings.values.mails.languages,
      })
      onMailOwed()
      return reply.code(201).send(check)
    },
  )

  app.post(
    '/api/checks/:id',
    {
      schema: {
        summary: 'Key in the code that a person reads aloud',
        params: oneCheck,
        body: codeKeyed,
        response: answering(identityCheck),
      },
    },
    (request) => stores.identity.keyed(request.params.id, request.body.code, signedIn(request)),
  )

  app.post(
    '/api/tickets/:number/card',
    {
      schema: {
        summary: 'Note that the requester’s card was seen: as sure of who asks as by a code',
        params: oneTicket,
        response: creating(identityCheck),
      },
    },
    async (request, reply) => {
      const check = await stores.identity.seen(request.params.number, signedIn(request))
      const saved = await stores.tickets.find(request.params.number)
      if (saved !== null) onTicketSaved(saved)
      return reply.code(201).send(check)
    },
  )

  app.get(
    '/api/checks',
    { schema: { summary: 'The latest check in a call or about a ticket', querystring: identityQuery, response: answering(identityView) } },
    async (request) => {
      const { call = null, ticket = null } = request.query
      await inSight(ticket, signedIn(request))
      return { check: await stores.identity.latest({ callId: onLine(signedIn(request)) ? call : null, ticket }) }
    },
  )
}
