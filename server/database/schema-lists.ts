import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { BulkOrder } from '../contract/bulk.ts'
import type { Role } from '../contract/entities.ts'
import type { Undoable } from '../tickets/undoing.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const savedViews = pgTable('saved_views', {
  id: uuid('id').primaryKey(),
  ownerId: text('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
  name: text('name').notNull(),
  filters: jsonb('filters').notNull(),
  shared: boolean('shared').notNull(),
  at: moment('at').notNull(),
})

export const bulkActions = pgTable('bulk_actions', {
  id: uuid('id').primaryKey(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  byRole: text('by_role').$type<Role>().notNull(),
  body: jsonb('body').$type<BulkOrder>().notNull(),
  undoAskedAt: moment('undo_asked_at'),
})

export const bulkItems = pgTable(
  'bulk_items',
  {
    actionId: uuid('action_id').notNull(),
    number: integer('number').notNull(),
    place: integer('place').notNull(),
    state: text('state').$type<'pending' | 'done' | 'failed' | 'undone' | 'kept'>().notNull().default('pending'),
    why: text('why'),
    doneAt: moment('done_at'),
    before: jsonb('before').$type<Undoable>(),
  },
  (table) => [primaryKey({ columns: [table.actionId, table.number] })],
)
