import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Person } from '../contract/entities.ts'
import { wholeEntity } from '../contract/partition.ts'
import type { Placed } from '../tickets/partition.ts'
import type { KnownPerson } from '../directory/ports.ts'
import type { Queries } from './connection.ts'
import { accounts, people } from './schema.ts'

export type PersonSource = 'directory' | 'sample'
const columns = {
  id: people.id,
  name: people.name,
  email: people.email,
  phones: people.phones,
  affiliation: people.affiliation,
  unit: people.unit,
  place: people.place,
  title: people.title,
}

/** The directory's numbers, then those that the desk attached. */
const withAttached = {
  ...columns,
  phones: sql<string[]>`people.phones || array(
    select n.number from person_numbers n where n.person_id = people.id and n.number <> all (people.phones) order by n.at)`,
}

/** `%` and `_` in what a person types are those characters, not wildcards. */
const containing = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** The database's copy of the people the desk may hear from. */
export function peopleStore(db: Queries, now: () => Date, entityFor: (person: Placed) => string = () => wholeEntity) {
  return {
    /** Everybody still there: what the in-memory index of numbers is filled from. */
    all: (): Promise<KnownPerson[]> =>
      db
        .select({ ...columns, login: people.login })
        .from(people)
        .where(isNull(people.retiredAt)),

    async byId(id: string): Promise<Person | null> {
      const [found] = await db.select(withAttached).from(people).where(eq(people.id, id))
      return found ?? null
    },

    /** The directory's person of this login; null when there is none, or several. */
    async byLogin(login: string): Promise<{ readonly id: string; readonly name: string } | null> {
      const found = await db
        .select({ id: people.id, name: people.name })
        .from(people)
        .where(and(sql`lower(${people.login}) = ${login.toLowerCase()}`, eq(people.source, 'directory'), isNull(people.retiredAt)))
        .limit(2)
      return found.length === 1 ? (found[0] ?? null) : null
    },

    /** Whom the directory knows behind an account; null for one that it does not. */
    async ofAccount(accountId: string): Promise<Person | null> {
      const [found] = await db
        .select(columns)
        .from(people)
        .innerJoin(accounts, or(eq(people.id, accounts.personId), and(isNull(accounts.personId), eq(people.login, accounts.login))))
        .where(and(eq(accounts.id, accountId), isNull(people.retiredAt)))
      return found ?? null
    },

    /** People whose name, e-mail, login or unit holds every word, accents and case ignored; the nearest names first, `limit` at most. @param held of these entities alone */
    search(text: string, limit = 20, held: readonly string[] | null = null): Promise<Person[]> {
      const words = text
        .normalize('NFC')
        .split(/\s+/)
        .filter((word) => word !== '')
        .slice(0, 8)
      if (words.length === 0) return Promise.resolve([])
      const holdsAll = words.map((word) => sql`${people.search} like plain(${containing(word)})`)
      return db
        .select(withAttached)
        .from(people)
        .where(and(isNull(people.retiredAt), held === null ? undefined : inArray(people.entityId, [...held]), ...holdsAll))
        .orderBy(sql`similarity(plain(${people.name}), plain(${words.join(' ')})) desc`, people.name)
        .limit(limit)
    },

    /** Add or refresh people, by id; one who had left and comes back is no longer retired. */
    async save(persons: readonly (Person & { readonly login?: string | null })[], source: PersonSource): Promise<void> {
      for (let start = 0; start < persons.length; start += 1000) {
        const rows = persons
          .slice(start, start + 1000)
          .map((p) => ({ ...p, login: p.login ?? null, source, retiredAt: null, updatedAt: now(), entityId: entityFor(p) }))
        await db
          .insert(people)
          .values(rows)
          .onConflictDoUpdate({
            target: people.id,
            set: {
              name: sql`excluded.name`,
              email: sql`excluded.email`,
              phones: sql`excluded.phones`,
              affiliation: sql`excluded.affiliation`,
              unit: sql`excluded.unit`,
              place: sql`excluded.place`,
              title: sql`excluded.title`,
              login: sql`excluded.login`,
              entityId: sql`excluded.entity_id`,
              source: sql`excluded.source`,
              retiredAt: null,
              updatedAt: sql`excluded.updated_at`,
            },
          })
      }
    },

    /** Retire those of a source that are no longer there; their tickets keep them. @returns how many left */
    async retireMissing(source: PersonSource, presentIds: readonly string[]): Promise<number> {
      const gone = and(eq(people.source, source), isNull(people.retiredAt), sql`${people.id} <> all(${sql.param([...presentIds])}::text[])`)
      const result = await db.update(people).set({ retiredAt: now(), updatedAt: now() }).where(gone)
      return result.rowCount ?? 0
    },
  }
}
export type PeopleStore = ReturnType<typeof peopleStore>
