import type pg from 'pg'
import type { Fact } from '../../server/calls/facts.ts'

/** Facts alone, without what the sink would write beside them. */
export async function storeFacts(pool: pg.Pool, facts: readonly Fact[]): Promise<void> {
  for (const [i, fact] of facts.entries())
    await pool.query("insert into facts (epoch, seq, at, type, body) values ('test', $1, $2, $3, $4)", [
      i + 1,
      new Date(fact.at),
      fact.type,
      fact,
    ])
}

/** Somebody calls, and gives up two minutes later. */
export const abandonedCall = (callId: string, number: string | null, at: number): readonly Fact[] => [
  { at, type: 'call-arrived', callId, number, people: [] },
  { at: at + 120_000, type: 'call-ended', callId, reason: 'abandoned', by: 'caller' },
]
