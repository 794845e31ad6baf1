import { eq, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import type { Db, Queries } from './connection.ts'
import { factStore } from './fact-store.ts'
import { translating } from './failures.ts'
import { type DrawnCall, EndedCalls } from './indicator-projection.ts'
import { type DueAfter, owedBy, projectOwed, takeTurns } from './owed-projection.ts'
import { calls } from './schema.ts'

type Shipped = { readonly n: number; readonly fact: Fact }
/** As the database takes it (`take_facts`, migration 0237). */
type Taken = Shipped & { readonly owes: ReturnType<typeof owedBy>; readonly drawn: DrawnCall | null }

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
  const ended = new EndedCalls(db)

  /** The first of them, with the answers owed that it makes or settles. @returns whether these have changed */
  const takeDeciding = (epoch: string, first: Taken): Promise<boolean> =>
    db.transaction(async (tx) => {
      await takeTurns(tx)
      await take(tx, epoch, [{ ...first, owes: 'never' }])
      return projectOwed(tx, first.fact, dueAfter)
    })

  return translating({
    /** A call's number, arrival, and the ticket that it left a message about; null when it is not known (yet). */
    async callOf(id: string): Promise<{ number: string | null; at: Date; ticket: number | null } | null> {
      const [row] = await db
        .select({ number: calls.number, at: calls.arrivedAt, ticket: calls.aboutTicket })
        .from(calls)
        .where(eq(calls.id, id))
      return row ?? null
    },

    lastShipped(epoch: string): Promise<number | null> {
      // Another service may have sent some meanwhile.
      ended.forget()
      return factStore(db).lastShipped(epoch)
    },

    /** In their order, each in one transaction with its projection; those without a decision to take go by one statement. Sent again, it changes nothing. */
    async ship(epoch: string, shipped: readonly Shipped[]): Promise<void> {
      const drawn = await ended.drawn(epoch, shipped)
      const marked = shipped.map((one): Taken => ({ ...one, owes: owedBy(one.fact), drawn: drawn.get(one.n) ?? null }))
      let owedChanged = false
      try {
        for (let left = marked; left.length > 0; ) {
          const [first, ...others] = left.slice(await take(db, epoch, left))
          if (first !== undefined && (await takeDeciding(epoch, first))) owedChanged = true
          left = others
        }
      } finally {
        if (owedChanged) onOwed()
      }
      ended.remember(shipped)
      if (shipped.some(({ fact }) => fact.type === 'call-ended')) onEnded()
      if (shipped.some(({ fact }) => fact.type === 'disruption-joined')) onJoined?.()
    },
  })
}

/** @returns how many were taken before one that has to be decided on */
async function take(to: Queries, epoch: string, facts: readonly Taken[]): Promise<number> {
  if (facts[0]?.owes === 'always') return 0
  const { rows } = await to.execute<{ taken: number }>(sql`select take_facts(${epoch}, ${JSON.stringify(facts)}::jsonb) as taken`)
  return rows[0]?.taken ?? 0
}
