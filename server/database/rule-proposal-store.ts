import { sql } from 'drizzle-orm'
import type { Person } from '../contract/entities.ts'
import type { Past } from '../tickets/rule-proposals.ts'
import type { Queries } from './connection.ts'
import { standing } from './routing-store.ts'

const days = 90
const most = 20_000

type Row = {
  readonly number: number
  readonly title: string
  readonly categoryId: string | null
  readonly placeId: string | null
  readonly affiliation: Person['affiliation'] | null
  readonly ended: string | null
  readonly from: string | null
  readonly to: string | null
  readonly reason: string | null
}

/** What redirection rules are judged by: the tickets of the last 90 days, and what somebody decided about proposals. */
export function ruleProposalStore(db: Queries, now: () => Date) {
  return {
    /** The latest first. */
    async past(): Promise<readonly Past[]> {
      const since = new Date(now().getTime() - days * 86_400_000).toISOString()
      const { rows } = await db.execute<Row>(sql`
        select t.number, t.title, t.category_id as "categoryId", t.place_id as "placeId", p.affiliation,
          coalesce(t.group_id, case when b.id is null or l.id > b.id then l.group_id end) as ended,
          b.group_id as "from", coalesce(b.suggested, case when l.id > b.id then l.group_id end) as "to", b.reason
        from tickets t left join people p on p.id = t.requester_person_id
          left join lateral (select j.id, j.detail #>> '{group,id}' as group_id from ticket_journal j
            where j.ticket_id = t.id and j.kind = 'redirected' and ${standing('j')} order by j.id desc limit 1) l on true
          left join lateral (select j.id, j.detail #>> '{group,id}' as group_id, j.detail #>> '{suggested,id}' as suggested, x.text as reason
            from ticket_journal j left join ticket_texts x on x.entry_id = j.id
            where j.ticket_id = t.id and j.kind = 'given-back' order by j.id desc limit 1) b on true
        where t.opened_at >= ${since}::timestamptz and t.category_id is not null and not t.light
        order by t.number desc limit ${most}`)
      return rows.map(({ from, to, reason, ...row }) => ({ ...row, left: from === null ? null : { from, to, reason: reason ?? '' } }))
    },

    async refused(): Promise<ReadonlySet<string>> {
      const { rows } = await db.execute<{ id: string }>(sql`select id from rule_refusals`)
      return new Set(rows.map(({ id }) => id))
    },

    refuse: async (id: string, by: { readonly id: string; readonly name: string }): Promise<void> => {
      await db.execute(sql`insert into rule_refusals (id, at, by_id, by_name)
        values (${id}, ${now().toISOString()}::timestamptz, ${by.id}, ${by.name}) on conflict do nothing`)
    },
  }
}
export type RuleProposalStore = ReturnType<typeof ruleProposalStore>
