import { type SQL, sql } from 'drizzle-orm'

/** Whose tickets are counted: an entity's and those below it, and only those that are somebody's by their entities or groups; null: whoever's. */
export type FigureScope = {
  readonly entities: readonly string[] | null
  readonly theirs: { readonly entities: readonly string[]; readonly groups: readonly string[] } | null
}
export const everyTicket: FigureScope = { entities: null, theirs: null }
const among = (column: SQL, ids: readonly string[]): SQL =>
  ids.length === 0
    ? sql`false`
    : sql`${column} in (${sql.join(
        ids.map((id) => sql`${id}`),
        sql`, `,
      )})`
export function whoseFigures({ entities, theirs }: FigureScope, group = sql`coalesce(f.group_id, '')`): SQL {
  const asked = entities === null ? sql`true` : among(sql`f.entity_id`, entities)
  if (theirs === null) return asked
  return sql`${asked} and (${among(sql`f.entity_id`, theirs.entities)} or ${among(group, theirs.groups)})`
}
/** Whose calls: those of entities alone, since a call is of no group. Null: everybody's. */
export function whoseCalls({ entities, theirs }: FigureScope): SQL | null {
  if (entities === null && theirs === null) return null
  const of = (ids: readonly string[] | null) => (ids === null ? sql`true` : among(sql`f.entity_id`, ids))
  return sql`${of(entities)} and ${of(theirs === null ? null : theirs.entities)}`
}
