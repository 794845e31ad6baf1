import { type SQL, sql } from 'drizzle-orm'
import type { CallKind, Period, TicketCriterion, TicketKind } from '../contract/indicators.ts'
import { backlogBoundsDays, callCounts, inTimeS, shortS, stateCounts } from '../indicators/tallies.ts'
import { type FigureScope, whoseCalls, whoseFigures } from './figure-scope.ts'
import { end, within } from './period-sql.ts'
import { ofRefusedCall, refusedCalls } from './refusal-sql.ts'

const offered = sql`direction = 'in' and not closed`
const count = (condition: SQL): SQL => sql`(count(*) filter (where ${condition}))::integer`
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

export type Step = 'day' | 'week' | 'month'
const shownDay = (column: SQL): SQL => sql`to_char(${column}, 'YYYY-MM-DD')`

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

const daysIn = (column: SQL, { from, to }: Period): SQL => sql`${column} between ${from}::date and ${to}::date`
const left = ({ to }: Period): SQL => sql`f.opened_day <= ${to}::date and (f.closed_day is null or f.closed_day > ${to}::date)`
/** What tickets alike have in one number: the migration says where. */
const bit = (n: number): SQL => sql.raw(`((f.signature >> ${n}) & 1)`)
const byteAt = (n: number): SQL => sql.raw(`((f.signature >> ${n}) & 255)`)
/** When a period is over, or now while it is not. */
const endOf = (period: Period, zone: string, now: Date): SQL => sql`least(${end(period.to, zone)}, ${now.toISOString()}::timestamptz)`

/** The tickets of a list, by the same conditions as the figures. */
function ticketSet(kind: TicketKind, period: Period, zone: string, now: Date): SQL {
  const of = (condition: SQL) => sql`${daysIn(sql`f.opened_day`, period)} and ${condition}`
  switch (kind) {
    case 'opened':
      return daysIn(sql`f.opened_day`, period)
    case 'closed':
      return daysIn(sql`f.closed_day`, period)
    case 'backlog':
      return left(period)
    case 'stale':
      return sql`${left(period)} and f.opened_at < ${endOf(period, zone, now)} - interval '7 days'`
    case 'firstContact':
      return of(sql`${bit(0)} = 1 and not f.refused`)
    case 'byPhone':
      return of(sql`f.medium = 'phone'`)
    case 'redirected':
      return of(sql`${bit(1)} = 1`)
    case 'bounced':
      return of(sql`${bit(2)} = 1`)
    case 'reopened':
      return of(sql`${bit(4)} = 1`)
    case 'refused':
      return of(sql`f.refused`)
    case 'takeUpMissed':
      return of(sql`f.take_up > f.take_up_held`)
    case 'level1Missed':
      return of(sql`f.level1 > f.level1_held`)
    case 'level2Missed':
      return of(sql`f.level2 > f.level2_held`)
    default:
      return kind satisfies never
  }
}

const criteria: Readonly<Record<TicketCriterion, SQL>> = {
  medium: sql`f.medium`,
  nature: sql`f.nature`,
  category: sql`f.category_id`,
  place: sql`f.place_id`,
  affiliation: sql`f.affiliation`,
  unit: sql`f.unit`,
  urgency: sql`f.urgency`,
  impact: sql`f.impact`,
  priority: sql`f.priority`,
  status: sql`f.status`,
  closedHow: sql`f.closed_how`,
  group: sql`f.group_id`,
  entity: sql`f.entity_id`,
  sentTo: sql`case when f.refused then coalesce(f.sent_to, 'nobody') end`,
  link: sql`f.link`,
}

/** What each ticket opened in the period adds, by the numbers that it shares with others. */
const ofOpened = {
  opened: sql`1`,
  atOnce: sql`${bit(0)} * (1 - f.refused)`,
  byPhone: sql`f.phone`,
  redirected: bit(1),
  bounced: bit(2),
  everClosed: bit(3),
  reopened: bit(4),
  refused: sql`f.refused`,
  takeUps: byteAt(8),
  takeUpsHeld: byteAt(16),
  level1s: byteAt(24),
  level1sHeld: byteAt(32),
  level2s: byteAt(40),
  level2sHeld: byteAt(48),
}
const ofLevel2 = ['level2s', 'level2sHeld']
const named = (name: string): SQL => sql`${sql.identifier(name)}`

/** A ticket's delays of level 2, and of each: the group that had the ticket when it ended, whoever has it now, and whether it was held. */
const delaysOf = sql`unnest(f.level2_by) as d (stay)`
const [whoseDelay, isHeld] = [sql`left(d.stay, -1)`, sql`right(d.stay, 1) = '+'`]
const ofDelay = (criterion: TicketCriterion): SQL => (criterion === 'group' ? whoseDelay : criteria[criterion])
const whoseDelays = (scope: FigureScope): SQL => whoseFigures(scope, whoseDelay)
/** Whether delays of level 2 are read one by one: with a group they go elsewhere than their ticket; else a ticket's line has their number. */
const byDelay = (by: readonly (TicketCriterion | null)[], { theirs }: FigureScope): boolean => by.includes('group') || theirs !== null

