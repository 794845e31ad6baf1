import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import type { ObserverOrder } from '../contract/observers.ts'
import { ServiceError } from '../errors.ts'
import { addMessage, attachCall, openPreTicket, openTicket } from '../tickets/decide.ts'
import { openRequest } from '../tickets/requests.ts'
import type { OpeningContext, OpenRequest, OpenTicket, TicketDecision } from '../tickets/model.ts'
import { missingFile } from './attachment-store.ts'
import type { Db, Queries } from './connection.ts'
import { isDisposed, noteDisposition } from './dispositions.ts'
import { isDuplicate } from './failures.ts'
import { noteCard } from './identity-store.ts'
import { dispositions, tickets } from './schema.ts'
import { messageTracing, oneTraceOf } from './message-tracing.ts'
import { ticketChildren } from './ticket-children.ts'
import { ticketClaiming } from './ticket-claims.ts'
import { ticketCommands } from './ticket-commands.ts'
import { ticketLinking } from './ticket-linking.ts'
import { ticketLists } from './ticket-lists.ts'
import { ticketQueries } from './ticket-queries.ts'
import { rewindTickets } from './ticket-rewinding.ts'
import { rowFromTicket, ticketFromRow } from './ticket-rows.ts'
import { addWatchers, ticketObserving } from './observer-store.ts'
import { withIdentity } from './verified.ts'
import { ticketVisiting } from './visit-store.ts'
import { accepted, ticketSaving, type Actor, type TicketSettings } from './ticket-saving.ts'

type Opening = OpenTicket & {
  readonly idempotencyKey?: string | undefined
  readonly observers?: readonly ObserverOrder[]
  /** Files brought for its draft. */
  readonly attachments?: readonly string[]
}
/** What was gathered for the ticket being written when its call turned out to be about another one. */
type Brought = { readonly files?: readonly string[]; readonly observers?: readonly ObserverOrder[] }
type Key = { readonly idempotencyKey: string | null; readonly commandHash: string | null }

