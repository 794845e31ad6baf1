import { type SQL, sql } from 'drizzle-orm'
import type { CallKind, Period, TicketCriterion } from '../contract/indicators.ts'
import { callCounts, stateCounts } from '../indicators/tallies.ts'

/** The moment at which a day begins in the desk's time. */
const start = (day: string, zone: string): SQL => sql`(${day}::date::timestamp at time zone ${zone})`
const end = (day: string, zone: string): SQL => sql`((${day}::date + 1)::timestamp at time zone ${zone})`
export const within = (column: SQL, { from, to }: Period, zone: string): SQL =>
  sql`${column} >= ${start(from, zone)} and ${column} < ${end(to, zone)}`

const offered = sql`direction = 'in' and not closed`
const count = (condition: SQL): SQL => sql`(count(*) filter (where ${condition}))::integer`
const local = (zone: string): SQL => sql`(arrived_at at time zone ${zone})`

/** What each kind of call in a list is, by the same conditions as the figures. */
export const kinds: Readonly<Record<CallKind, SQL>> = {
  offered,
  answered: sql`direction = 'in' and answered`,
  abandoned: sql`direction = 'in' and abandoned`,
  afterHours: sql`direction = 'in' and closed`,
  missed: sql`misses > 0`,
  capped: sql`capped`,
  alarmed: sql`alarmed`,
  kept: sql`kept`,
  messages: sql`message`,
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const sums = (names: readonly string[]): SQL =>
  sql.join(
    names.map((name) => sql`coalesce(sum(${sql.identifier(snake(name))}), 0)::float as ${sql.identifier(name)}`),
    sql`, `,
  )

export const callSums = (period: Period, zone: string): SQL =>
  sql`select ${sums(callCounts)} from call_halves where ${within(sql`half`, period, zone)}`

/** By operator. */
export const stateSums = (period: Period, zone: string): SQL => sql`
  select operator_id as "operatorId", ${sums(stateCounts)} from operator_halves
  where ${within(sql`half`, period, zone)} group by operator_id`

export const waitCounts = (period: Period, zone: string): SQL => sql`
  select (place - 1)::integer as "place", sum(served)::integer as "answered", sum(gone)::integer as "abandoned"
  from call_halves, unnest(answered_waits, abandoned_waits) with ordinality as waits (served, gone, place)
  where ${within(sql`half`, period, zone)}
  group by place`

const localHalf = (zone: string): SQL => sql`(half at time zone ${zone})`

export const halfCounts = (period: Period, zone: string): SQL => sql`
  select (extract(epoch from half) * 1000)::float as "half", sum(offered)::integer as "offered"
  from call_halves where ${within(sql`half`, period, zone)} group by 1`

export const hourCounts = (period: Period, zone: string): SQL => sql`
  select extract(isodow from ${localHalf(zone)})::integer as "weekday", extract(hour from ${localHalf(zone)})::integer as "hour",
    sum(offered)::integer as "offered", sum(answered)::integer as "answered"
  from call_halves where ${within(sql`half`, period, zone)}
  group by 1, 2 having sum(offered) > 0 order by 1, 2`

export type Step = 'day' | 'week' | 'month'
const stepOf = (column: SQL, step: Step, zone: string): SQL => sql`date_trunc(${sql.raw(`'${step}'`)}, ${column} at time zone ${zone})`
const shownDay = (column: SQL): SQL => sql`to_char(${column}, 'YYYY-MM-DD')`

export const callSteps = (period: Period, step: Step, zone: string): SQL => sql`
  select ${shownDay(sql`step`)} as "from", offered, answered, abandoned from (
    select ${stepOf(sql`half`, step, zone)} as step, sum(offered)::integer as offered, sum(answered)::integer as answered,
      sum(abandoned)::integer as abandoned
    from call_halves where ${within(sql`half`, period, zone)} group by 1
  ) by_step where offered > 0 order by 1`

export const callsByOperator = (period: Period, zone: string): SQL => sql`
  select operator_id as "id", coalesce(max(a.name), operator_id) as "name", sum(answered + reached)::integer as "answered",
    sum(talk_ms)::float / 1000 as "talkS"
  from call_halves left join accounts a on a.id = operator_id
  where ${within(sql`half`, period, zone)} and operator_id <> ''
  group by operator_id having sum(answered + reached) > 0 order by 3 desc, 1`

/** An hour or a weekday of the list; both null: the whole period. */
export const callRows = (kind: CallKind, period: Period, zone: string, weekday: number | null, hour: number | null): SQL => sql`
  select f.call_id as "id", f.arrived_at as "at", c.number, a.name as "operator", f.wait_ms::float / 1000 as "waitS",
    f.talk_ms::float / 1000 as "talkS",
    case when f.answered then 'answered' when f.kept then 'kept' when f.message then 'message' when f.abandoned then 'abandoned'
         when f.closed then 'closed' else 'other' end as "outcome",
    (select max(t.number) from dispositions d join tickets t on t.id = d.ticket_id where d.call_id = f.call_id) as "ticket",
    (count(*) over ())::integer as "total"
  from (
    select * from call_figures where ${within(sql`arrived_at`, period, zone)} and ${kinds[kind]}
      and (${weekday}::integer is null or extract(isodow from ${local(zone)}) = ${weekday}::integer)
      and (${hour}::integer is null or extract(hour from ${local(zone)}) = ${hour}::integer)
  ) f
  left join calls c on c.id = f.call_id left join accounts a on a.id = f.operator_id
  order by f.arrived_at desc limit 200`

/** Solved in the gesture that opened it: closed within this. */
const atOnce = sql`closed_at <= opened_at + interval '60 seconds'`
const lastedS = (to: SQL): SQL => sql`date_part('epoch', ${to} - opened_at)`

export const ticketTally = (period: Period, zone: string, now: Date): SQL => {
  const until = sql`least(${end(period.to, zone)}, ${now.toISOString()}::timestamptz)`
  return sql`
  select * from (
    select count(*)::integer as "opened", ${count(atOnce)} as "atOnce", ${count(sql`medium = 'phone'`)} as "byPhone"
    from tickets where ${within(sql`opened_at`, period, zone)}
  ) opened, (
    select count(*)::integer as "closed", coalesce(sum(${lastedS(sql`closed_at`)}), 0) as "openForS"
    from tickets where ${within(sql`closed_at`, period, zone)}
  ) closed, (
    select count(*)::integer as "backlog", coalesce(sum(${lastedS(until)}), 0) as "backlogS",
      ${count(sql`opened_at < ${until} - interval '7 days'`)} as "stale"
    from tickets where opened_at < ${until} and (closed_at is null or closed_at >= ${until})
  ) backlog`
}

const criteria: Readonly<Record<TicketCriterion, SQL>> = {
  medium: sql`t.medium`,
  nature: sql`t.nature`,
  urgency: sql`t.urgency`,
  status: sql`t.status`,
  affiliation: sql`p.affiliation`,
  unit: sql`p.unit`,
}

export const ticketRows = (by: TicketCriterion, across: TicketCriterion | null, period: Period, zone: string): SQL => {
  const grouped = (moment: SQL, opened: SQL, closed: SQL) => sql`
    select ${criteria[by]} as value, ${across === null ? sql`null` : criteria[across]} as across, ${opened} as opened, ${closed} as closed
    from tickets t ${[by, across].some((c) => c === 'affiliation' || c === 'unit') ? sql`left join people p on p.id = t.requester_person_id` : sql``}
    where ${within(moment, period, zone)} group by 1, 2`
  const [counted, none] = [sql`count(*)`, sql`0`]
  return sql`
  select value, across, sum(opened)::integer as "opened", sum(closed)::integer as "closed"
  from (${grouped(sql`t.opened_at`, counted, none)} union all ${grouped(sql`t.closed_at`, none, counted)}) both_ways
  group by 1, 2 order by 3 desc, 1, 2 limit 500`
}

export const ticketSteps = (period: Period, step: Step, zone: string): SQL => sql`
  select ${shownDay(sql`step`)} as "from", sum(opened)::integer as "opened", sum(closed)::integer as "closed" from (
    select ${stepOf(sql`opened_at`, step, zone)} as step, count(*) as opened, 0 as closed from tickets
      where ${within(sql`opened_at`, period, zone)} group by 1
    union all
    select ${stepOf(sql`closed_at`, step, zone)}, 0, count(*) from tickets where ${within(sql`closed_at`, period, zone)} group by 1
  ) both_ways group by step order by step`
