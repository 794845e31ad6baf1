/** A year counted again from its facts and rows, in another way than the service counts it. */
import type { Pool } from 'pg'
import { Temporal } from 'temporal-polyfill'
import type { Fact } from '../../server/calls/facts.ts'
import type { YearAbsorbed, YearState } from './year-beside.ts'
import { type CallStory, type YearTicket, yearZone } from './year.ts'

/** What happened to a call, read from its facts in a way of its own. */
export function readAgain(story: CallStory) {
  const first = <T extends Fact['type']>(type: T) => story.find((f): f is Extract<Fact, { type: T }> => f.type === type)
  const [arrived, ended] = [story[0]?.at ?? 0, story.at(-1)?.at ?? 0]
  const answer = first('call-answered')?.at
  const kept = first('place-kept')?.at
  const leaves = first('call-transferred')?.at ?? first('farewell-started')?.at ?? ended
  const closed = first('closed-message-started') !== undefined
  const answered = answer !== undefined && kept === undefined
  return {
    at: arrived,
    closed,
    answered,
    abandoned: !closed && answer === undefined && kept === undefined,
    waitMs: closed ? 0 : (kept ?? answer ?? ended) - arrived,
    talkMs: answer === undefined ? 0 : leaves - answer,
    heldMs: (first('caller-resumed')?.at ?? 0) - (first('caller-held')?.at ?? 0),
    transferred: first('call-transferred') !== undefined,
    capped: first('farewell-started') !== undefined,
    extended: first('limit-extended') !== undefined,
    missed: first('offer-ended') !== undefined,
    alarmed: first('wait-alarm') !== undefined,
    message: first('message-left') !== undefined,
    kept: kept !== undefined,
    reached: kept !== undefined && answer !== undefined,
    local: Temporal.Instant.fromEpochMilliseconds(arrived).toZonedDateTimeISO(yearZone),
  }
}
export type ReadCall = ReturnType<typeof readAgain>

/** Moves that were not taken back. */
export const movesOf = ({ moves }: YearTicket): readonly string[] =>
  moves.filter((move, i) => move !== 'undone' && moves[i + 1] !== 'undone')
export const solvedAtOnce = (t: YearTicket) =>
  t.closed_at !== null && Date.parse(t.closed_at) - Date.parse(t.opened_at) <= 60_000 && movesOf(t).length === 0
export const sum = (of: readonly number[]) => of.reduce((total, n) => total + n, 0)
const mean = (of: readonly number[]) => (of.length === 0 ? null : sum(of) / of.length / 1_000)

/** What calls say, without what stands beside them: operators' states, answers owed, disruptions. */
export function recountedCalls(calls: readonly ReadCall[]) {
  const [answered, abandoned] = [calls.filter((c) => c.answered), calls.filter((c) => c.abandoned)]
  const offered = calls.filter((c) => !c.closed)
  const short = abandoned.filter((c) => c.waitMs < 10_000)
  const held = calls.filter((c) => c.heldMs > 0)
  const talked = calls.filter((c) => c.answered || c.reached)
  return {
    offered: offered.length,
    answered: answered.length,
    abandoned: abandoned.length,
    shortAbandoned: short.length,
    answeredShare: answered.length / offered.length,
    abandonedShare: (abandoned.length - short.length) / (offered.length - short.length),
    serviceLevel: answered.filter((c) => c.waitMs <= 60_000).length / (offered.length - short.length),
    asa: mean(answered.map((c) => c.waitMs)),
    abandonedAfter: mean(abandoned.map((c) => c.waitMs)),
    talk: sum(calls.map((c) => c.talkMs)) / 1_000 / calls.filter((c) => c.talkMs > 0).length,
    hold: mean(held.map((c) => c.heldMs)),
    heldShare: held.length / talked.length,
    transferredShare: calls.filter((c) => c.transferred).length / talked.length,
    capped: calls.filter((c) => c.capped).length,
    extended: calls.filter((c) => c.extended).length,
    missed: calls.filter((c) => c.missed).length,
    alarmed: calls.filter((c) => c.alarmed).length,
    kept: calls.filter((c) => c.kept).length,
    reachedShare: calls.filter((c) => c.reached).length / calls.filter((c) => c.kept).length,
    messages: calls.filter((c) => c.message).length,
    afterHours: calls.filter((c) => c.closed).length,
    placedOut: 0,
  }
}

/** Not for the desk, and neither taken back nor opened again. */
export const isRefused = ({ refusal, moves }: YearTicket): boolean => refusal !== null && !refusal.undone && !moves.includes('reopened')

