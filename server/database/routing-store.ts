import { sql } from 'drizzle-orm'
import type { Misrouted, Routing } from '../contract/routing.ts'
import type { Queries } from './connection.ts'

const daysShown = 90
const mostShown = 100

type Row = Omit<Misrouted, 'at'> & { readonly at: string | Date; readonly open: boolean; readonly latest: boolean }

/**
 * That a line of the journal was not taken back: nobody can take a gesture back once another one followed it, so that the one before « undone »
 * is what it takes back. @param line the alias of a row of `ticket_journal`
 */
export const standing = (line: string) => sql`not exists (
  select from ticket_journal u where u.kind = 'undone' and u.ticket_id = ${sql.raw(line)}.ticket_id and u.id > ${sql.raw(line)}.id
    and not exists (select from ticket_journal b where b.ticket_id = u.ticket_id and b.id > ${sql.raw(line)}.id and b.id < u.id
      and b.kind in ('redirected', 'given-back', 'taken-up', 'closed', 'undone')))`

/** What tells whoever keeps a list whether it is right: tickets that came by mistake, and where they went. */
export function routingStore(db: Queries, now: () => Date) {
  return {
    /** Tickets that are with each group and not closed, and those of them that are late. */
    async load(): Promise<ReadonlyMap<string, { readonly open: number; readonly late: number }>> {
      const { rows } = await db.execute<{ id: string; open: number; late: number }>(sql`
        select group_id as "id", count(*)::int as "open", (count(*) filter (where due_at < ${now().toISOString()}::timestamptz))::int as "late"
        from tickets where group_id is not null and status <> 'closed' group by group_id`)
      return new Map(rows.map(({ id, open, late }) => [id, { open, late }]))
    },

    /** @param groupId of a group that exists */
    async of(groupId: string): Promise<Routing> {
      const since = new Date(now().getTime() - daysShown * 86_400_000).toISOString()
      // Each line that moved a ticket, beside where it was before.
      const moves = sql`
        select j.id, j.ticket_id, j.at, j.by_name, j.kind, j.detail #>> '{group,id}' as to_id, j.detail #>> '{group,name}' as to_name,
          lag(case when j.kind = 'redirected' then j.detail #>> '{group,id}' end) over turns as was,
          row_number() over (partition by j.ticket_id order by j.id desc) = 1 as latest
        from ticket_journal j
        where j.kind in ('redirected', 'given-back') and ${standing('j')} and j.ticket_id in (
          select ticket_id from ticket_journal where kind = 'redirected' and detail #>> '{group,id}' = ${groupId} and at >= ${since}::timestamptz)
        window turns as (partition by j.ticket_id order by j.id)`
      const left = sql`((m.kind = 'given-back' and m.to_id = ${groupId}) or (m.kind = 'redirected' and m.was = ${groupId} and m.to_id <> ${groupId}))`
      const found = await db.execute<Row>(sql`
        select distinct on (t.number) t.number, t.title, t.status, m.at, m.by_name as "by", coalesce(x.text, '') as "reason",
          case when m.kind = 'redirected' then m.to_name end as "to", g.name as "now", m.latest and m.kind = 'given-back' and t.status <> 'closed' and t.owner_id is null as "lost"
        from (${moves}) m join tickets t on t.id = m.ticket_id
          left join ticket_texts x on x.entry_id = m.id left join groups g on g.id = t.group_id
        where ${left} order by t.number desc, m.id desc limit ${mostShown}`)
      const went = await db.execute<{ group: string | null; count: number }>(sql`
        select case when m.kind = 'redirected' then m.to_name end as "group", count(*)::int as "count"
        from (${moves}) m where ${left} group by 1 order by 2 desc, 1`)
      const came = await db.execute<{ count: number }>(sql`
        select count(*)::int as "count" from ticket_journal j
        where j.kind = 'redirected' and j.detail #>> '{group,id}' = ${groupId} and j.at >= ${since}::timestamptz and ${standing('j')}`)
      const listed = found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
      return {
        misrouted: listed.toSorted((a, b) => Number(b.lost) - Number(a.lost) || b.at.localeCompare(a.at)),
        came: came.rows[0]?.count ?? 0,
        went: went.rows,
      }
    },
  }
}
export type RoutingStore = ReturnType<typeof routingStore>
