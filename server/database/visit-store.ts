import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { deskItself } from '../contract/desk-itself.ts'
import type { Ticket } from '../contract/entities.ts'
import { rights } from '../contract/rights.ts'
import type { Visit, VisitAnswer, visitOrder, VisitPage } from '../contract/visits.ts'
import { ServiceError } from '../errors.ts'
import { categoryName } from '../contract/category-tree.ts'
import { cancelVisit, moveVisit, planVisit, visitAnswered, type Other, type VisitDecision } from '../tickets/visits.ts'
import type { Db, Queries } from './connection.ts'
import { accounts, people, tickets } from './schema.ts'
import { groupMembers } from './schema-groups.ts'
import { visits } from './schema-visits.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'

type Order = z.output<typeof visitOrder>
type Row = typeof visits.$inferSelect

/** Those of a ticket that are still to come, and where whoever goes is written to. */
export async function comingVisits(tx: Queries, ticketId: string, now: Date) {
  const rows = await tx
    .select()
    .from(visits)
    .where(and(eq(visits.ticketId, ticketId), eq(visits.state, 'planned'), gt(visits.endsAt, now)))
  return Promise.all(rows.map(async (row) => ({ visit: visitFromRow(row), visitorMail: await visitorMailOf(tx, row.visitorId) })))
}

async function visitorMailOf(tx: Queries, accountId: string): Promise<string | null> {
  const [found] = await tx
    .select({ mail: people.email })
    .from(accounts)
    .innerJoin(people, sql`${people.id} = ${accounts.personId} or (${accounts.personId} is null and ${people.login} = ${accounts.login})`)
    .where(eq(accounts.id, accountId))
    .limit(1)
  return found?.mail ?? null
}

const visitFromRow = (row: Row): Visit => ({
  id: row.id,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  place: row.place,
  note: row.note,
  visitor: { id: row.visitorId, name: row.visitorName },
  state: row.state,
  sequence: row.sequence,
  answer: row.answer,
})

/** A closing that is taken back within a minute keeps its visits. */
const graceMs = 90_000
const clock: Actor = { ...deskItself, side: 'clock' }

