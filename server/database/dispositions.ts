import { and, eq } from 'drizzle-orm'
import type { OutsideTarget } from '../contract/out-of-scope.ts'
import type { Queries } from './connection.ts'
import { reachedBy } from './owed-projection.ts'
import { dispositions } from './schema.ts'

/** What became of a call, as it is written down. */
export type Ending =
  | { readonly kind: 'opened' | 'attached'; readonly ticketId: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly target: OutsideTarget | null }
  | { readonly kind: 'nothing'; readonly reason: string }

/**
 * Write down what became of a call; never rewritten. A call may have several: it may have been about two things. When we had called
 * the person back, the answer owed is settled with it.
 */
export async function noteDisposition(
  tx: Queries,
  callId: string,
  ending: Ending,
  by: { readonly id: string; readonly name: string },
  at: Date,
): Promise<void> {
  const target = ending.kind === 'refused' ? ending.target : null
  await tx.insert(dispositions).values({
    callId,
    at,
    byId: by.id,
    byName: by.name,
    kind: ending.kind,
    ticketId: 'ticketId' in ending ? ending.ticketId : null,
    reason: 'reason' in ending ? ending.reason : null,
    targetName: target?.name ?? null,
    targetNumber: target?.number ?? null,
  })
  if (ending.kind !== 'nothing') await reachedBy(tx, callId, by, at)
}

/** Whether this call has led to this ticket already. */
export async function isDisposed(tx: Queries, callId: string, ticketId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: dispositions.id })
    .from(dispositions)
    .where(and(eq(dispositions.callId, callId), eq(dispositions.ticketId, ticketId)))
  return rows.length > 0
}
