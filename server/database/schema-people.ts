import { bigint, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { CheckMeans, NoteAudience } from '../contract/people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const personNumbers = pgTable(
  'person_numbers',
  {
    personId: text('person_id').notNull(),
    number: text('number').notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    callId: text('call_id'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.number] })],
)

export const identityChecks = pgTable('identity_checks', {
  id: uuid('id').primaryKey(),
  personId: text('person_id').notNull(),
  callId: text('call_id'),
  ticketId: uuid('ticket_id'),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  means: text('means').$type<CheckMeans>().notNull().default('code'),
  sentTo: text('sent_to'),
  mailId: uuid('mail_id'),
  codeHash: text('code_hash'),
  expiresAt: moment('expires_at').notNull(),
  tries: smallint('tries').notNull().default(0),
  outcome: text('outcome').$type<'verified' | 'failed' | 'replaced'>(),
  settledAt: moment('settled_at'),
  settledBy: text('settled_by'),
})

export const personNotes = pgTable('person_notes', {
  id: uuid('id').primaryKey(),
  personId: text('person_id').notNull(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  reason: text('reason').notNull(),
  audience: text('audience').$type<NoteAudience>().notNull(),
  text: text('text'),
  erasedAt: moment('erased_at'),
  erasedBy: text('erased_by'),
})

export type ReadKind = 'ticket' | 'person' | 'export'
export const reads = pgTable('reads', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull(),
  accountId: text('account_id').notNull(),
  kind: text('kind').$type<ReadKind>().notNull(),
  subject: text('subject').notNull(),
})
