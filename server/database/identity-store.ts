import { randomInt, randomUUID } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { and, count, desc, eq, gt, isNull, notInArray, sql } from 'drizzle-orm'
import type { IdentityCheck } from '../contract/people.ts'
import { ServiceError } from '../errors.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import { cardSeen } from '../tickets/journal.ts'
import { codeLivesMs, codeMail, judged, masked, mostCodesPerHour, mostTries, stateOf, withoutCode } from '../people/identity.ts'
import type { Db, Queries } from './connection.ts'
import { identityChecks } from './schema-people.ts'
import { dispositions, outbox, people, tickets } from './schema.ts'
import { writeJournal } from './ticket-journal.ts'

type Row = typeof identityChecks.$inferSelect
type By = { readonly id: string; readonly name: string }
type About = { readonly callId: string | null; readonly ticket: number | null }
type Ports = { readonly now: () => Date; readonly mailDomain: string; readonly timeZone: string }

const shownLately = 10
const hourMs = 3_600_000

/** Codes sent to an address that the directory knows and what came of them, and cards that were seen. */
export function identityStore(db: Db, { now, mailDomain, timeZone }: Ports) {
  const shown = (row: Row): IdentityCheck => ({
    id: row.id,
    personId: row.personId,
    at: row.at.toISOString(),
    by: row.byName,
    means: row.means,
    sentTo: row.sentTo,
    expiresAt: row.expiresAt.toISOString(),
    triesLeft: Math.max(0, mostTries - row.tries),
    state: stateOf({ ...row, expiresAt: row.expiresAt.getTime() }, now().getTime()),
    settledAt: row.settledAt?.toISOString() ?? null,
    settledBy: row.settledBy,
  })

  const ticketIdOf = async (tx: Queries, { callId, ticket }: About): Promise<string | null> => {
    if (ticket !== null) {
      const [found] = await tx.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, ticket))
      if (found === undefined) throw new ServiceError('not_found')
      return found.id
    }
    if (callId === null) return null
    const [written] = await tx
      .select({ id: dispositions.ticketId })
      .from(dispositions)
      .where(and(eq(dispositions.callId, callId), sql`${dispositions.ticketId} is not null`))
      .orderBy(desc(dispositions.id))
      .limit(1)
    return written?.id ?? null
  }

  /** In the ticket's own journal, signed by whoever keyed the code in or saw the card. */
  const writeDown = (
    tx: Queries,
    ticketId: string,
    { name, id }: By,
    { means, sentTo, outcome }: Pick<Row, 'means' | 'sentTo' | 'outcome'>,
  ) =>
    writeJournal(tx, ticketId, [
      {
        at: now().toISOString(),
        by: name,
        byId: id,
        kind: 'contribution',
        text:
          means === 'card'
            ? cardSeen
            : outcome === 'verified'
              ? `Identité vérifiée : le code envoyé à ${sentTo} a été lu au téléphone.`
              : `Identité non vérifiée : le code envoyé à ${sentTo} n’a pas été lu juste.`,
        visibility: 'internal',
        detail: null,
        cites: null,
      },
    ])

  /** A code that can be used no more is not left lying in a mail that was sent. */
  const hideMail = async (tx: Queries, mailId: string | null): Promise<void> => {
    if (mailId === null) return
    const [mail] = await tx
      .select({ text: outbox.text })
      .from(outbox)
      .where(and(eq(outbox.id, mailId), notInArray(outbox.state, ['pending', 'sending'])))
    if (mail !== undefined)
      await tx
        .update(outbox)
        .set({ text: withoutCode(mail.text) })
        .where(eq(outbox.id, mailId))
  }

  const settle = async (tx: Queries, row: Row, outcome: NonNullable<Row['outcome']>, by: By, tries = row.tries): Promise<Row> => {
    const [settled] = await tx
      .update(identityChecks)
      .set({ outcome, tries, codeHash: null, settledAt: now(), settledBy: by.name })
      .where(eq(identityChecks.id, row.id))
      .returning()
    await hideMail(tx, row.mailId)
    if (settled === undefined) throw new ServiceError('not_found')
    return settled
  }

  return {
    /**
     * Send a code to the address that the directory knows of a person. An earlier one that is pending is of no use any more.
     * @param words the desk's name, and what mails are written in
     * @throws ServiceError `not_found`, `no_address`, `too_many_codes`
     */
    async send(
      personId: string,
      about: About,
      by: By,
      words: { readonly desk: string; readonly languages: MailSettings['languages'] },
    ): Promise<IdentityCheck> {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const codeHash = await hash(code)
      return db.transaction(async (tx) => {
        const [person] = await tx
          .select({ email: people.email })
          .from(people)
          .where(and(eq(people.id, personId), isNull(people.retiredAt)))
          .for('update')
        if (person === undefined) throw new ServiceError('not_found')
        if (person.email === null) throw new ServiceError('no_address')
        const at = now()
        const lately = and(
          eq(identityChecks.personId, personId),
          eq(identityChecks.means, 'code'),
          gt(identityChecks.at, new Date(at.getTime() - hourMs)),
        )
        const [sent] = await tx.select({ n: count() }).from(identityChecks).where(lately)
        if ((sent?.n ?? 0) >= mostCodesPerHour) throw new ServiceError('too_many_codes')
        const pending = await tx
          .select()
          .from(identityChecks)
          .where(and(eq(identityChecks.personId, personId), isNull(identityChecks.outcome)))
        for (const row of pending) await settle(tx, row, 'replaced', by)
        const ticketId = await ticketIdOf(tx, about)
        const expiresAt = new Date(at.getTime() + codeLivesMs)
        const clock = (locale: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(expiresAt)
        const time = { fr: clock('fr-FR').replace(':', ' h '), en: clock('en-GB') }
        const mailId = randomUUID()
        await tx.insert(outbox).values({
          ...codeMail(code, { ...words, operator: by.name, time }),
          id: mailId,
          at,
          nextAttemptAt: at,
          to: person.email,
          messageId: `<${mailId}@${mailDomain}>`,
          headers: {},
          secret: true,
        })
        const [made] = await tx
          .insert(identityChecks)
          .values({
            id: randomUUID(),
            personId,
            callId: about.callId,
            ticketId,
            at,
            byId: by.id,
            byName: by.name,
            sentTo: masked(person.email),
            mailId,
            codeHash,
            expiresAt,
          })
          .returning()
        if (made === undefined) throw new ServiceError('internal')
        return shown(made)
      })
    },

    /** The card of a ticket's requester was seen. @throws ServiceError `not_found`, `conflict` when it is of nobody whom the directory knows */
    seen: (number: number, by: By): Promise<IdentityCheck> =>
      db.transaction(async (tx) => {
        const of = { id: tickets.id, personId: tickets.requesterPersonId }
        const [ticket] = await tx.select(of).from(tickets).where(eq(tickets.number, number)).for('update')
        if (ticket === undefined) throw new ServiceError('not_found')
        const { id, personId } = ticket
        if (personId === null) throw new ServiceError('conflict', 'la personne n’est pas choisie dans l’annuaire')
        const check = await noteCard(tx, { ticketId: id, personId }, by, now())
        await writeDown(tx, id, by, check)
        return shown(check)
      }),

    /** Who a check is about, and the number of its ticket; null when there is none of that id. */
    async subjectOf(id: string): Promise<{ readonly personId: string; readonly ticket: number | null } | null> {
      const [found] = await db
        .select({ personId: identityChecks.personId, ticket: tickets.number })
        .from(identityChecks)
        .leftJoin(tickets, eq(tickets.id, identityChecks.ticketId))
        .where(eq(identityChecks.id, id))
      return found ?? null
    },

    /** Key in what the person read aloud. @throws ServiceError `not_found`, `conflict` when the code can be used no more */
    keyed: (id: string, code: string, by: By): Promise<IdentityCheck> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(identityChecks).where(eq(identityChecks.id, id)).for('update')
        if (row === undefined) throw new ServiceError('not_found')
        if (shown(row).state !== 'pending' || row.codeHash === null) throw new ServiceError('conflict', 'ce code ne sert plus')
        const check = { ...row, expiresAt: row.expiresAt.getTime() }
        const { outcome, tries } = judged(check, await verify(row.codeHash, code))
        if (outcome === null) {
          await tx.update(identityChecks).set({ tries }).where(eq(identityChecks.id, id))
          return shown({ ...row, tries })
        }
        const ticketId = row.ticketId ?? (await ticketIdOf(tx, { callId: row.callId, ticket: null }))
        const settled = await settle(tx, row, outcome, by, tries)
        if (ticketId !== null) {
          await tx.update(identityChecks).set({ ticketId }).where(eq(identityChecks.id, id))
          await writeDown(tx, ticketId, by, settled)
        }
        return shown(settled)
      }),

    /** A ticket was written of a call in which somebody was verified: its journal says so too. */
    followInto: (ticketId: string, callId: string, by: By): Promise<void> =>
      db.transaction(async (tx) => {
        const moved = await tx
          .update(identityChecks)
          .set({ ticketId })
          .where(
            and(
              eq(identityChecks.callId, callId),
              isNull(identityChecks.ticketId),
              sql`${identityChecks.outcome} in ('verified', 'failed')`,
            ),
          )
          .returning()
        for (const row of moved) await writeDown(tx, ticketId, by, row)
      }),

    /** The latest in a call or about a ticket; null when there is none. */
    async latest({ callId, ticket }: About): Promise<IdentityCheck | null> {
      const ticketId = ticket === null ? null : await ticketIdOf(db, { callId: null, ticket })
      const where = ticketId === null ? eq(identityChecks.callId, callId ?? '') : eq(identityChecks.ticketId, ticketId)
      const [row] = await db.select().from(identityChecks).where(where).orderBy(desc(identityChecks.at)).limit(1)
      return row === undefined ? null : shown(row)
    },

    /** A person's, the latest first. */
    async of(personId: string): Promise<IdentityCheck[]> {
      const rows = await db
        .select()
        .from(identityChecks)
        .where(eq(identityChecks.personId, personId))
        .orderBy(desc(identityChecks.at))
        .limit(shownLately)
      return rows.map(shown)
    },
  }
}

/** That somebody's card was seen, about a ticket of theirs. */
export async function noteCard(
  tx: Queries,
  { ticketId, personId }: { readonly ticketId: string; readonly personId: string },
  by: By,
  at: Date,
): Promise<Row> {
  const [made] = await tx
    .insert(identityChecks)
    .values({
      id: randomUUID(),
      personId,
      ticketId,
      at,
      byId: by.id,
      byName: by.name,
      means: 'card',
      expiresAt: at,
      outcome: 'verified',
      settledAt: at,
      settledBy: by.name,
    })
    .returning()
  if (made === undefined) throw new ServiceError('internal')
  return made
}
export type IdentityStore = ReturnType<typeof identityStore>
