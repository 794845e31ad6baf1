import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Role } from '../contract/entities.ts'
import { wholeEntity, type PartitionSettings, type PartitionView } from '../contract/partition.ts'
import { heldToEntities, seesEveryTicket } from '../contract/rights.ts'
import { delegated, entityOf } from '../tickets/partition.ts'
import type { Db, Queries } from './connection.ts'
import { people } from './schema.ts'
import { entityGroups, groups } from './schema-groups.ts'
import { theirGroups, seenBy } from './ticket-scope.ts'
import { tickets } from './schema.ts'

const batch = 1_000
const valuesShown = 300

/** What the settings' entities mean for people and groups, kept beside them for questions to be quick. */
export function partitionStore(db: Db) {
  return {
    /** Places everybody and everything by the settings: whoever they moved, and whom each entity is delegated to. @returns how many people moved */
    follow: (settings: PartitionSettings): Promise<number> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext('guichet entities'))`)
        const known = new Set((await tx.select({ id: groups.id }).from(groups)).map(({ id }) => id))
        const pairs = delegated(settings.entities).filter(({ groupId }) => known.has(groupId))
        await tx.delete(entityGroups)
        for (let i = 0; i < pairs.length; i += batch) await tx.insert(entityGroups).values(pairs.slice(i, i + batch))
        if (settings.rules.length === 0) {
          const moved = await tx.update(people).set({ entityId: wholeEntity }).where(ne(people.entityId, wholeEntity))
          return moved.rowCount ?? 0
        }
        const rows = await tx
          .select({
            id: people.id,
            unit: people.unit,
            affiliation: people.affiliation,
            place: people.place,
            title: people.title,
            entityId: people.entityId,
          })
          .from(people)
        const moved = Map.groupBy(
          rows.map((row) => ({ id: row.id, from: row.entityId, to: entityOf(row, settings) })).filter(({ from, to }) => from !== to),
          ({ to }) => to,
        )
        for (const [entityId, those] of moved)
          for (let i = 0; i < those.length; i += batch)
            await tx
              .update(people)
              .set({ entityId })
              .where(
                inArray(
                  people.id,
                  those.slice(i, i + batch).map(({ id }) => id),
                ),
              )
        return [...moved.values()].reduce((sum, those) => sum + those.length, 0)
      }),

    /** How many people each entity has, and the values that rules can look at. @param within of these entities alone; null: of all */
    async view(within: readonly string[] | null): Promise<PartitionView> {
      const here = and(isNull(people.retiredAt), within === null ? undefined : inArray(people.entityId, [...within]))
      const counts = await db
        .select({ id: people.entityId, n: sql<number>`count(*)::int` })
        .from(people)
        .where(here)
        .groupBy(people.entityId)
      const of = (attribute: 'unit' | 'affiliation', column: typeof people.unit | typeof people.affiliation) =>
        db
          .select({ value: sql<string>`${column}`, people: sql<number>`count(*)::int` })
          .from(people)
          .where(sql`${here} and ${column} is not null and ${column} <> ''`)
          .groupBy(column)
          .orderBy(sql`count(*) desc`)
          .limit(valuesShown)
          .then((rows) => rows.map((row) => ({ attribute, ...row })))
      return {
        people: Object.fromEntries(counts.map(({ id, n }) => [id, n])),
        values: [...(await of('unit', people.unit)), ...(await of('affiliation', people.affiliation))],
      }
    },

    /** The entities that an account is held to; null: none, it sees people of the whole university. */
    heldTo: (viewer: { readonly id: string; readonly role: Role }): Promise<readonly string[] | null> => entitiesHeld(db, viewer),

    /** Whose tickets are counted for somebody: of the entities delegated to their groups, and with those groups; null: whoever's. */
    async countedFor(viewer: {
      readonly id: string
      readonly role: Role
    }): Promise<{ readonly entities: readonly string[]; readonly groups: readonly string[] } | null> {
      if (seesEveryTicket.includes(viewer.role)) return null
      const { rows } = await db.execute<{ group: string; entity: string | null }>(
        sql`select t.group_id as "group", e.entity_id as "entity" from ${theirGroups(viewer.id)} t
          left join entity_groups e on e.group_id = t.group_id and e.entity_id <> ${wholeEntity}
            and exists (select from groups g where g.id = e.group_id and g.retired_at is null)`,
      )
      return {
        entities: [...new Set(rows.flatMap(({ entity }) => entity ?? []))],
        groups: [...new Set(rows.map(({ group }) => group))],
      }
    },

    /**
     * Whether somebody may write a person's name on a ticket, which would let them know of the person: nobody held to their entities names
     * whom they do not know, nor learns by trying whether there is such a person.
     */
    async mayName(viewer: { readonly id: string; readonly role: Role }, personId: string): Promise<boolean> {
      if ((await entitiesHeld(db, viewer)) === null) return true
      const [person] = await db.select({ id: people.id }).from(people).where(eq(people.id, personId))
      return person !== undefined && this.knows(viewer, personId)
    },

    /** Whether somebody may know of a person: of their entities, or with a ticket in their sight. */
    async knows(viewer: { readonly id: string; readonly role: Role }, personId: string): Promise<boolean> {
      const held = await entitiesHeld(db, viewer)
      if (held === null) return true
      const [person] = await db.select({ entityId: people.entityId }).from(people).where(eq(people.id, personId))
      if (person === undefined || held.includes(person.entityId)) return true
      const [ticket] = await db
        .select({ id: tickets.id })
        .from(tickets)
        .where(sql`${tickets.requesterPersonId} = ${personId} and ${seenBy(viewer)}`)
        .limit(1)
      return ticket !== undefined
    },
  }
}
export type PartitionStore = ReturnType<typeof partitionStore>

/**
 * Somebody is held to their entities when every group of theirs has been given some: a group of the whole lifts it. One that was retired
 * gives none any more, and lifts nothing.
 */
async function entitiesHeld(db: Queries, viewer: { readonly id: string; readonly role: Role }): Promise<readonly string[] | null> {
  if (!heldToEntities.includes(viewer.role)) return null
  const { rows } = await db.execute<{ retired: boolean; entity: string | null }>(
    sql`select g.retired_at is not null as "retired", e.entity_id as "entity" from ${theirGroups(viewer.id)} t
      join groups g on g.id = t.group_id left join entity_groups e on e.group_id = t.group_id
      where g.retired_at is null or e.entity_id is not null`,
  )
  if (rows.length === 0 || rows.some(({ retired, entity }) => !retired && entity === null)) return null
  return [...new Set(rows.flatMap(({ retired, entity }) => (retired ? [] : (entity ?? []))))]
}
