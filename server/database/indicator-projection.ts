import { and, asc, eq, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import { callRecord } from '../indicators/call-record.ts'
import { callHalf, halfOf, type StateCounts } from '../indicators/tallies.ts'
import type { Db, Queries } from './connection.ts'
import { callFigures, calls, facts, operatorSpans, type SpanState } from './schema.ts'

/** What one shipped fact adds to the figures: a call's line once it is over, an operator's states. Sent again, it changes nothing. */
export async function projectIndicators(tx: Queries, fact: Fact): Promise<void> {
  const at = new Date(fact.at)
  switch (fact.type) {
    case 'operator-ready':
      return begin(tx, fact.operatorId, 'ready', at)
    case 'operator-paused':
      return begin(tx, fact.operatorId, 'paused', at)
    case 'operator-at-front-desk':
      return begin(tx, fact.operatorId, 'front-desk', at)
    case 'operator-left':
      return begin(tx, fact.operatorId, 'offline', at)
    case 'operator-will-rest':
      await tx
        .update(operatorSpans)
        .set({ next: fact.then?.kind ?? null })
        .where(and(eq(operatorSpans.operatorId, fact.operatorId), isNull(operatorSpans.toAt), isNotNull(operatorSpans.callId)))
      return
    case 'call-answered':
      return begin(tx, fact.operatorId, 'talking', at, fact.callId)
    case 'call-transferred':
      await leave(tx, fact.callId, at)
      if (fact.target.kind === 'operator') await begin(tx, fact.target.operatorId, 'talking', at, fact.callId)
      return
    case 'transfer-started':
    case 'farewell-started':
      return leave(tx, fact.callId, at)
    case 'call-ended':
      await leave(tx, fact.callId, at)
      return drawCall(tx, fact.callId)
    default:
      return
  }
}

/** The states of one operator follow one another without a gap; each is counted once, when it is over. */
async function begin(tx: Queries, operatorId: string, state: SpanState, at: Date, callId: string | null = null): Promise<void> {
  const over = await tx
    .update(operatorSpans)
    .set({ toAt: at })
    .where(
      and(
        eq(operatorSpans.operatorId, operatorId),
        isNull(operatorSpans.toAt),
        lte(operatorSpans.fromAt, at),
        or(ne(operatorSpans.fromAt, at), ne(operatorSpans.state, state)),
      ),
    )
    .returning({ state: operatorSpans.state, fromAt: operatorSpans.fromAt })
  for (const span of over) await addState(tx, operatorId, span.state, span.fromAt, at)
  await tx.insert(operatorSpans).values({ operatorId, state, callId, fromAt: at }).onConflictDoNothing()
}

async function addState(tx: Queries, operatorId: string, state: SpanState, from: Date, to: Date): Promise<void> {
  const counted = stateHalf(state, to.getTime() - from.getTime())
  if (counted === null) return
  const half = halfOf(from.getTime())
  await tx.execute(adding('operator_halves', { half: moment(half), operatorId: sql`${operatorId}` }, counted))
  await tx.execute(adding('operator_days', { day: dayOf(half), operatorId: sql`${operatorId}` }, counted))
}

function stateHalf(state: SpanState, ms: number): StateCounts | null {
  const none = { readyMs: 0, talkingMs: 0, wrapUpMs: 0, wrapUps: 0 }
  switch (state) {
    case 'ready':
      return { ...none, readyMs: ms }
    case 'talking':
      return { ...none, talkingMs: ms }
    case 'wrap-up':
      return { ...none, wrapUpMs: ms, wrapUps: 1 }
    case 'paused':
    case 'front-desk':
    case 'offline':
      return null
    default:
      return state satisfies never
  }
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const moment = (atMs: number): SQL => sql`${new Date(atMs).toISOString()}::timestamptz`
const atDesk = (atMs: number): SQL => sql`(${moment(atMs)} at time zone (select zone from figure_zone))`
const dayOf = (atMs: number): SQL => sql`${atDesk(atMs)}::date`

/** Add one line's counts to those of its key. */
function adding(
  table: string,
  key: Readonly<Record<string, SQL>>,
  counts: Readonly<Record<string, number>>,
  lists: Readonly<Record<string, SQL>> = {},
): SQL {
  const name = (n: string) => sql.identifier(snake(n))
  const [of, keys] = [sql.identifier(table), sql.join(Object.keys(key).map(name), sql`, `)]
  const values = [...Object.values(key), ...Object.values(counts).map((n) => sql`${n}`), ...Object.values(lists)]
  const sums = [
    ...Object.keys(counts).map((n) => sql`${name(n)} = ${of}.${name(n)} + excluded.${name(n)}`),
    ...Object.keys(lists).map((n) => sql`${name(n)} = sum_each(${of}.${name(n)}, excluded.${name(n)})`),
  ]
  return sql`
    insert into ${of} (${keys}, ${sql.join([...Object.keys(counts), ...Object.keys(lists)].map(name), sql`, `)})
    values (${sql.join(values, sql`, `)})
    on conflict (${keys}) do update set ${sql.join(sums, sql`, `)}`
}
const listOf = (counts: readonly number[]): SQL => sql`${sql.raw(`'{${counts.join(',')}}'`)}::integer[]`
/** A day's hours from midnight on, with this many in the one of a moment. */
const inItsHour = (atMs: number, counted: number): SQL => sql`(
  select array_agg(case when n = extract(hour from ${atDesk(atMs)}) then ${counted}::integer else 0 end order by n) from generate_series(0, 23) n)`

/** Whoever talked writes up, or does what they asked for. */
async function leave(tx: Queries, callId: string, at: Date): Promise<void> {
  const talking = await tx
    .select({ operatorId: operatorSpans.operatorId, next: operatorSpans.next })
    .from(operatorSpans)
    .where(and(eq(operatorSpans.callId, callId), isNull(operatorSpans.toAt)))
  for (const { operatorId, next } of talking) await begin(tx, operatorId, next ?? 'wrap-up', at)
}

async function drawCall(tx: Queries, callId: string): Promise<void> {
  const rows = await tx
    .select({ body: facts.body })
    .from(facts)
    .where(and(sql`${facts.body} ? 'callId'`, eq(sql`${facts.body} ->> 'callId'`, callId)))
    .orderBy(asc(facts.at), asc(facts.seq))
  const record = callRecord(rows.map(({ body }) => body as Fact))
  if (record === null) return
  const { arrivedAt, ...rest } = record
  const drawn = await tx
    .insert(callFigures)
    .values({ ...rest, arrivedAt: new Date(arrivedAt) })
    .onConflictDoNothing()
    .returning({ id: callFigures.callId })
  if (drawn.length === 0) return
  const { answeredWaits, abandonedWaits, half, operatorId, ...counts } = callHalf(record)
  const waits = { answeredWaits: listOf(answeredWaits), abandonedWaits: listOf(abandonedWaits) }
  await tx.execute(adding('call_halves', { half: moment(half), operatorId: sql`${operatorId}` }, counts, waits))
  const hours = { offeredHours: inItsHour(half, counts.offered), answeredHours: inItsHour(half, counts.answered) }
  await tx.execute(adding('call_days', { day: dayOf(half) }, counts, { ...waits, ...hours }))
  if (operatorId === '') return
  const conversations = { conversations: counts.answered + counts.reached, talkMs: counts.talkMs }
  await tx.execute(adding('operator_days', { day: dayOf(half), operatorId: sql`${operatorId}` }, conversations))
}

/** Sum the days up anew where the desk's zone is no longer the one they were summed up in; before anything else is counted. */
export async function keepFigureDays(db: Db, zone: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ zone: string }>(sql`select zone from figure_zone for update`)
    if (rows[0]?.zone === zone) return
    await tx.execute(sql`set local statement_timeout = 0`)
    await tx.execute(sql`select sum_figure_days(${zone})`)
    await tx.execute(sql`
      update ticket_figures set opened_day = (opened_at at time zone ${zone})::date, closed_day = (closed_at at time zone ${zone})::date`)
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
  for (const { id } of missing) await drawCall(db, id)
}
