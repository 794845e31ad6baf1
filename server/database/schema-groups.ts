import { date, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { GroupKind, GroupPart } from '../contract/groups.ts'
import type { ListAnswer } from '../contract/list-checks.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const groups = pgTable('groups', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  purpose: text('purpose').notNull(),
  kind: text('kind').$type<GroupKind>().notNull(),
  level: smallint('level').$type<1 | 2 | 3>().notNull(),
  mail: text('mail'),
  hours: text('hours'),
  protocol: text('protocol').notNull(),
  delayHours: integer('delay_hours'),
  directoryGroup: text('directory_group'),
  version: integer('version').notNull(),
  retiredAt: moment('retired_at'),
})

export const groupMembers = pgTable(
  'group_members',
  {
    groupId: text('group_id').notNull(),
    accountId: text('account_id').notNull(),
    part: text('part').$type<GroupPart>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.accountId] })],
)

export const groupVersions = pgTable(
  'group_versions',
  {
    groupId: text('group_id').notNull(),
    version: integer('version').notNull(),
    value: jsonb('value').$type<GroupVersion>().notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.version] })],
)

/** A group as one version had it, whole. */
export type GroupVersion = Omit<typeof groups.$inferSelect, 'id' | 'version' | 'retiredAt'> & {
  readonly retired: boolean
  readonly members: readonly { readonly id: string; readonly name: string; readonly part: GroupPart }[]
}

export const absences = pgTable('absences', {
  id: uuid('id').primaryKey(),
  accountId: text('account_id').notNull(),
  from: date('from_day', { mode: 'string' }).notNull(),
  to: date('to_day', { mode: 'string' }).notNull(),
  standInId: text('stand_in_id'),
  byName: text('by_name').notNull(),
  /** The event of the shared calendar that says so; null: somebody wrote it here. */
  calendarKey: text('calendar_key'),
})

export const listChecks = pgTable('list_checks', {
  id: text('id').primaryKey(),
  groupId: text('group_id').notNull(),
  version: integer('version').notNull(),
  at: moment('at').notNull(),
  accountId: text('account_id'),
  answeredAt: moment('answered_at'),
  answer: text('answer').$type<ListAnswer>(),
  note: text('note').notNull().default(''),
  byId: text('by_id'),
  byName: text('by_name'),
})

/** From when the month until the next question is counted. */
export const listClocks = pgTable('list_clocks', { groupId: text('group_id').primaryKey(), at: moment('at').notNull() })

/** Whom each entity is delegated to, by itself or by one above it. */
export const entityGroups = pgTable(
  'entity_groups',
  { groupId: text('group_id').notNull(), entityId: text('entity_id').notNull() },
  (table) => [primaryKey({ columns: [table.groupId, table.entityId] })],
)
