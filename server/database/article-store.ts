import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import {
  picturesOf,
  type Article,
  type ArticleContent,
  type ArticleList,
  type articleQuery,
  type ArticleVersion,
  type ListedArticle,
} from '../contract/articles.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import { ServiceError } from '../errors.ts'
import { change, restore, review, write, type ArticleDecision, type ArticleFacts } from '../knowledge/decide.ts'
import { vocabularyOf } from '../knowledge/words.ts'
import { mailText } from '../tickets/mail-text.ts'
import { articleSearch } from './article-search.ts'
import { isPersonOfAccount } from './account-person.ts'
import type { Db, Queries } from './connection.ts'
import { oweNotices } from './outbox.ts'
import { articleOpinions, articles, articleVersions, articleWords } from './schema-articles.ts'
import { accounts, people } from './schema.ts'

export type Author = { readonly id: string; readonly name: string }
/** `public`: what anybody reads; `staff`: what those do who work here; `all`: drafts too. */
export type Reach = 'public' | 'staff' | 'all'
/** @property answers it is about most of what was typed, not some of it */
export type SuggestedArticle = ListedArticle & { readonly answers: boolean }
type Settings = {
  readonly now: () => Date
  /** `2026-11-28`, where the desk is. */
  readonly today: () => string
  readonly reviewMonths: () => number
  readonly publicUrl: string
  readonly mails: () => MailSettings
  readonly mailDomain: string
  /** What HTML says, without its tags. */
  readonly textOf: (html: string) => string
}

const opinionDays = 90
const mostFound = 50
const beginningLength = 220
/** Up to the end of a word. */
function beginningOf(words: string): string {
  const text = words.replace(/\s+/g, ' ').trim()
  return text.length <= beginningLength ? text : `${text.slice(0, beginningLength).replace(/\s+\S*$/, '')}…`
}

const inReach = (reach: Reach): SQL =>
  reach === 'all' ? sql`true` : reach === 'staff' ? sql`a.state in ('staff', 'public')` : sql`a.state = 'public'`

type Row = typeof articles.$inferSelect
const contentOf = ({ title, topicId, body, keywords, state, reviewOn }: Row): ArticleContent => ({
  title,
  topicId,
  body,
  keywords,
  state,
  reviewOn,
})
const factsOf = (row: Row): ArticleFacts => ({ version: row.version, content: contentOf(row) })

function changedBy(decision: ArticleDecision) {
  if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
  return decision
}

