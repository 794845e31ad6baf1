import { bigint, boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Files that came with a line of a ticket's journal, or were brought and not sent yet. */
export const attachments = pgTable('attachments', {
  id: uuid('id').primaryKey(),
  ticketId: uuid('ticket_id'),
  entryId: bigint('entry_id', { mode: 'number' }),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  width: integer('width'),
  height: integer('height'),
  at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  byId: text('by_id').notNull(),
  /** The draft it was brought for: whoever writes the ticket of that call sends it, whoever brought it. */
  draftKey: text('draft_key'),
  /** A picture of the knowledge base: of no ticket, and no message. */
  forArticles: boolean('for_articles').notNull().default(false),
})
