import { deskItself as itself } from '../contract/desk-itself.ts'
import { onlyOne } from '../contract/only-one.ts'
import { and, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Person, Requester, Ticket } from '../contract/entities.ts'
import type { ObserverOrder } from '../contract/observers.ts'
import { showNumber } from '../calls/number.ts'
import { attachCall } from '../tickets/decide.ts'
import type { Over } from '../tickets/mails.ts'
import { joinedLine, openChild, tellOver, type Joiner } from '../tickets/light.ts'
import type { OpeningContext, TicketDecision } from '../tickets/model.ts'
import { ServiceError } from '../errors.ts'
import { handFiles, missingFile } from './attachment-store.ts'
import type { Db, Queries } from './connection.ts'
import { isDisposed, noteDisposition } from './dispositions.ts'
import { addWatchers } from './observer-store.ts'
import { disruptionCalls, disruptions, ticketLinks } from './schema-disruptions.ts'
import { tickets } from './schema.ts'
import { writeJournal } from './ticket-journal.ts'
import { waitsForParent } from './ticket-linking.ts'
import { mayBeTakenBack } from './ticket-sharing.ts'
import { ticketFromRow } from './ticket-rows.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'

type Insert = (
  tx: Queries,
  actor: Actor,
  decide: (context: OpeningContext) => TicketDecision,
  key: { readonly idempotencyKey: string | null; readonly commandHash: string | null },
  files?: readonly string[],
) => Promise<Ticket>

/** What was chosen while the ticket of whoever joins was being written. */
type Brought = {
  readonly observers: readonly ObserverOrder[]
  readonly files: readonly string[]
  /** Whoever brought the files, where it is the desk that writes. */
  readonly broughtBy?: string
  /** Of what was sent: sent twice, it is one. */
  readonly idempotencyKey?: string | null
}
const nothingBrought: Brought = { observers: [], files: [] }

/** The desk itself, which attaches whoever pressed the key. */
export const deskItself: Actor = { ...itself, side: 'clock' }
/** Time to take an end back, before five hundred people are written to. */
export const graceMs = 20_000

/** Who joined by a key, from the number alone: somebody, when the number is one person's. */
function requesterOf(number: string | null, people: readonly Person[]): Requester {
  const only = onlyOne(people)
  const phone = number === null ? null : showNumber(number)
  return only === null ? { personId: null, name: '', email: null, phone } : { personId: only.id, name: only.name, email: only.email, phone }
}

