import { boolean, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { WallNames, WallSettings } from '../contract/walls.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const walls = pgTable('walls', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  names: text('names').$type<WallNames>().notNull(),
  scheme: text('scheme').$type<WallSettings['scheme']>().notNull(),
  sound: boolean('sound').notNull(),
  createdAt: moment('created_at').notNull(),
  byName: text('by_name').notNull(),
  revokedAt: moment('revoked_at'),
  revokedBy: text('revoked_by'),
})
