import type { KnownPerson, PeopleStore } from './ports.ts'

/** Most people one statement carries. */
const batchSize = 500

/** What the index knows and PostgreSQL's copy does not yet: kept until it is written, however long PostgreSQL is away. */
export class PeopleSaver {
  readonly #store: PeopleStore
  readonly #owed = new Map<string, KnownPerson>()

  constructor(store: PeopleStore) {
    this.#store = store
  }

  add(people: readonly KnownPerson[]): void {
    for (const person of people) this.#owed.set(person.id, person)
  }

  forget(id: string): void {
    this.#owed.delete(id)
  }

  /** @throws what the store throws; what was not written stays owed. */
  async flush(): Promise<void> {
    while (this.#owed.size > 0) {
      const batch = [...this.#owed.values()].slice(0, batchSize)
      await this.#store.save(batch, 'directory')
      for (const person of batch) if (this.#owed.get(person.id) === person) this.#owed.delete(person.id)
    }
  }
}
