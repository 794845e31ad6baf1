import { z } from 'zod'
import { moment, person, ticketSummary } from './entities.ts'

/** An exchange that keeps the queue itself and tells of its calls. Its address is a secret, shown once. */
const exchange = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: moment,
  createdBy: z.string(),
  seenAt: moment.nullable(),
  /** Of the last thirty days, its own calls: they are in no other figure. */
  calls: z.object({ in: z.int(), answered: z.int(), missed: z.int(), out: z.int(), ticketed: z.int() }),
})
export type Exchange = z.infer<typeof exchange>
export const exchanges = z.array(exchange)
export const exchangeCreation = z.object({ name: z.string().trim().min(1).max(60) })
export const exchangeSecret = z.object({ id: z.string(), name: z.string(), url: z.string() })
export type ExchangeSecret = z.infer<typeof exchangeSecret>

const text = (most: number) => z.coerce.string().trim().max(most)
const names = z.union([z.array(text(200)).max(50), text(200)]).transform((some) => [some].flat().filter((name) => name !== ''))
/** What Zammad's generic CTI takes, so that whatever speaks to it speaks to us; what we do not know is left aside. */
export const exchangeEvent = z.object({
  event: z.enum(['newCall', 'answer', 'hangup']),
  callId: text(250).min(1),
  direction: z.enum(['in', 'out']),
  from: text(60).default(''),
  to: text(60).default(''),
  user: names.default([]),
  answeringNumber: text(200).default(''),
  queue: text(100).default(''),
  cause: text(60).default(''),
})
export type ExchangeEvent = z.output<typeof exchangeEvent>

const exchangeCall = z.object({
  id: z.string(),
  exchange: z.string(),
  direction: z.enum(['in', 'out']),
  /** The other side's number as a person reads it. */
  numberShown: z.string(),
  people: z.array(person),
  openTickets: z.array(ticketSummary),
  queue: z.string().nullable(),
  who: z.array(z.string()),
  state: z.enum(['ringing', 'talking', 'ended']),
  beganAt: moment,
  answeredAt: moment.nullable(),
  endedAt: moment.nullable(),
  ticket: z.int().nullable(),
})
export type ExchangeCall = z.infer<typeof exchangeCall>
/** Under way, or over since a quarter of an hour without a ticket; the latest first. `busy`: who is on the telephone there. */
export const exchangeCalls = z.object({
  calls: z.array(exchangeCall),
  busy: z.array(z.object({ who: z.string(), state: z.enum(['ringing', 'talking']), since: moment })),
})
export type ExchangeCalls = z.infer<typeof exchangeCalls>
