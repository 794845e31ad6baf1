import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { evolve, type OwedFact } from '../owed/facts.ts'
import type { Attempt, Entry, EntryStatus, Escalation, Origin } from '../owed/model.ts'
import type { Queries } from './connection.ts'
import { messages, owed, owedFacts, owedOrigins } from './schema.ts'

type OwedRow = typeof owed.$inferSelect

const statusFromRow = (row: OwedRow): EntryStatus => {
  if (row.settledAt !== null && row.settledHow !== null) {
    const by = row.settledBy === null ? null : { id: row.settledBy, name: row.settledName ?? row.settledBy }
    return { kind: 'settled', how: row.settledHow, by, at: row.settledAt.getTime() }
  }
  if (row.takenAt !== null && row.takenBy !== null)
    return { kind: 'taken', by: { id: row.takenBy, name: row.takenName ?? row.takenBy }, at: row.takenAt.getTime() }
  return { kind: 'open' }
}

const rowFromEntry = ({ id, number, firstAt, lastAt, dueAt, priority, escalated, status }: Entry): OwedRow => {
  const taken = status.kind === 'taken' ? status : null
  const settled = status.kind === 'settled' ? status : null
  return {
    id,
    number,
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
    dueAt: new Date(dueAt),
    priority,
    takenBy: taken?.by.id ?? null,
    takenName: taken?.by.name ?? null,
    takenAt: taken === null ? null : new Date(taken.at),
    settledAt: settled === null ? null : new Date(settled.at),
    settledHow: settled?.how ?? null,
    settledBy: settled?.by?.id ?? null,
    settledName: settled?.by?.name ?? null,
    escalation: escalated,
  }
}

/** The entries of these rows, in the same order. */
async function complete(db: Queries, rows: readonly OwedRow[]): Promise<Entry[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const origins = Map.groupBy(
    await db.select().from(owedOrigins).where(inArray(owedOrigins.entryId, ids)).orderBy(asc(owedOrigins.at)),
    ({ entryId }) => entryId,
  )
  const done = and(inArray(owedFacts.entryId, ids), inArray(owedFacts.type, ['attempted', 'escalated', 'told']))
  const tries = Map.groupBy(await db.select().from(owedFacts).where(done).orderBy(asc(owedFacts.id)), ({ entryId }) => entryId)
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    origins: (origins.get(row.id) ?? []).map(
      ({ callId, kind, at, messageId, seconds, dueAt, reopensAt }): Origin => ({
        callId,
        kind,
        at: at.getTime(),
        messageId,
        seconds,
        ...(dueAt !== null && { dueAt: dueAt.getTime() }),
        ...(reopensAt !== null && { reopensAt: reopensAt.getTime() }),
      }),
    ),
    firstAt: row.firstAt.getTime(),
    lastAt: row.lastAt.getTime(),
    dueAt: row.dueAt.getTime(),
    priority: row.priority,
    attempts: (tries.get(row.id) ?? []).flatMap(({ body }): Attempt[] => {
      if (body.type !== 'attempted') return []
      const { at, by, outcome, note, laterAt } = body
      return [{ at, by, outcome, note, laterAt }]
    }),
    escalations: (tries.get(row.id) ?? []).flatMap(({ body }): Escalation[] => {
      if (body.type !== 'escalated') return []
      const { at, step, to } = body
      return [{ at, step, to }]
    }),
    told: (tries.get(row.id) ?? []).flatMap(({ body }) => (body.type === 'told' ? [{ at: body.at, about: body.about }] : [])),
    escalated: row.escalation,
    status: statusFromRow(row),
  }))
}

/** The entries that meet a condition. */
export async function readEntries(db: Queries, where: SQL | undefined, order: readonly SQL[], limit: number): Promise<Entry[]> {
  return complete(
    db,
    await db
      .select()
      .from(owed)
      .where(where)
      .orderBy(...order)
      .limit(limit),
  )
}

/** One entry, locked until the transaction ends; null when none meets the condition. */
export async function lockEntry(db: Queries, where: SQL | undefined): Promise<Entry | null> {
  const [entry] = await complete(db, await db.select().from(owed).where(where).limit(1).for('update'))
  return entry ?? null
}

/** The open entries of a number, and of the other telephones of its only owner (migration 0237), locked until the transaction ends. */
export const lockOwners = async (db: Queries, number: string): Promise<Entry[]> =>
  complete(
    db,
    await db
      .select()
      .from(owed)
      .where(and(ofOwner(owed.number, number), isNull(owed.settledAt)))
      .orderBy(asc(owed.id))
      .for('update'),
  )

export const ofOwner = (column: PgColumn, number: string): SQL => sql`${column} = any (numbers_of_owner(${number}))`
export const ofNumber = (number: string): SQL | undefined => and(eq(owed.number, number), isNull(owed.settledAt))
export const ofCall = (callId: string): SQL =>
  inArray(owed.id, sql`(select ${owedOrigins.entryId} from ${owedOrigins} where ${owedOrigins.callId} = ${callId})`)

/**
 * Write facts down and bring the entry to what they make of it. A settled entry settles its voice messages.
 * @param entry null for a new one, whose id is `id`
 * @returns the entry after them
 */
export async function record(db: Queries, id: string, entry: Entry | null, facts: readonly OwedFact[]): Promise<Entry | null> {
  if (facts.length === 0) return entry
  let after = entry
  for (const fact of facts) after = evolve(id, after, fact)
  if (after === null) return null
  const row = rowFromEntry(after)
  await db.insert(owed).values(row).onConflictDoUpdate({ target: owed.id, set: row })
  await db.insert(owedFacts).values(facts.map((fact) => ({ entryId: id, at: new Date(fact.at), type: fact.type, body: fact })))
  for (const origin of after.origins) {
    if (entry?.origins.includes(origin) === true) continue
    const [dueAt, reopensAt] = [origin.dueAt, origin.reopensAt].map((ms) => (ms === undefined ? null : new Date(ms)))
    const written = { ...origin, entryId: id, at: new Date(origin.at), dueAt, reopensAt }
    await db.insert(owedOrigins).values(written).onConflictDoUpdate({ target: owedOrigins.callId, set: written })
  }
  if (after.status.kind === 'settled') {
    const calls = after.origins.map(({ callId }) => callId)
    const settled = { settledBy: after.status.by?.name ?? null, settledAt: new Date(after.status.at) }
    await db
      .update(messages)
      .set(settled)
      .where(and(inArray(messages.callId, calls), isNull(messages.settledAt)))
  }
  return after
}
