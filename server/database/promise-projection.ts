import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import type { Queries } from './connection.ts'
import { promises } from './schema.ts'

/** What one shipped fact says of the waits that were announced. Sent again, it changes nothing. */
export async function projectPromise(tx: Queries, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'announcement-started': {
      const { told } = fact
      if (told != null)
        await tx
          .insert(promises)
          .values({ callId: fact.callId, at: new Date(fact.at), ...told })
          .onConflictDoNothing()
      return
    }
    case 'call-answered':
      return settle(tx, fact.callId, 'answered', fact.at)
    case 'message-invited':
    case 'place-kept':
    case 'closed-message-started':
    case 'call-ended':
      return settle(tx, fact.callId, 'left', fact.at)
    default:
      return
  }
}

async function settle(tx: Queries, callId: string, outcome: 'answered' | 'left', atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString()
  const afterMs = sql<number>`(extract(epoch from (${at}::timestamptz - ${promises.at})) * 1000)::integer`
  await tx
    .update(promises)
    .set({ outcome, afterMs })
    .where(and(eq(promises.callId, callId), isNull(promises.outcome)))
}
