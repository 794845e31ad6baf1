import { bigint, boolean, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { SharedKind } from '../contract/shared-kind.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const sharedPages = pgTable('shared_pages', {
  id: uuid('id').primaryKey(),
  callId: text('call_id').notNull(),
  openedAt: moment('opened_at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  endsAt: moment('ends_at'),
})

export const sharedLines = pgTable('shared_lines', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  pageId: uuid('page_id').notNull(),
  at: moment('at').notNull(),
  side: text('side').$type<'operator' | 'caller'>().notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  kind: text('kind').$type<SharedKind>().notNull(),
  text: text('text').notNull(),
  confidential: boolean('confidential').notNull(),
  language: text('language'),
  doneAt: moment('done_at'),
  files: uuid('files').array().notNull(),
  entryId: bigint('entry_id', { mode: 'number' }),
})
