import { customType, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ArticleContent, ArticleState, ArticleVersion } from '../contract/articles.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const articles = pgTable('articles', {
  id: uuid('id').primaryKey(),
  number: integer('number').notNull().generatedAlwaysAsIdentity(),
  topicId: text('topic_id'),
  title: text('title').notNull(),
  body: text('body').notNull(),
  words: text('words').notNull(),
  keywords: text('keywords').notNull(),
  state: text('state').$type<ArticleState>().notNull(),
  reviewOn: date('review_on', { mode: 'string' }),
  remindedFor: date('reminded_for', { mode: 'string' }),
  version: integer('version').notNull(),
  authorId: text('author_id').notNull(),
  authorName: text('author_name').notNull(),
  byName: text('by_name').notNull(),
  fromTicket: integer('from_ticket'),
  createdAt: moment('created_at').notNull(),
  changedAt: moment('changed_at').notNull(),
  search: tsvector('search').generatedAlwaysAs(''),
})

export const articleVersions = pgTable(
  'article_versions',
  {
    articleId: uuid('article_id').notNull(),
    version: integer('version').notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    what: text('what').$type<ArticleVersion['what']>().notNull(),
    content: jsonb('content').$type<ArticleContent>().notNull(),
    /** Ids of the pictures that it shows. */
    pictures: uuid('pictures').array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.version] })],
)

export const articleWords = pgTable('article_words', { articleId: uuid('article_id').notNull(), word: text('word').notNull() }, (table) => [
  primaryKey({ columns: [table.articleId, table.word] }),
])

export const articleOpinions = pgTable(
  'article_opinions',
  {
    articleId: uuid('article_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    helped: integer('helped').notNull().default(0),
    notHelped: integer('not_helped').notNull().default(0),
    read: integer('read').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.day] })],
)