/** What a set of tickets says, counted again in another way. @param refusedCalls how many calls are refused beside them */
export function recountedTickets(of: readonly YearTicket[], refusedCalls = 0) {
  const over = '2025-12-31T23:00'
  const ended = of.flatMap((t) =>
    [t.closedBefore?.at, t.closed_at].filter((at) => typeof at === 'string' && at < over).map((at) => ({ ...t, at: at ?? '' })),
  )
  const left = of.filter(
    ({ closedBefore, closed_at }) =>
      (closed_at === null || closed_at >= over) && !(closedBefore !== null && closedBefore.at < over && closedBefore.reopenedAt >= over),
  )
  const ours = of.filter((t) => !isRefused(t))
  const moved = (kind: string) => of.filter((t) => movesOf(t).includes(kind))
  const bounced = of.filter((t) => movesOf(t).includes('given-back') || movesOf(t).filter((m) => m === 'redirected').length > 1)
  const closedOnce = of.filter((t) => t.closed_at !== null || t.moves.includes('reopened'))
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  const held = (name: string) => {
    const bound = of.flatMap((t) => t.delays.filter((d) => d.name === name && d.bound))
    return share(bound.filter((d) => d.held).length, bound.length)
  }
  const age = (t: YearTicket) => Date.parse('2025-12-31T23:00:00Z') - Date.parse(t.opened_at)
  return {
    opened: of.length,
    closed: ended.length,
    firstContact: share(ours.filter(solvedAtOnce).length, ours.length),
    byPhone: share(of.filter((t) => t.medium === 'phone').length, of.length),
    redirected: share(moved('redirected').length, of.length),
    bounced: share(bounced.length, moved('redirected').length),
    reopened: share(moved('reopened').length, closedOnce.length),
    refused: of.filter(isRefused).length + refusedCalls,
    refusedShare: share(of.filter(isRefused).length + refusedCalls, of.length + refusedCalls),
    openFor: mean(ended.map((t) => Date.parse(t.at) - Date.parse(t.opened_at))),
    takeUpHeld: held('take-up'),
    level1Held: held('level1'),
    level2Held: held('level2'),
    backlog: left.length,
    backlogAge: mean(left.map(age)),
    stale: left.filter((t) => age(t) > 7 * 86_400_000).length,
  }
}

/** The share of a group's own delays that were held, whoever has their tickets now, counted again in another way; null: the desk's. */
export function recountedDelays(name: 'take-up' | 'level2', group: string | null, of: readonly YearTicket[]): number | null {
  let [over, held] = [0, 0]
  for (const { delays } of of)
    for (const delay of delays) {
      if (delay.name !== name || !delay.bound || delay.whose !== (group ?? 'level1')) continue
      over += 1
      held += delay.held ? 1 : 0
    }
  return over === 0 ? null : held / over
}

/** What stands beside the calls of 2025 themselves, with what those that were shipped have left there. */
export async function recountedBeside(pool: Pool, states: readonly YearState[], absorbed: readonly YearAbsorbed[]) {
  // As the shipped calls' states follow one another.
  const spans = await pool.query<{ state: string; ms: number }>(`
    select state, (extract(epoch from to_at - from_at) * 1000)::float as ms from operator_spans
    where to_at is not null and from_at >= '2024-12-31T23:00:00Z' and from_at < '2025-12-31T23:00:00Z'`)
  const all = [...states, ...spans.rows]
  const ofKind = (kind: string) => all.filter((one) => one.state === kind).reduce((total, one) => total + one.ms, 0)
  // Answers owed for the calls that were shipped are among them: read from their facts, whoever wrote them.
  const { rows } = await pool.query<{ due: Date; tried: Date | null }>(`
    select due_at as due, (select min(at) from owed_facts f where f.entry_id = o.id and type in ('attempted', 'settled')) as tried from owed o`)
  const judged = rows.filter(({ tried, due }) => tried !== null || due.getTime() < Date.now())
  const held = judged.filter(({ tried, due }) => tried !== null && tried <= due)
  return {
    wrapUp: ofKind('wrap-up') / 1_000 / all.filter((one) => one.state === 'wrap-up').length,
    occupancy: (ofKind('talking') + ofKind('wrap-up')) / (ofKind('talking') + ofKind('wrap-up') + ofKind('ready')),
    owed: rows.length,
    owedHeld: held.length / judged.length,
    owedLate: judged.length - held.length,
    absorbed: absorbed.length,
    fromPage: 0,
  }
}
