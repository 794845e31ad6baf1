import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import { mainLine } from '../calls/settings.ts'
import type { Db, Queries } from './connection.ts'
import { factStore } from './fact-store.ts'
import { translating } from './failures.ts'
import { projectIndicators } from './indicator-projection.ts'
import { concernsOwed, type DueAfter, projectOwed, takeTurns } from './owed-projection.ts'
import { projectPromise } from './promise-projection.ts'
import { calls } from './schema.ts'
import { disruptionCalls } from './schema-disruptions.ts'

type Shipped = { readonly n: number; readonly fact: Fact }

type SinkPorts = {
  readonly dueAfter: DueAfter
  /** Answers owed have changed. */
  readonly onOwed: () => void
  /** Conversations have ended, which wait for a ticket. */
  readonly onEnded: () => void
  /** Callers have joined a disruption: their tickets are to be made. */
  readonly onJoined?: () => void
}

/** Where the local log drains to: the facts as they are, the one line per call that lists and figures read, waits announced, figures, answers owed. */
export function factSink(db: Db, { dueAfter, onOwed, onEnded, onJoined }: SinkPorts) {
  return translating({
    /** A call's number, arrival, and the ticket that it left a message about; null when it is not known (yet). */
    async callOf(id: string): Promise<{ number: string | null; at: Date; ticket: number | null } | null> {
      const [row] = await db
        .select({ number: calls.number, at: calls.arrivedAt, ticket: calls.aboutTicket })
        .from(calls)
        .where(eq(calls.id, id))
      return row ?? null
    },

    lastShipped: (epoch: string) => factStore(db).lastShipped(epoch),

    /** Facts and their projection in one transaction. Sent again, it changes nothing. */
    async ship(epoch: string, shipped: readonly Shipped[]): Promise<void> {
      const owedChanged = await db.transaction(async (tx) => {
        if (concernsOwed(shipped.map(({ fact }) => fact))) await takeTurns(tx)
        await factStore(tx).appendFacts(
          shipped.map(({ n, fact }) => ({ epoch, seq: n, at: new Date(fact.at), type: fact.type, body: fact })),
        )
        let changed = false
        for (const { fact } of shipped) {
          await project(tx, fact)
          await projectPromise(tx, fact)
          await projectIndicators(tx, fact)
          if (await projectOwed(tx, fact, dueAfter)) changed = true
        }
        return changed
      })
      if (owedChanged) onOwed()
      if (shipped.some(({ fact }) => fact.type === 'call-ended')) onEnded()
      if (shipped.some(({ fact }) => fact.type === 'disruption-joined')) onJoined?.()
    },
  })
}

const msSince = (column: typeof calls.arrivedAt | typeof calls.answeredAt, at: Date) =>
  sql<number>`(extract(epoch from (${at.toISOString()}::timestamptz - ${column})) * 1000)::integer`

async function project(tx: Queries, fact: Fact): Promise<void> {
  const at = new Date(fact.at)
  switch (fact.type) {
    case 'call-arrived':
      await tx
        .insert(calls)
        .values({ id: fact.callId, line: fact.line ?? mainLine, number: fact.number, arrivedAt: at })
        .onConflictDoNothing()
      return
    case 'call-placed':
      await tx
        .insert(calls)
        .values({ id: fact.callId, line: mainLine, number: fact.number, arrivedAt: at, operatorId: fact.operatorId, direction: 'out' })
        .onConflictDoNothing()
      return
    case 'place-kept':
      await tx
        .update(calls)
        .set({ keptAt: at })
        .where(and(eq(calls.id, fact.callId), isNull(calls.keptAt)))
      return
    case 'survey-answered':
      await tx.update(calls).set({ rating: fact.rating }).where(eq(calls.id, fact.callId))
      return
    case 'disruption-joined':
      await tx
        .insert(disruptionCalls)
        .values({ callId: fact.callId, disruptionId: fact.disruptionId, number: fact.number, at })
        .onConflictDoNothing()
      if (fact.number !== null)
        await tx
          .update(calls)
          .set({ number: fact.number })
          .where(and(eq(calls.id, fact.callId), isNull(calls.number)))
      return
    case 'message-invited':
      if (fact.ticket !== undefined) await tx.update(calls).set({ aboutTicket: fact.ticket }).where(eq(calls.id, fact.callId))
      return
    case 'call-answered':
      await tx
        .update(calls)
        .set({ answeredAt: at, operatorId: fact.operatorId, waitMs: msSince(calls.arrivedAt, at) })
        .where(and(eq(calls.id, fact.callId), isNull(calls.answeredAt)))
      return
    case 'farewell-started':
    case 'call-ended':
      await tx
        .update(calls)
        .set({
          outcome: fact.reason,
          talkMs: sql`coalesce(${calls.talkMs}, ${msSince(calls.answeredAt, at)})`,
          ...(fact.type === 'call-ended' ? { endedAt: at } : {}),
          ...(fact.type === 'farewell-started' && fact.asks === true ? { askedAt: at } : {}),
        })
        .where(and(eq(calls.id, fact.callId), isNull(calls.endedAt)))
      return
    default:
      return
  }
}
