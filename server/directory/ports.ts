import type { Person } from '../contract/entities.ts'

/** Where people are kept for the time the directory is away. Those of the directory have an id that begins with `ldap:`. */
export interface PeopleStore {
  /** Everybody known and not retired. */
  all(): Promise<Person[]>
  /** Inserts or replaces, by id; somebody retired comes back. */
  upsertMany(people: readonly Person[]): Promise<void>
  /** Retires those of one source whose id was not seen; answers how many. Tickets keep their requester. */
  retireMissing(source: 'directory', idsSeen: readonly string[]): Promise<number>
}
