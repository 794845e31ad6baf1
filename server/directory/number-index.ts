import type { Person } from '../contract/entities.ts'
import type { KnownPerson } from './ports.ts'

/** Who may be calling: normalised number → people, in memory, so that a ringing call waits for nothing. */
export class NumberIndex {
  readonly #people = new Map<string, KnownPerson>()
  readonly #byNumber = new Map<string, readonly Person[]>()
  /** Numbers that the desk attached to somebody, besides the directory's. */
  readonly #attached = new Map<string, ReadonlySet<string>>()

  /** How many people are known, with or without a number. */
  get size(): number {
    return this.#people.size
  }

  get(id: string): KnownPerson | undefined {
    return this.#people.get(id)
  }

  ids(): Iterable<string> {
    return this.#people.keys()
  }

  /** Adds or replaces everybody given. */
  load(people: Iterable<KnownPerson>): void {
    for (const person of people) this.upsert(person)
  }

  upsert(person: KnownPerson): void {
    const before = this.#people.get(person.id)
    if (before !== undefined) this.#forgetNumbers(before)
    this.#people.set(person.id, person)
    this.#enter(person)
  }

  /** A number that the desk found somebody behind; whoever has it already keeps it. They may be known later. */
  attach(id: string, number: string): void {
    this.#change(id, new Set([...(this.#attached.get(id) ?? []), number]))
  }

  /** The directory's own stay. */
  detach(id: string, number: string): void {
    this.#change(id, new Set([...(this.#attached.get(id) ?? [])].filter((other) => other !== number)))
  }

  #change(id: string, attached: ReadonlySet<string>): void {
    const person = this.#people.get(id)
    if (person !== undefined) this.#forgetNumbers(person)
    this.#attached.set(id, attached)
    if (person !== undefined) this.#enter(person)
  }

  #numbersOf({ id, phones }: KnownPerson): string[] {
    return [...new Set([...phones, ...(this.#attached.get(id) ?? [])])]
  }

  #enter(person: KnownPerson): void {
    const { login: _, ...known } = person
    const shown = { ...known, phones: this.#numbersOf(person) }
    for (const number of shown.phones) this.#byNumber.set(number, [...(this.#byNumber.get(number) ?? []), shown])
  }

  retire(id: string): void {
    const person = this.#people.get(id)
    if (person === undefined) return
    this.#forgetNumbers(person)
    this.#people.delete(id)
  }

  /** @param number normalised; null (withheld) is nobody's. */
  find(number: string | null): readonly Person[] {
    return number === null ? [] : (this.#byNumber.get(number) ?? [])
  }

  #forgetNumbers(person: KnownPerson): void {
    for (const number of this.#numbersOf(person)) {
      const left = (this.#byNumber.get(number) ?? []).filter((other) => other.id !== person.id)
      if (left.length === 0) this.#byNumber.delete(number)
      else this.#byNumber.set(number, left)
    }
  }
}
