import { unconfirmedBefore } from '../tickets/requests.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Role, Ticket } from '../contract/entities.ts'
import { ServiceError } from '../errors.ts'
import { signing } from '../contract/desk-itself.ts'
import { wholeEntity } from '../contract/partition.ts'
import { inEntity, movedLine } from '../tickets/partition.ts'
import type { MailThreads } from '../mail-threads.ts'
import { concernsWorkers, withConcerned, withObservers, type Watcher } from '../tickets/observers.ts'
import type { Accepted, SignedEntry, TargetGroup, TicketContext, TicketDecision, TicketPolicy } from '../tickets/model.ts'
import { deskDay, type Db, type Queries } from './connection.ts'
import { joinFiles } from './attachment-store.ts'
import { sharedWith } from '../tickets/merging.ts'
import { oweMails } from './outbox.ts'
import { people, ticketDelays, tickets } from './schema.ts'
import { groups } from './schema-groups.ts'
import { concernedBy, watchersOf } from './observer-rows.ts'
import { writeJournal } from './ticket-journal.ts'
import { rowFromTicket, ticketFromRow } from './ticket-rows.ts'
import { toldBy } from './ticket-sharing.ts'
import { withIdentity } from './verified.ts'

/** Who acts on a ticket. `side`: not an account in its own name, but the requester, or a clock. */
export type Actor = {
  readonly id: string
  readonly name: string
  readonly role?: Role
  readonly side?: 'requester' | 'clock'
}
export type TicketSettings = {
  readonly portalUrl: string
  readonly publicUrl: string
  /** Where invitations come from: in the desk's name. */
  readonly senderMail: string
  readonly threads: MailThreads
  /** Answers to the mails are read here. */
  readonly answerable: boolean
  readonly now: () => Date
  readonly policy: () => TicketPolicy
  /** Whether the requester has the request's page before them: what a mail would say, they see. */
  readonly isReader: (number: number) => boolean
} & Pick<TicketContext, 'answerUrl' | 'followUrl' | 'confirmUrl' | 'groupUrl'>

/** More than so many are told by a disruption. */
const mostShared = 100

/** @throws ServiceError with the refusal's code and detail */
export const accepted = (decision: TicketDecision): Accepted => {
  if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
  return decision
}

/** Mails that wait, so that what owes them can still be taken back; they are known by the moment it was done. */
export type HeldMails = { readonly at: Date; readonly mailsAfter: Date }

export type TicketSaving = ReturnType<typeof ticketSaving>

