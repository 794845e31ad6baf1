import { and, asc, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { ServiceError } from '../errors.ts'
import type { ErasureDone } from '../contract/privacy.ts'
import { oneLine } from '../tickets/text.ts'
import type { Db } from './connection.ts'
import {
  countOf,
  eraseCalls,
  eraseFactsOf,
  eraseIncoming,
  eraseMessages,
  eraseSlots,
  eraseTickets,
  eraseWatcher,
  eraseWriter,
  forgetFiles,
  ids,
  isUsersAlone,
  type RemoveKept,
} from './erasing.ts'
import { heldBesides } from './held.ts'
import { erasures } from './schema-privacy.ts'
import { identityChecks, personNotes, personNumbers } from './schema-people.ts'
import { calls, messages, outbox, owed, people, tickets, transcripts } from './schema.ts'
import { journalOf, writeJournal } from './ticket-journal.ts'

type By = { readonly id: string; readonly name: string }

const list = (all: readonly string[]) => sql`${sql.param([...all])}::text[]`

type Whose = { readonly id: string; readonly email: string | null }

/** Tickets `t` of somebody: theirs by the directory, and those made with an address that is theirs alone before it was known whose it is. */
const areTheirs = ({ id, email }: Whose) => sql`(t.requester_person_id = ${id} or t.requester_person_id is null
  and lower(t.requester_email) = lower(${email}::text)
  and not exists (select 1 from people o where o.id <> ${id} and o.retired_at is null and lower(o.email) = lower(${email}::text)))`

/** All that is held about one person: to be given to them, or to be erased. */
export function privacyStore(db: Db, now: () => Date) {
  const numbersOf = async (personId: string): Promise<{ own: string[]; all: string[] }> => {
    const { rows } = await db.execute<{ number: string; shared: boolean }>(sql`
      with theirs as (
        select unnest(phones) as number from people where id = ${personId}
        union select number from person_numbers where person_id = ${personId})
      select number, exists (
        select 1 from people o where o.id <> ${personId} and o.retired_at is null and o.phones @> array[theirs.number]
        union select 1 from person_numbers n where n.person_id <> ${personId} and n.number = theirs.number) as shared
      from theirs`)
    return { all: rows.map(({ number }) => number), own: rows.filter(({ shared }) => !shared).map(({ number }) => number) }
  }

  /**
   * Their calls: from or to a number that is theirs alone, or that a ticket of theirs was written of; not one of somebody else's number, who
   * called for them: what was said in it is that person's.
   */
  const callIdsOf = (person: Whose, { own, all }: { readonly own: readonly string[]; readonly all: readonly string[] }) =>
    ids(
      db,
      sql`select id from calls where number = any (${list(own)})
        union select x.id from (
            select t.call_id as id from tickets t where ${areTheirs(person)} and t.call_id is not null
            union select d.call_id from dispositions d join tickets t on t.id = d.ticket_id where ${areTheirs(person)}) x
          left join calls c on c.id = x.id
          where c.number is null or c.number = any (${list(all)}) or not (
            exists (select 1 from people o where o.id <> ${person.id} and o.retired_at is null and o.phones @> array[c.number])
            or exists (select 1 from person_numbers n where n.person_id <> ${person.id} and n.number = c.number))`,
    )

  /** Calls back that they chose, signed in or for a number that is theirs alone. */
  const slotsOf = ({ id, email }: Whose, own: readonly string[]) =>
    sql`callback_slots where person_id = ${id} or number = any (${list(own)}) or lower(email) = lower(${email}::text)`

  return {
    /** Null when there is no such person. Of numbers shared with somebody else, calls are left out: they may be the other's. */
    async everythingOf(personId: string) {
      const [person] = await db.select().from(people).where(eq(people.id, personId))
      if (person === undefined) return null
      const numbers = await numbersOf(personId)
      const { own } = numbers
      const callIds = await callIdsOf(person, numbers)
      // What somebody typed their address on, and nobody confirmed, need not be theirs to read.
      const ticketIds = await ids(db, sql`select t.id::text as id from tickets t where ${areTheirs(person)} and not t.unconfirmed`)
      const theirTickets = await db.select().from(tickets).where(inArray(tickets.id, ticketIds)).orderBy(asc(tickets.number))
      const { search: _search, ...known } = person
      const addressed = or(
        sql`lower(${outbox.to}) = lower(${person.email}::text)`,
        sql`exists (select 1 from tickets t where t.id = ${outbox.ticketId} and t.id = any (${list(ticketIds)}::uuid[])
          and lower(t.requester_email) = lower(${outbox.to}))`,
      )
      return {
        person: known,
        numbers: await db.select().from(personNumbers).where(eq(personNumbers.personId, personId)),
        notes: await db.select().from(personNotes).where(eq(personNotes.personId, personId)).orderBy(desc(personNotes.at)),
        checks: (await db.select().from(identityChecks).where(eq(identityChecks.personId, personId)).orderBy(desc(identityChecks.at))).map(
          ({ codeHash: _hash, ...check }) => check,
        ),
        tickets: await Promise.all(
          theirTickets.map(async ({ search: _s, commandHash: _c, idempotencyKey: _k, ...ticket }) => ({
            ...ticket,
            journal: await journalOf(db, ticket.id),
          })),
        ),
        calls: callIds.length === 0 ? [] : await db.select().from(calls).where(inArray(calls.id, callIds)).orderBy(desc(calls.arrivedAt)),
        messages:
          callIds.length === 0
            ? []
            : await db
                .select({ message: messages, transcript: transcripts.text })
                .from(messages)
                .leftJoin(transcripts, eq(transcripts.messageId, messages.id))
                .where(inArray(messages.callId, callIds)),
        exchangeCalls: (
          await db.execute<{ began_at: Date; direction: string; number: string | null; ended_at: Date | null }>(
            sql`select began_at, ended_at, direction, case direction when 'in' then from_number else to_number end as number from exchange_calls
              where from_number = any (${list(own)}) or to_number = any (${list(own)}) order by began_at desc`,
          )
        ).rows,
        machines: (
          await db.execute<{
            name: string
            system: string
            model: string
            serial: string
            address: string
            at: Date
            ticket: number | null
          }>(
            sql`select m.machine ->> 'name' as name, m.machine ->> 'system' as system, m.machine ->> 'model' as model,
                m.machine ->> 'serial' as serial, m.machine ->> 'address' as address, m.at, t.number as ticket
              from ticket_machines m left join tickets t on t.id = m.ticket_id or t.call_id = m.call_id
              where t.id = any (${list(ticketIds)}::uuid[]) or m.call_id = any (${list(callIds)}) order by m.at desc`,
          )
        ).rows,
        remote: (
          await db.execute<{ machine: string | null; started_at: Date; ended_at: Date | null; by: string; ticket: number | null }>(
            sql`select r.machine, r.started_at, r.ended_at, r.by_name as by, t.number as ticket
              from remote_sessions r left join tickets t on t.id = r.ticket_id or t.call_id = r.call_id
              where t.id = any (${list(ticketIds)}::uuid[]) or r.call_id = any (${list(callIds)}) order by r.started_at desc`,
          )
        ).rows,
        owed: own.length === 0 ? [] : await db.select().from(owed).where(inArray(owed.number, own)),
        slots: (
          await db.execute<{ starts_at: string; ends_at: string; number: string; subject: string; email: string | null; asked_at: string }>(
            sql`select starts_at, ends_at, number, subject, email, asked_at from ${slotsOf(person, own)} order by starts_at desc`,
          )
        ).rows,
        files: (
          await db.execute<{ ticket: number; name: string; type: string; bytes: number; at: Date }>(
            sql`select t.number as ticket, a.name, a.type, a.bytes::float8 as bytes, a.at from attachments a join tickets t on t.id = a.ticket_id
              where t.id = any (${list(ticketIds)}::uuid[]) and a.entry_id is not null order by a.at desc`,
          )
        ).rows,
        received: (
          await db.execute<{ at: Date; from: string | null; subject: string; text: string | null; ticket: number | null }>(
            sql`select m.at, m.from_address as "from", m.subject, m.text, t.number as ticket from incoming_mails m left join tickets t on t.id = m.ticket_id
              where lower(m.from_address) = lower(${person.email}::text)
                or (t.id = any (${list(ticketIds)}::uuid[]) and lower(m.from_address) = lower(t.requester_email)) order by m.at desc`,
          )
        ).rows,
        mails: await db
          .select({ at: outbox.at, to: outbox.to, subject: outbox.subject, text: outbox.text, state: outbox.state })
          .from(outbox)
          .where(and(addressed, eq(outbox.secret, false)))
          .orderBy(desc(outbox.at)),
        ...(await heldBesides(db, { id: personId, email: person.email, login: person.login, callIds, ticketIds })),
      }
    },

    /**
     * Erase what the desk holds about somebody: texts, names, numbers, sounds, mails. The signed journal, counts and dates stay, and say so.
     * @param name typed again by who orders it
     * @param forgetDraft a ticket begun for them, by its key: what is in memory of it goes too
     * @param forgetNumbers numbers that are theirs alone: what the desk remembers of them goes too
     * @throws ServiceError `not_found`, `invalid_body` when the name is another, `conflict` while a ticket is open or an answer owed
     */
    async erase(
      personId: string,
      { reason, name }: { reason: string; name: string },
      by: By,
      {
        remove,
        forgetDraft,
        forgetNumbers,
      }: {
        readonly remove: RemoveKept
        readonly forgetDraft: (key: string) => void
        readonly forgetNumbers: (numbers: readonly string[]) => void
      },
    ): Promise<ErasureDone> {
      const [person] = await db.select().from(people).where(eq(people.id, personId))
      if (person === undefined || personId.startsWith('erased:')) throw new ServiceError('not_found')
      if (oneLine(name).toLocaleLowerCase('fr') !== oneLine(person.name).toLocaleLowerCase('fr'))
        throw new ServiceError('invalid_body', 'name')
      const why = oneLine(reason)
      if (why === '') throw new ServiceError('invalid_body', 'reason')
      const numbers = await numbersOf(personId)
      const { own } = numbers
      const callIds = await callIdsOf(person, numbers)
      const calledFrom = await ids(
        db,
        sql`select distinct number as id from calls
          where id = any (${list(callIds)}) and number is not null and number <> all (${list(numbers.all)})`,
      )
      const drafts: string[] = []
      const done = await db.transaction(async (tx) => {
        const at = now()
        await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for('update')
        const { rows: theirs } = await tx.execute<{ id: string; number: number; status: string }>(
          sql`select t.id::text as id, t.number, t.status from tickets t where ${areTheirs(person)} for update of t`,
        )
        const open = theirs.filter(({ status }) => status !== 'closed')
        if (open.length > 0) throw new ServiceError('conflict', `tickets encore ouverts : ${open.map(({ number }) => number).join(', ')}`)
        const due =
          own.length === 0
            ? []
            : await tx
                .select({ id: owed.id })
                .from(owed)
                .where(and(inArray(owed.number, own), sql`settled_at is null`))
        if (due.length > 0) throw new ServiceError('conflict', 'un rappel lui est encore dû')
        await tx.insert(erasures).values({ at, byId: by.id, byName: by.name, kind: 'person', reason: why })

        const ticketIds = theirs.map(({ id }) => id)
        const messageIds =
          callIds.length === 0 ? [] : await ids(tx, sql`select id from messages where file <> '' and call_id = any (${list(callIds)})`)
        const slots = await tx.execute<{ id: string; email: string | null }>(sql`select id, email from ${slotsOf(person, own)}`)
        const addresses = [person.email, ...slots.rows.map(({ email }) => email)].flatMap((one) => one?.toLowerCase() ?? [])
        const sent = await countOf(
          tx,
          sql`delete from outbox where (lower(to_address) = any (${list(addresses)}) or ticket_id = any (${list(ticketIds)}::uuid[])) and state <> 'sending'`,
        )
        const came = await ids(
          tx,
          sql`select id from incoming_mails where lower(from_address) = lower(${person.email}::text) or ticket_id = any (${list(ticketIds)}::uuid[])`,
        )
        await eraseWatcher(tx, personId, person.email)
        await eraseWriter(tx, personId, came)
        const mails = sent + (await eraseIncoming(tx, came, remove))
        await tx.execute(sql`delete from bad_addresses where address = any (${list(addresses)})`)
        await tx.execute(sql`delete from disruption_subscribers where lower(email) = lower(${person.email}::text)`)
        await eraseMessages(tx, messageIds, remove)
        if (callIds.length > 0) {
          const recorded = await tx.execute<{ id: string; file: string }>(
            sql`select id, file from recordings where call_id = any (${list(callIds)})`,
          )
          for (const { file } of recorded.rows) await remove('recording', file)
          await tx.execute(sql`delete from recordings where call_id = any (${list(callIds)})`)
          await eraseFactsOf(tx, callIds)
          await eraseCalls(tx, callIds)
        }
        await eraseSlots(
          tx,
          slots.rows.map(({ id }) => id),
        )
        await eraseTickets(tx, ticketIds, at, remove)
        await tx.execute(sql`update exchange_calls set from_number = null, to_number = null
          where ticket_id = any (${list(ticketIds)}::uuid[]) or from_number = any (${list(own)}) or to_number = any (${list(own)})`)
        const line = {
          at: at.toISOString(),
          by: by.name,
          byId: by.id,
          kind: 'contribution',
          text: 'Textes et identité effacés à la demande de la personne ; ce journal signé reste entier.',
          visibility: 'internal',
          detail: null,
          cites: null,
        } as const
        for (const id of ticketIds) await writeJournal(tx, id, [line])
        await forgetFiles(tx, sql`entry_id is null and not for_articles and by_id = ${personId}`)
        const begun = sql`content ->> 'personId' = ${personId} or call_id = any (${list(callIds)})`
        drafts.push(...(await ids(tx, sql`delete from drafts where ${begun} returning key as id`)))
        await tx.delete(personNumbers).where(eq(personNumbers.personId, personId))
        await tx.delete(personNotes).where(eq(personNotes.personId, personId))
        await tx.delete(identityChecks).where(eq(identityChecks.personId, personId))
        const stays = person.retiredAt === null
        // Where they were signed in, and by what.
        const account = sql`select a.id from accounts a where ${isUsersAlone} and a.person_id = ${personId}`
        await tx.execute(sql`delete from sessions where account_id in (${account})`)
        if (!stays) await tx.execute(sql`delete from accounts where id in (${account})`)
        if (!stays) await tx.delete(people).where(and(eq(people.id, personId), ne(people.source, 'sample')))
        return { tickets: ticketIds.length, messages: messageIds.length, calls: callIds.length, mails, stays }
      })
      for (const key of drafts) forgetDraft(key)
      forgetNumbers([...own, ...calledFrom])
      return done
    },
  }
}
export type PrivacyStore = ReturnType<typeof privacyStore>
export type Everything = NonNullable<Awaited<ReturnType<PrivacyStore['everythingOf']>>>
