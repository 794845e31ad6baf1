import { and, count, desc, eq, gte, isNotNull } from 'drizzle-orm'
import type { SurveyResult } from '../contract/survey.ts'
import type { Queries } from './connection.ts'
import { accounts, calls } from './schema.ts'

const mostListed = 50
const ratings = [1, 2, 3, 4, 5] as const

/** What callers said after their calls. */
export function surveyStore(db: Queries, now: () => Date) {
  return {
    async result(days: number): Promise<SurveyResult> {
      const asked = gte(calls.askedAt, new Date(now().getTime() - days * 86_400_000))
      const counted = await db.select({ rating: calls.rating, n: count() }).from(calls).where(asked).groupBy(calls.rating)
      const latest = await db
        .select({ callId: calls.id, at: calls.askedAt, rating: calls.rating, operator: accounts.name })
        .from(calls)
        .leftJoin(accounts, eq(accounts.id, calls.operatorId))
        .where(and(asked, isNotNull(calls.rating)))
        .orderBy(desc(calls.askedAt))
        .limit(mostListed)
      return {
        asked: counted.reduce((sum, { n }) => sum + n, 0),
        answers: ratings.map((rating) => ({ rating, count: counted.find((c) => c.rating === rating)?.n ?? 0 })),
        latest: latest.flatMap(({ at, rating, ...call }) =>
          at === null || rating === null ? [] : [{ ...call, at: at.toISOString(), rating }],
        ),
      }
    },
  }
}
export type SurveyStore = ReturnType<typeof surveyStore>
