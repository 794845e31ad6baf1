import { z } from 'zod'
import { medium, ticket, ticketStatus, urgency } from './entities.ts'

/**
 * The lists that people work from. `to-take-up`: what level 1 or one's groups have yet to take up; `to-confirm`: requests of people who are
 * not known, until they confirm their address or an operator accepts them; `mine`: one's own; `groups`: with one's
 * groups, owned or not; `stuck`: what does not go on by itself.
 */
export const ticketView = z.enum(['to-take-up', 'to-confirm', 'mine', 'groups', 'stuck'])
export type TicketView = z.infer<typeof ticketView>

/**
 * Why a ticket is stuck. `orphan`: with a group that is retired or has nobody, or an owner whose account is closed; `overdue`: not taken up
 * in time, or what it waits for is past due; `forgotten`: nobody touched it for days; `silent`: the requester does not answer;
 * `bounced`: a mail about it could not be delivered.
 */
export const stuckWhy = z.enum(['orphan', 'overdue', 'bounced', 'silent', 'forgotten'])
export type StuckWhy = z.infer<typeof stuckWhy>

const filters = z.object({
  view: ticketView.optional(),
  status: z.union([ticketStatus, z.literal('open')]).optional(),
  personId: z.string().max(100).optional(),
  groupId: z.string().max(100).optional(),
  ownerId: z.string().max(100).optional(),
  nature: z.string().max(100).optional(),
  medium: medium.optional(),
  urgency: urgency.optional(),
  search: z.string().max(200).optional(),
})
export const ticketQuery = filters.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().optional(),
})
export const ticketExport = filters
export type TicketFilters = z.output<typeof filters>

export const listedTicket = ticket.extend({ stuck: stuckWhy.nullable() })
export type ListedTicket = z.infer<typeof listedTicket>
/** `total` counts up to a thousand; `more`: there are more than that. */
export const ticketList = z.object({ tickets: z.array(listedTicket), total: z.int(), more: z.boolean() })
export type TicketList = z.infer<typeof ticketList>

/** How many wait in each of one's lists, up to a thousand. */
export const ticketCounts = z.record(ticketView, z.int())
export type TicketCounts = z.infer<typeof ticketCounts>
