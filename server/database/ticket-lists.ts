import { and, asc, desc, eq, getTableColumns, inArray, lt, ne, not, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import {
  ticketView,
  type AlikeTicket,
  type StuckWhy,
  type TicketCounts,
  type TicketFilters,
  type TicketList,
  type TicketSort,
  type ticketQuery,
} from '../contract/ticket-lists.ts'
import { endOfDay } from '../calendar/days.ts'
import { branchOf } from '../contract/category-tree.ts'
import { nextDue } from '../contract/next-due.ts'
import { alikeTitles } from '../knowledge/alike.ts'
import { below } from '../contract/partition.ts'
import { timeLeft } from '../tickets/clocks.ts'
import { cutoffsAt, highPriority, type Cutoffs } from '../tickets/stuck.ts'
import type { TicketPolicy } from '../tickets/model.ts'
import type { Db, Queries } from './connection.ts'
import { tickets } from './schema.ts'
import { ticketFromRow } from './ticket-rows.ts'
import { type Looked, lookedFor, matching } from './ticket-search.ts'
import { meantBy } from './ticket-slips.ts'
import { isWatched, seenBy, workedFor, type Viewer } from './ticket-scope.ts'

export type TicketQuery = z.output<typeof ticketQuery>
type Ports = { readonly now: () => Date; readonly policy: () => TicketPolicy }

/** Beyond this the exact count helps nobody, and costs a reading of them all. */
const counted = 1_000
const exported = 10_000
/** How many open tickets a title is compared with, and how many are told. */
const [lookedAlike, mostAlike] = [500, 6]

/** What is looked through is never looked at: a page is ten times lighter without it. */
const { search: _search, ...shownColumns } = getTableColumns(tickets)

type Reading = { readonly wanted: SQL | undefined; readonly sort: TicketSort; readonly limit: number; readonly cutoffs: Cutoffs }

const orders: Readonly<Record<TicketSort, readonly SQL[]>> = {
  newest: [desc(tickets.number)],
  due: [sql`${tickets.dueAt} asc nulls last`, desc(tickets.number)],
  priority: [asc(tickets.priority), sql`${tickets.medium} <> 'form'`, asc(tickets.openedAt), asc(tickets.number)],
}

/** What a page is ordered by, as values that only grow from its first row to its last. */
const places: Readonly<Record<TicketSort, (of: string) => SQL>> = {
  newest: (of) => sql.raw(`-${of}.number`),
  due: (of) => sql.raw(`coalesce(${of}.due_at, 'infinity'), -${of}.number`),
  priority: (of) => sql.raw(`${of}.priority, ${of}.medium <> 'form', ${of}.opened_at, ${of}.number`),
}
/** Those that come after a ticket in a list's order, wherever it stands by now. */
const comesAfter = (number: number, sort: TicketSort): SQL =>
  sort === 'newest'
    ? lt(tickets.number, number)
    : sql`(${places[sort]('tickets')}) > (select ${places[sort]('last')} from tickets last where last.number = ${number})`

/** Closed ones have neither a delay nor a priority that matters: the newest first. */
const sortOf = ({ sort = 'newest', view, status, due }: TicketFilters): TicketSort =>
  view === undefined && due === undefined && (status === undefined || status === 'closed') ? 'newest' : sort

/** Why an open ticket does not go on by itself, the gravest first; null when it does. Columns bear their table's name: subqueries have namesakes. */
const stuckWhy = ({ now, forgotten, silent, pressing }: Cutoffs) => sql<StuckWhy | null>`case
  when tickets.status = 'closed' then null
  when tickets.status = 'redirected' and not exists (
    select 1 from group_members m join groups g on g.id = m.group_id join accounts a on a.id = m.account_id
    where m.group_id = tickets.group_id and m.part = 'member' and g.retired_at is null and a.disabled_at is null and a.role <> 'user') then 'orphan'
  when tickets.owner_id is not null and exists (
    select 1 from accounts a where a.id = tickets.owner_id and (a.disabled_at is not null or a.role = 'user')) then 'orphan'
  when tickets.unconfirmed then null
  when tickets.status in ('pre-ticket', 'new', 'redirected', 'reopened') and tickets.clock #>> '{takeUp,dueAt}' < ${now} then 'overdue'
  when tickets.status = 'waiting' and coalesce(tickets.waiting #>> '{what,dueAt}', tickets.waiting #>> '{what,remindAt}') < ${now} then 'overdue'
  when exists (select 1 from outbox o where o.ticket_id = tickets.id and o.state = 'failed' and not exists (
    select 1 from ticket_journal j where j.ticket_id = tickets.id and j.kind = 'completed'
      and lower(j.detail #>> '{before,email}') = lower(o.to_address))) then 'bounced'
  when tickets.status = 'waiting' and tickets.waiting #>> '{what,for}' = 'user' and tickets.waiting ->> 'since' < ${silent} and not exists (
    select 1 from ticket_journal j where j.ticket_id = tickets.id and j.kind in ('waiting', 'missing') and j.at >= ${silent}::timestamptz) then 'silent'
  when tickets.touched_at < ${forgotten}::timestamptz and (tickets.status in ('in-progress', 'reopened') or (tickets.status = 'waiting'
    and tickets.waiting #>> '{what,for}' in ('level3', 'instance') and tickets.waiting #>> '{what,dueAt}' is null)) then 'forgotten'
  when tickets.touched_at < ${pressing}::timestamptz and tickets.priority <= ${highPriority}
    and tickets.status not in ('waiting', 'solution-proposed') then 'pressing'
  when tickets.due_at < ${now}::timestamptz then 'late'
  end`

/** So many of the highest numbers below one. */
const latest = (numbers: readonly number[], below: number, most: number): readonly number[] =>
  numbers
    .filter((number) => number < below)
    .toSorted((a, b) => b - a)
    .slice(0, most)

/** The lists that people work from. */
export function ticketLists(db: Db, { now, policy }: Ports) {
  const ofGroups = (accountId: string): SQL => sql`${tickets.groupId} in ${workedFor(accountId)}`

  function inView(view: TicketFilters['view'], viewerId: string, cutoffs: Cutoffs): SQL | undefined {
    switch (view) {
      case undefined:
        return undefined
      case 'to-take-up':
        return or(
          and(inArray(tickets.status, ['pre-ticket', 'new']), not(tickets.unconfirmed)),
          and(eq(tickets.status, 'redirected'), ofGroups(viewerId)),
        )
      case 'to-confirm':
        return and(eq(tickets.status, 'pre-ticket'), tickets.unconfirmed)
      case 'mine':
        return and(ne(tickets.status, 'closed'), eq(tickets.ownerId, viewerId))
      case 'groups':
        return and(ne(tickets.status, 'closed'), ofGroups(viewerId))
      case 'watched':
        return and(ne(tickets.status, 'closed'), isWatched(viewerId))
      case 'stuck':
        return and(ne(tickets.status, 'closed'), sql`${stuckWhy(cutoffs)} is not null`)
      default:
        return view satisfies never
    }
  }

  /** Those of a category, or of one below it. */
  const within = (column: typeof tickets.categoryId | typeof tickets.placeId, id: string | undefined): SQL | undefined =>
    id === undefined ? undefined : inArray(column, branchOf(policy().categories, id))

  const wantedBy = (query: TicketFilters, viewer: Viewer, cutoffs: Cutoffs, looked: Looked | null): SQL | undefined =>
    and(
      seenBy(viewer),
      inView(query.view, viewer?.id ?? '', cutoffs),
      // A light child lives with its parent; whoever looks for it, or for its requester, finds it all the same.
      query.personId === undefined && looked === null ? eq(tickets.light, false) : undefined,
      query.status === undefined ? undefined : query.status === 'open' ? ne(tickets.status, 'closed') : eq(tickets.status, query.status),
      query.personId === undefined ? undefined : eq(tickets.requesterPersonId, query.personId),
      query.groupId === undefined ? undefined : eq(tickets.groupId, query.groupId),
      query.entityId === undefined ? undefined : inArray(tickets.entityId, [...below(policy().partition?.entities ?? [], query.entityId)]),
      query.ownerId === undefined ? undefined : eq(tickets.ownerId, query.ownerId),
      query.nature === undefined ? undefined : eq(tickets.nature, query.nature),
      within(tickets.categoryId, query.categoryId),
      within(tickets.placeId, query.placeId),
      query.priority === undefined ? undefined : eq(tickets.priority, query.priority),
      query.medium === undefined ? undefined : eq(tickets.medium, query.medium),
      query.urgency === undefined ? undefined : eq(tickets.urgency, query.urgency),
      query.due === undefined
        ? undefined
        : lt(tickets.dueAt, query.due === 'late' ? now() : new Date(endOfDay(policy().calendar, now().getTime()))),
      looked === null ? undefined : matching(looked),
    )

  /** Null: no words are asked for. */
  const lookedIn = async ({ search = '' }: TicketFilters) => (search.trim() === '' ? null : lookedFor(db, search))

  async function countOf(from: Queries, wanted: SQL | undefined): Promise<number> {
    const some = from
      .select({ one: sql`1`.as('one') })
      .from(tickets)
      .where(wanted)
      .limit(counted + 1)
      .as('some')
    const [row] = await from.select({ total: sql<number>`count(*)::int` }).from(some)
    return row?.total ?? 0
  }

  async function read(from: Queries, { wanted, sort, limit, cutoffs }: Reading): Promise<TicketList['tickets']> {
    const rows = await from
      .select({ ticket: shownColumns, stuck: stuckWhy(cutoffs) })
      .from(tickets)
      .where(wanted)
      .orderBy(...orders[sort])
      .limit(limit)
    const left = timeLeft(policy(), now().getTime())
    return rows.map(({ ticket: row, stuck }) => {
      const ticket = ticketFromRow(row)
      const dueAt = nextDue(ticket.clock)?.dueAt ?? null
      return { ...ticket, stuck, leftMs: dueAt === null ? null : left(dueAt) }
    })
  }

  /**
   * Words are looked up in their own index, then, when they are in more than a thousand tickets, met soon enough by walking back from the
   * newest. PostgreSQL would guess which of the two is the case, and never believes that a word's beginning is rare. Of the known ones only
   * those shown are read whole.
   */
  const searched = (wanted: SQL | undefined, page: Reading, from: number, further: SQL | undefined) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`)
      const met = await tx
        .select({ number: tickets.number })
        .from(tickets)
        .where(wanted)
        .limit(counted + 1)
      await tx.execute(sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_indexscan', 'on', true)`)
      if (met.length > counted) return { rows: await read(tx, page), total: met.length }
      // They are all known by number: the words are not looked up a second time.
      const numbers = met.map(({ number }) => number)
      const newest = page.sort === 'newest'
      const shown = newest ? latest(numbers, from, page.limit) : numbers
      const rows =
        shown.length === 0 ? [] : await read(tx, { ...page, wanted: and(inArray(tickets.number, shown), newest ? undefined : further) })
      return { rows, total: met.length }
    })

  async function listed(wanted: SQL | undefined, page: Reading) {
    const [rows, total] = await Promise.all([read(db, page), countOf(db, wanted)])
    return { rows, total }
  }

  const cutoffs = () => cutoffsAt(policy(), now().getTime())

  async function listOnce(query: TicketQuery, viewer: Viewer): Promise<Omit<TicketList, 'corrected'>> {
    const at = cutoffs()
    const looked = await lookedIn(query)
    const wanted = wantedBy(query, viewer, at, looked)
    const sort = sortOf(query)
    const further = and(
      query.before === undefined ? undefined : lt(tickets.number, query.before),
      query.after === undefined ? undefined : comesAfter(query.after, sort),
    )
    const page: Reading = {
      wanted: and(wanted, further),
      sort,
      limit: query.limit,
      cutoffs: at,
    }
    const from = Math.min(...[query.before, query.after].map((number) => number ?? Number.POSITIVE_INFINITY))
    const { rows, total } = await (looked !== null ? searched(wanted, page, from, further) : listed(wanted, page))
    return { tickets: rows, total: Math.min(total, counted), more: total > counted }
  }

  return {
    /** Open tickets whose titles are alike. @param viewer who sees no others */
    async alike(title: string, viewer: Viewer): Promise<AlikeTicket[]> {
      const rows = await db
        .select({
          id: tickets.id,
          number: tickets.number,
          title: tickets.title,
          status: tickets.status,
          openedAt: tickets.openedAt,
          requester: tickets.requesterName,
          personId: tickets.requesterPersonId,
        })
        .from(tickets)
        .where(and(ne(tickets.status, 'closed'), eq(tickets.light, false), seenBy(viewer)))
        .orderBy(desc(tickets.number))
        .limit(lookedAlike)
      return alikeTitles(title, rows, mostAlike).map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }))
    },

    /** `after` is the number that the page before ended with, `before` the same where the newest come first. @param viewer whose own lists are meant, and who sees no others; null: the service itself */
    async list(query: TicketQuery, viewer: Viewer = null): Promise<TicketList> {
      const { search = '' } = query
      const found = await listOnce(query, viewer)
      if (found.total > 0 || search.trim() === '') return { ...found, corrected: [] }
      const meant = await meantBy(db, search)
      if (meant.corrected.length === 0) return { ...found, corrected: [] }
      // What is beyond one's sight is not told by a correction either.
      const nearer = await listOnce({ ...query, search: meant.search }, viewer)
      return nearer.total === 0 ? { ...found, corrected: [] } : { ...nearer, corrected: [...meant.corrected] }
    },

    /** The newest ten thousand at most, for a spreadsheet. */
    async exported(filters: TicketFilters, viewer: Viewer): Promise<TicketList['tickets']> {
      const at = cutoffs()
      const rows = async (of: TicketFilters) =>
        read(db, { wanted: wantedBy(of, viewer, at, await lookedIn(of)), sort: sortOf(of), limit: exported, cutoffs: at })
      const found = await rows(filters)
      const { search = '' } = filters
      return found.length > 0 || search.trim() === '' ? found : rows({ ...filters, search: (await meantBy(db, search)).search })
    },

    /** How many wait in each of somebody's lists. */
    async counts(viewer: Viewer): Promise<TicketCounts> {
      const at = cutoffs()
      const totals = await Promise.all(
        ticketView.options.map(async (view) => [view, Math.min(counted, await countOf(db, wantedBy({ view }, viewer, at, null)))] as const),
      )
      return Object.fromEntries(totals) as TicketCounts
    },
  }
}