/** Tickets: each command reads, decides in the pure core, and stores ticket, journal and owed mails in one transaction. */
export function ticketStore(db: Db, settings: TicketSettings) {
  const saving = ticketSaving(db, settings)
  const { contextOf, signedBy, record, locked, apply, placedByRequester } = saving

  async function insert(
    tx: Queries,
    actor: Actor,
    decide: (context: OpeningContext) => TicketDecision,
    key: Key,
    files: readonly string[] = [],
  ): Promise<Ticket> {
    const { rows } = await tx.execute<{ number: string }>(sql`select nextval('ticket_number') as number`)
    const decided = accepted(decide({ ...contextOf(actor), id: randomUUID(), number: Number(rows[0]?.number) }))
    const decision = { ...decided, ticket: await placedByRequester(tx, decided.ticket) }
    const { ticket } = decision
    await tx.insert(tickets).values({ ...rowFromTicket(ticket, settings.policy()), ...key })
    if (ticket.callId !== null)
      await noteDisposition(tx, ticket.callId, { kind: 'opened', ticketId: ticket.id }, signedBy(actor), settings.now())
    return record(tx, decision, files)
  }

  async function alreadySaved(key: string, commandHash: string): Promise<Ticket | null> {
    const [row] = await db.select().from(tickets).where(eq(tickets.idempotencyKey, key))
    if (row === undefined) return null
    if (row.commandHash !== commandHash) throw new ServiceError('conflict', `déjà enregistré, ticket n° ${row.number}`)
    return ticketFromRow(row)
  }

  /** Save once for each key; of two at the same instant, one wins and both answer with it. */
  async function once(
    idempotencyKey: string | null,
    content: readonly unknown[],
    save: (key: Key) => Promise<Ticket>,
  ): Promise<{ ticket: Ticket; created: boolean }> {
    const commandHash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    const before = idempotencyKey === null ? null : await alreadySaved(idempotencyKey, commandHash)
    if (before !== null) return { ticket: before, created: false }
    try {
      return { ticket: await save({ idempotencyKey, commandHash }), created: true }
    } catch (error) {
      const meanwhile = idempotencyKey !== null && isDuplicate(error) ? await alreadySaved(idempotencyKey, commandHash) : null
      if (meanwhile === null) throw error
      return { ticket: meanwhile, created: false }
    }
  }

  /** A call joins a ticket, once. */
  const join = (
    number: number,
    callId: string,
    decide: (ticket: Ticket) => { readonly actor: Actor; readonly decision: TicketDecision },
    { files = [], observers = [] }: Brought = {},
  ): Promise<Ticket> =>
    db.transaction(async (tx) => {
      const ticket = await locked(tx, number)
      if (await isDisposed(tx, callId, ticket.id)) return ticket
      const { actor, decision } = decide(ticket)
      await noteDisposition(tx, callId, { kind: 'attached', ticketId: ticket.id }, actor, settings.now())
      const joined = await apply(tx, decision, files).catch(missingFile)
      await addWatchers(tx, saving, joined, observers, actor, settings.now())
      return joined
    })

  return {
    ...ticketQueries(db, settings),
    ...ticketLists(db, settings),
    ...ticketClaiming(db, settings.now),
    ...ticketCommands(db, saving, settings.now),
    /** After a change of delays or hours, and at each start. @returns how many tickets' clocks differed */
    rewind: (): Promise<number> => rewindTickets(db, settings.policy, settings.now),
    ...ticketLinking(db, saving, settings.now),
    ...ticketVisiting(db, saving, settings.now),
    ...ticketObserving(db, saving, settings.now),
    ...ticketChildren(db, saving, insert, settings.now),
    ...messageTracing(db, saving, insert, settings.now),

    /**
     * Open a ticket. With a key already used for the same content, the ticket of the first time and `created: false`.
     * @throws ServiceError `conflict` when the key was used for another content, `invalid_body` when the title holds nothing.
     */
    async open(creation: Opening, actor: Actor): Promise<{ ticket: Ticket; created: boolean }> {
      const { idempotencyKey = null, observers = [], attachments = [], ...command } = creation
      const content = { ...command, ...(observers.length > 0 && { observers }), ...(attachments.length > 0 && { attachments }) }
      return once(idempotencyKey, [actor.id, content], (key) =>
        db.transaction(async (tx) => {
          const known = command.solution === null ? null : await withIdentity(tx, contextOf(actor), { ...command, id: null })
          const asked = known?.isVerified === undefined ? {} : { isVerified: known.isVerified || command.cardSeen === true }
          const decide = (context: OpeningContext) => openTicket(command, { ...context, ...asked })
          const ticket = await insert(tx, actor, decide, key, attachments).catch(missingFile)
          const { personId } = ticket.requester
          if (command.cardSeen === true && personId !== null) await noteCard(tx, { ticketId: ticket.id, personId }, actor, settings.now())
          await addWatchers(tx, saving, ticket, observers, actor, settings.now())
          return ticket
        }),
      )
    },

    /**
     * Open a pre-ticket for somebody outside the staff, by a form or a mail; the actor is its requester. With a key already used for the same
     * content, the ticket of the first time and `created: false`.
     * @param files ids of files taken in before, in the actor's name; a second try may have taken the same ones in again
     * @throws ServiceError `conflict` when the key was used for another content, `invalid_body` when the title holds nothing.
     */
    async openRequest(
      { idempotencyKey = null, ...request }: OpenRequest & { readonly idempotencyKey?: string | null },
      actor: Actor & { readonly side: 'requester' },
      files: readonly string[] = [],
    ): Promise<{ ticket: Ticket; created: boolean }> {
      return once(idempotencyKey, [actor.id, request], (key) =>
        db.transaction((tx) => insert(tx, actor, (context) => openRequest(request, context), key, files)),
      )
    },

    /** Note what a call that nobody could answer asks for; the second time for the same call, the ticket that it led to. */
    openPre: (command: OpenTicket & { readonly callId: string }, actor: Actor): Promise<{ ticket: Ticket; created: boolean }> =>
      db.transaction(async (tx) => {
        await oneTraceOf(tx, command.callId)
        const [led] = await tx
          .select({ ticket: tickets })
          .from(dispositions)
          .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
          .where(eq(dispositions.callId, command.callId))
          .orderBy(dispositions.id)
          .limit(1)
        if (led !== undefined) return { ticket: ticketFromRow(led.ticket), created: false }
        const nothing = { idempotencyKey: null, commandHash: null }
        return { ticket: await insert(tx, actor, (context) => openPreTicket(command, context), nothing), created: true }
      }),

    /** Open a ticket within what else is being written. */
    opening: (tx: Queries, actor: Actor, decide: (context: OpeningContext) => TicketDecision): Promise<Ticket> =>
      insert(tx, actor, decide, { idempotencyKey: null, commandHash: null }),

    /** A call about a ticket that exists already; the second time for the same call it changes nothing. @throws ServiceError `not_found`, `conflict` */
    attach: (number: number, callId: string, text: string, actor: Actor, brought?: Brought): Promise<Ticket> =>
      join(number, callId, (ticket) => ({ actor, decision: attachCall(ticket, text, contextOf(actor)) }), brought),

    /** The voice message of a call joins a ticket, signed by its requester; the second time it changes nothing. @throws ServiceError `not_found` */
    addMessage: (number: number, callId: string, seconds: number): Promise<Ticket> =>
      join(number, callId, (ticket) => {
        const { personId, name } = ticket.requester
        const actor = { id: personId ?? 'requester', name: name || 'Demandeur', side: 'requester' as const }
        return { actor, decision: addMessage(ticket, seconds, contextOf(actor)) }
      }),
  }
}
export type TicketStore = ReturnType<typeof ticketStore>
