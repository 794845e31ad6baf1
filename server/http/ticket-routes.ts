import { z } from 'zod'
import { ticket } from '../contract/entities.ts'
import { lateTickets } from '../contract/clocks.ts'
import { closing, contribution, ticketCreation, ticketPage } from '../contract/http.ts'
import { alikeQuery, alikeTickets, ticketCounts, ticketExport, ticketList, ticketQuery } from '../contract/ticket-lists.ts'
import { categoryName } from '../contract/category-tree.ts'
import { entityPath } from '../contract/partition.ts'
import { ServiceError } from '../errors.ts'
import { workListSheet } from '../indicators/list-sheets.ts'
import { sheetFile } from '../sheets/file.ts'
import { signedIn } from './access.ts'
import { answering, creating, sent } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { mayName } from './scope.ts'
import { csvOf } from './ticket-csv.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

/** Tickets. */
export function ticketRoutes(
  app: App,
  {
    stores,
    settings,
    config,
    onTicketSaved,
    onCallSettled,
  }: Pick<HttpParts, 'stores' | 'settings' | 'config' | 'onTicketSaved' | 'onCallSettled'>,
): void {
  const refuseTooMany = (files: readonly string[]) => {
    if (files.length > settings.values.tickets.attachmentsEach) throw new ServiceError('too_many_files')
  }

  app.get('/api/tickets', { schema: { summary: 'List tickets', querystring: ticketQuery, response: answering(ticketList) } }, (request) =>
    stores.tickets.list(request.query, signedIn(request)),
  )

  app.get(
    '/api/tickets/alike',
    {
      schema: { summary: 'Open tickets whose titles are alike', querystring: alikeQuery, response: answering(alikeTickets) },
    },
    (request) => stores.tickets.alike(request.query.title, signedIn(request)),
  )

  app.get(
    '/api/tickets/counts',
    { schema: { summary: 'How many wait in each of my lists', response: answering(ticketCounts) } },
    (request) => stores.tickets.counts(signedIn(request)),
  )

  app.get('/api/tickets/late', { schema: { summary: 'Tickets whose delay is over', response: answering(lateTickets) } }, (request) => {
    const me = signedIn(request)
    return stores.tickets.late(me, settings.values.clocks.escalateTo.includes(me.id))
  })

  app.get(
    '/api/tickets/export',
    { schema: { summary: 'A list as a spreadsheet: CSV, ODS or XLSX', querystring: ticketExport } },
    async (request, reply) => {
      const { format, language = 'fr', ...filters } = request.query
      const [listed, groups] = await Promise.all([stores.tickets.exported(filters, signedIn(request)), stores.groups.list()])
      const { entities } = settings.values.entities
      const { categories } = settings.values.categories
      // Programs read this one by the names of its columns, and name no language.
      if (format === 'csv' && request.query.language === undefined)
        return sent(reply, {
          name: 'tickets.csv',
          type: 'text/csv; charset=utf-8',
          content: Buffer.from(csvOf(listed, { entities, categories })),
        })
      const naming = {
        groups: new Map(groups.map(({ id, name }) => [id, name])),
        placeOf: (id: string | null) => categoryName(categories, id),
        entityOf: entities.length === 0 ? null : (id: string | undefined) => entityPath(entities, id),
      }
      const sheet = workListSheet(listed, naming, { language, timeZone: config.timeZone })
      return sent(reply, await sheetFile([sheet], { stem: 'tickets', format, language }))
    },
  )

  app.get(
    '/api/tickets/:number',
    { schema: { summary: 'A ticket with its journal', params: oneTicket, response: answering(ticketPage) } },
    async (request) => {
      const page = await stores.tickets.page(request.params.number)
      if (page === null) throw new ServiceError('not_found')
      await stores.reads.trace('ticket', page.id, signedIn(request).id)
      return page
    },
  )

  app.post(
    '/api/tickets',
    { schema: { summary: 'Open a ticket', body: ticketCreation, response: creating(ticket) } },
    async (request, reply) => {
      await mayName(stores, request.body.requester, signedIn(request))
      for (const one of request.body.observers)
        if ('personId' in one && !(await stores.partition.knows(signedIn(request), one.personId)))
          throw new ServiceError('invalid_body', 'observers')
      refuseTooMany(request.body.attachments)
      const { ticket: saved, created } = await stores.tickets.open(request.body, signedIn(request))
      if (created) onTicketSaved(saved)
      if (created && saved.callId !== null) {
        await stores.identity.followInto(saved.id, saved.callId, signedIn(request))
        onCallSettled(saved.callId)
      }
      return reply.code(201).header('location', `/api/tickets/${saved.number}`).send(saved)
    },
  )

  app.post(
    '/api/tickets/:number/contributions',
    {
      schema: { summary: 'Add to a ticket', params: oneTicket, body: contribution, response: creating(ticket) },
    },
    async (request, reply) => {
      refuseTooMany(request.body.attachments)
      const saved = await stores.tickets.contribute(request.params.number, request.body, signedIn(request))
      onTicketSaved(saved)
      return reply.code(201).send(saved)
    },
  )

  app.post(
    '/api/tickets/:number/take-up',
    { schema: { summary: 'Take a pre-ticket or a new ticket up', params: oneTicket, response: answering(ticket) } },
    async (request) => {
      const saved = await stores.tickets.takeUp(request.params.number, signedIn(request))
      onTicketSaved(saved)
      return saved
    },
  )

  app.post(
    '/api/tickets/:number/close',
    {
      schema: { summary: 'Close a ticket with its answer', params: oneTicket, body: closing, response: answering(ticket) },
    },
    async (request) => {
      const { solution, outOfScope } = request.body
      const saved = await stores.tickets.close(request.params.number, solution, signedIn(request), outOfScope)
      onTicketSaved(saved)
      return saved
    },
  )
}
