import { type SQL, sql } from 'drizzle-orm'
import type { Period, TicketCriterion, TicketKind } from '../contract/indicators.ts'
import { backlogBoundsDays } from '../indicators/tallies.ts'
import { type FigureScope, whoseCalls, whoseFigures } from './figure-scope.ts'
import { end, type Step, shownDay } from './period-sql.ts'
import { ofRefusedCall, refusedCalls } from './refusal-sql.ts'

const count = (condition: SQL): SQL => sql`(count(*) filter (where ${condition}))::integer`
const listed = (columns: readonly SQL[]): SQL => sql.join([...columns], sql`, `)
const both = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `)
const daysIn = (column: SQL, { from, to }: Period): SQL => sql`${column} between ${from}::date and ${to}::date`
/** Open at the end of the period, whatever became of it since. */
const left = ({ to }: Period): SQL => sql`f.opened_day <= ${to}::date and (f.closed_day is null or f.closed_day > ${to}::date)
  and not exists (select 1 from ticket_closings c where c.ticket_id = f.ticket_id and c.closed_day <= ${to}::date and c.reopened_day > ${to}::date)`
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
      return daysIn(sql`e.closed_day`, period)
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

/** The same of one closing: one that was, or whichever. */
const ofClosing: Readonly<Record<TicketCriterion, SQL>> = { ...criteria, closedHow: sql`c.closed_how` }
const ofEnd: Readonly<Record<TicketCriterion, SQL>> = { ...criteria, closedHow: sql`e.closed_how` }

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
const ofDelays = ['takeUps', 'takeUpsHeld', 'level2s', 'level2sHeld']
const named = (name: string): SQL => sql`${sql.identifier(name)}`

/** Delays of level 2, and of taking up: of each the group that had the ticket when it ended, whoever has it now, and whether it was held. */
const delaysOf = {
  level2: sql`unnest(f.level2_by) d (stay)`,
  takeUp: sql`unnest(f.take_up_by) d (stay)`,
}
const [whoseDelay, isHeld] = [sql`nullif(left(d.stay, -1), '')`, sql`right(d.stay, 1) = '+'`]
const ofDelay = (criterion: TicketCriterion): SQL => (criterion === 'group' ? whoseDelay : criteria[criterion])
/** Of a ticket that no group had to take up: all of its delays of taking up are the desk's. */
const ofDesk = (criterion: TicketCriterion): SQL => (criterion === 'group' ? sql`null` : criteria[criterion])
const whoseDelays = (scope: FigureScope): SQL => whoseFigures(scope, sql`coalesce(${whoseDelay}, '')`)
/** Whether these delays are read one by one: with a group they go elsewhere than their ticket; else a ticket's line has their number. */
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
  const [cameIn, wentIn] = [daysIn(sql`f.opened_day`, period), daysIn(sql`f.closed_day`, period)]
  const keysOf = (columnOf: (criterion: TicketCriterion) => SQL) =>
    sql`${by === null ? sql`null` : columnOf(by)}::text as value, ${across === null ? sql`null` : columnOf(across)}::text as across`
  const keys = keysOf((criterion) => criteria[criterion])
  const until = endOf(period, zone, now)
  const older = backlogBoundsDays.map((days) => sql`${count(sql`f.opened_at < ${until} - make_interval(days => ${days}::integer)`)}`)
  const apart = byDelay([by, across], scope)
  const counted = Object.entries(ofOpened).filter(([name]) => !apart || !ofDelays.includes(name))
  const ofCounted = [...counted.map(([name]) => name), 'closed', 'openForS']
  const ofBacklog = ['backlog', 'backlogS', ...backlogBoundsDays.map((days) => `olderThan${days}`)]
  const parts: readonly Part[] = [
    {
      names: ofCounted,
      rows: sql`select value, across, ${listed([
        ...counted.map(([, each]) => sql`sum(n * ${each}) filter (where came = 1)`),
        sql`sum(n) filter (where went = 1), sum(open_s) filter (where went = 1)`,
      ])} from alike f group by 1, 2`,
    },
    {
      names: ['closed', 'openForS'],
      // Looked up one by one: they are few, and reading a year's lines for them would take a fifth of the time again.
      rows: sql`select ${keysOf((criterion) => ofClosing[criterion])}, count(*), sum(date_part('epoch', c.closed_at - f.opened_at))
        from ticket_closings c cross join lateral (select * from ticket_figures f where f.ticket_id = c.ticket_id offset 0) f
        where ${daysIn(sql`c.closed_day`, period)} and ${whose} group by 1, 2`,
    },
    {
      names: ofBacklog,
      rows: sql`select ${keys}, count(*), sum(date_part('epoch', ${until} - f.opened_at)), ${listed(older)}
        from ticket_figures f where ${left(period)} and ${whose} group by 1, 2`,
    },
    {
      names: ['refusedCalls'],
      rows: sql`select ${ofRefusedCall(by)}::text, ${ofRefusedCall(across)}::text, count(*)
        from (${refusedCalls(period, zone)}) f where ${whoseRefused} group by 1, 2`,
    },
    ...(apart ? delaysApart(by, across, cameIn, scope) : []),
  ]
  const all = [...Object.keys(ofOpened), 'closed', 'openForS', ...ofBacklog, 'refusedCalls']
  // Where delays are read one by one, tickets are alike by theirs too.
  const arrays = ['level2_by', 'take_up_by'].map((name) => (apart && scope.theirs === null ? sql`f.${named(name)}` : sql`null::text[]`))
  // Whatever tells those alike apart in one number: hashing texts is what a year costs most.
  const mark = sql`(f.signature << 4) + (${cameIn})::integer + 2 * coalesce(${wentIn}, false)::integer + 4 * (f.medium = 'phone')::integer
    + 8 * f.refused::integer`
  return sql`
  with marked (value, across, mark, level2_by, take_up_by, n, open_s) as (
    select ${keys}, ${mark}, ${listed(arrays)}, count(*), sum(f.open_s) from ticket_figures f
    where (${cameIn} or ${wentIn}) and ${whose} group by 1, 2, 3, 4, 5
  ), alike as materialized (
    select value, across, level2_by, take_up_by, n, open_s, mark >> 4 as signature, mark & 1 as came, (mark >> 1) & 1 as went, (mark >> 2) & 1 as phone,
      (mark >> 3) & 1 as refused from marked
  )
  select (grouping(value) = 1) as "whole", value, across, ${listed(
    all.map((name) => sql`coalesce(sum(${named(name)}), 0)::float as ${named(name)}`),
  )}
  from (${sql.join(
    parts.map(
      ({ names, rows }) =>
        sql`select value, across, ${listed(all.map((name) => (names.includes(name) ? sql`${named(name)}::float` : sql`0::float`)))}
          from (${rows}) part (value, across, ${listed(names.map(named))})`,
    ),
    sql` union all `,
  )}) parts (value, across, ${listed(all.map(named))})
  group by grouping sets ((), (value, across)) order by 1 desc, 4 desc, 2, 3 limit 501`
}

/** Some of the numbers, each line with its two criteria first. */
type Part = { readonly names: readonly string[]; readonly rows: SQL }

/** Delays one by one. Whose tickets are not all counted, theirs are looked for in every ticket; else they are in what is counted already. */
function delaysApart(by: TicketCriterion | null, across: TicketCriterion | null, cameIn: SQL, scope: FigureScope): readonly Part[] {
  const whole = scope.theirs === null
  const n = whole ? sql`f.n` : sql`1`
  const known = { value: sql`f.value`, across: sql`f.across` }
  const keysOf = (columnOf: (criterion: TicketCriterion) => SQL) =>
    listed(
      (['value', 'across'] as const).map((name) => {
        const criterion = name === 'value' ? by : across
        return sql`${criterion === null ? sql`null` : whole && criterion !== 'group' ? known[name] : columnOf(criterion)}::text`
      }),
    )
  const from = whole ? sql`alike f` : sql`ticket_figures f`
  const among = (conditions: SQL) => (whole ? sql`f.came = 1` : sql`${cameIn} and ${conditions}`)
  const grouped = (delays: SQL) => sql`select ${keysOf(ofDelay)}, sum(${n}), sum(${n}) filter (where ${isHeld})
    from ${from} cross join ${delays} where ${among(whoseDelays(scope))} group by 1, 2`
  const [takeUps, held] = whole ? [byteAt(8), byteAt(16)] : [sql`f.take_up`, sql`f.take_up_held`]
  return [
    { names: ['level2s', 'level2sHeld'], rows: grouped(delaysOf.level2) },
    { names: ['takeUps', 'takeUpsHeld'], rows: grouped(delaysOf.takeUp) },
    {
      names: ['takeUps', 'takeUpsHeld'],
      rows: sql`select ${keysOf(ofDesk)}, sum(${n} * ${takeUps}), sum(${n} * ${held})
        from ${from} where f.take_up_by is null and ${among(whoseFigures(scope, sql`''`))} group by 1, 2`,
    },
  ]
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
/** Delays that were not held, as the figures count them by group. */
const missedBy = (kind: 'takeUpMissed' | 'level2Missed', choices: readonly TicketChoice[], scope: FigureScope): SQL => {
  const delays = sql`exists (select 1 from ${kind === 'level2Missed' ? delaysOf.level2 : delaysOf.takeUp}
    where ${both([sql`not ${isHeld}`, whoseDelays(scope), ...chosenOf(choices, ofDelay)])})`
  if (kind === 'level2Missed') return delays
  const ofTheDesk = [sql`f.take_up_by is null and f.take_up > f.take_up_held`, whoseFigures(scope, sql`''`), ...chosenOf(choices, ofDesk)]
  return sql`(${delays} or (${both(ofTheDesk)}))`
}
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
  const apart = byDelay(
    choices.map(({ by }) => by),
    scope,
  )
  // A ticket that was opened again has been closed more than once, each time a line.
  const [ends, closedAt, ofEach] =
    kind === 'closed'
      ? [sql`join ticket_ends e on e.ticket_id = f.ticket_id`, sql`e.closed_at`, ofEnd]
      : [sql``, sql`f.closed_at`, criteria]
  const which =
    apart && (kind === 'takeUpMissed' || kind === 'level2Missed')
      ? [missedBy(kind, choices, scope)]
      : [whoseFigures(scope), ...chosenOf(choices, (criterion) => ofEach[criterion])]
  return sql`
  select t.number, null as "callId", t.title, t.status, t.requester_name as "requester", t.opened_at as "openedAt", f.closed_at as "closedAt", g.name as "group",
    t.owner_name as "owner", f.sent_to as "sentTo", f.total as "total"
  from (
    select f.ticket_id, f.opened_at, ${closedAt} as closed_at, f.sent_to, (count(*) over ())::integer as total from ticket_figures f ${ends}
    where ${both([ticketSet(kind, period, zone, now), ...which, ...openedAt(at)])}
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
      union all
      select c.closed_day, 0, count(*) from ticket_closings c join ticket_figures f on f.ticket_id = c.ticket_id
      where ${daysIn(sql`c.closed_day`, period)} and ${whose} group by 1
    ) by_day
  ) by_step group by step order by step`

/** What was refused as not for this desk, tickets and calls alike: the latter when it was said. */
export const refusedList = (choices: readonly TicketChoice[], period: Period, zone: string, scope: FigureScope, limit: number): SQL => {
  const chosen = (columnOf: (criterion: TicketCriterion) => SQL) => both([sql`true`, ...chosenOf(choices, columnOf)])
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
