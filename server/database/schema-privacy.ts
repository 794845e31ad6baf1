import { bigint, boolean, date, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { RetainedKind } from '../contract/privacy.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const erasures = pgTable('erasures', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  kind: text('kind').$type<'retention' | 'person'>().notNull(),
  reason: text('reason').notNull(),
})

export const purgeReports = pgTable(
  'purge_reports',
  {
    day: date('day', { mode: 'string' }).notNull(),
    kind: text('kind').$type<RetainedKind>().notNull(),
    days: integer('days').notNull(),
    removed: integer('removed').notNull(),
    oldestLeft: moment('oldest_left'),
    at: moment('at').notNull(),
    done: boolean('done').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.kind] })],
)