/** Articles, with every version of each. */
export function articleStore(db: Db, { now, today, reviewMonths, publicUrl, mailDomain, mails, textOf }: Settings) {
  const context = () => ({ today: today(), reviewMonths: reviewMonths() })
  const isDue = ({ state, reviewOn }: Pick<Row, 'state' | 'reviewOn'>) => state !== 'draft' && reviewOn !== null && reviewOn <= today()
  const dueNow = () => and(ne(articles.state, 'draft'), lte(articles.reviewOn, today()))

  async function opinionsOf(from: Queries, ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, { read: number; helped: number; notHelped: number }>()
    const rows = await from
      .select({
        id: articleOpinions.articleId,
        read: sql<number>`sum(${articleOpinions.read})::int`,
        helped: sql<number>`sum(${articleOpinions.helped})::int`,
        notHelped: sql<number>`sum(${articleOpinions.notHelped})::int`,
      })
      .from(articleOpinions)
      .where(and(inArray(articleOpinions.articleId, [...ids]), sql`${articleOpinions.day} > ${today()}::date - ${opinionDays}::int`))
      .groupBy(articleOpinions.articleId)
    return new Map(rows.map(({ id, ...counts }) => [id, counts]))
  }

  async function listed(rows: readonly Row[], from: Queries = db): Promise<ListedArticle[]> {
    const opinions = await opinionsOf(
      from,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => ({
      number: row.number,
      title: row.title,
      topicId: row.topicId,
      state: row.state,
      reviewOn: row.reviewOn,
      due: isDue(row),
      author: row.authorName,
      by: row.byName,
      at: row.changedAt.toISOString(),
      beginning: beginningOf(row.words),
      ...(opinions.get(row.id) ?? { read: 0, helped: 0, notHelped: 0 }),
    }))
  }

  async function wholeOf(row: Row, from: Queries): Promise<Article> {
    const [one] = await listed([row], from)
    if (one === undefined) throw new ServiceError('not_found')
    const { beginning: _beginning, ...rest } = one
    const { version, body, keywords, fromTicket, createdAt } = row
    return { ...rest, version, body, keywords, fromTicket, createdAt: createdAt.toISOString() }
  }

  async function keep(tx: Queries, id: string, decision: ReturnType<typeof changedBy>, by: Author): Promise<void> {
    const { version, what, content } = decision
    await tx
      .insert(articleVersions)
      .values({ articleId: id, version, at: now(), byId: by.id, byName: by.name, what, content, pictures: picturesOf(content.body) })
    await tx.delete(articleWords).where(eq(articleWords.articleId, id))
    const words = vocabularyOf(`${content.title} ${content.keywords} ${textOf(content.body)}`)
    if (words.length > 0) await tx.insert(articleWords).values(words.map((word) => ({ articleId: id, word })))
  }

  const reminder = ({ number, title }: Row, to: string) => ({
    to,
    ...mailText(mails()['article-review'], mails(), null, () => ({
      number: String(number),
      title,
      link: `${publicUrl}/console/connaissances/${number}`,
    })),
  })

  const changing = (
    number: number,
    by: Author,
    decide: (facts: ArticleFacts, id: string, tx: Queries) => ArticleDecision | Promise<ArticleDecision>,
  ) =>
    db.transaction(async (tx) => {
      const [row] = await tx.select().from(articles).where(eq(articles.number, number)).for('update')
      if (row === undefined) throw new ServiceError('not_found')
      const decided = await decide(factsOf(row), row.id, tx)
      if (decided.kind === 'refused' && decided.detail === 'version')
        throw new ServiceError('conflict', `modifié entre-temps par ${row.byName}`)
      const decision = changedBy(decided)
      await keep(tx, row.id, decision, by)
      const [saved] = await tx
        .update(articles)
        .set({ ...decision.content, words: textOf(decision.content.body), version: decision.version, byName: by.name, changedAt: now() })
        .where(eq(articles.id, row.id))
        .returning()
      return wholeOf(saved ?? row, tx)
    })

  const search = (reach: Reach) => articleSearch(db, inReach(reach))
  /** In the order of these numbers. */
  async function byNumbers(numbers: readonly number[], also?: SQL): Promise<Row[]> {
    if (numbers.length === 0) return []
    const rows = await db
      .select()
      .from(articles)
      .where(and(inArray(articles.number, [...numbers]), also))
    return rows.toSorted((a, b) => numbers.indexOf(a.number) - numbers.indexOf(b.number))
  }

  return {
    /** Those of the search, the best first; without one, in alphabetical order. */
    async list(query: z.output<typeof articleQuery>, reach: Reach): Promise<ArticleList> {
      const wanted = and(
        query.topicId === undefined ? undefined : eq(articles.topicId, query.topicId),
        query.state === undefined ? undefined : eq(articles.state, query.state),
        query.due === undefined ? undefined : dueNow(),
      )
      const [due] = await db.select({ n: sql<number>`count(*)::int` }).from(articles).where(dueNow())
      if (query.search !== undefined && query.search !== '') {
        const { numbers, corrected } = await search(reach).search(query.search)
        return {
          articles: await listed((await byNumbers(numbers, wanted)).slice(0, mostFound)),
          corrected: [...corrected],
          due: due?.n ?? 0,
        }
      }
      const among = reach === 'all' ? undefined : inArray(articles.state, reach === 'staff' ? ['staff', 'public'] : ['public'])
      const rows = await db
        .select()
        .from(articles)
        .where(and(wanted, among))
        .orderBy(asc(sql`plain(${articles.title})`), asc(articles.number))
        .limit(1_000)
      return { articles: await listed(rows), corrected: [], due: due?.n ?? 0 }
    },

    /** What may answer a title that is being typed, the best first. */
    async suggest(title: string, reach: Reach, most = 3): Promise<SuggestedArticle[]> {
      const found = await search(reach).suggest(title, most)
      const rows = await listed(await byNumbers(found.map(({ article }) => article)))
      return rows.map((row) => ({ ...row, answers: found.some(({ article, answers }) => article === row.number && answers) }))
    },

    /** Null when there is none of that number within reach. */
    async find(number: number, reach: Reach): Promise<Article | null> {
      const [row] = await db.select().from(articles).where(eq(articles.number, number))
      if (row === undefined || (reach === 'public' && row.state !== 'public') || (reach === 'staff' && row.state === 'draft')) return null
      return wholeOf(row, db)
    },

    /** Those born from a ticket. */
    async ofTicket(ticket: number, reach: Reach): Promise<ListedArticle[]> {
      const among = reach === 'all' ? undefined : ne(articles.state, 'draft')
      return listed(
        await db
          .select()
          .from(articles)
          .where(and(eq(articles.fromTicket, ticket), among))
          .orderBy(asc(articles.number)),
      )
    },

    /** @throws ServiceError `invalid_body` with the field */
    write: (content: ArticleContent, fromTicket: number | null, author: Author): Promise<Article> =>
      db.transaction(async (tx) => {
        const decision = changedBy(write(content, context()))
        const id = randomUUID()
        const [row] = await tx
          .insert(articles)
          .values({
            ...decision.content,
            id,
            words: textOf(content.body),
            version: 1,
            authorId: author.id,
            authorName: author.name,
            byName: author.name,
            fromTicket,
            createdAt: now(),
            changedAt: now(),
          })
          .returning()
        await keep(tx, id, decision, author)
        if (row === undefined) throw new ServiceError('internal')
        return wholeOf(row, tx)
      }),

    /** @throws ServiceError `not_found`, `conflict` when somebody changed it meanwhile, `invalid_body` with the field */
    change: (number: number, read: number, content: ArticleContent, by: Author): Promise<Article> =>
      changing(number, by, (facts) => change(facts, read, content, context())),

    /** Read again, and still right. @throws ServiceError `not_found`, `conflict` */
    review: (number: number, read: number, by: Author): Promise<Article> => changing(number, by, (facts) => review(facts, read, context())),

    /** What an older version said is in force again. @throws ServiceError `not_found`, `conflict` */
    restore: (number: number, read: number, older: number, by: Author): Promise<Article> =>
      changing(number, by, async (facts, id, tx) => {
        const [row] = await tx
          .select()
          .from(articleVersions)
          .where(and(eq(articleVersions.articleId, id), eq(articleVersions.version, older)))
        if (row === undefined) throw new ServiceError('not_found')
        return restore(facts, read, row.content)
      }),

    /** The newest first. @throws ServiceError `not_found` */
    async versions(number: number): Promise<ArticleVersion[]> {
      const rows = await db
        .select({ version: articleVersions })
        .from(articleVersions)
        .innerJoin(articles, eq(articles.id, articleVersions.articleId))
        .where(eq(articles.number, number))
        .orderBy(desc(articleVersions.version))
      if (rows.length === 0) throw new ServiceError('not_found')
      return rows.map(({ version: { version, at, byName, what, content } }) => ({
        version,
        at: at.toISOString(),
        by: byName,
        what,
        content,
      }))
    },

    /** Somebody read a public article, or said whether it helped. @returns whether there is one of that number */
    async noted(number: number, what: 'read' | 'helped' | 'notHelped'): Promise<boolean> {
      const [row] = await db
        .select({ id: articles.id })
        .from(articles)
        .where(and(eq(articles.number, number), eq(articles.state, 'public')))
      if (row === undefined) return false
      await db
        .insert(articleOpinions)
        .values({ articleId: row.id, day: today(), [what]: 1 })
        .onConflictDoUpdate({
          target: [articleOpinions.articleId, articleOpinions.day],
          set: { [what]: sql`${articleOpinions[what]} + 1` },
        })
      return true
    },

    /**
     * Owe a mail to the author of each article whose day of review has come, once for each day of review.
     * @returns how many are owed
     */
    remind: (): Promise<number> =>
      db.transaction(async (tx) => {
        const due = await tx
          .select({ article: articles, mail: people.email })
          .from(articles)
          .innerJoin(accounts, eq(accounts.id, articles.authorId))
          .leftJoin(people, isPersonOfAccount)
          .where(and(dueNow(), isNull(accounts.disabledAt), or(isNull(articles.remindedFor), ne(articles.remindedFor, articles.reviewOn))))
          .for('update', { of: articles, skipLocked: true })
        for (const { article } of due) await tx.update(articles).set({ remindedFor: article.reviewOn }).where(eq(articles.id, article.id))
        const owed = due.flatMap(({ article, mail }) => (mail === null ? [] : [reminder(article, mail)]))
        await oweNotices(tx, owed, { at: now(), domain: mailDomain })
        return owed.length
      }),
  }
}
export type ArticleStore = ReturnType<typeof articleStore>
