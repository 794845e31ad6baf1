import { randomUUID } from 'node:crypto'
import { and, count, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { IncomingMail } from '../contract/incoming-mails.ts'
import type { Person, Ticket } from '../contract/entities.ts'
import { ServiceError } from '../errors.ts'
import type { ReadMail } from '../mail/read-mail.ts'
import type { MailThreads } from '../mail-threads.ts'
import { automatic } from '../tickets/automatic.ts'
import { addByMail, mailCameBack, openByMail } from '../tickets/by-mail.ts'
import { failuresIn } from '../tickets/delivery-report.ts'
import { judge, numberIn, type Known, type Verdict } from '../tickets/incoming.ts'
import type { OpeningContext, TicketDecision } from '../tickets/model.ts'
import { answerIn, passedOn } from '../tickets/quoted.ts'
import type { Visit, VisitAnswer } from '../contract/visits.ts'
import { isUuid } from '../uuid.ts'
import { isPersonOfAccount } from './account-person.ts'
import { declineSlot } from './callback-slot-store.ts'
import { noteAnswer, ticketOfVisit } from './visit-store.ts'
import type { Db, Queries } from './connection.ts'
import { groupMembers } from './schema-groups.ts'
import { badAddresses, incomingMails } from './schema-mail.ts'
import { attachments } from './schema-attachments.ts'
import { accounts, outbox, people, ticketJournal, tickets } from './schema.ts'
import { ticketFromRow } from './ticket-rows.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'

/** A mail to take in. @property raw the name of its file */
export type ArrivedMail = {
  readonly fingerprint: string
  readonly raw: string
  readonly bytes: number
} & (
  | {
      readonly read: ReadMail /** Files that were taken in, by id. */
      readonly files: readonly string[] /** What was not. */
      readonly notes: readonly string[]
    }
  | { readonly read: null; readonly why: string; readonly from: string | null; readonly subject: string }
)
/** @property tickets those that changed @property kept whether the one known is this very file */
export type Taken =
  | { readonly kind: 'known'; readonly kept: boolean }
  | { readonly kind: 'taken'; readonly outcome: IncomingMail['outcome']; readonly tickets: readonly Ticket[]; readonly owed?: boolean }

type Parts = {
  readonly saving: TicketSaving
  readonly threads: MailThreads
  /** The desk's own addresses. */
  readonly ownAddresses: readonly string[]
  /** What our mails' subjects begin with. */
  readonly mark: () => string
  readonly now: () => Date
  readonly open: (tx: Queries, actor: Actor, decide: (context: OpeningContext) => TicketDecision) => Promise<Ticket>
}

const hourMs = 3_600_000
const personColumns = {
  id: people.id,
  name: people.name,
  email: people.email,
  phones: people.phones,
  affiliation: people.affiliation,
  unit: people.unit,
  place: people.place,
  title: people.title,
}
const machine: Actor = { id: 'mail', name: 'Courrier', side: 'clock' }

/** Mails that come in: each is written down once, with what follows from it, in one transaction. */
export function incomingStore(db: Db, { saving, threads, ownAddresses, mark, now, open }: Parts) {
  async function personAt(tx: Queries, address: string): Promise<Person | null> {
    const found = await tx
      .select(personColumns)
      .from(people)
      .where(and(sql`lower(${people.email}) = ${address.toLowerCase()}`, isNull(people.retiredAt)))
      .limit(2)
    // An address that several people share is nobody's in particular.
    return found.length === 1 ? (found[0] ?? null) : null
  }

  async function accountOf(tx: Queries, person: Person | null) {
    if (person === null) return null
    const [found] = await tx
      .select({ id: accounts.id, name: accounts.name, role: accounts.role })
      .from(accounts)
      .innerJoin(people, isPersonOfAccount)
      .where(and(eq(people.id, person.id), isNull(accounts.disabledAt)))
      .limit(1)
    return found ?? null
  }

  async function ticketNumbered(tx: Queries, number: number | null): Promise<Ticket | null> {
    if (number === null) return null
    const [row] = await tx
      .select()
      .from(tickets)
      .where(and(eq(tickets.number, number), isNull(tickets.erasedAt)))
    return row === undefined ? null : ticketFromRow(row)
  }

  /** By what we signed, else by a Message-ID that was sent before mails were signed. */
  async function provedTicket(tx: Queries, mail: ReadMail): Promise<Ticket | null> {
    const [signed] = threads.numbersOf(mail.references)
    const number = signed ?? threads.referredTo(mail.text)
    if (number !== null && number !== undefined) return ticketNumbered(tx, number)
    if (mail.references.length === 0) return null
    const [sent] = await tx
      .select({ row: tickets })
      .from(outbox)
      .innerJoin(tickets, eq(tickets.id, outbox.ticketId))
      .where(and(inArray(outbox.messageId, [...mail.references]), isNull(tickets.erasedAt)))
      .limit(1)
    return sent === undefined ? null : ticketFromRow(sent.row)
  }

  async function isConcerned(tx: Queries, accountId: string, ticket: Ticket): Promise<boolean> {
    if (ticket.owner?.id === accountId) return true
    if (ticket.groupId === null) return false
    const member = and(eq(groupMembers.groupId, ticket.groupId), eq(groupMembers.accountId, accountId))
    const [row] = await tx.select({ n: count() }).from(groupMembers).where(member)
    return (row?.n ?? 0) > 0
  }

  async function known(tx: Queries, mail: ReadMail, id: string): Promise<Known> {
    const from = mail.from?.address ?? ''
    const person = await personAt(tx, from)
    const account = await accountOf(tx, person)
    const [proved, named] = [await provedTicket(tx, mail), await ticketNumbered(tx, numberIn(mail.subject, mark()))]
    const about = proved ?? named
    const original = passedOn(mail.text)?.address ?? null
    const author = original === null ? null : await personAt(tx, original)
    const since = new Date(now().getTime() - hourMs)
    const recent = and(eq(incomingMails.fromAddress, from.toLowerCase()), gt(incomingMails.at, since), ne(incomingMails.id, id))
    const [counted] = await tx.select({ n: count() }).from(incomingMails).where(recent)
    return {
      proved,
      named,
      account,
      person,
      concerned: account !== null && about !== null && (await isConcerned(tx, account.id, about)),
      personAt: (address) => (address === original ? author : null),
      lastHour: counted?.n ?? 0,
    }
  }

  const requesterOf = ({ personId, name, email }: Ticket['requester']): Actor => ({
    id: personId ?? 'requester',
    name: name || email || 'L’usager',
    side: 'requester',
  })

  /** What follows from a mail. @returns the ticket that changed, and in whose name; null: none did */
  async function follow(
    tx: Queries,
    id: string,
    mail: ReadMail,
    verdict: Verdict,
    facts: Known,
  ): Promise<{ ticket: Ticket; byId: string } | null> {
    const sender = mail.from === null ? '' : mail.from.name ? `${mail.from.name} <${mail.from.address}>` : mail.from.address
    if (verdict.kind === 'opened') {
      const actor = requesterOf(verdict.requester)
      const source = { id, from: sender, cut: verdict.summary.length < mail.text.trim().length }
      return { ticket: await open(tx, actor, (context) => openByMail(verdict, source, context)), byId: actor.id }
    }
    if (verdict.kind !== 'added') return null
    const ticket = await saving.locked(tx, verdict.number)
    const { account } = facts
    const actor =
      verdict.as === 'requester'
        ? requesterOf(ticket.requester)
        : verdict.as === 'staff' && account !== null
          ? account
          : { id: 'mail', name: sender.slice(0, 200) || 'Courrier' }
    const source = { id, from: sender, cut: verdict.cut }
    return { ticket: await saving.apply(tx, addByMail(ticket, verdict, source, saving.contextOf(actor))), byId: actor.id }
  }

  /** A calendar's answer to an invitation, in the name of whoever was invited; programs send it, but somebody chose it. */
  async function answered(
    tx: Queries,
    mail: ReadMail,
    { number, visit, answer }: { readonly number: number; readonly visit: Visit; readonly answer: VisitAnswer },
    { account, person }: Known,
  ): Promise<Ticket> {
    const ticket = await saving.locked(tx, number)
    const from = mail.from?.address.toLowerCase() ?? ''
    const theirs = ticket.requester.email?.toLowerCase() === from || (person !== null && person.id === ticket.requester.personId)
    const actor = theirs ? requesterOf(ticket.requester) : (account ?? { id: 'mail', name: mail.from?.name || from || 'Courrier' })
    return noteAnswer(tx, saving, { number, visit }, answer, answerIn(mail.text), actor)
  }

  /** Mails of ours that came back: their tickets hear of it, their addresses are marked. */
  async function cameBack(tx: Queries, report: NonNullable<ReadMail['report']>): Promise<readonly Ticket[]> {
    const failures = failuresIn(report.text)
    if (failures.length === 0 || report.ids.length === 0) return []
    const sent = await tx
      .select()
      .from(outbox)
      .where(inArray(outbox.messageId, [...report.ids]))
    const changed: Ticket[] = []
    for (const mail of sent) {
      const failure = failures.find(({ address }) => address?.toLowerCase() === mail.to.toLowerCase()) ?? failures[0]
      if (failure === undefined) continue
      const reason = [failure.status, failure.reason].filter((part) => part !== null && part !== '').join(' ')
      await tx
        .update(outbox)
        .set({ state: 'failed', lastError: `revenu : ${reason}`.slice(0, 500) })
        .where(eq(outbox.id, mail.id))
      await tx
        .insert(badAddresses)
        .values({ address: mail.to.toLowerCase(), since: now(), reason })
        .onConflictDoUpdate({ target: badAddresses.address, set: { reason } })
      if (mail.ticketId === null) continue
      const [row] = await tx
        .select({ number: tickets.number })
        .from(tickets)
        .where(and(eq(tickets.id, mail.ticketId), isNull(tickets.erasedAt)))
      if (row === undefined) continue
      const ticket = await saving.locked(tx, row.number)
      changed.push(await saving.apply(tx, mailCameBack(ticket, mail.to, reason, saving.contextOf(machine))))
    }
    return changed
  }

  /** The mail's files go with the line that leads to it. */
  async function joinFiles(tx: Queries, files: readonly string[], to: { ticketId: string; byId: string; mail: string }): Promise<void> {
    if (files.length === 0) return
    const leads = sql`${ticketJournal.detail} -> 'mail' ->> 'id' = ${to.mail}`
    const [line] = await tx
      .select({ id: ticketJournal.id })
      .from(ticketJournal)
      .where(and(eq(ticketJournal.ticketId, to.ticketId), leads))
    if (line === undefined) throw new Error('no line leads to the mail')
    await tx
      .update(attachments)
      .set({ ticketId: to.ticketId, entryId: line.id, byId: to.byId })
      .where(and(inArray(attachments.id, [...files]), isNull(attachments.entryId)))
  }

  const isOurs = (mail: ReadMail) =>
    threads.numbersOf(mail.messageId === null ? [] : [mail.messageId]).length > 0 ||
    ownAddresses.includes(mail.from?.address.toLowerCase() ?? '')

  return {
    /** Take a mail in; the second time, by its fingerprint, nothing changes. */
    take: (arrived: ArrivedMail): Promise<Taken> =>
      db.transaction(async (tx): Promise<Taken> => {
        const { fingerprint, raw, bytes, read } = arrived
        const id = randomUUID()
        const first = await tx
          .insert(incomingMails)
          .values({
            id,
            at: now(),
            fingerprint,
            raw,
            bytes,
            messageId: read?.messageId ?? null,
            fromAddress: (read === null ? arrived.from : (read.from?.address ?? null))?.toLowerCase() ?? null,
            fromName: (read?.from?.name ?? '').replace(/\0/g, '').slice(0, 200).toWellFormed(),
            subject: (read === null ? arrived.subject : read.subject).replace(/\0/g, '').slice(0, 500).toWellFormed(),
            text: read?.text.replace(/\0/g, '') ?? null,
            files: read === null ? 0 : arrived.files.length,
            outcome: 'unreadable',
            why: read === null ? arrived.why : null,
            toSee: read === null,
          })
          .onConflictDoNothing({ target: incomingMails.fingerprint })
        if (first.rowCount === 0) return { kind: 'known', kept: (await tx.$count(incomingMails, eq(incomingMails.raw, raw))) > 0 }
        const became = (change: Partial<typeof incomingMails.$inferInsert>) =>
          tx.update(incomingMails).set(change).where(eq(incomingMails.id, id))
        if (read === null) return { kind: 'taken', outcome: 'unreadable', tickets: [] }
        const marks = { ...read.marks, ours: isOurs(read) }
        if (read.report !== null && automatic(marks, read.from?.address ?? null) === 'report') {
          const changed = await cameBack(tx, read.report)
          const [ticket] = changed
          await became(ticket === undefined ? { outcome: 'ignored', why: 'report' } : { outcome: 'bounced', ticketId: ticket.id })
          return { kind: 'taken', outcome: ticket === undefined ? 'ignored' : 'bounced', tickets: changed }
        }
        const facts = await known(tx, read, id)
        if (read.answer !== null && 'callback' in read.answer && !marks.ours) {
          const { callback, answer } = read.answer
          const theirs = await declineSlot(tx, callback, read.from?.address ?? '', answer === 'declined', now())
          await became({ outcome: 'ignored', why: theirs ? 'callback' : 'calendar' })
          return { kind: 'taken', outcome: 'ignored', tickets: [], owed: theirs && answer === 'declined' }
        }
        if (read.answer !== null && 'visit' in read.answer && !marks.ours) {
          const { visit, answer, sequence = Number.POSITIVE_INFINITY } = read.answer
          const invited = await ticketOfVisit(tx, visit)
          // A calendar asks for nothing, whether or not there still is something to answer.
          if (invited === null || sequence < invited.visit.sequence) {
            const old = invited !== null && { ticketId: invited.ticketId, toSee: answerIn(read.text) !== '' }
            await became({ outcome: 'ignored', why: invited === null ? 'calendar' : 'old-invitation', ...old })
            return { kind: 'taken', outcome: 'ignored', tickets: [] }
          }
          const ticket = await answered(tx, read, { ...invited, answer }, facts)
          await became({ outcome: 'added', ticketId: ticket.id, toSee: answer === 'declined' })
          return { kind: 'taken', outcome: 'added', tickets: [ticket] }
        }
        const verdict = judge({ ...read, files: arrived.files.length, marks }, facts)
        if (verdict.kind === 'ignored' || verdict.kind === 'held') {
          await became({ outcome: verdict.kind, why: verdict.kind === 'ignored' ? verdict.why : null, toSee: verdict.kind === 'held' })
          return { kind: 'taken', outcome: verdict.kind, tickets: [] }
        }
        const followed = await follow(tx, id, read, verdict, facts)
        if (followed === null) throw new Error('a mail without consequence')
        await joinFiles(tx, arrived.files, { ticketId: followed.ticket.id, byId: followed.byId, mail: id })
        await became({
          outcome: verdict.kind,
          ticketId: followed.ticket.id,
          toSee: (verdict.kind === 'added' && verdict.toSee) || arrived.notes.length > 0,
          why: arrived.notes.join(' ') || null,
        })
        // Whoever writes from an address can be written to there.
        if (read.from !== null) await tx.delete(badAddresses).where(eq(badAddresses.address, read.from.address.toLowerCase()))
        return { kind: 'taken', outcome: verdict.kind, tickets: [followed.ticket] }
      }),

    /** The latest first; those to look at before all others. */
    async list(limit = 200): Promise<(IncomingMail & { readonly raw: string })[]> {
      const rows = await db
        .select({ mail: incomingMails, number: tickets.number })
        .from(incomingMails)
        .leftJoin(tickets, eq(tickets.id, incomingMails.ticketId))
        .orderBy(desc(incomingMails.toSee), desc(incomingMails.at))
        .limit(limit)
      return rows.map(shown)
    },

    /** @throws ServiceError `not_found` */
    async find(id: string): Promise<IncomingMail & { readonly raw: string }> {
      const [row] = isUuid(id)
        ? await db
            .select({ mail: incomingMails, number: tickets.number })
            .from(incomingMails)
            .leftJoin(tickets, eq(tickets.id, incomingMails.ticketId))
            .where(eq(incomingMails.id, id))
        : []
      if (row === undefined) throw new ServiceError('not_found')
      return shown(row)
    },

    /** Somebody has looked at it. @throws ServiceError `not_found`, `conflict` when somebody else did first */
    async see(id: string, by: { readonly name: string }): Promise<void> {
      const seen = isUuid(id)
        ? await db
            .update(incomingMails)
            .set({ toSee: false, seenName: by.name, seenAt: now() })
            .where(and(eq(incomingMails.id, id), eq(incomingMails.toSee, true)))
        : { rowCount: 0 }
      if (seen.rowCount === 0) throw new ServiceError(isUuid(id) ? 'conflict' : 'not_found')
    },

    /** How many wait to be looked at. */
    async toSee(): Promise<number> {
      const [row] = await db.select({ n: count() }).from(incomingMails).where(eq(incomingMails.toSee, true))
      return row?.n ?? 0
    },

    /** Why an address cannot be written to; null: it can, as far as is known. */
    async trouble(address: string | null): Promise<{ readonly since: string; readonly reason: string } | null> {
      if (address === null) return null
      const [row] = await db.select().from(badAddresses).where(eq(badAddresses.address, address.toLowerCase()))
      return row === undefined ? null : { since: row.since.toISOString(), reason: row.reason }
    },
  }
}
export type IncomingStore = ReturnType<typeof incomingStore>

type Row = { readonly mail: typeof incomingMails.$inferSelect; readonly number: number | null }
const shown = ({ mail, number }: Row): IncomingMail & { readonly raw: string } => ({
  id: mail.id,
  at: mail.at.toISOString(),
  from: mail.fromAddress === null ? null : { name: mail.fromName, address: mail.fromAddress },
  subject: mail.subject,
  text: mail.text,
  files: mail.files,
  bytes: mail.bytes,
  outcome: mail.outcome,
  why: mail.why,
  ticketNumber: number,
  toSee: mail.toSee,
  seenBy: mail.seenName,
  seenAt: mail.seenAt?.toISOString() ?? null,
  raw: mail.raw,
})
