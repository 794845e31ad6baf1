import { and, desc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import type { LinkKind } from '../contract/ticket-states.ts'
import type { Linking, LinkShares, TicketLinks } from '../contract/ticket-links.ts'
import { ServiceError } from '../errors.ts'
import { link, unlink } from '../tickets/links.ts'
import { merge } from '../tickets/merging.ts'
import type { Db, Queries } from './connection.ts'
import { ticketLinks } from './schema-disruptions.ts'
import { visits } from './schema-visits.ts'
import { tickets } from './schema.ts'
import { seenBy, type Viewer } from './ticket-scope.ts'
import { undoableMs, withdraw } from './ticket-sharing.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'

const childrenShown = 50
const linksShown = 200

/** Both tickets of a link, as they are after it. */
export type Pair = { readonly from: Ticket; readonly to: Ticket }

/** How tickets are bound to one another, written down on both. */
export function ticketLinking(db: Db, { locked, apply, contextOf }: TicketSaving, now: () => Date) {
  /** Held in one order, so that two links made at once do not wait for each other. */
  async function both(tx: Queries, from: number, to: number): Promise<Pair> {
    if (from === to) {
      const one = await locked(tx, from)
      return { from: one, to: one }
    }
    const low = await locked(tx, Math.min(from, to))
    const high = await locked(tx, Math.max(from, to))
    return from < to ? { from: low, to: high } : { from: high, to: low }
  }

  /** Somebody is to go there on site. */
  async function isVisited(tx: Queries, { id }: Ticket): Promise<boolean> {
    const ahead = and(eq(visits.ticketId, id), eq(visits.state, 'planned'), gt(visits.startsAt, now()))
    return (await tx.select({ id: visits.id }).from(visits).where(ahead).limit(1)).length > 0
  }

  const known = (tx: Queries, ids: string[]) =>
    tx
      .select({ kind: ticketLinks.kind, fromId: ticketLinks.fromId, toId: ticketLinks.toId })
      .from(ticketLinks)
      .where(or(inArray(ticketLinks.fromId, ids), inArray(ticketLinks.toId, ids)))

  async function linkIn(
    tx: Queries,
    number: number,
    { kind, ticket, shares = 'nothing', merge: merging = false }: Linking,
    actor: Actor,
  ): Promise<Pair> {
    const { from, to } = await both(tx, number, ticket)
    // Closing it would cancel the visit, and tell so those who wait for it.
    if (merging && (await isVisited(tx, from)))
      throw new ServiceError('conflict', `une visite est prévue pour le ticket n° ${from.number} : fusionnez l’autre dans celui-ci`)
    const links = await known(tx, [from.id, to.id])
    const context = contextOf(actor)
    const done = merging ? merge(from, to, links, shares === 'messages', context) : link(kind, from, to, links, context)
    if (done.kind === 'refused') throw new ServiceError(done.code, done.detail)
    const at = now()
    await tx
      .insert(ticketLinks)
      .values({ fromId: from.id, toId: to.id, kind, at, byId: actor.id, byName: actor.name, before: done.before, shares })
    // Merging is taken back by a gesture a moment later: its mail waits that long.
    const held = merging ? { at: new Date(context.now), mailsAfter: new Date(at.getTime() + undoableMs) } : undefined
    return { from: await apply(tx, done.from, [], held), to: await apply(tx, done.to) }
  }

  async function unlinkIn(tx: Queries, number: number, kind: LinkKind, other: number, actor: Actor): Promise<Pair> {
    const asked = await both(tx, number, other)
    const ids = [asked.from.id, asked.to.id]
    const [row] = await tx
      .select()
      .from(ticketLinks)
      .where(and(eq(ticketLinks.kind, kind), inArray(ticketLinks.fromId, ids), inArray(ticketLinks.toId, ids)))
    if (row === undefined) throw new ServiceError('not_found')
    const { from, to } = row.fromId === asked.from.id ? asked : { from: asked.to, to: asked.from }
    const untouched = from.touchedAt === from.statusSince
    const done = unlink(kind, from, to, row.before, contextOf(actor), untouched)
    if (done.kind === 'refused') throw new ServiceError(done.code, done.detail)
    await tx.delete(ticketLinks).where(and(eq(ticketLinks.fromId, from.id), eq(ticketLinks.toId, to.id), eq(ticketLinks.kind, kind)))
    const pair = { from: await apply(tx, done.from), to: await apply(tx, done.to) }
    if (kind === 'duplicate-of' && row.before !== null && untouched && from.status === 'closed')
      await withdraw(tx, from.id, new Date(from.statusSince))
    return pair
  }

  return {
    /** @throws ServiceError `not_found`, `conflict` with why, `invalid_body` */
    link: (number: number, asked: Linking, actor: Actor): Promise<Pair> => db.transaction((tx) => linkIn(tx, number, asked, actor)),

    /** Whichever of the two it goes out from. @throws ServiceError `not_found` */
    unlink: (number: number, kind: LinkKind, other: number, actor: Actor): Promise<Pair> =>
      db.transaction((tx) => unlinkIn(tx, number, kind, other, actor)),

    linkIn,
    unlinkIn,

    /** @throws ServiceError `not_found` */
    share: (number: number, kind: LinkKind, other: number, shares: LinkShares): Promise<void> =>
      db.transaction(async (tx) => {
        const { from, to } = await both(tx, number, other)
        const changed = await tx
          .update(ticketLinks)
          .set({ shares })
          .where(and(eq(ticketLinks.fromId, from.id), eq(ticketLinks.toId, to.id), eq(ticketLinks.kind, kind)))
        if (changed.rowCount === 0) throw new ServiceError('not_found')
      }),

    /** @throws ServiceError `not_found` */
    async linksOf(number: number, viewer: Viewer = null): Promise<TicketLinks> {
      const [own] = await db.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, number))
      if (own === undefined) throw new ServiceError('not_found')
      const outward = sql<boolean>`${ticketLinks.fromId} = ${own.id}`
      const isChild = sql`${ticketLinks.kind} = 'child-of' and ${ticketLinks.toId} = ${own.id}`
      const columns = {
        kind: ticketLinks.kind,
        outward,
        ticket: tickets.number,
        title: tickets.title,
        status: tickets.status,
        requester: tickets.requesterName,
        light: tickets.light,
        shares: ticketLinks.shares,
        merged: sql<boolean>`(${ticketLinks.kind} = 'duplicate-of' and ${ticketLinks.before} is not null)`,
        at: ticketLinks.at,
        by: ticketLinks.byName,
      }
      const joined = db
        .select(columns)
        .from(ticketLinks)
        .innerJoin(
          tickets,
          or(
            and(eq(ticketLinks.fromId, own.id), eq(tickets.id, ticketLinks.toId)),
            and(eq(ticketLinks.toId, own.id), eq(tickets.id, ticketLinks.fromId)),
          ),
        )
        .$dynamic()
      const ofOwn = or(eq(ticketLinks.fromId, own.id), eq(ticketLinks.toId, own.id))
      const [others, children, [counted]] = await Promise.all([
        joined
          .where(and(ofOwn, sql`not (${isChild})`, seenBy(viewer)))
          .orderBy(desc(ticketLinks.at))
          .limit(linksShown),
        db
          .select(columns)
          .from(ticketLinks)
          .innerJoin(tickets, eq(tickets.id, ticketLinks.fromId))
          .where(and(isChild, eq(tickets.unconfirmed, false), seenBy(viewer)))
          .orderBy(desc(ticketLinks.at))
          .limit(childrenShown),
        db
          .select({
            children: sql<number>`count(*)::int`,
            informed: sql<number>`(count(*) filter (where not ${waitsForParent}))::int`,
          })
          .from(ticketLinks)
          .innerJoin(tickets, eq(tickets.id, ticketLinks.fromId))
          .where(and(isChild, eq(tickets.unconfirmed, false))),
      ])
      const links = [...others, ...children].map((row) => ({ ...row, at: row.at.toISOString() }))
      return { links, children: counted?.children ?? 0, informed: counted?.informed ?? 0 }
    },
  }
}

/** A light child whose parent's end has not been told. */
export const waitsForParent = sql`(${tickets.light} and ${tickets.status} = 'waiting' and ${tickets.waiting} #>> '{what,for}' = 'parent')`
