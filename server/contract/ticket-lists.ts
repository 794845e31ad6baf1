import { z } from 'zod'
import { categoryId } from './categories.ts'
import { medium, ticket, ticketStatus, ticketSummary, urgency } from './entities.ts'
import { sheetFormat, sheetQuery } from './sheets.ts'
import { dues, ticketSorts, ticketViews } from './vocabulary.ts'

/**
 * The lists that people work from. `to-take-up`: what level 1 or one's groups have yet to take up; `to-confirm`: requests of people who are
 * not known, until they confirm their address or an operator accepts them; `mine`: one's own; `groups`: with one's
 * groups, owned or not; `watched`: those that one is in copy of; `stuck`: what does not go on by itself.
 */
export const ticketView = z.enum(ticketViews)

/**
 * Why a ticket is stuck. `orphan`: with a group that is retired or has nobody, or an owner who works here no more; `overdue`: not taken up
 * in time, or what it waits for is past due; `forgotten`: nobody touched it for days, or it waits for level 3 or who decides, without a date;
 * `pressing`: of a high priority, and nobody touched it for a working day; `silent`: the requester does not answer;
 * `bounced`: a mail about it could not be delivered, and no other address was put down since; `late`: the delay of whoever has it is over.
 */
const stuckWhy = z.enum(['orphan', 'overdue', 'bounced', 'silent', 'forgotten', 'pressing', 'late'])
export type StuckWhy = z.infer<typeof stuckWhy>

/** How a list of open tickets is ordered; the newest first unless said. `priority`: at equal priority those of the form, then the oldest. */
const ticketSort = z.enum(ticketSorts)
export type TicketSort = z.infer<typeof ticketSort>

const filters = z.object({
  view: ticketView.optional(),
  status: z.union([ticketStatus, z.literal('open')]).optional(),
  personId: z.string().max(100).optional(),
  groupId: z.string().max(100).optional(),
  ownerId: z.string().max(100).optional(),
  /** That entity, and all below it. */
  entityId: z.string().max(100).optional(),
  nature: z.string().max(100).optional(),
  /** That category, and all below it. */
  categoryId: categoryId.optional(),
  /** That place, and all below it. */
  placeId: categoryId.optional(),
  /** 1 is served first. */
  priority: z.coerce.number<number>().int().min(1).max(5).optional(),
  medium: medium.optional(),
  urgency: urgency.optional(),
  /** Whose delay is over, or is before the day ends. */
  due: z.enum(dues).optional(),
  search: z.string().max(200).optional(),
  sort: ticketSort.optional(),
})
export const ticketQuery = filters.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional().describe('Number of the ticket that the page before ended with, whatever the order'),
})
/** What a list is kept by. */
export const ticketFilters = filters
/** CSV is in somebody's words where a language is named, and else in the codes that programs read. */
export const ticketExport = filters.extend({ format: sheetFormat.default('csv'), language: sheetQuery.language.unwrap().optional() })
export type TicketFilters = z.output<typeof filters>

/** `leftMs`: open time until the next of its delays is over, negative once it is; at most some ten days either way; null: none runs. */
const listedTicket = ticket.extend({ stuck: stuckWhy.nullable(), leftMs: z.int().nullable() })
export type ListedTicket = z.infer<typeof listedTicket>
/** `total` counts up to a thousand; `more`: there are more than that. `corrected`: mistyped words, and what was looked for in their place. */
export const ticketList = z.object({
  tickets: z.array(listedTicket),
  total: z.int(),
  more: z.boolean(),
  corrected: z.array(z.object({ typed: z.string(), taken: z.string() })).default([]),
})
export type TicketList = z.infer<typeof ticketList>

/** How many wait in each of one's lists, up to a thousand. */
export const ticketCounts = z.record(ticketView, z.int())
export type TicketCounts = z.infer<typeof ticketCounts>

export const alikeQuery = z.object({ title: z.string().trim().max(200) })
/** Open tickets whose titles say much the same, the nearest first. */
export const alikeTickets = z.array(ticketSummary.extend({ requester: z.string(), personId: z.string().nullable() }))
export type AlikeTicket = z.infer<typeof alikeTickets>[number]
