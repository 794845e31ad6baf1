import { and, eq, gt, inArray, lte, not, or, sql } from 'drizzle-orm'
import type { Medium, TicketStatus, Urgency } from '../contract/entities.ts'
import type { Queries } from './connection.ts'
import { ticketClaims, tickets } from './schema.ts'

/** How long a ticket that « Suivant » gave to somebody is kept from the others. */
const claimMs = 30 * 60_000
const mostListed = 500

export type ToTakeUpRow = {
  readonly number: number
  readonly title: string
  readonly status: TicketStatus
  readonly medium: Medium
  readonly urgency: Urgency
  readonly priority: number
  readonly openedAt: Date
  readonly claimedBy: string | null
}
type Actor = { readonly id: string; readonly name: string }

/** Who has been given which ticket to take up. */
export function ticketClaiming(db: Queries, now: () => Date) {
  const still = (at: Date) => gt(ticketClaims.at, new Date(at.getTime() - claimMs))
  const waits = and(inArray(tickets.status, ['pre-ticket', 'new']), not(tickets.unconfirmed))

  return {
    /** Those that nobody has taken up, with whoever they were given to of late. */
    async toTakeUp(at: Date): Promise<ToTakeUpRow[]> {
      const { number, title, status, medium, urgency, priority, openedAt } = tickets
      return db
        .select({ number, title, status, medium, urgency, priority, openedAt, claimedBy: ticketClaims.byId })
        .from(tickets)
        .leftJoin(ticketClaims, and(eq(ticketClaims.ticketId, tickets.id), still(at)))
        .where(waits)
        .orderBy(tickets.openedAt)
        .limit(mostListed)
    },

    /** Give a ticket to somebody. @returns false when somebody else has it, or it waits no more. */
    async claim(number: number, { id, name }: Actor): Promise<boolean> {
      const at = now()
      const chosen = db
        .select({
          ticketId: tickets.id,
          byId: sql`${id}`.as('by_id'),
          byName: sql`${name}`.as('by_name'),
          at: sql`${at.toISOString()}::timestamptz`.as('at'),
        })
        .from(tickets)
        .where(and(eq(tickets.number, number), waits))
      const free = or(lte(ticketClaims.at, new Date(at.getTime() - claimMs)), eq(ticketClaims.byId, id))
      const { rowCount } = await db
        .insert(ticketClaims)
        .select(chosen)
        .onConflictDoUpdate({ target: ticketClaims.ticketId, set: { byId: id, byName: name, at }, ...(free && { setWhere: free }) })
      return rowCount === 1
    },

    async unclaim(number: number, { id }: Actor): Promise<void> {
      const ofNumber = db.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, number))
      await db.delete(ticketClaims).where(and(inArray(ticketClaims.ticketId, ofNumber), eq(ticketClaims.byId, id)))
    },
  }
}
