import { eq, or, sql, type SQL } from 'drizzle-orm'
import { seesEveryTicket } from '../contract/rights.ts'
import type { Session } from '../contract/http.ts'
import { deskDay } from './connection.ts'
import { tickets } from './schema.ts'

/** Who looks at tickets; null: the service itself. */
export type Viewer = Pick<Session, 'id' | 'role'> | null

/** Somebody, and whom they stand in for today: of who is away, and of who was to stand in for them and is away too. */
const standingFor = (accountId: string): SQL => sql`
    with recursive stood (id) as (select ${accountId}::text
      union select a.account_id from absences a join stood s on a.stand_in_id = s.id where ${deskDay} between a.from_day and a.to_day)`

/** The groups somebody works for or keeps, and those of whom they stand in for today. */
export const theirGroups = (accountId: string): SQL => sql`(${standingFor(accountId)}
    select distinct m.group_id from group_members m join stood s on s.id = m.account_id)`

/** The groups somebody works for, and those that whoever they stand in for today works for: what comes there is theirs to take up. */
export const workedFor = (accountId: string): SQL => sql`(${standingFor(accountId)}
    select distinct m.group_id from group_members m join stood s on s.id = m.account_id where m.part = 'member')`

/** Those that an account is in copy of. */
export const isWatched = (accountId: string): SQL =>
  sql`${tickets.id} in (select o.ticket_id from ticket_observers o where o.account_id = ${accountId})`

/**
 * Which tickets somebody sees. The desk sees all; level 2 and référents those that are, or were, redirected to a group of theirs or of
 * somebody they stand in for today, those of the entities delegated to such a group while it is in use, those that they follow or have written in, and those
 * that they were named in or are in copy of.
 */
export function seenBy(viewer: Viewer): SQL | undefined {
  if (viewer === null || seesEveryTicket.includes(viewer.role)) return undefined
  const theirs = sql`(select g.group_id from ${theirGroups(viewer.id)} g)`
  return or(
    eq(tickets.ownerId, viewer.id),
    sql`${tickets.groupId} in ${theirs}`,
    sql`(${tickets.entityId} <> 'root' and ${tickets.entityId} in (
      select e.entity_id from entity_groups e join groups g on g.id = e.group_id and g.retired_at is null where e.group_id in ${theirs}))`,
    isWatched(viewer.id),
    // Each by an index of its own: asked row by row, PostgreSQL reads the whole journal first.
    sql`${tickets.id} in (
      select j.ticket_id from ticket_journal j where j.by_id = ${viewer.id}
      union all select j.ticket_id from ticket_journal j
        where j.detail ? 'mentions' and j.detail -> 'mentions' @> jsonb_build_array(jsonb_build_object('id', ${viewer.id}::text))
      union all select j.ticket_id from ticket_journal j
        where j.detail -> 'group' ->> 'id' is not null and j.detail -> 'group' ->> 'id' = any (array${theirs}))`,
  )
}
