import { and, asc, eq, isNotNull, isNull, not, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import { callRecord } from '../indicators/call-record.ts'
import { callHalves } from '../indicators/tallies.ts'
import type { Db } from './connection.ts'
import { callFigures, calls, facts as factRows } from './schema.ts'

/** A call that is over, as the database counts it (`draw_call`, migration 0239): its line, and what it adds to its half hour. */
export type DrawnCall = { readonly line: Row; readonly counts: readonly Row[] }
type Row = Readonly<Record<string, unknown>>

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const byColumn = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value]))
const moment = (atMs: number): string => new Date(atMs).toISOString()

/** @param told of one call, in order @returns null when they do not make a call that is over */
function drawnFrom(told: readonly Fact[]): DrawnCall | null {
  const record = callRecord(told)
  if (record === null) return null
  return {
    line: byColumn({ ...record, arrivedAt: moment(record.arrivedAt) }),
    counts: callHalves(record).map(({ half, ...counts }) => byColumn({ ...counts, half: moment(half) })),
  }
}

type Shipped<F extends Fact = Fact> = { readonly n: number; readonly fact: F }
type OfCall = Shipped<Extract<Fact, { callId: string }>>
const concernsCall = (one: Shipped): one is OfCall => 'callId' in one.fact
const begins = (one: Shipped | undefined): boolean => one?.fact.type === 'call-arrived' || one?.fact.type === 'call-placed'

const facts = (shipped: readonly Shipped[]): Fact[] => shipped.map(({ fact }) => fact)

/** Beyond, those of the calls that last longest are read back. */
const rememberedAtMost = 2_000

/** Draws calls that are over from what was shipped of them, without reading it back. */
export class EndedCalls {
  readonly #db: Db
  /** The facts of each call that goes on, from its first one. */
  readonly #going = new Map<string, OfCall[]>()

  constructor(db: Db) {
    this.#db = db
  }

  /** What was shipped may not be all that there is. */
  forget(): void {
    this.#going.clear()
  }

  /** @returns the calls that end among these facts, by the number of their last one */
  async drawn(epoch: string, shipped: readonly Shipped[]): Promise<ReadonlyMap<number, DrawnCall>> {
    const drawn = new Map<number, DrawnCall>()
    for (const { n, fact } of shipped) {
      if (fact.type !== 'call-ended') continue
      const { callId } = fact
      const from = shipped[0]?.n ?? n
      const now = shipped.filter((one) => concernsCall(one) && one.fact.callId === callId)
      const known = [...(this.#going.get(callId) ?? []).filter((one) => one.n < from), ...now]
      const told = begins(known[0]) ? facts(known) : [...(await this.#before(epoch, callId, from)), ...facts(now)]
      const call = drawnFrom(told.toSorted((a, b) => a.at - b.at))
      if (call !== null) drawn.set(n, call)
    }
    return drawn
  }

  /** These facts have been received. */
  remember(shipped: readonly Shipped[]): void {
    for (const one of shipped.filter(concernsCall)) {
      const { callId, type } = one.fact
      const known = this.#going.get(callId)
      if (type === 'call-ended') this.#going.delete(callId)
      else if (begins(one)) this.#going.set(callId, [one])
      else if (known !== undefined && one.n > (known.at(-1)?.n ?? 0)) known.push(one)
    }
    for (const callId of this.#going.keys()) {
      if (this.#going.size <= rememberedAtMost) break
      this.#going.delete(callId)
    }
  }

  /** What was received of a call before the fact of that number. */
  async #before(epoch: string, callId: string, n: number): Promise<Fact[]> {
    const rows = await this.#db
      .select({ body: factRows.body })
      .from(factRows)
      .where(and(ofCall(callId), not(sql`(${factRows.epoch} = ${epoch} and ${factRows.seq} >= ${n})`)))
      .orderBy(asc(factRows.at), asc(factRows.seq))
    return rows.map(({ body }) => body as Fact)
  }
}

const ofCall = (id: string) => and(sql`${factRows.body} ? 'callId'`, eq(sql`${factRows.body} ->> 'callId'`, id))

/** Sum the days up anew where the desk's zone is no longer the one they were summed up in; before anything else is counted. */
export async function keepFigureDays(db: Db, zone: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ zone: string }>(sql`select zone from figure_zone for update`)
    if (rows[0]?.zone === zone) return
    await tx.execute(sql`set local statement_timeout = 0`)
    await tx.execute(sql`select sum_figure_days(${zone})`)
    await tx.execute(sql`
      update ticket_figures set opened_day = (opened_at at time zone ${zone})::date, closed_day = (closed_at at time zone ${zone})::date`)
    await tx.execute(sql`
      update ticket_closings set closed_day = (closed_at at time zone ${zone})::date, reopened_day = (reopened_at at time zone ${zone})::date`)
  })
}

const drawnAtOnce = 500

/** Draw the lines of calls that ended before figures were counted. */
export async function drawMissingCalls(db: Db): Promise<void> {
  const missing = await db
    .select({ id: calls.id })
    .from(calls)
    .leftJoin(callFigures, eq(callFigures.callId, calls.id))
    .where(and(isNotNull(calls.endedAt), isNull(callFigures.callId)))
    .orderBy(asc(calls.endedAt))
    .limit(drawnAtOnce)
  for (const { id } of missing) {
    const rows = await db.select({ body: factRows.body }).from(factRows).where(ofCall(id)).orderBy(asc(factRows.at), asc(factRows.seq))
    const drawn = drawnFrom(rows.map(({ body }) => body as Fact))
    if (drawn !== null) await db.execute(sql`select draw_call(${JSON.stringify(drawn)}::jsonb)`)
  }
}