/** How a decision about a ticket is made and stored: ticket, journal and owed mails in one transaction. */
export function ticketSaving(db: Db, settings: TicketSettings) {
  const signedBy = <Who extends Pick<Actor, 'id' | 'name'>>(actor: Who): Who => signing(actor, settings.policy().deskName)
  const contextOf = (actor: Actor): TicketContext => ({
    now: settings.now().toISOString(),
    by: actor.id,
    operatorName: signedBy(actor).name,
    side: actor.side ?? (actor.role === 'level2' ? 'level2' : 'level1'),
    policy: settings.policy(),
    portalUrl: settings.portalUrl,
    answerUrl: settings.answerUrl,
    followUrl: settings.followUrl,
    confirmUrl: settings.confirmUrl,
    groupUrl: settings.groupUrl,
    ticketUrl: ({ number }) => `${settings.publicUrl}/console/tickets/${number}`,
  })

  const signedAs = ({ byId, by, at }: SignedEntry): TicketContext => ({ ...contextOf({ id: byId, name: by }), now: at })

  /** @param files that go with the first line */
  async function record(
    tx: Queries,
    { ticket, journal, mails, ends }: Accepted,
    files: readonly string[] = [],
    held?: HeldMails,
  ): Promise<Ticket> {
    const [first] = await writeJournal(tx, ticket.id, journal)
    if (first !== undefined) await joinFiles(tx, files, { ticketId: ticket.id, entryId: first, byId: journal[0]?.byId ?? '' })
    await writeDelays(tx, ticket, ends)
    const at = held?.at ?? settings.now()
    await oweMails(tx, mails, {
      ticketId: ticket.id,
      number: ticket.number,
      at,
      notBefore: held?.mailsAfter ?? at,
      threads: settings.threads,
      answerable: settings.answerable,
      sender: { name: settings.policy().deskName, mail: settings.senderMail },
      readerHere: settings.isReader(ticket.number),
    })
    return ticket
  }

  /** A ticket that nobody else changes until the transaction ends. @throws ServiceError `not_found` */
  async function locked(tx: Queries, number: number): Promise<Ticket> {
    const [row] = await tx.select().from(tickets).where(eq(tickets.number, number)).for('update')
    if (row === undefined) throw new ServiceError('not_found')
    return ticketFromRow(row)
  }

  const isPartitioned = () => (settings.policy().partition?.entities.length ?? 0) > 0
  const entityOfPerson = async (tx: Queries, personId: string): Promise<string> =>
    (await tx.select({ entityId: people.entityId }).from(people).where(eq(people.id, personId)))[0]?.entityId ?? wholeEntity

  /** A new ticket belongs where its requester does. */
  async function placedByRequester(tx: Queries, ticket: Ticket): Promise<Ticket> {
    const { personId } = ticket.requester
    return !isPartitioned() || personId === null ? ticket : inEntity(ticket, await entityOfPerson(tx, personId))
  }

  /** Another requester takes it along to where they belong; the journal says so. */
  async function followingRequester(tx: Queries, decision: Accepted): Promise<Accepted> {
    const { ticket, journal } = decision
    const { personId } = ticket.requester
    const [by] = journal
    if (!isPartitioned() || personId === null || by === undefined) return decision
    const [before] = await tx.select({ personId: tickets.requesterPersonId }).from(tickets).where(eq(tickets.id, ticket.id))
    if (before === undefined || before.personId === personId) return decision
    const [from, to] = [ticket.entityId ?? wholeEntity, await entityOfPerson(tx, personId)]
    if (from === to) return decision
    const line = movedLine({ now: by.at, by: by.byId, operatorName: by.by }, from, to, settings.policy().partition?.entities ?? [])
    return { ...decision, ticket: inEntity(ticket, to), journal: [...journal, line] }
  }

  async function apply(tx: Queries, decided: TicketDecision, files: readonly string[] = [], held?: HeldMails): Promise<Ticket> {
    const decision = await toldToWatchers(tx, await followingRequester(tx, accepted(decided)))
    const { id, number: _number, openedAt: _openedAt, openedBy: _openedBy, ...changed } = rowFromTicket(decision.ticket, settings.policy())
    const { rowCount } = await tx
      .update(tickets)
      .set(changed)
      .where(and(eq(tickets.id, id), isNull(tickets.erasedAt)))
    // What is written in it from then on would never go again.
    if (rowCount === 0)
      throw new ServiceError('conflict', `ce que disait le ticket n° ${decision.ticket.number} a été effacé : ouvrez-en un autre`)
    const saved = await record(tx, decision, files, held)
    await shareOn(tx, decision, held)
    return saved
  }

  /** Who worked on it, and a group that it was handed to and that has not taken it up, written to as it was then. */
  async function concerned(tx: Queries, id: string): Promise<readonly Watcher[]> {
    const [workers, [before]] = [
      await concernedBy(tx, id),
      await tx.select({ status: tickets.status, groupId: tickets.groupId }).from(tickets).where(eq(tickets.id, id)),
    ]
    const group = before?.status === 'redirected' ? await targetGroup(tx, before.groupId) : null
    if (group === null) return workers
    const { name, mail, people: members = [] } = group
    const reached = mail === null ? members.map((one) => ({ id: one.accountId, mail: one.mail })) : [{ id: group.id, mail }]
    const others = reached.filter((one) => workers.every((worker) => worker.id !== one.id))
    return [...workers, ...others.map((one) => ({ ...one, name, staff: true }))]
  }

  async function toldToWatchers(tx: Queries, decision: Accepted): Promise<Accepted> {
    const [line] = decision.journal
    if (line === undefined) return decision
    const { id } = decision.ticket
    const told = concernsWorkers(decision) ? withConcerned(decision, await concerned(tx, id), signedAs(line)) : decision
    const watchers = await watchersOf(tx, id)
    return watchers.length === 0 ? told : withObservers(told, watchers, signedAs(line))
  }

  /** Those that share this one's messages have them too, under their own numbers. */
  async function shareOn(tx: Queries, { ticket, journal }: Accepted, held?: HeldMails): Promise<void> {
    const [line] = journal
    if (line === undefined || !journal.some(({ visibility, text }) => visibility === 'public' && text !== '')) return
    const rows = await tx
      .select()
      .from(tickets)
      .where(and(sql`${tickets.id} in ${toldBy(ticket.id)}`, isNull(tickets.erasedAt)))
      .orderBy(tickets.number)
      .limit(mostShared)
    const context = signedAs(line)
    const told = new Set<string>()
    for (const other of rows.map(ticketFromRow)) {
      const decided = sharedWith(other, ticket, journal, context)
      if (decided === null) continue
      const shared = accepted(decided)
      const email = other.requester.email?.toLowerCase() ?? ''
      // Whoever asked twice is told by one mail.
      const isTold = email !== '' && told.has(email)
      await record(tx, isTold ? { ...shared, mails: [], journal: shared.journal.filter(({ kind }) => kind !== 'mail') } : shared, [], held)
      told.add(email)
    }
  }

  return {
    contextOf,
    signedBy,
    record,
    locked,
    apply,
    placedByRequester,
    change: (
      number: number,
      actor: Actor,
      decide: (ticket: Ticket, context: TicketContext, tx: Queries) => TicketDecision | Promise<TicketDecision>,
      files: readonly string[] = [],
    ) =>
      db.transaction(async (tx): Promise<Ticket> => {
        const ticket = await locked(tx, number)
        return apply(tx, await decide(ticket, await withIdentity(tx, contextOf(actor), ticket), tx), files)
      }),
  }
}

