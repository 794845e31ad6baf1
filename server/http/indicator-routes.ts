import {
  callIndicatorQuery,
  callIndicators,
  callList,
  callListFileQuery,
  callListQuery,
  figureEntities,
  indicatorFileQuery,
  type Period,
  ticketIndicatorQuery,
  ticketIndicators,
  ticketList,
  ticketListFileQuery,
  ticketListQuery,
} from '../contract/indicators.ts'
import { entityPath } from '../contract/partition.ts'
import { ServiceError } from '../errors.ts'
import { callListFile, figureScope, indicatorFile, namedCallIndicators, namedTicketIndicators, ticketListFile } from '../indicator-files.ts'
import { daysOf, longestDays } from '../indicators/period.ts'
import { signedIn } from './access.ts'
import { answering, sent } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Figures of a period against the one before, and the calls behind a figure. */
export function indicatorRoutes(app: App, { stores, settings, config }: Pick<HttpParts, 'stores' | 'settings' | 'config'>): void {
  const figures = stores.indicators
  const { timeZone } = config
  const parts = { stores, settings }
  app.get(
    '/api/indicators/calls',
    { schema: { summary: "The telephone's figures of a period", querystring: callIndicatorQuery, response: answering(callIndicators) } },
    (request) => namedCallIndicators(parts, asked(request.query), signedIn(request)),
  )
  app.get(
    '/api/indicators/calls/list',
    { schema: { summary: 'The calls behind a figure, the latest first', querystring: callListQuery, response: answering(callList) } },
    async (request) => {
      const { entityId, ...query } = asked(request.query)
      return figures.callList(query, await figureScope(parts, entityId, signedIn(request)))
    },
  )
  app.get(
    '/api/indicators/calls/list/file',
    { schema: { summary: 'The calls behind a figure, as a file for a spreadsheet', querystring: callListFileQuery } },
    async (request, reply) => sent(reply, await callListFile(parts, asked(request.query), { viewer: signedIn(request), timeZone })),
  )
  app.get(
    '/api/indicators/entities',
    { schema: { summary: 'Of which entities one may ask figures', response: answering(figureEntities) } },
    async (request) => {
      const theirs = await stores.partition.countedFor(signedIn(request))
      const { entities } = settings.values.entities
      return {
        whole: theirs === null,
        entities: entities
          .filter(({ id }) => theirs === null || theirs.entities.includes(id))
          .map(({ id }) => ({ id, name: entityPath(entities, id) })),
      }
    },
  )
  app.get(
    '/api/indicators/tickets',
    {
      schema: {
        summary: "Tickets' figures of a period, by one criterion or two",
        querystring: ticketIndicatorQuery,
        response: answering(ticketIndicators),
      },
    },
    (request) => namedTicketIndicators(parts, asked(request.query), signedIn(request)),
  )
  app.get(
    '/api/indicators/file',
    { schema: { summary: 'One side of the indicators as a file for a spreadsheet: ODS, XLSX or CSV', querystring: indicatorFileQuery } },
    async (request, reply) => sent(reply, await indicatorFile(parts, asked(request.query), signedIn(request))),
  )
  app.get(
    '/api/indicators/tickets/list/file',
    { schema: { summary: 'The tickets behind a figure, as a file for a spreadsheet', querystring: ticketListFileQuery } },
    async (request, reply) => sent(reply, await ticketListFile(parts, asked(request.query), { viewer: signedIn(request), timeZone })),
  )
  app.get(
    '/api/indicators/tickets/list',
    { schema: { summary: 'The tickets behind a figure, the latest first', querystring: ticketListQuery, response: answering(ticketList) } },
    async (request) => {
      const { entityId, ...query } = asked(request.query)
      return figures.ticketList(query, await figureScope(parts, entityId, signedIn(request)))
    },
  )
}

/** @throws ServiceError `invalid_body` when the period is upside down or longer than a year. */
function asked<P extends Period>(period: P): P {
  const days = daysOf(period)
  if (days < 1 || days > longestDays) throw new ServiceError('invalid_body', 'from, to')
  return period
}
