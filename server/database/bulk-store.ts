import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { bulkCreation, BulkOrder, BulkProgress } from '../contract/bulk.ts'
import type { Ticket } from '../contract/entities.ts'
import type { Session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { closeTicket, takeUp } from '../tickets/decide.ts'
import { redirect } from '../tickets/handing.ts'
import type { TicketContext, TicketDecision } from '../tickets/model.ts'
import { undo, undoableOf } from '../tickets/undoing.ts'
import type { Db, Queries } from './connection.ts'
import { translateFailure } from './failures.ts'
import { bulkActions, bulkItems } from './schema-lists.ts'
import { outbox, tickets } from './schema.ts'
import { targetGroup, type Actor, type TicketSaving } from './ticket-saving.ts'
import { seenBy } from './ticket-scope.ts'
import { undoableMs, withdraw } from './ticket-sharing.ts'
import type { TicketStore } from './ticket-store.ts'
import { withIdentity } from './verified.ts'

/** What is to be taken back waits no longer than this for its turn, whatever happens. */
const longestUndoMs = 3_600_000
const isUntried = and(eq(outbox.state, 'pending'), eq(outbox.attempts, 0))

type Linking = Pick<TicketStore, 'linkIn' | 'unlinkIn'>
type Item = typeof bulkItems.$inferSelect
type Action = typeof bulkActions.$inferSelect
type Taken = { readonly item: Item; readonly action: Action }

const decided = async (
  tx: Queries,
  ticket: Ticket,
  order: Exclude<BulkOrder, { do: 'link' }>,
  context: TicketContext,
): Promise<TicketDecision> => {
  switch (order.do) {
    case 'take-up':
      return takeUp(ticket, context)
    case 'redirect':
      return redirect(ticket, await targetGroup(tx, order.groupId), order.reason, context)
    case 'close':
      return closeTicket(ticket, order.solution, await withIdentity(tx, context, ticket))
    default:
      return order satisfies never
  }
}

/** What it says besides the catalogue's sentence. */
const whyOf = ({ message }: ServiceError): string => /\(([^()]*)\)$/.exec(message)?.[1] ?? message

/** One gesture on many tickets: written down first, then done one ticket at a time, so that a restart goes on where it was. */
export function bulkStore(db: Db, { locked, apply, contextOf }: TicketSaving, linking: Linking, now: () => Date) {
  const actorOf = ({ byId, byName, byRole }: Action): Actor => ({ id: byId, name: byName, role: byRole })

  /** The next ticket that something is to be done to; nobody else has it until the transaction ends. */
  async function next(tx: Queries): Promise<Taken | null> {
    const [found] = await tx
      .select({ item: bulkItems, action: bulkActions })
      .from(bulkItems)
      .innerJoin(bulkActions, eq(bulkActions.id, bulkItems.actionId))
      .where(
        or(
          and(eq(bulkItems.state, 'pending'), isNull(bulkActions.undoAskedAt)),
          and(eq(bulkItems.state, 'done'), isNotNull(bulkActions.undoAskedAt)),
        ),
      )
      .orderBy(bulkActions.at, bulkItems.place)
      .limit(1)
      .for('update', { of: bulkItems, skipLocked: true })
    return found ?? null
  }

  const note = (tx: Queries, { actionId, number }: Item, change: Partial<Item>) =>
    tx
      .update(bulkItems)
      .set(change)
      .where(and(eq(bulkItems.actionId, actionId), eq(bulkItems.number, number)))

  async function done(tx: Queries, { item, action }: Taken): Promise<Ticket | null> {
    const at = now()
    const actor = actorOf(action)
    const scope = seenBy({ id: action.byId, role: action.byRole })
    const [seen] = await tx
      .select({ id: tickets.id })
      .from(tickets)
      .where(and(eq(tickets.number, item.number), scope))
    if (seen === undefined) {
      await note(tx, item, { state: 'failed', why: 'introuvable' })
      return null
    }
    const order = action.body
    if (order.do === 'link') return linked(tx, { item, action }, order)
    const ticket = await locked(tx, item.number)
    const context = { ...contextOf(actor), now: at.toISOString() }
    const decision = await decided(tx, ticket, order, context)
    if (decision.kind === 'refused') {
      await note(tx, item, { state: 'failed', why: decision.detail })
      return null
    }
    const saved = await apply(tx, decision, [], { at, mailsAfter: new Date(at.getTime() + undoableMs) })
    await note(tx, item, { state: 'done', doneAt: at, before: undoableOf(ticket) })
    return saved
  }

  /** Bound, or merged, into the one that was named, which whoever asks sees as well. */
  async function linked(tx: Queries, { item, action }: Taken, order: Extract<BulkOrder, { do: 'link' }>): Promise<Ticket | null> {
    const scope = seenBy({ id: action.byId, role: action.byRole })
    const [other] = await tx
      .select({ id: tickets.id })
      .from(tickets)
      .where(and(eq(tickets.number, order.ticket), scope))
    if (other === undefined) {
      await note(tx, item, { state: 'failed', why: `ticket n° ${order.ticket} introuvable` })
      return null
    }
    try {
      const { from } = await linking.linkIn(tx, item.number, order, actorOf(action))
      await note(tx, item, { state: 'done', doneAt: now() })
      return from
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      await note(tx, item, { state: 'failed', why: whyOf(error) })
      return null
    }
  }

  async function unlinked(tx: Queries, { item, action }: Taken, order: Extract<BulkOrder, { do: 'link' }>): Promise<Ticket | null> {
    try {
      const { from, to } = await linking.unlinkIn(tx, item.number, order.kind, order.ticket, actorOf(action))
      await note(tx, item, { state: 'undone' })
      return from.number === item.number ? from : to
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      await note(tx, item, { state: 'kept', why: whyOf(error) })
      return null
    }
  }

  async function takenBack(tx: Queries, { item, action }: Taken): Promise<Ticket | null> {
    if (action.body.do === 'link') return unlinked(tx, { item, action }, action.body)
    const ticket = await locked(tx, item.number)
    const doneAt = item.doneAt?.toISOString() ?? ''
    const decision = item.before === null ? null : undo(ticket, item.before, doneAt, contextOf(actorOf(action)))
    if (decision === null || decision.kind === 'refused') {
      await note(tx, item, { state: 'kept', why: decision?.detail ?? null })
      await tx
        .update(outbox)
        .set({ nextAttemptAt: now() })
        .where(and(eq(outbox.ticketId, ticket.id), eq(outbox.at, item.doneAt ?? now()), isUntried))
      return null
    }
    const saved = await apply(tx, decision)
    await withdraw(tx, ticket.id, item.doneAt ?? now())
    await note(tx, item, { state: 'undone' })
    return saved
  }

  async function progress(id: string, me: Pick<Session, 'id'>): Promise<BulkProgress> {
    const [action] = await db
      .select()
      .from(bulkActions)
      .where(and(eq(bulkActions.id, id), eq(bulkActions.byId, me.id)))
    if (action === undefined) throw new ServiceError('not_found')
    const items = await db.select().from(bulkItems).where(eq(bulkItems.actionId, id)).orderBy(bulkItems.place)
    const of = (state: Item['state']) => items.filter((item) => item.state === state).length
    const undoing = action.undoAskedAt !== null
    const until = action.at.getTime() + undoableMs
    return {
      id,
      state: undoing ? (of('done') > 0 ? 'undoing' : 'undone') : of('pending') > 0 ? 'running' : 'done',
      total: items.length,
      done: of('done'),
      undone: of('undone'),
      kept: of('kept'),
      failed: items.flatMap(({ state, number, why }) => (state === 'failed' ? [{ number, why: why ?? '' }] : [])),
      undoableUntil: undoing || until <= now().getTime() ? null : new Date(until).toISOString(),
    }
  }

  return {
    /** Written down, to be done. The second time with the same id it changes nothing. */
    async add({ id, numbers, order }: z.output<typeof bulkCreation>, me: Pick<Session, 'id' | 'name' | 'role'>): Promise<BulkProgress> {
      await db.transaction(async (tx) => {
        const added = await tx
          .insert(bulkActions)
          .values({ id, at: now(), byId: me.id, byName: me.name, byRole: me.role, body: order })
          .onConflictDoNothing()
        if (added.rowCount === 0) return
        await tx.insert(bulkItems).values([...new Set(numbers)].map((number, place) => ({ actionId: id, number, place })))
      })
      return progress(id, me)
    },

    progress,

    /** What is not done yet is left, what is done is taken back. @throws ServiceError `not_found`, `conflict` when it is too late */
    async undo(id: string, me: Pick<Session, 'id'>): Promise<BulkProgress> {
      const { undoableUntil } = await progress(id, me)
      if (undoableUntil === null) throw new ServiceError('conflict', 'trop tard pour annuler')
      await db.transaction(async (tx) => {
        await tx.update(bulkActions).set({ undoAskedAt: now() }).where(eq(bulkActions.id, id))
        // Hundreds are taken back one after the other: no mail leaves before its ticket's turn.
        await tx.execute(sql`
          update outbox set next_attempt_at = ${new Date(now().getTime() + longestUndoMs).toISOString()}::timestamptz
          from bulk_items i join tickets t on t.number = i.number
          where i.action_id = ${id} and i.state = 'done' and outbox.ticket_id = t.id and outbox.at = i.done_at and ${isUntried}`)
      })
      return progress(id, me)
    },

    /** Do one ticket's part of whatever is written down. @returns the ticket when it changed, false when there is nothing more to do */
    async step(): Promise<Ticket | null | false> {
      let item: Item | null = null
      try {
        return await db.transaction(async (tx) => {
          const taken = await next(tx)
          if (taken === null) return false
          item = taken.item
          return taken.action.undoAskedAt === null ? done(tx, taken) : takenBack(tx, taken)
        })
      } catch (error) {
        const failure = translateFailure(error)
        // A PostgreSQL that is away is tried again; one ticket that cannot be written must not hold the others up.
        if (item === null || (failure instanceof ServiceError && failure.code !== 'not_found')) throw error
        const lost: Item = item
        await note(db, lost, { state: lost.state === 'done' ? 'kept' : 'failed', why: 'erreur interne' })
        return null
      }
    },
  }
}
export type BulkStore = ReturnType<typeof bulkStore>
