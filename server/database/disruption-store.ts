import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gt, isNotNull, isNull, not, sql, type SQL } from 'drizzle-orm'
import type { Disruption, DisruptionContent, DisruptionVersion, PublicDisruption } from '../contract/disruptions.ts'
import { announce, end, goOn, update } from '../disruptions/decide.ts'
import { phaseOf, type Changed, type DisruptionState, type Refused } from '../disruptions/model.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { disruptionSigns } from './disruption-signs.ts'
import { isDuplicate } from './failures.ts'
import { disruptionCalls, disruptions, disruptionVersions } from './schema-disruptions.ts'
import { tickets } from './schema.ts'
import { waitsForParent } from './ticket-linking.ts'
import { mayBeTakenBack } from './ticket-sharing.ts'

type Actor = { readonly id: string; readonly name: string }
type Row = typeof disruptions.$inferSelect
/** What callers may hear of, with the ticket that they are attached to. */
export type SpokenDisruption = { readonly state: DisruptionState; readonly ticket: number }
/** A disruption as it is kept; how the telephone stands is for who knows the sounds. */
export type StoredDisruption = Omit<Disruption, 'telephone'>
type Monitoring = { readonly monitor: string; readonly key: string }

const endedShown = 100
/** One event of a monitoring is one disruption at a time. */
const foundAgain = 'la supervision l’a signalée de nouveau : suivez celle-là'
/** How long the public page shows what is over. */
const publicEndedMs = 3 * 86_400_000

const stateOf = (row: Row): DisruptionState => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  title: row.title,
  place: row.place,
  placeId: row.placeId,
  categoryId: row.categoryId,
  touched: row.touched,
  workaround: row.workaround,
  audience: row.audience,
  startsAt: row.startsAt.toISOString(),
  expectedEndAt: row.expectedEndAt?.toISOString() ?? null,
  spoken: row.spoken,
  endedAt: row.endedAt?.toISOString() ?? null,
  resolution: row.resolution,
})

const rowOf = (state: DisruptionState) => ({
  version: state.version,
  kind: state.kind,
  title: state.title,
  place: state.place,
  placeId: state.placeId,
  categoryId: state.categoryId,
  touched: state.touched,
  workaround: state.workaround,
  audience: state.audience,
  startsAt: new Date(state.startsAt),
  expectedEndAt: state.expectedEndAt === null ? null : new Date(state.expectedEndAt),
  spoken: state.spoken,
  endedAt: state.endedAt === null ? null : new Date(state.endedAt),
  resolution: state.resolution,
})

const changed = (decision: Changed | Refused): Changed => {
  if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
  return decision
}

