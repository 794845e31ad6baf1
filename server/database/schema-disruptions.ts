import type { LinkShares } from '../contract/ticket-links.ts'
import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Audience, DisruptionContent, DisruptionKind, DisruptionVersion } from '../contract/disruptions.ts'
import type { LinkKind } from '../contract/ticket-links.ts'
import type { DisruptionState } from '../disruptions/model.ts'
import type { BeforeLink } from '../tickets/links.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const disruptions = pgTable('disruptions', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  kind: text('kind').$type<DisruptionKind>().notNull(),
  title: text('title').notNull(),
  place: text('place').notNull(),
  placeId: text('place_id'),
  categoryId: text('category_id'),
  touched: text('touched').notNull(),
  workaround: text('workaround').notNull(),
  audience: text('audience').$type<Audience>().notNull(),
  startsAt: moment('starts_at').notNull(),
  expectedEndAt: moment('expected_end_at'),
  spoken: jsonb('spoken').$type<DisruptionContent['spoken']>(),
  ticketId: uuid('ticket_id'),
  endedAt: moment('ended_at'),
  resolution: text('resolution').notNull(),
  announcedBy: text('announced_by').notNull(),
  announcedAt: moment('announced_at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
  monitor: text('monitor'),
  monitorKey: text('monitor_key'),
})

export const disruptionVersions = pgTable(
  'disruption_versions',
  {
    disruptionId: uuid('disruption_id').notNull(),
    version: integer('version').notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    what: text('what').$type<DisruptionVersion['what']>().notNull(),
    body: jsonb('body').$type<DisruptionState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.disruptionId, table.version] })],
)

export const disruptionCalls = pgTable('disruption_calls', {
  callId: text('call_id').primaryKey(),
  disruptionId: text('disruption_id').notNull(),
  number: text('number'),
  at: moment('at').notNull(),
  ticketId: uuid('ticket_id'),
})

export const ticketLinks = pgTable(
  'ticket_links',
  {
    fromId: uuid('from_id').notNull(),
    toId: uuid('to_id').notNull(),
    kind: text('kind').$type<LinkKind>().notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    before: jsonb('before').$type<BeforeLink>(),
    shares: text('shares').$type<LinkShares>().notNull().default('nothing'),
  },
  (table) => [primaryKey({ columns: [table.fromId, table.toId, table.kind] })],
)

export const monitors = pgTable('monitors', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  tokenHash: text('token_hash').notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  seenAt: moment('seen_at'),
  revokedAt: moment('revoked_at'),
  revokedBy: text('revoked_by'),
})