/** Where a ticket may be redirected to: a group that has not been retired; null when there is none. */
export async function targetGroup(tx: Queries, id: string | null): Promise<TargetGroup | null> {
  if (id === null) return null
  const [found] = await tx
    .select({ id: groups.id, name: groups.name, mail: groups.mail })
    .from(groups)
    .where(and(eq(groups.id, id), isNull(groups.retiredAt)))
    .for('share')
  if (found === undefined) return null
  const referents = await referentsOf(tx, id)
  return found.mail === null ? { ...found, referents, people: await peopleOf(tx, id) } : { ...found, referents }
}

/** The group that has a ticket, as those who give it back name it; one that was retired meanwhile has its name, and nobody to write to. */
export async function holdingGroup(tx: Queries, id: string | null): Promise<TargetGroup | null> {
  const found = await targetGroup(tx, id)
  if (found !== null || id === null) return found
  const [retired] = await tx.select({ id: groups.id, name: groups.name }).from(groups).where(eq(groups.id, id))
  return retired === undefined ? null : { ...retired, mail: null }
}

async function referentsOf(tx: Queries, groupId: string): Promise<readonly string[]> {
  const { rows } = await tx.execute<{ mail: string }>(sql`
    select p.email as mail from group_members m join accounts a on a.id = m.account_id and a.disabled_at is null and a.role <> 'user'
      join people p on p.retired_at is null and (p.id = a.person_id or (a.person_id is null and p.login = a.login))
    where m.group_id = ${groupId} and m.part = 'referent' and p.email is not null`)
  return rows.map(({ mail }) => mail)
}

/** Who works for a group today, those away replaced by who stands in for them and is here, and where each is written to. */
export async function peopleOf(tx: Queries, groupId: string): Promise<NonNullable<TargetGroup['people']>> {
  const { rows } = await tx.execute<{ accountId: string; mail: string | null }>(sql`
    with recursive reached (id) as (
      select m.account_id from group_members m where m.group_id = ${groupId} and m.part = 'member'
      union select o.stand_in_id from absences o join reached r on r.id = o.account_id
        where o.stand_in_id is not null and ${deskDay} between o.from_day and o.to_day)
    select distinct a.id as "accountId", p.email as mail
    from reached r join accounts a on a.id = r.id and a.disabled_at is null and a.role <> 'user'
      join people p on p.retired_at is null and (p.id = a.person_id or (a.person_id is null and p.login = a.login))
    where not exists (select 1 from absences o where o.account_id = r.id and ${deskDay} between o.from_day and o.to_day)
    order by 1`)
  return rows
}

async function writeDelays(tx: Queries, { id, categoryId, priority }: Ticket, ends: Accepted['ends']): Promise<void> {
  if (ends.length === 0) return
  await tx.insert(ticketDelays).values(
    ends.map(({ startedAt, endedAt, ...end }) => ({
      ...end,
      ticketId: id,
      startedAt: new Date(startedAt),
      endedAt: new Date(endedAt),
      categoryId,
      priority,
    })),
  )
}

/** In what is due by now; read without a lock, judged again under one. */
export async function dueTickets(db: Queries, at: Date, unconfirmedDays: number): Promise<readonly number[]> {
  const now = at.toISOString()
  const unconfirmed = new Date(unconfirmedBefore(at.getTime(), unconfirmedDays)).toISOString()
  const rows = await db
    .select({ number: tickets.number })
    .from(tickets)
    .where(
      sql`(${tickets.status} = 'solution-proposed' and (${tickets.proposal} ->> 'closesAt' <= ${now} or ${tickets.proposal} ->> 'remindAt' <= ${now}))
        or (${tickets.status} = 'waiting' and ${tickets.waiting} #>> '{what,until}' <= ${now})
        or (${tickets.unconfirmed} and ${tickets.status} in ('pre-ticket', 'waiting') and ${tickets.statusSince} <= ${unconfirmed}::timestamptz)
        or ${tickets.alertAt} <= ${now}`,
    )
    .orderBy(tickets.number)
    .limit(200)
  return rows.map(({ number }) => number)
}