/** Light children: made for whoever joins a disruption, told of its end. */
export function ticketChildren(db: Db, saving: TicketSaving, insert: Insert, now: () => Date) {
  const { contextOf, signedBy, locked, apply } = saving

  /**
   * Their child of that parent that waits still; null without one, and for who cannot be told apart. A number proves nothing where anybody may
   * type it: by a form, somebody else's request would be shown to whoever types theirs.
   */
  async function childOf(tx: Queries, parent: Ticket, { requester: { personId, phone }, medium }: Joiner): Promise<Ticket | null> {
    const theirs =
      personId !== null
        ? eq(tickets.requesterPersonId, personId)
        : phone === null || phone === '' || medium === 'form'
          ? sql`false`
          : and(eq(tickets.requesterPhone, phone), or(ne(tickets.medium, 'form'), isNotNull(tickets.requesterPersonId)))
    const [row] = await tx
      .select({ ticket: tickets })
      .from(tickets)
      .innerJoin(ticketLinks, and(eq(ticketLinks.fromId, tickets.id), eq(ticketLinks.kind, 'child-of')))
      .where(and(eq(ticketLinks.toId, parent.id), ne(tickets.status, 'closed'), theirs))
      .limit(1)
    return row === undefined ? null : ticketFromRow(row.ticket)
  }

  async function join(
    tx: Queries,
    parentNumber: number,
    joiner: Joiner,
    whose: Actor,
    { observers, files, broughtBy, idempotencyKey = null }: Brought = nothingBrought,
  ): Promise<Ticket> {
    const actor = signedBy(whose)
    // Whoever joins takes turns: nobody is attached twice.
    const parent = await locked(tx, parentNumber)
    if (idempotencyKey !== null) {
      const [sent] = await tx.select().from(tickets).where(eq(tickets.idempotencyKey, idempotencyKey))
      if (sent !== undefined) return ticketFromRow(sent)
    }
    if (broughtBy !== undefined) await handFiles(tx, files, broughtBy, actor.id)
    const before = await childOf(tx, parent, joiner)
    if (before !== null) {
      const { callId } = joiner
      if (callId !== null && (await isDisposed(tx, callId, before.id))) return before
      if (callId !== null) await noteDisposition(tx, callId, { kind: 'attached', ticketId: before.id }, actor, now())
      const saved = await apply(tx, attachCall(before, joiner.text, { ...contextOf(actor), side: 'clock' }), files)
      await addWatchers(tx, saving, saved, observers, actor, now())
      return saved
    }
    const key = { idempotencyKey, commandHash: null }
    const child = await insert(tx, actor, (context) => openChild(parent, joiner, context), key, files)
    await tx.insert(ticketLinks).values({
      fromId: child.id,
      toId: parent.id,
      kind: 'child-of',
      at: now(),
      byId: actor.id,
      byName: actor.name,
      before: null,
    })
    await writeJournal(tx, parent.id, [joinedLine(child, contextOf(actor))])
    await addWatchers(tx, saving, child, observers, actor, now())
    return child
  }

  return {
    /**
     * Somebody joins a parent ticket; who has joined already adds to the child of the first time.
     * @throws ServiceError `not_found`, `conflict` when the parent is closed, a file is no longer there or somebody in copy not known
     */
    join: (parent: number, joiner: Joiner, actor: Actor, brought = nothingBrought): Promise<Ticket> =>
      db.transaction(async (tx) => {
        if ((await locked(tx, parent)).status === 'closed') throw new ServiceError('conflict', `ticket n° ${parent} clos`)
        return join(tx, parent, joiner, actor, brought).catch(missingFile)
      }),

    /**
     * Tickets for callers who freed their line by a key, each once, the oldest first; also when the parent was closed meanwhile: they are
     * told of its end at once. A disruption that has lost its ticket keeps them until it has one again.
     */
    async joinCallers(peopleOf: (number: string) => readonly Person[], limit = 50): Promise<readonly Ticket[]> {
      const due = await db
        .select({ callId: disruptionCalls.callId, parent: tickets.number })
        .from(disruptionCalls)
        .innerJoin(disruptions, sql`${disruptions.id}::text = ${disruptionCalls.disruptionId}`)
        .innerJoin(tickets, eq(tickets.id, disruptions.ticketId))
        .where(isNull(disruptionCalls.ticketId))
        .orderBy(disruptionCalls.at)
        .limit(limit)
      const made: Ticket[] = []
      for (const { callId, parent } of due) {
        const child = await db.transaction(async (tx) => {
          const [row] = await tx.select().from(disruptionCalls).where(eq(disruptionCalls.callId, callId)).for('update')
          if (row === undefined || row.ticketId !== null) return null
          const requester = requesterOf(row.number, row.number === null ? [] : peopleOf(row.number))
          const joiner: Joiner = { requester, text: '', medium: 'phone', callId }
          const child = await join(tx, parent, joiner, deskItself)
          await tx.update(disruptionCalls).set({ ticketId: child.id }).where(eq(disruptionCalls.callId, callId))
          return child
        })
        if (child !== null) made.push(child)
      }
      return made
    },

    /**
     * Tell some of those whose parent is over; of a disruption that is the staff's by then, without what was written for the staff. What is
     * still to be told is what the database says, so that a service killed meanwhile goes on where it stood, and nobody is told twice.
     */
    async tellSome(limit = 25): Promise<readonly Ticket[]> {
      const since = new Date(now().getTime() - graceMs).toISOString()
      const { rows } = await db.execute<{ number: number; text: string; over: Over }>(sql`
        select ${tickets.number} as number,
          case when not exists (select 1 from disruptions d where d.ticket_id = p.id) then 'parent-solved'
            when ended.ended_at < ended.starts_at then 'called-off' else 'over' end as over,
          case when ended.audience = 'staff' then '' else coalesce(nullif(ended.resolution, ''), p.solution, '') end as text
        from tickets join ticket_links l on l.from_id = tickets.id and l.kind = 'child-of' join tickets p on p.id = l.to_id
          left join lateral (select d.audience, d.resolution, d.starts_at, d.ended_at from disruptions d where d.ticket_id = p.id and d.ended_at is not null
            order by d.ended_at desc limit 1) ended on true
        where ${waitsForParent} and not tickets.unconfirmed
          and not exists (select 1 from disruptions d where d.ticket_id = p.id and d.ended_at is null)
          and ((p.closed_at < ${since}::timestamptz and not ${mayBeTakenBack(sql`p.number`, now())})
            or exists (select 1 from disruptions d where d.ticket_id = p.id and d.ended_at < ${since}::timestamptz))
        order by tickets.number limit ${limit}`)
      const told: Ticket[] = []
      for (const { number, text, over } of rows) {
        const saved = await db.transaction(async (tx) => {
          const child = await locked(tx, number)
          const decision = tellOver(child, text, over, contextOf(deskItself))
          return decision === null ? null : apply(tx, decision)
        })
        if (saved !== null) told.push(saved)
      }
      return told
    },
  }
}
