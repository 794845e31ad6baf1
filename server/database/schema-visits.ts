import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Visit, VisitAnswer } from '../contract/visits.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  ticketId: uuid('ticket_id').notNull(),
  startsAt: moment('starts_at').notNull(),
  endsAt: moment('ends_at').notNull(),
  place: text('place').notNull(),
  note: text('note').notNull(),
  visitorId: text('visitor_id').notNull(),
  visitorName: text('visitor_name').notNull(),
  state: text('state').$type<Visit['state']>().notNull(),
  sequence: integer('sequence').notNull(),
  answer: text('answer').$type<VisitAnswer>(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
})
