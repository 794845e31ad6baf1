import type { Person } from '../contract/entities.ts'

/** A person as the directory knows them: with the login they sign in with, which the desk does not show. */
export type KnownPerson = Person & { readonly login: string | null }

/** Where people are kept for the time the directory is away. Those of the directory have an id that begins with `ldap:`. */
export interface PeopleStore {
  /** Everybody known and not retired. */
  all(): Promise<KnownPerson[]>
  /** Inserts or replaces, by id; somebody retired comes back. */
  save(people: readonly KnownPerson[], source: 'directory'): Promise<void>
  /** Retires those of one source whose id was not seen; answers how many. Tickets keep their requester. */
  retireMissing(source: 'directory', idsSeen: readonly string[]): Promise<number>
}

/** What calls know of numbers, in memory. */
export interface NumberBook {
  /** A number has come to somebody, or left them: the index follows at once, and so do the calls under way from it. */
  attached(personId: string, number: string): void
  detached(personId: string, number: string): void
  /** What its caller asked to be spoken to in; null when they never said. */
  languageOf(number: string): 'fr' | 'en' | null
}
