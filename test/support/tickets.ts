import { defineCalendar } from '../../server/calendar/calendar.ts'
import { clockSettings } from '../../server/contract/clocks.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { mailThreads } from '../../server/mail-threads.ts'
import { mailSettings } from '../../server/contract/mail-templates.ts'
import { categorySettings, ticketSettings } from '../../server/contract/settings.ts'
import type {
  Accepted,
  GroupGesture,
  Holder,
  OpeningContext,
  OpenTicket,
  TicketDecision,
  TicketPolicy,
} from '../../server/tickets/model.ts'

export const policy: TicketPolicy = {
  deskName: 'Guichet unique',
  calendar: defineCalendar({}),
  ...ticketSettings.parse({}),
  ...categorySettings.parse({}),
  mails: mailSettings.parse({}),
  clocks: clockSettings.parse({}),
}
/** What stores need for tickets besides a database. */
export const ticketParts = {
  policy: () => policy,
  threads: mailThreads('a secret of the tests', 'univ.example'),
  answerUrl: (ticket: Pick<Ticket, 'number'>) => `https://g.example/avis/${ticket.number}`,
  followUrl: (ticket: Pick<Ticket, 'number'>) => `https://guichet.univ.example/demandes/${ticket.number}`,
  confirmUrl: (ticket: Pick<Ticket, 'number'>) => `https://guichet.univ.example/demandes/${ticket.number}/confirmer`,
  ticketUrl: (ticket: Pick<Ticket, 'number'>) => `https://guichet.univ.example/console/tickets/${ticket.number}`,
  groupUrl: (ticket: Pick<Ticket, 'number'>, { accountId }: Holder, gesture: GroupGesture) =>
    `https://g.example/groupe/${ticket.number}/${gesture}${accountId === null ? '' : `/${accountId}`}`,
}

/** Alice, of level 1, on a Monday at ten. */
export const context: OpeningContext = {
  id: 'an-id',
  number: 10421,
  now: '2026-11-23T09:00:00.000Z',
  by: 'alice',
  operatorName: 'Alice Martin',
  side: 'level1',
  portalUrl: 'https://guichet.univ.example/demande',
  ...ticketParts,
  policy,
}
export const nadia: OpeningContext = { ...context, by: 'nadia', operatorName: 'Nadia Roussel', side: 'level2' }

export const command: OpenTicket = {
  title: 'Accès à Moodle',
  summary: 'Trois vacataires ne voient pas le cours.',
  medium: 'phone',
  urgency: 'normal',
  impact: 'low',
  categoryId: null,
  placeId: null,
  nature: null,
  callId: 'call-1',
  solution: null,
  requester: { personId: 'p1', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
}

/** @throws Error when it was refused */
export function accepted(decision: TicketDecision | null): Accepted {
  if (decision === null) throw new Error('nothing was decided')
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.code} ${decision.detail}`)
  return decision
}
