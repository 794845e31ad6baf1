import { z } from 'zod'
import { moment } from './entities.ts'

/** What other programs may be told of. */
export const webhookEvent = z.enum(['ticket.opened', 'ticket.changed', 'ticket.closed', 'call.missed'])
export type WebhookEvent = z.infer<typeof webhookEvent>

export const webhookChange = z.object({
  name: z.string().trim().min(1).max(60),
  /** Checked again, with where it leads, at each delivery. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  events: z.array(webhookEvent).min(1),
  active: z.boolean().default(true),
})
export type WebhookChange = z.output<typeof webhookChange>

export const delivery = z.object({
  id: z.string(),
  /** One of the events, or `ping`: somebody tries. */
  event: z.string(),
  at: moment,
  state: z.enum(['pending', 'sending', 'sent', 'failed']),
  attempts: z.int(),
  /** When it is tried again; null when it is not. */
  nextAttemptAt: moment.nullable(),
  lastAt: moment.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  tookMs: z.int().nullable(),
  body: z.record(z.string(), z.unknown()),
})
export type Delivery = z.infer<typeof delivery>
/** The newest first, fifty at most. */
export const deliveries = z.array(delivery)

const webhook = webhookChange.extend({
  id: z.string(),
  createdAt: moment,
  createdBy: z.string(),
  /** How many deliveries wait for another try. */
  waiting: z.int(),
  last: delivery.pick({ at: true, state: true, lastStatus: true, lastError: true }).nullable(),
})
export type Webhook = z.infer<typeof webhook>
export const webhooksView = z.array(webhook)
/** @property secret signs what is sent; shown this once */
export const webhookGiven = z.object({ secret: z.string(), view: webhook })
export type WebhookGiven = z.infer<typeof webhookGiven>
