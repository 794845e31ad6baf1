import type { FastifyInstance } from 'fastify'
import type { IndicatorMail } from '../../server/contract/indicator-mails.ts'
import type { CallIndicators, FigureEntities, Period, TicketIndicators } from '../../server/contract/indicators.ts'
import {
  backlogBoundsDays,
  callCounts,
  type CallCounts,
  callFigures,
  callWholes,
  ticketFigures,
  type TicketTally,
  ticketWholes,
  waitBoundsS,
} from '../../server/indicators/tallies.ts'

const counts = Object.fromEntries(callCounts.map((name, i) => [name, 1_200 - 50 * i])) as CallCounts
const states = { readyMs: 7_000_000, talkingMs: 5_000_000, wrapUpMs: 1_000_000, wrapUps: 40 }
const beside = { absorbed: 4, fromPage: 7, owed: 60, judged: 50, inTime: 45 }
const tally = {
  opened: 900,
  atOnce: 300,
  byPhone: 500,
  redirected: 200,
  bounced: 12,
  everClosed: 850,
  reopened: 17,
  refused: 30,
  refusedCalls: 12,
  takeUps: 800,
  takeUpsHeld: 760,
  level1s: 500,
  level1sHeld: 450,
  level2s: 90,
  level2sHeld: 60,
  closed: 840,
  openForS: 90_000_000,
  backlog: 60,
  backlogS: 30_000_000,
  ...Object.fromEntries(backlogBoundsDays.map((days) => [`olderThan${days}`, Math.max(0, 40 - days)])),
} as TicketTally

const calls = (period: Period): CallIndicators => ({
  period,
  previous: period,
  figures: callFigures({ ...counts, ...states }, beside),
  before: callFigures({ ...counts, ...states }, beside),
  of: callWholes({ ...counts, ...states }, beside),
  waits: [...waitBoundsS, null].map((upToS, i) => ({ upToS, answered: 90 - 9 * i, abandoned: i })),
  hours: [1, 2, 3, 4, 5].flatMap((weekday) => [9, 10, 11, 14].map((hour) => ({ weekday, hour, offered: weekday * hour, answered: hour }))),
  step: 'day',
  steps: Array.from({ length: 20 }, (_, i) => ({
    from: `2026-11-${String(i + 1).padStart(2, '0')}`,
    offered: 20 + i,
    answered: 18,
    abandoned: 2,
  })),
  operators: [{ id: 'alice', name: 'Alice Martin', answered: 210, talkS: 50_000, occupancy: 0.6 }],
  theirs: null,
})
const tickets = (period: Period): TicketIndicators => ({
  period,
  previous: period,
  figures: ticketFigures(tally),
  before: ticketFigures(tally),
  of: ticketWholes(tally),
  by: 'medium',
  across: null,
  names: {},
  rows: [{ value: 'phone', across: null, figures: ticketFigures(tally), of: ticketWholes(tally) }],
  ages: [...backlogBoundsDays, null].map((upToDays) => ({ upToDays, tickets: 12 })),
  hours: [1, 2, 3, 4, 5].flatMap((weekday) => [9, 10, 14].map((hour) => ({ weekday, hour, opened: weekday + hour }))),
  steps: [{ from: '2026-11-02', opened: 40, closed: 38 }],
  step: 'week',
  theirs: null,
})
const entities: FigureEntities = { whole: true, entities: [{ id: 'sciences', name: 'Sciences' }] }
const mail: IndicatorMail = {
  id: '5b7e3c5e-6a3e-4a70-9d4c-1f1f4cbb2f10',
  name: 'Faculté des sciences',
  every: 'week',
  hour: 7,
  addresses: ['sciences@univ.example'],
  language: 'fr',
  paused: false,
  entityId: 'sciences',
  nextAt: '2026-11-30T06:00:00.000Z',
  lastAt: null,
  by: 'Sophie Garnier',
}

/** A month's figures, whatever month is asked for, and one mail of them. */
export function indicatorRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Period }>('/api/indicators/calls', ({ query }) => calls({ from: query.from, to: query.to }))
  app.get<{ Querystring: Period }>('/api/indicators/tickets', ({ query }) => tickets({ from: query.from, to: query.to }))
  app.get('/api/indicators/entities', () => entities)
  app.get('/api/indicators/mails', () => [mail])
}
