import { boolean, date, pgTable, text, uuid } from 'drizzle-orm/pg-core'

export const rotaShifts = pgTable('rota_shifts', {
  id: uuid('id').primaryKey(),
  operatorId: text('operator_id').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  from: text('from_time').notNull(),
  to: text('to_time').notNull(),
  offered: boolean('offered').notNull(),
  byName: text('by_name').notNull(),
})
