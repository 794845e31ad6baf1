import { sql } from 'drizzle-orm'
import type { Queries } from './connection.ts'

type Whose = {
  readonly id: string
  readonly email: string | null
  readonly login: string | null
  readonly callIds: readonly string[]
  /** Of their own tickets. */
  readonly ticketIds: readonly string[]
}

const list = (all: readonly string[]) => sql`${sql.param([...all])}::text[]`

/** What is held of somebody beside their tickets, calls, messages and mails. */
export async function heldBesides(db: Queries, { id, email, login, callIds, ticketIds }: Whose) {
  const rows = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) => (await db.execute<Row>(query)).rows
  const theirs = sql`any (${list(ticketIds)}::uuid[])`
  const calls = sql`any (${list(callIds)})`
  const isTheirAccount = sql`(a.person_id = ${id} or (a.person_id is null and a.login = ${login}::text))`
  return {
    recordings: await rows<{ id: string; call_id: string; kept_at: string; seconds: number; file: string }>(
      sql`select id, call_id, kept_at, seconds, file from recordings where call_id = ${calls} order by kept_at desc`,
    ),
    /** What was written of a call that led to no ticket: why it was refused, or that there was nothing to note. */
    refusals: await rows<{ call_id: string; at: string; by: string; kind: 'refused' | 'nothing'; reason: string | null }>(
      sql`select call_id, at, by_name as by, kind, reason from dispositions where reason is not null and call_id = ${calls} order by at desc`,
    ),
    attempts: await rows<{ at: string; by: string | null; note: string }>(
      sql`select f.at, f.body #>> '{by,name}' as by, f.body ->> 'note' as note from owed_facts f
        where f.type = 'attempted' and f.body ->> 'note' <> ''
          and f.entry_id in (select entry_id from owed_origins where call_id = ${calls}) order by f.at desc`,
    ),
    /** Written on a page during a call that led to no ticket; the others' stand in their ticket. */
    pages: await rows<{ at: string; by: string; text: string }>(
      sql`select l.at, l.by_name as by, l.text from shared_lines l join shared_pages p on p.id = l.page_id
        where p.call_id = ${calls} and l.entry_id is null order by l.at desc`,
    ),
    visits: await rows<{ ticket: number; starts_at: string; place: string; note: string; visitor: string }>(
      sql`select t.number as ticket, v.starts_at, v.place, v.note, v.visitor_name as visitor
        from visits v join tickets t on t.id = v.ticket_id where v.ticket_id = ${theirs} order by v.starts_at desc`,
    ),
    /** Tickets that are somebody else's: that they are in copy, and their own words alone. */
    copies: await rows<{ ticket: number; at: string }>(
      sql`select t.number as ticket, o.at from ticket_observers o join tickets t on t.id = o.ticket_id where o.person_id = ${id} order by o.at desc`,
    ),
    written: await rows<{ ticket: number; at: string; text: string }>(
      sql`select t.number as ticket, j.at, x.text from ticket_journal j join tickets t on t.id = j.ticket_id
          join ticket_texts x on x.entry_id = j.id
        where j.by_id = ${id} and x.text <> '' and not j.ticket_id = ${theirs}
          and not exists (select 1 from accounts a where a.id = ${id} and a.role <> 'user') order by j.at desc`,
    ),
    drafts: await rows<{ at: string; by: string; title: string; summary: string }>(
      sql`select edited_at as at, owner_name as by, content ->> 'title' as title, content ->> 'summary' as summary from drafts
        where content ->> 'personId' = ${id} or call_id = ${calls} order by edited_at desc`,
    ),
    subscriptions: await rows<{ asked_at: string; confirmed_at: string | null; left_at: string | null }>(
      sql`select asked_at, confirmed_at, left_at from disruption_subscribers where lower(email) = lower(${email}::text) order by asked_at desc`,
    ),
    accounts: await rows<{ login: string; created_at: string; disabled_at: string | null }>(
      sql`select a.login, a.created_at, a.disabled_at from accounts a where ${isTheirAccount}`,
    ),
    sessions: await rows<{ created_at: string; seen_at: string; address: string | null; browser: string | null }>(
      sql`select s.created_at, s.seen_at, s.address, s.browser from sessions s join accounts a on a.id = s.account_id
        where ${isTheirAccount} order by s.created_at desc`,
    ),
  }
}
export type HeldBesides = Awaited<ReturnType<typeof heldBesides>>
