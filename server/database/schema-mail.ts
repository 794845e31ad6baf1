import { bigint, boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { IncomingOutcome } from '../contract/incoming-mails.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const incomingMails = pgTable('incoming_mails', {
  id: uuid('id').primaryKey(),
  at: moment('at').notNull(),
  fingerprint: text('fingerprint').notNull(),
  messageId: text('message_id'),
  fromAddress: text('from_address'),
  fromName: text('from_name').notNull().default(''),
  subject: text('subject').notNull(),
  text: text('text'),
  raw: text('raw').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  files: integer('files').notNull().default(0),
  outcome: text('outcome').$type<IncomingOutcome>().notNull(),
  why: text('why'),
  ticketId: uuid('ticket_id'),
  toSee: boolean('to_see').notNull().default(false),
  seenName: text('seen_name'),
  seenAt: moment('seen_at'),
})

export const badAddresses = pgTable('bad_addresses', {
  address: text('address').primaryKey(),
  since: moment('since').notNull(),
  reason: text('reason').notNull(),
})
