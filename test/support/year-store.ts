import type { Pool } from 'pg'
import { callRecord } from '../../server/indicators/call-record.ts'
import { type CallCounts, callCounts, callHalves, type CallHalf } from '../../server/indicators/tallies.ts'
import { type CallStory, yearGroups, type YearTicket } from './year.ts'
import type { YearAbsorbed, YearOwed, YearRefused, YearState } from './year-beside.ts'

const atOnce = 500

/** Store the lines of calls, and their half hours, as the projection draws them, without their facts. */
export async function storeCalls(pool: Pool, stories: readonly CallStory[]): Promise<void> {
  const records = stories.flatMap((facts) => callRecord(facts) ?? [])
  await storeRows(
    pool,
    'call_figures',
    records.map((r) => columnsOf({ ...r, arrivedAt: new Date(r.arrivedAt).toISOString() })),
  )
  const halves = new Map<string, CallHalf>()
  for (const half of records.flatMap(callHalves)) {
    const key = `${half.half} ${half.operatorId}`
    const known = halves.get(key)
    halves.set(key, known === undefined ? half : sumOf(known, half))
  }
  const lines = [...halves.values()].map((h) => columnsOf({ ...h, half: new Date(h.half).toISOString() }))
  await storeRows(pool, 'call_halves', lines)
  await pool.query('select sum_figure_days(zone) from figure_zone')
}

const each = (a: readonly number[], b: readonly number[]) => a.map((n, i) => n + (b[i] ?? 0))
const sumOf = (a: CallHalf, b: CallHalf): CallHalf => ({
  ...a,
  ...(Object.fromEntries(callCounts.map((name) => [name, a[name] + b[name]])) as CallCounts),
  answeredWaits: each(a.answeredWaits, b.answeredWaits),
  abandonedWaits: each(a.abandonedWaits, b.abandonedWaits),
})
const columnsOf = (row: object) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]))

type Line = { readonly kind: string; readonly at: string; readonly detail: object | null }
/** What the journal of a ticket says: a refusal before it is opened again, as it comes in life. */
function linesOf({ moves, refusal, opened_at, closedBefore }: YearTicket): readonly Line[] {
  const [before, after] = [moves.filter((kind) => kind !== 'reopened'), moves.filter((kind) => kind === 'reopened')]
  const line = (kind: string, at = opened_at, detail: object | null = null): Line => ({ kind, at, detail })
  const again = after.map((kind) => line(kind, closedBefore?.reopenedAt))
  const closed = closedBefore === null ? [] : [line('closed', closedBefore.at, { how: closedBefore.how })]
  if (refusal === null) return [...before.map((kind) => line(kind)), ...closed, ...again]
  const target = refusal.target === null ? null : { name: refusal.target, number: '05 61 55 66 11' }
  const refused = line('closed', closedBefore?.at, { how: closedBefore?.how ?? 'level1', outOfScope: { reason: 'x', target } })
  return [...before.map((kind) => line(kind)), refused, ...(refusal.undone ? [line('undone'), ...closed] : []), ...again]
}

/** Store tickets with what their journal and their delays say. */
export async function storeTickets(pool: Pool, tickets: readonly YearTicket[]): Promise<void> {
  await pool.query(
    "insert into groups (id, name, kind, level) select id, id, 'experts', 2 from unnest($1::text[]) id on conflict do nothing",
    [yearGroups],
  )
  await storeRows(pool, 'tickets', tickets)
  const moves = tickets.flatMap((t) => linesOf(t).map((line) => ({ ...line, ticket_id: t.id, by_id: 'alice', by_name: 'Alice' })))
  const delays = tickets.flatMap((t) =>
    t.delays.map(({ bound, ...delay }) => ({
      ...delay,
      ticket_id: t.id,
      started_at: t.opened_at,
      ended_at: t.opened_at,
      used_ms: 1,
      allowed_ms: bound ? 1 : null,
      priority: 4,
    })),
  )
  await storeRows(pool, 'ticket_journal', moves)
  await storeRows(pool, 'ticket_delays', delays)
}

/** Rows by column name; what the table has no column for is left out. */
async function storeRows(pool: Pool, table: string, rows: readonly object[]): Promise<void> {
  const { rows: known } = await pool.query<{ column_name: string }>(
    'select column_name from information_schema.columns where table_name = $1',
    [table],
  )
  const columns = known.map((k) => k.column_name).filter((name) => name in (rows[0] ?? {}))
  for (let i = 0; i < rows.length; i += atOnce) {
    await pool.query(
      `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows.slice(i, i + atOnce))],
    )
  }
}

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const halfMs = 1_800_000
/** States by the half hour in which they began, as the projection sums them; the days are to be summed up afterwards. */
export async function storeStates(pool: Pool, states: readonly YearState[]): Promise<void> {
  const lines = new Map<
    string,
    { half: string; operator_id: string; ready_ms: number; talking_ms: number; wrap_up_ms: number; wrap_ups: number }
  >()
  for (const { operatorId, state, at, ms } of states) {
    const half = new Date(Math.floor(at / halfMs) * halfMs).toISOString()
    const line = lines.get(`${half} ${operatorId}`) ?? {
      half,
      operator_id: operatorId,
      ready_ms: 0,
      talking_ms: 0,
      wrap_up_ms: 0,
      wrap_ups: 0,
    }
    const kind = state === 'wrap-up' ? 'wrap_up_ms' : state === 'ready' ? 'ready_ms' : 'talking_ms'
    lines.set(`${half} ${operatorId}`, { ...line, [kind]: line[kind] + ms, wrap_ups: line.wrap_ups + (state === 'wrap-up' ? 1 : 0) })
  }
  await storeRows(pool, 'operator_halves', [...lines.values()])
}

/** Answers owed with the fact of the first try, which is what the database goes by. */
export async function storeOwed(pool: Pool, owed: readonly YearOwed[]): Promise<void> {
  const rows = owed.map(({ id, firstAt, dueAt }) => ({
    id,
    number: null,
    first_at: firstAt,
    last_at: firstAt,
    due_at: dueAt,
    priority: false,
  }))
  await storeRows(pool, 'owed', rows)
  const tries = owed.flatMap(({ id, triedAt }) => (triedAt === null ? [] : [{ entry_id: id, at: triedAt, type: 'attempted', body: {} }]))
  await storeRows(pool, 'owed_facts', tries)
}

export const storeRefused = (pool: Pool, calls: readonly YearRefused[]): Promise<void> =>
  storeRows(
    pool,
    'dispositions',
    calls.map(({ callId, at, target }) => ({
      call_id: callId,
      at,
      by_id: 'alice',
      by_name: 'Alice',
      kind: 'refused',
      reason: 'x',
      target_name: target,
      target_number: target === null ? null : '05 61 55 66 11',
    })),
  )

export const storeAbsorbed = (pool: Pool, calls: readonly YearAbsorbed[]): Promise<void> =>
  storeRows(
    pool,
    'disruption_calls',
    calls.map(({ callId, at }) => ({ call_id: callId, disruption_id: 'd', number: null, at })),
  )