/**
 * By one criterion, by two or by none, and the line of them all (`whole`). Tickets alike are counted first, so that a year costs one look at
 * each and sums are taken of some hundred lines.
 */
export function ticketRows(
  by: TicketCriterion | null,
  across: TicketCriterion | null,
  period: Period,
  zone: string,
  now: Date,
  scope: FigureScope,
): SQL {
  const [whose, whoseRefused] = [whoseFigures(scope), whoseCalls(scope) ?? sql`true`]
  const keysOf = (columnOf: (criterion: TicketCriterion) => SQL) =>
    sql`${by === null ? sql`null` : columnOf(by)}::text as value, ${across === null ? sql`null` : columnOf(across)}::text as across`
  const keys = keysOf((criterion) => criteria[criterion])
  const until = endOf(period, zone, now)
  const older = backlogBoundsDays.map(
    (days) => sql`${count(sql`f.opened_at < ${until} - make_interval(days => ${days}::integer)`)} as ${named(`olderThan${days}`)}`,
  )
  const ofBacklog = ['backlog', 'backlogS', ...backlogBoundsDays.map((days) => `olderThan${days}`)]
  const all = [...Object.keys(ofOpened), 'closed', 'openForS', ...ofBacklog, 'refusedCalls']
  const apart = byDelay([by, across], scope)
  // Whose tickets are not all counted, their delays are looked for in every ticket; else they are in what is counted already.
  const delays =
    scope.theirs === null
      ? sql`select ${by === 'group' ? whoseDelay : sql`value`} as value, ${across === 'group' ? whoseDelay : sql`across`} as across, n, ${isHeld} as held
          from alike f cross join ${delaysOf} where came = 1`
      : sql`select ${keysOf(ofDelay)}, 1 as n, ${isHeld} as held from ticket_figures f cross join ${delaysOf}
          where f.level2 > 0 and ${daysIn(sql`f.opened_day`, period)} and ${whoseDelays(scope)}`
  const onlyOf = (names: readonly string[]) =>
    sql.join(
      all.map((name) => (names.includes(name) ? named(name) : sql`0`)),
      sql`, `,
    )
  // Whatever tells those alike apart in one number: hashing texts is what a year costs most.
  const mark = sql`(f.signature << 4) + (${daysIn(sql`f.opened_day`, period)})::integer
    + 2 * coalesce(${daysIn(sql`f.closed_day`, period)}, false)::integer + 4 * (f.medium = 'phone')::integer + 8 * f.refused::integer`
  return sql`
  with marked as (
    select ${keys}, ${mark} as mark, ${apart && scope.theirs === null ? sql`f.level2_by` : sql`null::text[]`} as level2_by, count(*) as n, sum(f.open_s) as open_s from ticket_figures f
    where (${daysIn(sql`f.opened_day`, period)} or ${daysIn(sql`f.closed_day`, period)}) and ${whose} group by 1, 2, 3, 4
  ), alike as (
    select value, across, level2_by, n, open_s, mark >> 4 as signature, mark & 1 as came, (mark >> 1) & 1 as went, (mark >> 2) & 1 as phone,
      (mark >> 3) & 1 as refused from marked
  ), opened as (
    select value, across, ${sql.join(
      Object.entries(ofOpened).map(([name, each]) => sql`(n * ${each}) as ${named(name)}`),
      sql`, `,
    )} from alike f where came = 1
  ), closed as (
    select value, across, n as "closed", open_s as "openForS" from alike where went = 1
  ), backlog as (
    select ${keys}, count(*) as "backlog", sum(date_part('epoch', ${until} - f.opened_at)) as "backlogS", ${sql.join(older, sql`, `)}
    from ticket_figures f where ${left(period)} and ${whose} group by 1, 2
  ), refused as (
    select ${ofRefusedCall(by)}::text as value, ${ofRefusedCall(across)}::text as across, count(*) as "refusedCalls"
    from (${refusedCalls(period, zone)}) f where ${whoseRefused} group by 1, 2
  ), delays as (
    select value, across, sum(n) as ${named('level2s')}, coalesce(sum(n) filter (where held), 0) as ${named('level2sHeld')} from (${delays}) d group by 1, 2
  ), each as (
    select value, across, ${onlyOf(Object.keys(ofOpened).filter((name) => !apart || !ofLevel2.includes(name)))} from opened
    ${apart ? sql`union all select value, across, ${onlyOf(ofLevel2)} from delays` : sql``}
    union all select value, across, ${onlyOf(['closed', 'openForS'])} from closed
    union all select value, across, ${onlyOf(ofBacklog)} from backlog
    union all select value, across, ${onlyOf(['refusedCalls'])} from refused
  )
  select (grouping(value) = 1) as "whole", value, across, ${sql.join(
    all.map((name) => sql`coalesce(sum(${named(name)}), 0)::float as ${named(name)}`),
    sql`, `,
  )}
  from each as one (value, across, ${sql.join(all.map(named), sql`, `)})
  group by grouping sets ((), (value, across)) order by 1 desc, 4 desc, 2, 3 limit 501`
}

