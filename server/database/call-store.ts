import { and, asc, count, desc, eq, gt, inArray, isNotNull, notExists } from 'drizzle-orm'
import type { Disposition } from '../contract/dispositions.ts'
import { ServiceError } from '../errors.ts'
import { oneLine } from '../tickets/text.ts'
import type { Db } from './connection.ts'
import { type Ending, noteDisposition } from './dispositions.ts'
import { accounts, calls, dispositions, tickets } from './schema.ts'

const mostListed = 200

/** A conversation that has ended with nothing written of it. */
export type UnwrittenCall = {
  readonly id: string
  readonly number: string | null
  readonly operatorId: string | null
  readonly operator: string | null
  readonly answeredAt: Date
  readonly endedAt: Date
}

type Said = Exclude<Ending, { readonly ticketId: string }>

/** Calls that were answered, and what became of them. */
export function callStore(db: Db, now: () => Date) {
  const unwritten = and(
    isNotNull(calls.answeredAt),
    isNotNull(calls.endedAt),
    notExists(db.select({ id: dispositions.id }).from(dispositions).where(eq(dispositions.callId, calls.id))),
  )

  return {
    /** The oldest first. */
    async withoutTicket(): Promise<{ calls: UnwrittenCall[]; total: number }> {
      const rows = await db
        .select({
          id: calls.id,
          number: calls.number,
          operatorId: calls.operatorId,
          operator: accounts.name,
          answeredAt: calls.answeredAt,
          endedAt: calls.endedAt,
        })
        .from(calls)
        .leftJoin(accounts, eq(accounts.id, calls.operatorId))
        .where(unwritten)
        .orderBy(asc(calls.endedAt))
        .limit(mostListed)
      const [counted] = await db.select({ n: count() }).from(calls).where(unwritten)
      const listed = rows.flatMap(({ answeredAt, endedAt, ...row }) =>
        answeredAt === null || endedAt === null ? [] : [{ ...row, answeredAt, endedAt }],
      )
      return { calls: listed, total: counted?.n ?? 0 }
    },

    /** @throws ServiceError `not_found` when there was no such call, `invalid_body` when the reason holds nothing. */
    async dispose(callId: string, said: Said, by: { readonly id: string; readonly name: string }, isLive: boolean): Promise<void> {
      const reason = oneLine(said.reason)
      if (reason === '') throw new ServiceError('invalid_body', 'reason')
      const [call] = await db.select({ id: calls.id }).from(calls).where(eq(calls.id, callId))
      if (call === undefined && !isLive) throw new ServiceError('not_found')
      await noteDisposition(db, callId, { ...said, reason }, by, now())
    },

    /** What became of a call, the latest first. */
    async dispositionsOf(callId: string): Promise<Disposition[]> {
      const rows = await db
        .select({ said: dispositions, ticket: tickets.number })
        .from(dispositions)
        .leftJoin(tickets, eq(tickets.id, dispositions.ticketId))
        .where(eq(dispositions.callId, callId))
        .orderBy(desc(dispositions.id))
      return rows.map(({ said, ticket }) => ({
        callId: said.callId,
        at: said.at.toISOString(),
        by: said.byName,
        kind: said.kind,
        ticket,
        reason: said.reason,
        target: said.targetName === null || said.targetNumber === null ? null : { name: said.targetName, number: said.targetNumber },
      }))
    },

    /** The latest ticket that each of these calls led to. */
    async ticketsOf(callIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (callIds.length === 0) return new Map()
      const rows = await db
        .select({ callId: dispositions.callId, number: tickets.number })
        .from(dispositions)
        .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
        .where(inArray(dispositions.callId, [...callIds]))
        .orderBy(asc(dispositions.id))
      return new Map(rows.map(({ callId, number }) => [callId, number]))
    },

    async wasAnswered(callId: string): Promise<boolean> {
      const [row] = await db.select({ answeredAt: calls.answeredAt }).from(calls).where(eq(calls.id, callId))
      return row?.answeredAt != null
    },

    /** Calls whose ending was written since a moment: their drafts have served. */
    async disposedSince(since: Date): Promise<string[]> {
      const rows = await db.selectDistinct({ id: dispositions.callId }).from(dispositions).where(gt(dispositions.at, since))
      return rows.map(({ id }) => id)
    },
  }
}
export type CallStore = ReturnType<typeof callStore>