/** Visits on site, each step with its ticket in one transaction. @throws ServiceError from each: `not_found`, `conflict`, `invalid_body` */
export function ticketVisiting(db: Db, { locked, apply, contextOf }: TicketSaving, now: () => Date) {
  async function visitorOf(tx: Queries, id: string) {
    const [found] = await tx
      .select({ id: accounts.id, name: accounts.name, role: accounts.role })
      .from(accounts)
      .where(and(eq(accounts.id, id), isNull(accounts.disabledAt)))
    if (found === undefined || !rights['POST /api/tickets/:number/take-up'].some((role) => role === found.role))
      throw new ServiceError('invalid_body', 'visitorId')
    return { id: found.id, name: found.name }
  }

  /** What somebody has planned from now on; one at a time plans for them. */
  async function othersOf(tx: Queries, visitorId: string): Promise<Other[]> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`visits ${visitorId}`}))`)
    const rows = await tx
      .select({ id: visits.id, startsAt: visits.startsAt, endsAt: visits.endsAt, ticket: tickets.number })
      .from(visits)
      .innerJoin(tickets, eq(tickets.id, visits.ticketId))
      .where(and(eq(visits.visitorId, visitorId), eq(visits.state, 'planned'), gt(visits.endsAt, now())))
    return rows.map((row) => ({ ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() }))
  }

  const columnsOf = ({ startsAt, endsAt, place, note, visitor, state, sequence, answer }: Visit) => ({
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    place,
    note,
    visitorId: visitor.id,
    visitorName: visitor.name,
    state,
    sequence,
    answer,
  })

  async function save(tx: Queries, decided: VisitDecision): Promise<Ticket> {
    if (decided.kind === 'refused') throw new ServiceError(decided.code, decided.detail)
    await tx.update(visits).set(columnsOf(decided.visit)).where(eq(visits.id, decided.visit.id))
    return apply(tx, decided.decision)
  }

  async function held(tx: Queries, ticket: Ticket, id: string): Promise<Visit> {
    const [row] = await tx
      .select()
      .from(visits)
      .where(and(eq(visits.id, id), eq(visits.ticketId, ticket.id)))
      .for('update')
    if (row === undefined) throw new ServiceError('not_found')
    return visitFromRow(row)
  }

  return {
    /** Those of a ticket, who may be sent, and where, as far as is known. @throws ServiceError `not_found` */
    async visitsOf(number: number, categories: Parameters<typeof categoryName>[0]): Promise<VisitPage> {
      const [ticket] = await db.select().from(tickets).where(eq(tickets.number, number))
      if (ticket === undefined) throw new ServiceError('not_found')
      const inGroup = sql<boolean>`exists (select 1 from ${groupMembers} m where m.account_id = ${accounts.id} and m.group_id = ${ticket.groupId ?? ''} and m.part = 'member')`
      const [rows, found, [person]] = await Promise.all([
        db.select().from(visits).where(eq(visits.ticketId, ticket.id)).orderBy(asc(visits.state), asc(visits.startsAt)).limit(50),
        db
          .select({ id: accounts.id, name: accounts.name })
          .from(accounts)
          .where(and(inArray(accounts.role, ['level2', 'supervisor']), isNull(accounts.disabledAt)))
          .orderBy(desc(inGroup), asc(accounts.name)),
        ticket.requesterPersonId === null
          ? []
          : db.select({ place: people.place }).from(people).where(eq(people.id, ticket.requesterPersonId)),
      ])
      const place = ticket.asked?.place ?? categoryName(categories, ticket.placeId) ?? person?.place ?? ''
      return { visits: rows.map(visitFromRow), visitors: found, place }
    },

    planVisit: (number: number, order: Order, actor: Actor): Promise<Ticket> =>
      db.transaction(async (tx) => {
        const ticket = await locked(tx, number)
        const visitor = await visitorOf(tx, order.visitorId ?? actor.id)
        const { startsAt, endsAt, place, note, suspends } = order
        const visit: Visit = { id: randomUUID(), startsAt, endsAt, place, note, visitor, state: 'planned', sequence: 0, answer: null }
        const others = await othersOf(tx, visitor.id)
        const decided = planVisit(
          ticket,
          visit,
          { others, suspends, invited: { visitorMail: await visitorMailOf(tx, visitor.id) } },
          contextOf(actor),
        )
        if (decided.kind === 'refused') throw new ServiceError(decided.code, decided.detail)
        await tx
          .insert(visits)
          .values({ id: visit.id, ticketId: ticket.id, ...columnsOf(decided.visit), byId: actor.id, byName: actor.name, at: now() })
        return apply(tx, decided.decision)
      }),

    moveVisit: (number: number, id: string, order: Order, actor: Actor): Promise<Ticket> =>
      db.transaction(async (tx) => {
        const ticket = await locked(tx, number)
        const before = await held(tx, ticket, id)
        const visitor = await visitorOf(tx, order.visitorId ?? before.visitor.id)
        const { startsAt, endsAt, place, note, suspends } = order
        const others = await othersOf(tx, visitor.id)
        const formerMail = visitor.id === before.visitor.id ? null : await visitorMailOf(tx, before.visitor.id)
        const invited = { visitorMail: await visitorMailOf(tx, visitor.id), formerMail }
        const asked: Visit = { ...before, startsAt, endsAt, place, note, visitor }
        return save(tx, moveVisit(ticket, before, asked, { others, suspends, invited }, contextOf(actor)))
      }),

    cancelVisit: (number: number, id: string, reason: string, actor: Actor): Promise<Ticket> =>
      db.transaction(async (tx) => {
        const ticket = await locked(tx, number)
        const before = await held(tx, ticket, id)
        return save(tx, cancelVisit(ticket, before, reason, { visitorMail: await visitorMailOf(tx, before.visitor.id) }, contextOf(actor)))
      }),

    /** Those ahead of tickets that are closed will not take place. @returns the tickets */
    async cancelVisitsOfClosed(): Promise<readonly Ticket[]> {
      const before = new Date(now().getTime() - graceMs)
      const due = await db
        .select({ id: visits.id, number: tickets.number })
        .from(visits)
        .innerJoin(tickets, eq(tickets.id, visits.ticketId))
        .where(
          and(eq(visits.state, 'planned'), gt(visits.startsAt, now()), eq(tickets.status, 'closed'), sql`${tickets.closedAt} < ${before}`),
        )
        .limit(50)
      const changed: Ticket[] = []
      for (const { id, number } of due)
        changed.push(
          await db.transaction(async (tx) => {
            const ticket = await locked(tx, number)
            const visit = await held(tx, ticket, id)
            const invited = { visitorMail: await visitorMailOf(tx, visit.visitor.id) }
            return save(tx, cancelVisit(ticket, visit, 'La demande est close.', invited, contextOf(clock)))
          }),
        )
      return changed
    },
  }
}

/** A visit with the ticket that it is of, by the visit's id; null: none. */
export async function ticketOfVisit(
  tx: Queries,
  visitId: string,
): Promise<{ readonly ticketId: string; readonly number: number; readonly visit: Visit } | null> {
  const [found] = await tx
    .select({ row: visits, ticketId: tickets.id, number: tickets.number })
    .from(visits)
    .innerJoin(tickets, eq(tickets.id, visits.ticketId))
    .where(and(eq(visits.id, visitId), isNull(tickets.erasedAt)))
  if (found === undefined) return null
  const { row, ...ticket } = found
  return { ...ticket, visit: visitFromRow(row) }
}

/** What a calendar answered to the invitation, with its line. */
export async function noteAnswer(
  tx: Queries,
  { locked, apply, contextOf }: TicketSaving,
  { number, visit }: { readonly number: number; readonly visit: Visit },
  answer: VisitAnswer,
  text: string,
  actor: Actor,
): Promise<Ticket> {
  const ticket = await locked(tx, number)
  const decided = visitAnswered(ticket, visit, answer, text, contextOf(actor))
  if (decided.kind === 'refused') throw new ServiceError(decided.code, decided.detail)
  await tx.update(visits).set({ answer: decided.visit.answer }).where(eq(visits.id, visit.id))
  return apply(tx, decided.decision)
}
