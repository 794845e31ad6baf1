import { bigint, boolean, date, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RotaPost, ShiftHistory } from '../contract/rota.ts'

export const rotaShifts = pgTable('rota_shifts', {
  id: uuid('id').primaryKey(),
  operatorId: text('operator_id').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  from: text('from_time').notNull(),
  to: text('to_time').notNull(),
  post: text('post').$type<RotaPost>().notNull(),
  offered: boolean('offered').notNull(),
  byName: text('by_name').notNull(),
})

type State = ShiftHistory[number]['after']

export const rotaChanges = pgTable('rota_changes', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  shiftId: uuid('shift_id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  byName: text('by_name').notNull(),
  before: jsonb('before').$type<State>(),
  after: jsonb('after').$type<State>(),
})

export const calendarFeeds = pgTable('calendar_feeds', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  everybody: boolean('everybody').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
  readAt: timestamp('read_at', { withTimezone: true }),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
})
