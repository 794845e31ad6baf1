import { sql, type SQL } from 'drizzle-orm'
import type { Observer } from '../contract/observers.ts'
import type { Watcher } from '../tickets/observers.ts'
import type { Queries } from './connection.ts'

export type WatcherRow = Watcher & Pick<Observer, 'accountId' | 'personId' | 'by' | 'at'> & { readonly rowId: string }

/** Who watches, with where each is written to today; an account that was closed hears nothing more, and is not shown. */
const watching = (wanted: SQL) => sql<WatcherRow>`
  select distinct on (o.at, o.id) o.id::text as "rowId", o.account_id as "accountId", o.person_id as "personId", o.name,
    coalesce(o.account_id, o.person_id) as id, (a.id is not null and a.role <> 'user') as staff, p.email as mail, o.by_name as by,
    to_char(o.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
  from ticket_observers o
    left join accounts a on a.id = o.account_id
    left join people p on p.retired_at is null
      and (p.id = o.person_id or p.id = a.person_id or (a.person_id is null and p.login = a.login))
  where ${wanted} and a.disabled_at is null
  order by o.at, o.id`

/** Who opened a ticket, sent it on, took it up, solved it, or has it. */
export async function concernedBy(tx: Queries, ticketId: string): Promise<readonly Watcher[]> {
  const { rows } = await tx.execute<Watcher>(sql`
    select distinct on (a.id) a.id, a.name, true as staff, p.email as mail
    from accounts a left join people p on p.retired_at is null and (p.id = a.person_id or (a.person_id is null and p.login = a.login))
    where a.disabled_at is null and a.role <> 'user' and (a.id = (select owner_id from tickets where id = ${ticketId})
      or a.id in (select by_id from ticket_journal where ticket_id = ${ticketId} and kind in ('opened', 'redirected', 'taken-up', 'proposed')))
    order by a.id`)
  return rows
}

export async function watchersOf(tx: Queries, ticketId: string): Promise<readonly WatcherRow[]> {
  return (await tx.execute<WatcherRow>(watching(sql`o.ticket_id = ${ticketId}`))).rows
}
