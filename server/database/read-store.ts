import { and, desc, eq, gt } from 'drizzle-orm'
import type { Readings } from '../contract/people.ts'
import type { Queries } from './connection.ts'
import { accounts } from './schema.ts'
import { reads, type ReadKind } from './schema-people.ts'

/** A page that is looked at again within this is one reading. */
const oneReadingMs = 10 * 60_000
const mostShown = 200

/** Who read a ticket or a person's page. */
export function readStore(db: Queries, now: () => Date) {
  return {
    /** @param subject a ticket's id, a person's id */
    async trace(kind: ReadKind, subject: string, accountId: string): Promise<void> {
      const at = now()
      const lately = and(
        eq(reads.kind, kind),
        eq(reads.subject, subject),
        eq(reads.accountId, accountId),
        gt(reads.at, new Date(at.getTime() - oneReadingMs)),
      )
      const before = await db.select({ id: reads.id }).from(reads).where(lately).limit(1)
      if (before.length === 0) await db.insert(reads).values({ at, accountId, kind, subject })
    },

    /** The latest first. */
    async of(kind: ReadKind, subject: string): Promise<Readings> {
      const rows = await db
        .select({ at: reads.at, accountId: reads.accountId, name: accounts.name })
        .from(reads)
        .leftJoin(accounts, eq(accounts.id, reads.accountId))
        .where(and(eq(reads.kind, kind), eq(reads.subject, subject)))
        .orderBy(desc(reads.id))
        .limit(mostShown)
      return rows.map(({ at, accountId, name }) => ({ at: at.toISOString(), who: name ?? accountId }))
    },
  }
}
export type ReadStore = ReturnType<typeof readStore>
