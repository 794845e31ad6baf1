import { randomUUID } from 'node:crypto'
import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { showNumber } from '../calls/number.ts'
import type { Person, Role } from '../contract/entities.ts'
import type { NoteAudience, PersonCall, PersonNote, PersonPage } from '../contract/people.ts'
import { wholeEntity } from '../contract/partition.ts'
import { mayFurther, noteReaders } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { oneLine, paragraphs } from '../tickets/text.ts'
import type { Db } from './connection.ts'
import { personNotes, personNumbers } from './schema-people.ts'
import { accounts, calls, dispositions, owed, people, tickets } from './schema.ts'

type By = { readonly id: string; readonly name: string; readonly role: Role }
type Known = Pick<PersonPage, keyof Person | 'retiredAt' | 'numbers' | 'entityId'>

const callsShown = 30
const mostAttached = 20

/** What the desk knows of a person besides the directory. */
export function personStore(db: Db, now: () => Date) {
  const others = async (number: string, id: string, held: readonly string[] | null): Promise<string[]> => {
    const attached = db.select({ id: personNumbers.personId }).from(personNumbers).where(eq(personNumbers.number, number))
    const rows = await db
      .select({ id: people.id, name: people.name })
      .from(people)
      .where(
        and(
          isNull(people.retiredAt),
          or(sql`${people.phones} @> array[${number}]::text[]`, inArray(people.id, attached)),
          held === null ? undefined : inArray(people.entityId, [...held]),
        ),
      )
      .orderBy(people.name)
      .limit(20)
    return rows.filter((row) => row.id !== id).map(({ name }) => name)
  }

  const noteFrom = (row: typeof personNotes.$inferSelect, reader: By): PersonNote => ({
    id: row.id,
    at: row.at.toISOString(),
    by: row.byName,
    reason: row.reason,
    audience: row.audience,
    text: row.text,
    erasedAt: row.erasedAt?.toISOString() ?? null,
    erasedBy: row.erasedBy,
    mayErase: row.text !== null && (row.byId === reader.id || mayFurther(reader, 'eraseNotes')),
  })

  return {
    /** Every number that was attached: the index is filled with them before the directory's own. */
    attachedNumbers: (): Promise<{ personId: string; number: string }[]> =>
      db.select({ personId: personNumbers.personId, number: personNumbers.number }).from(personNumbers),

    /** Null when there is no such person. @param held others who have a number of theirs are named of these entities alone; null: of all */
    async known(id: string, held: readonly string[] | null = null): Promise<Known | null> {
      const [row] = await db.select().from(people).where(eq(people.id, id))
      if (row === undefined) return null
      const attached = await db.select().from(personNumbers).where(eq(personNumbers.personId, id)).orderBy(personNumbers.at)
      const own = row.phones.map((number) => ({ number, source: 'directory' as const, by: null, at: null }))
      const found = attached
        .filter(({ number }) => !row.phones.includes(number))
        .map(({ number, byName, at }) => ({ number, source: 'attached' as const, by: byName, at: at.toISOString() }))
      const numbers = await Promise.all(
        [...own, ...found].map(async (one) => ({ ...one, shown: showNumber(one.number), sharedWith: await others(one.number, id, held) })),
      )
      const { name, email, affiliation, unit, place, title, retiredAt } = row
      const phones = numbers.map(({ number }) => number)
      const entity = row.entityId === wholeEntity ? {} : { entityId: row.entityId }
      return { id, name, email, phones, affiliation, unit, place, title, retiredAt: retiredAt?.toISOString() ?? null, numbers, ...entity }
    },

    /** The second time changes nothing. @returns whether it is new @throws ServiceError `not_found`, `conflict` beyond twenty */
    attach: (personId: string, number: string, callId: string | null, by: By): Promise<boolean> =>
      db.transaction(async (tx) => {
        const [person] = await tx
          .select({ phones: people.phones })
          .from(people)
          .where(and(eq(people.id, personId), isNull(people.retiredAt)))
          .for('update')
        if (person === undefined) throw new ServiceError('not_found')
        if (person.phones.includes(number)) return false
        const theirs = await tx.select({ number: personNumbers.number }).from(personNumbers).where(eq(personNumbers.personId, personId))
        if (theirs.some((one) => one.number === number)) return false
        if (theirs.length >= mostAttached) throw new ServiceError('conflict', 'vingt numéros rattachés déjà')
        await tx.insert(personNumbers).values({ personId, number, at: now(), byId: by.id, byName: by.name, callId })
        return true
      }),

    /** @throws ServiceError `not_found` when it was not attached here: the directory's own are the directory's to change */
    async detach(personId: string, number: string): Promise<void> {
      const gone = await db.delete(personNumbers).where(and(eq(personNumbers.personId, personId), eq(personNumbers.number, number)))
      if (gone.rowCount === 0) throw new ServiceError('not_found')
    },

    /** Those that this reader may read, the latest first. */
    async notesOf(personId: string, reader: By): Promise<PersonNote[]> {
      const rows = await db.select().from(personNotes).where(eq(personNotes.personId, personId)).orderBy(desc(personNotes.at)).limit(100)
      return rows.filter(({ audience }) => noteReaders[audience].includes(reader.role)).map((row) => noteFrom(row, reader))
    },

    /** @throws ServiceError `not_found`, `invalid_body` when it holds nothing or nobody here may read it */
    async note(
      personId: string,
      { text, reason, audience }: { text: string; reason: string; audience: NoteAudience },
      by: By,
    ): Promise<PersonNote> {
      if (!noteReaders[audience].includes(by.role)) throw new ServiceError('invalid_body', 'audience')
      const [said, why] = [paragraphs(text), oneLine(reason)]
      if (said === '') throw new ServiceError('invalid_body', 'text')
      if (why === '') throw new ServiceError('invalid_body', 'reason')
      const [person] = await db.select({ id: people.id }).from(people).where(eq(people.id, personId))
      if (person === undefined) throw new ServiceError('not_found')
      const row = { id: randomUUID(), personId, at: now(), byId: by.id, byName: by.name, reason: why, audience, text: said }
      await db.insert(personNotes).values(row)
      return noteFrom({ ...row, erasedAt: null, erasedBy: null }, by)
    },

    /** Its text goes; that there was one stays. @throws ServiceError `not_found`, `forbidden` */
    async eraseNote(personId: string, noteId: string, by: By): Promise<void> {
      const [row] = await db
        .select()
        .from(personNotes)
        .where(and(eq(personNotes.id, noteId), eq(personNotes.personId, personId)))
      if (row === undefined || !noteReaders[row.audience].includes(by.role)) throw new ServiceError('not_found')
      if (row.text === null) return
      if (!noteFrom(row, by).mayErase) throw new ServiceError('forbidden')
      await db.update(personNotes).set({ text: null, erasedAt: now(), erasedBy: by.name }).where(eq(personNotes.id, noteId))
    },

    /** Calls from and to these numbers, and those that a ticket of theirs was written of; the latest first. */
    async callsOf(personId: string, numbers: PersonPage['numbers']): Promise<PersonCall[]> {
      const theirs = db
        .select({ callId: tickets.callId })
        .from(tickets)
        .where(and(eq(tickets.requesterPersonId, personId), isNotNull(tickets.callId)))
      const rows = await db
        .select({ call: calls, operator: accounts.name })
        .from(calls)
        .leftJoin(accounts, eq(accounts.id, calls.operatorId))
        .where(
          or(
            inArray(
              calls.number,
              numbers.map(({ number }) => number),
            ),
            inArray(calls.id, theirs),
          ),
        )
        .orderBy(desc(calls.arrivedAt))
        .limit(callsShown)
      const written =
        rows.length === 0
          ? []
          : await db
              .select({ callId: dispositions.callId, number: tickets.number })
              .from(dispositions)
              .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
              .where(
                inArray(
                  dispositions.callId,
                  rows.map(({ call }) => call.id),
                ),
              )
              .orderBy(dispositions.id)
      const ticketOf = new Map(written.map(({ callId, number }) => [callId, number]))
      const shared = new Set(numbers.filter(({ sharedWith }) => sharedWith.length > 0).map(({ number }) => number))
      return rows.map(({ call, operator }) => ({
        id: call.id,
        at: call.arrivedAt.toISOString(),
        direction: call.direction,
        shown: showNumber(call.number),
        shared: call.number !== null && shared.has(call.number),
        answered: call.answeredAt !== null,
        operator,
        waitS: call.waitMs === null ? null : call.waitMs / 1_000,
        talkS: call.talkMs === null ? null : call.talkMs / 1_000,
        ticket: ticketOf.get(call.id) ?? null,
      }))
    },

    /** Answers owed to these numbers. */
    async owedTo(numbers: readonly string[]): Promise<NonNullable<PersonPage['owed']>> {
      if (numbers.length === 0) return []
      const rows = await db
        .select()
        .from(owed)
        .where(and(isNull(owed.settledAt), inArray(owed.number, [...numbers])))
        .orderBy(owed.dueAt)
      return rows.map(({ id, number, dueAt, takenName }) => ({
        id,
        shown: showNumber(number),
        dueAt: dueAt.toISOString(),
        late: dueAt < now(),
        takenBy: takenName,
      }))
    },
  }
}
export type PersonStore = ReturnType<typeof personStore>