/** Tickets opened, by weekday and hour of the desk's own time. */
export const ticketHours = (period: Period, whose: SQL): SQL => sql`
  select extract(isodow from opened_day)::integer as "weekday", opened_hour::integer as "hour", sum(opened)::integer as "opened" from (
    select opened_day, opened_hour, count(*) as opened from ticket_figures f where ${daysIn(sql`opened_day`, period)} and ${whose} group by 1, 2
  ) by_hour group by 1, 2 order by 1, 2`

/** Of the latter two only with a criterion; `value` null: not said. */
export type TicketChoice = { readonly by: TicketCriterion; readonly value: string | null }
/** Both null: whenever opened. */
export type OpenedAt = { readonly weekday: number | null; readonly hour: number | null }
const openedAt = ({ weekday, hour }: OpenedAt): SQL[] => [
  ...(weekday === null ? [] : [sql`extract(isodow from f.opened_day) = ${weekday}::integer`]),
  ...(hour === null ? [] : [sql`f.opened_hour = ${hour}::integer`]),
]
const chosenOf = (choices: readonly TicketChoice[], columnOf: (criterion: TicketCriterion) => SQL): SQL[] =>
  choices.map(({ by, value }) => sql`${columnOf(by)}::text is not distinct from ${value}::text`)
/** Whose delay was not held, as the figures count them by group. */
const missedLevel2 = (choices: readonly TicketChoice[], scope: FigureScope): SQL => sql`exists (
  select 1 from ${delaysOf} where ${sql.join([sql`not ${isHeld}`, whoseDelays(scope), ...chosenOf(choices, ofDelay)], sql` and `)})`
export const ticketList = (
  kind: TicketKind,
  choices: readonly TicketChoice[],
  at: OpenedAt,
  period: Period,
  zone: string,
  now: Date,
  scope: FigureScope,
  limit: number,
): SQL => {
  const apart =
    kind === 'level2Missed' &&
    byDelay(
      choices.map(({ by }) => by),
      scope,
    )
  const which = apart ? [missedLevel2(choices, scope)] : [whoseFigures(scope), ...chosenOf(choices, (criterion) => criteria[criterion])]
  return sql`
  select t.number, null as "callId", t.title, t.status, t.requester_name as "requester", t.opened_at as "openedAt", t.closed_at as "closedAt", g.name as "group",
    t.owner_name as "owner", f.sent_to as "sentTo", f.total as "total"
  from (
    select f.ticket_id, f.opened_at, f.sent_to, (count(*) over ())::integer as total from ticket_figures f
    where ${sql.join([ticketSet(kind, period, zone, now), ...which, ...openedAt(at)], sql` and `)}
    order by f.opened_at desc limit ${limit}::integer
  ) f
  join tickets t on t.id = f.ticket_id left join groups g on g.id = t.group_id
  order by f.opened_at desc`
}

export const ticketSteps = (period: Period, step: Step, whose: SQL): SQL => sql`
  select ${shownDay(sql`step`)} as "from", sum(opened)::integer as "opened", sum(closed)::integer as "closed" from (
    select date_trunc(${sql.raw(`'${step}'`)}, day::timestamp) as step, opened, closed from (
      select opened_day as day, count(*) as opened, 0 as closed from ticket_figures f where ${daysIn(sql`opened_day`, period)} and ${whose} group by 1
      union all
      select closed_day, 0, count(*) from ticket_figures f where ${daysIn(sql`closed_day`, period)} and ${whose} group by 1
    ) by_day
  ) by_step group by step order by step`

/** What was refused as not for this desk, tickets and calls alike: the latter when it was said. */
export const refusedList = (choices: readonly TicketChoice[], period: Period, zone: string, scope: FigureScope, limit: number): SQL => {
  const chosen = (columnOf: (criterion: TicketCriterion) => SQL) => sql.join([sql`true`, ...chosenOf(choices, columnOf)], sql` and `)
  return sql`
  select *, (count(*) over ())::integer as "total" from (
    select t.number, null as "callId", t.title, t.status, t.requester_name as "requester", t.opened_at as "openedAt", t.closed_at as "closedAt",
      g.name as "group", t.owner_name as "owner", f.sent_to as "sentTo"
    from ticket_figures f join tickets t on t.id = f.ticket_id left join groups g on g.id = t.group_id
    where f.refused and ${daysIn(sql`f.opened_day`, period)} and ${whoseFigures(scope)} and ${chosen((criterion) => criteria[criterion])}
    union all
    select null, f.call_id, f.reason, null, coalesce(c.number, ''), f.at, f.at, null, f.by_name, f.target_name
    from (${refusedCalls(period, zone)}) f left join calls c on c.id = f.call_id
    where ${whoseCalls(scope) ?? sql`true`} and ${chosen(ofRefusedCall)}
  ) refused order by "openedAt" desc limit ${limit}::integer`
}
