import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { MailLanguage } from '../contract/mail-templates.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const disruptionSubscribers = pgTable('disruption_subscribers', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  language: text('language').$type<MailLanguage>().notNull(),
  askedAt: moment('asked_at').notNull(),
  confirmedAt: moment('confirmed_at'),
  leftAt: moment('left_at'),
})

export const disruptionTold = pgTable('disruption_told', {
  disruptionId: uuid('disruption_id').primaryKey(),
  judged: integer('judged').notNull(),
  said: integer('said'),
  at: moment('at').notNull(),
})
