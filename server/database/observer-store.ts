import { randomUUID } from 'node:crypto'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import { mostObservers, type ObserverOrder, type Observers } from '../contract/observers.ts'
import { ServiceError } from '../errors.ts'
import { addObserver, removeObserver, type Watcher } from '../tickets/observers.ts'
import { isPersonOfAccount } from './account-person.ts'
import type { Db, Queries } from './connection.ts'
import { watchersOf } from './observer-rows.ts'
import { accounts, people, tickets } from './schema.ts'
import { accepted, type Actor, type TicketSaving } from './ticket-saving.ts'

/** Who watches a ticket. @throws ServiceError from each: `not_found`, `invalid_body`, `conflict` */
export function ticketObserving(db: Db, saving: TicketSaving, now: () => Date) {
  const { locked, record, contextOf } = saving
  return {
    async observersOf(number: number, viewerId: string): Promise<Observers> {
      const [ticket] = await db.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, number))
      if (ticket === undefined) throw new ServiceError('not_found')
      const rows = await watchersOf(db, ticket.id)
      return rows.map(({ rowId, accountId, personId, name, staff, mail, by, at }) => ({
        id: rowId,
        accountId,
        personId,
        name,
        staff,
        me: accountId === viewerId,
        reached: mail !== null,
        by,
        at,
      }))
    },

    /** Somebody who watches already is left as they are. */
    addObserver: (number: number, order: ObserverOrder, actor: Actor): Promise<Ticket> =>
      db.transaction(async (tx) => {
        const ticket = await locked(tx, number)
        await addWatcher(tx, saving, ticket, order, actor, now())
        return ticket
      }),

    removeObserver: (number: number, id: string, actor: Actor): Promise<Ticket> =>
      db.transaction(async (tx) => {
        const ticket = await locked(tx, number)
        const watcher = (await watchersOf(tx, ticket.id)).find(({ rowId }) => rowId === id)
        if (watcher === undefined) throw new ServiceError('not_found')
        await tx.execute(sql`delete from ticket_observers where id = ${id}`)
        await record(tx, accepted(removeObserver(ticket, watcher, contextOf(actor))))
        return ticket
      }),
  }
}

/** @throws ServiceError `invalid_body` when there is nobody of that name, `conflict` for the requester, or when there are too many */
async function addWatcher(
  tx: Queries,
  { record, contextOf }: Pick<TicketSaving, 'record' | 'contextOf'>,
  ticket: Ticket,
  order: ObserverOrder,
  actor: Actor,
  at: Date,
): Promise<void> {
  const watcher = await named(tx, order)
  const present = await watchersOf(tx, ticket.id)
  if (present.some(({ id, staff }) => id === watcher.id && staff === watcher.staff)) return
  if (present.length >= mostObservers) throw new ServiceError('conflict', `déjà ${mostObservers} personnes en copie`)
  const decision = accepted(addObserver(ticket, watcher, contextOf(actor)))
  const who = watcher.staff ? sql`${watcher.id}, null` : sql`null, ${watcher.id}`
  const { rowCount } = await tx.execute(
    sql`insert into ticket_observers (id, ticket_id, account_id, person_id, name, by_id, by_name, at)
      values (${randomUUID()}, ${ticket.id}, ${who}, ${watcher.name}, ${actor.id}, ${actor.name}, ${at.toISOString()}) on conflict do nothing`,
  )
  if (rowCount === 1) await record(tx, decision)
}

/**
 * Those chosen while a ticket was written. Whoever asks hears of everything anyhow: no reason to refuse their ticket.
 * @throws ServiceError `conflict` when somebody is not known here any more
 */
export async function addWatchers(
  tx: Queries,
  saving: Pick<TicketSaving, 'record' | 'contextOf'>,
  ticket: Ticket,
  orders: readonly ObserverOrder[],
  actor: Actor,
  at: Date,
): Promise<void> {
  for (const [i, one] of orders.entries()) {
    if ('personId' in one && one.personId === ticket.requester.personId) continue
    // A millisecond each: they are shown in the order in which they were named.
    await addWatcher(tx, saving, ticket, one, actor, new Date(at.getTime() + i)).catch((error: unknown) => {
      if (error instanceof ServiceError && error.code === 'invalid_body')
        throw new ServiceError('conflict', 'une personne en copie n’est plus connue ici : retirez-la, puis enregistrez de nouveau')
      throw error
    })
  }
}

/** Somebody of the directory who works here watches by their account, and so sees the ticket. */
async function named(tx: Queries, order: ObserverOrder): Promise<Watcher> {
  const works = and(isNull(accounts.disabledAt), ne(accounts.role, 'user'))
  const theirs =
    'accountId' in order
      ? eq(accounts.id, order.accountId)
      : sql`(${accounts.personId} = ${order.personId} or (${accounts.personId} is null and ${accounts.login} = (select p.login from people p where p.id = ${order.personId})))`
  const [account] = await tx
    .select({ id: accounts.id, name: accounts.name, mail: people.email })
    .from(accounts)
    .leftJoin(people, isPersonOfAccount)
    .where(and(works, theirs))
    .limit(1)
  if (account !== undefined) return { ...account, staff: true }
  if ('accountId' in order) throw new ServiceError('invalid_body', 'accountId')
  const [person] = await tx
    .select({ id: people.id, name: people.name, mail: people.email })
    .from(people)
    .where(and(eq(people.id, order.personId), isNull(people.retiredAt)))
  if (person === undefined) throw new ServiceError('invalid_body', 'personId')
  return { ...person, staff: false }
}
