import { bigint, boolean, date, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { DisruptionContent } from '../contract/disruptions.ts'
import type { CalendarLogKind } from '../contract/shared-calendar.ts'
import type { ShiftBody } from '../shared-calendar/shift-event.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const calendarSecret = pgTable('shared_calendar_secret', {
  one: boolean('one').primaryKey(),
  sealed: text('sealed').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
})

export const calendarShifts = pgTable('shared_calendar_shifts', {
  shiftId: uuid('shift_id').primaryKey(),
  href: text('href').notNull(),
  etag: text('etag').notNull(),
  body: jsonb('body').$type<ShiftBody>().notNull(),
  at: moment('at').notNull(),
})

export const absenceHours = pgTable('absence_hours', {
  key: text('calendar_key').primaryKey(),
  accountId: text('account_id').notNull(),
  day: date('day').notNull(),
  from: text('from_time').notNull(),
  to: text('to_time').notNull(),
})

export const calendarNotices = pgTable('shared_calendar_notices', {
  key: text('key').primaryKey(),
  disruptionId: uuid('disruption_id').notNull(),
  said: jsonb('said').$type<DisruptionContent>().notNull(),
})

export const calendarLog = pgTable('shared_calendar_log', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  at: moment('at').notNull(),
  kind: text('kind').$type<CalendarLogKind>().notNull(),
  subject: text('subject').notNull(),
  detail: text('detail').notNull(),
})
