import {
  callIndicators,
  callList,
  callListQuery,
  indicatorFileQuery,
  type Period,
  periodQuery,
  ticketIndicatorQuery,
  ticketIndicators,
  ticketList,
  ticketListQuery,
} from '../contract/indicators.ts'
import { ServiceError } from '../errors.ts'
import { figureScope, indicatorFile, namedTicketIndicators } from '../indicator-files.ts'
import { daysOf, longestDays } from '../indicators/period.ts'
import { mayCall } from '../contract/rights.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Figures of a period against the one before, and the calls behind a figure. */
export function indicatorRoutes(app: App, { stores, settings }: Pick<HttpParts, 'stores' | 'settings'>): void {
  const figures = stores.indicators
  const parts = { stores, settings }
  app.get(
    '/api/indicators/calls',
    { schema: { summary: "The telephone's figures of a period", querystring: periodQuery, response: answering(callIndicators) } },
    ({ query }) => figures.calls(asked(query)),
  )
  app.get(
    '/api/indicators/calls/list',
    { schema: { summary: 'The calls behind a figure, the latest first', querystring: callListQuery, response: answering(callList) } },
    ({ query }) => figures.callList(asked(query)),
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
    { schema: { summary: 'One side of the indicators as a file for a spreadsheet, CSV or XLSX', querystring: indicatorFileQuery } },
    async (request, reply) => {
      const { query } = request
      const me = signedIn(request)
      // The telephone's figures are no entity's.
      if (query.side === 'calls' && !mayCall({ ...me, demo: false }, 'GET /api/indicators/calls')) throw new ServiceError('forbidden')
      const { name, type, content } = await indicatorFile(parts, asked(query), me)
      return reply.header('content-disposition', `attachment; filename="${name}"`).type(type).send(content)
    },
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
export function asked<P extends Period>(period: P): P {
  const days = daysOf(period)
  if (days < 1 || days > longestDays) throw new ServiceError('invalid_body', 'from, to')
  return period
}
