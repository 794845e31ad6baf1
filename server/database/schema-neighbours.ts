import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { GlpiImport } from '../contract/glpi.ts'
import type { Machine } from '../contract/ocs.ts'
import type { GlpiFields } from '../neighbours/glpi/merge.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const neighbourSecrets = pgTable('neighbour_secrets', {
  neighbour: text('neighbour').primaryKey(),
  sealed: text('sealed').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
})

export const glpiOwing = pgTable('glpi_owing', {
  one: boolean('one').primaryKey(),
  since: moment('since'),
  seen: text('seen'),
})

export const glpiTickets = pgTable('glpi_tickets', {
  ticketId: uuid('ticket_id').primaryKey(),
  glpiId: bigint('glpi_id', { mode: 'number' }).notNull(),
  agreed: jsonb('agreed').$type<GlpiFields>().notNull(),
  at: moment('at').notNull(),
})

export const glpiItems = pgTable(
  'glpi_items',
  {
    itemtype: text('itemtype').notNull(),
    itemId: bigint('item_id', { mode: 'number' }).notNull(),
    ticketId: uuid('ticket_id'),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.itemtype, table.itemId] })],
)

export const glpiOutbox = pgTable('glpi_outbox', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  ticketId: uuid('ticket_id').notNull(),
  entryId: bigint('entry_id', { mode: 'number' }).notNull(),
  kind: text('kind').notNull(),
  at: moment('at').notNull(),
  state: text('state').$type<'pending' | 'sending' | 'sent' | 'failed' | 'dropped'>().notNull(),
  attempts: integer('attempts').notNull(),
  nextAttemptAt: moment('next_attempt_at').notNull(),
  lastError: text('last_error'),
  settledAt: moment('settled_at'),
})

export const glpiImports = pgTable('glpi_imports', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull(),
  byName: text('by_name').notNull(),
  dry: boolean('dry').notNull(),
  endedAt: moment('ended_at'),
  report: jsonb('report').$type<Pick<GlpiImport, 'parts' | 'failure'>>().notNull(),
})

export const ticketMachines = pgTable('ticket_machines', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  ticketId: uuid('ticket_id'),
  callId: text('call_id'),
  serverId: text('server_id').notNull(),
  deviceId: text('device_id').notNull(),
  machine: jsonb('machine').$type<Machine>().notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
})
