import type { TicketClock } from '../contract/clocks.ts'
import { nextDue } from '../contract/next-due.ts'
import { wholeEntity } from '../contract/partition.ts'
import type { Ticket } from '../contract/entities.ts'
import { nextNewsAt } from '../tickets/clock-news.ts'
import type { TicketPolicy } from '../tickets/model.ts'
import type { tickets } from './schema.ts'

type TicketRow = Omit<typeof tickets.$inferSelect, 'search'>

/** A ticket as the contract says it; moments in UTC. */
export const ticketFromRow = (row: TicketRow): Ticket => ({
  id: row.id,
  number: row.number,
  title: row.title,
  summary: row.summary,
  status: row.status,
  medium: row.medium,
  urgency: row.urgency,
  impact: row.impact,
  priority: row.priority,
  nature: row.nature,
  categoryId: row.categoryId,
  placeId: row.placeId,
  requester: { personId: row.requesterPersonId, name: row.requesterName, email: row.requesterEmail, phone: row.requesterPhone },
  callId: row.callId,
  solution: row.solution,
  openedBy: row.openedBy,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? row.ownerId },
  groupId: row.groupId,
  waiting: row.waiting,
  proposal: row.proposal,
  closedHow: row.closedHow,
  statusSince: row.statusSince.toISOString(),
  touchedAt: row.touchedAt.toISOString(),
  unconfirmed: row.unconfirmed,
  asked: row.asked,
  clock: row.clock,
  ...(row.light && { light: true as const }),
  ...(row.entityId !== wholeEntity && { entityId: row.entityId }),
})

/** A ticket as its table holds it. */
export const rowFromTicket = (ticket: Ticket, policy: TicketPolicy) => ({
  id: ticket.id,
  number: ticket.number,
  title: ticket.title,
  summary: ticket.summary,
  status: ticket.status,
  medium: ticket.medium,
  urgency: ticket.urgency,
  impact: ticket.impact,
  priority: ticket.priority,
  nature: ticket.nature,
  categoryId: ticket.categoryId,
  placeId: ticket.placeId,
  requesterPersonId: ticket.requester.personId,
  requesterName: ticket.requester.name,
  requesterEmail: ticket.requester.email,
  requesterPhone: ticket.requester.phone,
  callId: ticket.callId,
  solution: ticket.solution,
  openedBy: ticket.openedBy,
  openedAt: new Date(ticket.openedAt),
  closedAt: ticket.closedAt === null ? null : new Date(ticket.closedAt),
  ownerId: ticket.owner?.id ?? null,
  ownerName: ticket.owner?.name ?? null,
  groupId: ticket.groupId,
  waiting: ticket.waiting,
  proposal: ticket.proposal,
  closedHow: ticket.closedHow,
  statusSince: new Date(ticket.statusSince),
  touchedAt: new Date(ticket.touchedAt),
  unconfirmed: ticket.unconfirmed,
  asked: ticket.asked,
  light: ticket.light ?? false,
  entityId: ticket.entityId ?? wholeEntity,
  ...clockColumns(ticket.clock, policy),
})

const date = (at: string | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at))

/** A ticket's clocks as its table holds them. */
export const clockColumns = (clock: TicketClock | null, policy: TicketPolicy) => ({
  clock,
  dueAt: date(nextDue(clock)?.dueAt),
  alertAt: date(clock === null ? null : nextNewsAt(clock, policy)),
})
