import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { ClosedTicket } from '../contract/articles.ts'
import { candidateNames, leaveOut } from '../knowledge/leaving-out.ts'
import { folded } from '../knowledge/words.ts'
import type { Db } from './connection.ts'
import { people, tickets } from './schema.ts'
import { seenBy, type Viewer } from './ticket-scope.ts'
import { lookedFor, matching } from './ticket-search.ts'

const looked = 200
const shown = 30

type Row = typeof tickets.$inferSelect

/** Endings aside, as the search itself compares words. */
const stemLength = (word: string) => Math.max(3, Math.min(word.length, word.length - 2))

/** How tickets were solved, for whoever looks for it: what is about somebody is left out for those who may not open the ticket. */
export function closedTicketSearch(db: Db) {
  /** Of what the texts hold, what is somebody's whole name in the directory. */
  async function wholeNames(texts: readonly string[]): Promise<readonly string[]> {
    const candidates = [...new Set(texts.flatMap(candidateNames))]
    if (candidates.length === 0) return []
    // « LE GALL Zoé » too, and whichever apostrophe: PostgreSQL has one of them alone.
    const plain = new Map(
      candidates.flatMap((name) => {
        const parts = name.split(' ')
        return parts.map((_, i) => [folded([...parts.slice(i), ...parts.slice(0, i)].join(' ')).replaceAll('’', "'"), name] as const)
      }),
    )
    const rows = await db
      .selectDistinct({ name: sql<string>`plain(${people.name})` })
      .from(people)
      .where(
        inArray(
          sql`plain(${people.name})`,
          [...plain.keys()].map((name) => sql`${name}`),
        ),
      )
    return rows.flatMap(({ name }) => plain.get(name) ?? [])
  }

  const textsOf = ({ title, summary, solution }: Row) => [title, summary, solution ?? ''] as const
  const knownOf = ({ requesterName, ownerName, openedBy, requesterPhone, requesterEmail }: Row) => ({
    names: [requesterName, ownerName ?? '', openedBy],
    others: [requesterPhone ?? '', requesterEmail?.split('@')[0] ?? ''],
  })

  return {
    /**
     * The newest first. Somebody who may not open a ticket finds it by what is left of it alone: a search for a name does not tell whose it is.
     * @param categories ids, any of which will do; null: whatever it is
     */
    async closed(search: string, categories: readonly string[] | null, viewer: Viewer): Promise<ClosedTicket[]> {
      const scope = seenBy(viewer)
      const asked = search === '' ? null : await lookedFor(db, search)
      const rows = await db
        .select({ ticket: tickets, whole: scope === undefined ? sql<boolean>`true` : sql<boolean>`coalesce(${scope}, false)` })
        .from(tickets)
        .where(
          and(
            eq(tickets.status, 'closed'),
            eq(tickets.light, false),
            eq(tickets.unconfirmed, false),
            isNull(tickets.erasedAt),
            asked === null ? undefined : matching(asked, 'itself'),
            categories === null ? undefined : inArray(tickets.categoryId, [...categories]),
          ),
        )
        .orderBy(desc(tickets.number))
        .limit(looked)
      const hidden = rows.filter(({ whole }) => !whole).flatMap(({ ticket }) => textsOf(ticket))
      const whole = await wholeNames(hidden)
      const words = (asked?.typed ?? []).map(folded)
      return rows
        .flatMap(({ ticket, whole: seen }): ClosedTicket[] => {
          const rest = {
            number: ticket.number,
            nature: ticket.nature,
            closedAt: (ticket.closedAt ?? ticket.statusSince).toISOString(),
            whole: seen,
          }
          if (seen) return [{ ...rest, title: ticket.title, summary: ticket.summary, solution: ticket.solution ?? '' }]
          const [title = '', summary = '', solution = ''] = textsOf(ticket).map((text) => leaveOut(text, { ...knownOf(ticket), whole }))
          const left = folded(`${title} ${summary} ${solution}`).replaceAll('-', '')
          if (!words.every((word) => word.length < 3 || left.includes(word.slice(0, stemLength(word))))) return []
          return [{ ...rest, title, summary, solution }]
        })
        .slice(0, shown)
    },

    /** What a ticket says once nobody can be recognised in it. */
    async withoutPeople(
      ticket: number,
    ): Promise<{ readonly title: string; readonly summary: string; readonly solution: string; readonly nature: string | null } | null> {
      const [row] = await db.select().from(tickets).where(eq(tickets.number, ticket))
      if (row === undefined) return null
      const whole = await wholeNames(textsOf(row))
      const [title = '', summary = '', solution = ''] = textsOf(row).map((text) => leaveOut(text, { ...knownOf(row), whole }))
      return { title, summary, solution, nature: row.nature }
    },
  }
}
export type ClosedTicketSearch = ReturnType<typeof closedTicketSearch>
