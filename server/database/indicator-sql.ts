import { type SQL, sql } from 'drizzle-orm'
import type { CallKind, Period } from '../contract/indicators.ts'
import { callCounts, inTimeS, shortS, stateCounts } from '../indicators/tallies.ts'
import { type Step, shownDay, within } from './period-sql.ts'

const offered = sql`direction = 'in' and not closed`
const local = (zone: string): SQL => sql`(arrived_at at time zone ${zone})`

export type OwedKind = 'owed' | 'owedLate'
/** What each kind of call in a list is, by the same conditions as the figures. */
const kinds: Readonly<Record<Exclude<CallKind, OwedKind>, SQL>> = {
  offered,
  answered: sql`direction = 'in' and answered`,
  abandoned: sql`direction = 'in' and abandoned`,
  afterHours: sql`direction = 'in' and closed`,
  missed: sql`misses > 0`,
  capped: sql`capped`,
  alarmed: sql`alarmed`,
  kept: sql`kept`,
  messages: sql`message`,
  shortAbandoned: sql`direction = 'in' and abandoned and wait_ms < ${shortS * 1_000}::integer`,
  answeredLate: sql`direction = 'in' and answered and wait_ms > ${inTimeS * 1_000}::integer`,
  held: sql`direction = 'in' and holds > 0`,
  transferred: sql`direction = 'in' and transfers > 0`,
  extended: sql`extended > 0`,
  placedOut: sql`direction = 'out'`,
  fromPage: sql`from_page and not closed`,
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const sums = (names: readonly string[]): SQL =>
  sql.join(
    names.map((name) => sql`coalesce(sum(${sql.identifier(snake(name))}), 0)::float as ${sql.identifier(name)}`),
    sql`, `,
  )

const inDays = ({ from, to }: Period): SQL => sql`day between ${from}::date and ${to}::date`

/** The sums by day that are read: of all calls, or of those of some entities. */
const callDays = (period: Period, whose: SQL | null): SQL =>
  whose === null ? sql`call_days f where ${inDays(period)}` : sql`call_entity_days_now f where ${inDays(period)} and ${whose}`

export const callSums = (period: Period, whose: SQL | null): SQL => sql`select ${sums(callCounts)} from ${callDays(period, whose)}`

export const sumChangedDays: SQL = sql`select sum_changed_entity_days() as "drawn"`

/** Callers who freed their line by joining a disruption. */
export const absorbedCount = (period: Period, zone: string, whose: SQL | null): SQL =>
  sql`select count(*)::integer as "absorbed" from disruption_calls where ${within(sql`at`, period, zone)}
    ${whose === null ? sql`` : sql`and exists (select 1 from call_figures f where f.call_id = disruption_calls.call_id and ${whose})`}`

/** Calls offered that came from the desk's own page: few, and found by an index of their own. */
export const fromPageCount = (period: Period, zone: string, whose: SQL | null): SQL =>
  sql`select count(*)::integer as "fromPage" from call_figures f
    where f.from_page and not f.closed and ${within(sql`f.arrived_at`, period, zone)} ${whose === null ? sql`` : sql`and ${whose}`}`

/** First called back before anything that was owed by then was late: a time that was agreed on since is another promise. */
const backInTime = sql`o.tried_at <= o.due_at
  and not exists (select 1 from owed_origins g where g.entry_id = o.id and g.at <= o.tried_at and g.due_at < o.tried_at)`
const isDue = (now: Date): SQL => sql`o.tried_at is not null or o.due_at < ${now.toISOString()}::timestamptz`

/** Answers owed that became so in the period: judged are those called back, and those whose delay is over. */
export const owedCounts = (period: Period, zone: string, now: Date, whose: SQL | null): SQL => sql`
  select count(*)::integer as "owed",
    (count(*) filter (where ${isDue(now)}))::integer as "judged",
    (count(*) filter (where ${backInTime}))::integer as "inTime"
  from owed o where ${within(sql`o.first_at`, period, zone)}
    ${whose === null ? sql`` : sql`and exists (select 1 from owed_origins g join call_figures f on f.call_id = g.call_id where g.entry_id = o.id and ${whose})`}`

/** By operator. */
export const stateSums = (period: Period): SQL => sql`
  select operator_id as "operatorId", ${sums(stateCounts)} from operator_days where ${inDays(period)} group by operator_id`

export const waitCounts = (period: Period, whose: SQL | null): SQL => sql`
  select (place - 1)::integer as "place", sum(served)::integer as "answered", sum(gone)::integer as "abandoned"
  from (select * from ${callDays(period, whose)}) days, unnest(answered_waits, abandoned_waits) with ordinality as waits (served, gone, place)
  group by place`

export const halfCounts = (period: Period, zone: string): SQL => sql`
  select (extract(epoch from half) * 1000)::float as "half", sum(offered)::integer as "offered"
  from call_halves where ${within(sql`half`, period, zone)} group by 1`

export const hourCounts = (period: Period, whose: SQL | null): SQL => sql`
  select extract(isodow from day)::integer as "weekday", (place - 1)::integer as "hour", sum(called)::integer as "offered", sum(served)::integer as "answered"
  from (select * from ${callDays(period, whose)}) days,
    unnest(offered_hours, answered_hours) with ordinality as hours (called, served, place)
  group by 1, 2 having sum(called) > 0 order by 1, 2`

/** Quartiles of the conversations that began on an incoming call, in ms; null where there were none. */
export const talkQuartiles = (period: Period, zone: string): SQL => sql`
  select percentile_cont(array[0.25, 0.5, 0.75]) within group (order by talk_ms) as "quartiles", count(*)::integer as "conversations",
    (count(*) filter (where capped))::integer as "capped"
  from call_figures where ${within(sql`arrived_at`, period, zone)} and direction = 'in' and (answered or reached) and talk_ms > 0`

export const callSteps = (period: Period, step: Step, whose: SQL | null): SQL => sql`
  select ${shownDay(sql`step`)} as "from", offered, answered, abandoned from (
    select date_trunc(${sql.raw(`'${step}'`)}, day::timestamp) as step, sum(offered)::integer as offered, sum(answered)::integer as answered,
      sum(abandoned)::integer as abandoned
    from ${callDays(period, whose)} group by 1
  ) by_step where offered > 0 order by 1`

export const callsByOperator = (period: Period, whose: SQL | null): SQL => sql`
  select f.operator_id as "id", coalesce(max(a.name), f.operator_id) as "name", sum(f.conversations)::integer as "answered",
    sum(f.talk_ms)::float / 1000 as "talkS"
  from ${whose === null ? sql`operator_days` : sql`operator_entity_days_now`} f left join accounts a on a.id = f.operator_id
  where ${inDays(period)} ${whose === null ? sql`` : sql`and ${whose}`}
  group by f.operator_id having sum(f.conversations) > 0 or sum(f.talk_ms) > 0 order by 3 desc, 1`

const outcome = sql`case when f.answered then 'answered' when f.kept then 'kept' when f.message then 'message' when f.abandoned then 'abandoned'
         when f.closed then 'closed' else 'other' end`
const ticketOf = (call: SQL): SQL =>
  sql`(select max(t.number) from dispositions d join tickets t on t.id = d.ticket_id where d.call_id = ${call})`

/** An hour or a weekday of the list; both null: the whole period. */
export type CallChoice = {
  readonly kind: Exclude<CallKind, OwedKind>
  readonly weekday: number | null
  readonly hour: number | null
  readonly limit: number
}
export const callRows = ({ kind, weekday, hour, limit }: CallChoice, period: Period, zone: string, whose: SQL): SQL => sql`
  select f.call_id as "id", f.arrived_at as "at", c.number, a.name as "operator", f.wait_ms::float / 1000 as "waitS",
    f.talk_ms::float / 1000 as "talkS", ${outcome} as "outcome", ${ticketOf(sql`f.call_id`)} as "ticket",
    f.from_page as "fromPage", (count(*) over ())::integer as "total"
  from (
    select * from call_figures f where ${within(sql`arrived_at`, period, zone)} and ${kinds[kind]} and ${whose}
      and (${weekday}::integer is null or extract(isodow from ${local(zone)}) = ${weekday}::integer)
      and (${hour}::integer is null or extract(hour from ${local(zone)}) = ${hour}::integer)
  ) f
  left join calls c on c.id = f.call_id left join accounts a on a.id = f.operator_id
  order by f.arrived_at desc limit ${limit}::integer`

/** Answers owed as the figures count them, each by the first call that it is owed for; one that goes on has no line of its own yet, a chosen half hour never. */
export const owedRows = (
  { kind, limit }: { readonly kind: OwedKind; readonly limit: number },
  period: Period,
  zone: string,
  now: Date,
  whose: SQL | null,
): SQL => sql`
  select coalesce(g.call_id, o.id::text) as "id", coalesce(f.arrived_at, c.arrived_at, g.at, o.first_at) as "at", coalesce(o.number, c.number) as "number",
    a.name as "operator", coalesce(f.wait_ms, 0)::float / 1000 as "waitS", coalesce(f.talk_ms, 0)::float / 1000 as "talkS",
    case g.kind when 'slot' then 'slot' when 'place' then 'kept' else ${outcome} end as "outcome", ${ticketOf(sql`g.call_id`)} as "ticket",
    coalesce(f.from_page, false) as "fromPage", (count(*) over ())::integer as "total"
  from owed o
    left join lateral (
      select g.call_id, g.kind, g.at from owed_origins g ${whose === null ? sql`` : sql`join call_figures f on f.call_id = g.call_id and ${whose}`}
      where g.entry_id = o.id order by g.at limit 1
    ) g on true
    left join call_figures f on f.call_id = g.call_id left join calls c on c.id = g.call_id left join accounts a on a.id = f.operator_id
  where ${within(sql`o.first_at`, period, zone)} ${whose === null ? sql`` : sql`and g.call_id is not null`}
    ${kind === 'owed' ? sql`` : sql`and (${isDue(now)}) and (${backInTime}) is not true`}
  order by 2 desc limit ${limit}::integer`
