import { ne } from 'drizzle-orm'
import type { Person, Ticket } from '../contract/entities.ts'
import type { Queries } from './connection.ts'
import { tickets } from './schema.ts'
import { ticketFromRow } from './ticket-rows.ts'

export type OpenTicket = Pick<Ticket, 'id' | 'number' | 'title' | 'status' | 'openedAt' | 'waiting'>

/** Open tickets by requester, in memory: what is on the operator's screen before the phone rings. */
export class OpenTickets {
  readonly #byPerson = new Map<string, Map<string, OpenTicket>>()
  /** Under whom each ticket stands. */
  readonly #whose = new Map<string, string>()

  async load(db: Queries): Promise<void> {
    for (const row of await db.select().from(tickets).where(ne(tickets.status, 'closed'))) this.note(ticketFromRow(row))
  }

  /** A ticket was opened, changed or closed; another may be its requester than before. */
  note({ id, number, title, status, openedAt, waiting, requester, unconfirmed }: Ticket): void {
    this.#forget(id)
    const { personId } = requester
    // Callers are told of theirs: not of what somebody else may have sent in their name.
    if (personId === null || unconfirmed || status === 'closed') return
    const theirs = this.#byPerson.get(personId) ?? new Map<string, OpenTicket>()
    theirs.set(id, { id, number, title, status, openedAt, waiting })
    this.#byPerson.set(personId, theirs)
    this.#whose.set(id, personId)
  }

  #forget(id: string): void {
    const personId = this.#whose.get(id)
    if (personId === undefined) return
    const theirs = this.#byPerson.get(personId)
    theirs?.delete(id)
    if (theirs?.size === 0) this.#byPerson.delete(personId)
    this.#whose.delete(id)
  }

  /** Newest first. */
  of(people: readonly Pick<Person, 'id'>[]): readonly OpenTicket[] {
    return people.flatMap(({ id }) => [...(this.#byPerson.get(id)?.values() ?? [])]).sort((a, b) => b.number - a.number)
  }
}
