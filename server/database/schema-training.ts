import { jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { TrainingDebrief } from '../contract/training.ts'
import type { TrainingDay } from '../training/model.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const trainingDays = pgTable('training_days', {
  id: uuid('id').primaryKey(),
  script: text('script').notNull(),
  startedAt: moment('started_at').notNull(),
  startedBy: text('started_by').notNull(),
  state: jsonb('state').$type<TrainingDay>().notNull(),
  endedAt: moment('ended_at'),
  debrief: jsonb('debrief').$type<TrainingDebrief>(),
})