/** Disruptions, every version of them signed, and those attached to them. */
export function disruptionStore(db: Db, now: () => Date) {
  const children = sql<number>`(select count(*)::int from ticket_links l join tickets on tickets.id = l.from_id
    where l.kind = 'child-of' and l.to_id = ${disruptions.ticketId} and not tickets.unconfirmed)`
  const informed = sql<number>`(select count(*)::int from ticket_links l join tickets on tickets.id = l.from_id
    where l.kind = 'child-of' and l.to_id = ${disruptions.ticketId} and not tickets.unconfirmed and not ${waitsForParent})`
  const absorbed = sql<number>`(select count(*)::int from ${disruptionCalls} where ${disruptionCalls.disruptionId} = ${disruptions.id}::text)`

  async function read(from: Queries, wanted: SQL | undefined, order: SQL, limit = 200): Promise<StoredDisruption[]> {
    const rows = await from
      .select({ row: disruptions, ticket: tickets.number, children, informed, absorbed })
      .from(disruptions)
      .leftJoin(tickets, eq(tickets.id, disruptions.ticketId))
      .where(wanted)
      .orderBy(order)
      .limit(limit)
    return rows.map(({ row, ...counts }) => {
      const state = stateOf(row)
      return {
        ...state,
        ...counts,
        phase: phaseOf(state, now().getTime()),
        announcedBy: row.announcedBy,
        announcedAt: row.announcedAt.toISOString(),
        by: row.byName,
        at: row.at.toISOString(),
        monitor: row.monitor,
      }
    })
  }

  async function find(from: Queries, id: string): Promise<StoredDisruption> {
    const [one] = await read(from, eq(disruptions.id, id), asc(disruptions.id))
    if (one === undefined) throw new ServiceError('not_found')
    return one
  }

  async function locked(tx: Queries, id: string): Promise<Row> {
    const [row] = await tx.select().from(disruptions).where(eq(disruptions.id, id)).for('update')
    if (row === undefined) throw new ServiceError('not_found')
    return row
  }

  const note = (tx: Queries, { state, what }: Changed, actor: Actor, at: Date) =>
    tx.insert(disruptionVersions).values({
      disruptionId: state.id,
      version: state.version,
      at,
      byId: actor.id,
      byName: actor.name,
      what,
      body: state,
    })

  async function ticketIdOf(tx: Queries, number: number | null): Promise<string | null> {
    if (number === null) return null
    const [row] = await tx.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, number))
    if (row === undefined) throw new ServiceError('invalid_body', 'ticket')
    return row.id
  }

  async function insert(tx: Queries, decision: Changed, ticket: number | null, actor: Actor, monitoring: Monitoring | null) {
    const at = now()
    await tx.insert(disruptions).values({
      ...rowOf(decision.state),
      id: decision.state.id,
      ticketId: await ticketIdOf(tx, ticket),
      announcedBy: actor.name,
      announcedAt: at,
      byId: actor.id,
      byName: actor.name,
      at,
      monitor: monitoring?.monitor ?? null,
      monitorKey: monitoring?.key ?? null,
    })
    await note(tx, decision, actor, at)
  }

  async function save(tx: Queries, decision: Changed, actor: Actor, ticket?: number | null) {
    const at = now()
    const { state } = decision
    await tx
      .update(disruptions)
      .set({
        ...rowOf(state),
        byId: actor.id,
        byName: actor.name,
        at,
        ...(ticket !== undefined && { ticketId: await ticketIdOf(tx, ticket) }),
      })
      .where(eq(disruptions.id, state.id))
    await note(tx, decision, actor, at)
  }

  const changing = (id: string, actor: Actor, decide: (state: DisruptionState) => Changed | Refused, ticket?: number | null) =>
    db.transaction(async (tx) => {
      await save(tx, changed(decide(stateOf(await locked(tx, id)))), actor, ticket)
      return find(tx, id)
    })

  return {
    ...disruptionSigns(db),

    /** Those that go on or are to come, the first to begin first. */
    current: (): Promise<StoredDisruption[]> => read(db, isNull(disruptions.endedAt), asc(disruptions.startsAt)),

    /** Those that are over, the latest first. */
    ended: (): Promise<StoredDisruption[]> => read(db, isNotNull(disruptions.endedAt), desc(disruptions.endedAt), endedShown),

    /** @throws ServiceError `not_found` */
    find: (id: string): Promise<StoredDisruption> => find(db, id),

    /** What anybody may read: what goes on or is to come, then what is over since a few days. */
    async published(): Promise<PublicDisruption[]> {
      const open = eq(disruptions.audience, 'public')
      const since = new Date(now().getTime() - publicEndedMs)
      const [current, over] = await Promise.all([
        read(db, and(open, isNull(disruptions.endedAt)), asc(disruptions.startsAt)),
        read(db, and(open, gt(disruptions.endedAt, since)), desc(disruptions.endedAt), endedShown),
      ])
      return [...current, ...over]
    },

    /** The newest first. @throws ServiceError `not_found` */
    async versions(id: string): Promise<DisruptionVersion[]> {
      await find(db, id)
      const rows = await db
        .select()
        .from(disruptionVersions)
        .where(eq(disruptionVersions.disruptionId, id))
        .orderBy(desc(disruptionVersions.version))
      return rows.map(({ version, at, byName, what, body }) => {
        const { id: _id, version: _version, endedAt: _endedAt, resolution, ...content } = body
        return { version, at: at.toISOString(), by: byName, what, content, resolution }
      })
    },

    /** Those that callers hear of, or will: what the telephone keeps beside itself. */
    async spoken(): Promise<SpokenDisruption[]> {
      const rows = await db
        .select({ row: disruptions, ticket: tickets.number })
        .from(disruptions)
        .innerJoin(tickets, eq(tickets.id, disruptions.ticketId))
        .where(and(isNull(disruptions.endedAt), isNotNull(disruptions.spoken)))
        .orderBy(desc(disruptions.startsAt))
      return rows.map(({ row, ticket }) => ({ state: stateOf(row), ticket }))
    },

    /** @throws ServiceError `invalid_body` with the field */
    announce: (content: DisruptionContent, ticket: number | null, actor: Actor): Promise<StoredDisruption> =>
      db.transaction(async (tx) => {
        const decision = changed(announce(randomUUID(), content))
        await insert(tx, decision, ticket, actor, null)
        return find(tx, decision.state.id)
      }),

    /** @throws ServiceError `not_found`, `conflict` when somebody changed it meanwhile or it is over, `invalid_body` with the field */
    update: (id: string, read: number, content: DisruptionContent, ticket: number | null, actor: Actor): Promise<StoredDisruption> =>
      changing(id, actor, (state) => update(state, read, content), ticket),

    /** @throws ServiceError `not_found`, `conflict` */
    end: (id: string, read: number, resolution: string, actor: Actor): Promise<StoredDisruption> =>
      changing(id, actor, (state) => end(state, read, resolution, now().toISOString())),

    /** Whether it may go on, before anything is done for it to. @throws ServiceError `not_found`, `conflict` */
    async mayGoOn(id: string, read: number): Promise<void> {
      const [row] = await db.select().from(disruptions).where(eq(disruptions.id, id))
      if (row === undefined) throw new ServiceError('not_found')
      changed(goOn(stateOf(row), read))
      if (row.monitor === null || row.monitorKey === null) return
      const same = and(eq(disruptions.monitor, row.monitor), eq(disruptions.monitorKey, row.monitorKey), isNull(disruptions.endedAt))
      if ((await db.$count(disruptions, same)) > 0) throw new ServiceError('conflict', foundAgain)
    },

    /** @throws ServiceError `not_found`, `conflict` */
    goOn: (id: string, read: number, actor: Actor): Promise<StoredDisruption> =>
      changing(id, actor, (state) => goOn(state, read)).catch((error: unknown) => {
        throw isDuplicate(error) ? new ServiceError('conflict', foundAgain) : error
      }),

    /** A parent ticket that is closed ends what it was for, once that can be taken back no more. @returns whether any was */
    async endWithTickets(actor: Actor): Promise<boolean> {
      const due = await db
        .select({ id: disruptions.id, version: disruptions.version, solution: tickets.solution })
        .from(disruptions)
        .innerJoin(tickets, eq(tickets.id, disruptions.ticketId))
        .where(and(isNull(disruptions.endedAt), eq(tickets.status, 'closed'), not(mayBeTakenBack(sql`${tickets.number}`, now()))))
      for (const { id, version, solution } of due)
        await changing(id, actor, (state) => end(state, version, solution ?? '', now().toISOString()))
      return due.length > 0
    },

    /**
     * What a monitoring says of an event: the first time opens a disruption, for the staff alone; its end ends it. Said again, it changes
     * nothing, and what somebody made of it meanwhile stays.
     * @returns whether anything changed
     */
    async monitored(
      event: Monitoring & { readonly over: boolean; readonly content: DisruptionContent; readonly resolution: string },
    ): Promise<boolean> {
      const { monitor, key } = event
      const actor: Actor = { id: `monitor:${monitor}`, name: monitor }
      const ofEvent = and(eq(disruptions.monitor, monitor), eq(disruptions.monitorKey, key), isNull(disruptions.endedAt))
      try {
        return await db.transaction(async (tx) => {
          const [row] = await tx.select().from(disruptions).where(ofEvent).for('update')
          if (event.over) {
            if (row === undefined) return false
            await save(tx, changed(end(stateOf(row), row.version, event.resolution, now().toISOString())), actor)
            return true
          }
          if (row !== undefined) return false
          await insert(tx, changed(announce(randomUUID(), event.content)), null, actor, { monitor, key })
          return true
        })
      } catch (error) {
        // Told twice at the same instant: the other one won.
        if (isDuplicate(error)) return false
        throw error
      }
    },
  }
}
export type DisruptionStore = ReturnType<typeof disruptionStore>
