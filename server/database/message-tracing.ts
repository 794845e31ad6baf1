import { sql } from 'drizzle-orm'
import { showNumber } from '../calls/number.ts'
import type { Person, Ticket } from '../contract/entities.ts'
import type { OutsideTarget } from '../contract/out-of-scope.ts'
import { type MessageTrace, traceOf } from '../owed/message-trace.ts'
import { joinMessage, openPreTicket } from '../tickets/decide.ts'
import { ticketOfMessage } from '../tickets/messages.ts'
import type { Db, Queries } from './connection.ts'
import { noteDisposition } from './dispositions.ts'
import { ofCall, readEntries } from './owed-rows.ts'
import type { ticketChildren } from './ticket-children.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'

type Insert = Parameters<typeof ticketChildren>[2]
/** @property at in ms since 1970 */
type Left = { readonly callId: string; readonly at: number; readonly number: string | null; readonly seconds: number }
type Conversation = Parameters<typeof traceOf>[0]['conversation']

/** What a message leaves is decided on by one at a time, whether a hand or a round asks. */
export const oneTraceOf = (tx: Queries, callId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pre-ticket ${callId}`}))`)

const mostAtOnce = 1_000

/** Voice messages whose answer is settled and of which nothing is written: they become a ticket, join one, or are refused (R13). */
export function messageTracing(db: Db, { contextOf, signedBy, locked, apply }: TicketSaving, insert: Insert, now: () => Date) {
  const traced = (tx: Queries, callId: string) =>
    tx.execute(sql`update messages set traced_at = ${now().toISOString()}::timestamptz where call_id = ${callId}`)

  async function write(tx: Queries, left: Left, trace: MessageTrace, people: readonly Person[]): Promise<Ticket | null> {
    const { callId, seconds } = left
    switch (trace.kind) {
      case 'wait':
        return null
      case 'join': {
        const ticket = await locked(tx, trace.ticket)
        await noteDisposition(tx, callId, { kind: 'attached', ticketId: ticket.id }, signedBy(trace.by), now())
        return apply(tx, joinMessage(ticket, seconds, contextOf(trace.by)))
      }
      case 'refuse':
        await noteDisposition(tx, callId, { kind: 'refused', reason: trace.reason, target: trace.target }, signedBy(trace.by), now())
        return null
      case 'open': {
        const order = ticketOfMessage({ callId, seconds, numberShown: showNumber(left.number), people })
        return insert(tx, trace.by, (context) => openPreTicket(order, context, trace.said), { idempotencyKey: null, commandHash: null })
      }
      default:
        return trace satisfies never
    }
  }

  const decideOn = (left: Left, peopleOf: (number: string) => readonly Person[]): Promise<Ticket | null> =>
    db.transaction(async (tx) => {
      const { callId, number } = left
      await oneTraceOf(tx, callId)
      if (await isWritten(tx, callId)) {
        await traced(tx, callId)
        return null
      }
      const [entry] = await readEntries(tx, ofCall(callId), [], 1)
      if (entry?.status.kind !== 'settled') return null
      const { status, attempts, origins } = entry
      const conversation = await conversationOf(tx, left, entry.number, status)
      const beside = await ticketBeside(
        tx,
        origins.map((origin) => origin.callId),
      )
      const decided = traceOf({ status, attempts, conversation, beside })
      const ticket = await write(tx, left, decided, number === null ? [] : peopleOf(number))
      if (decided.kind !== 'wait') await traced(tx, callId)
      return ticket
    })

  return {
    /** @returns the tickets that messages became or joined */
    async traceMessages(peopleOf: (number: string) => readonly Person[]): Promise<Ticket[]> {
      const { rows } = await db.execute<Left>(sql`
        select call_id as "callId", (extract(epoch from at) * 1000)::double precision as at, number, seconds from messages
        where traced_at is null and settled_at is not null and file <> '' order by at limit ${mostAtOnce}`)
      const tickets: Ticket[] = []
      for (const left of rows) {
        const ticket = await decideOn(left, peopleOf)
        if (ticket !== null) tickets.push(ticket)
      }
      return tickets
    },
  }
}

async function isWritten(tx: Queries, callId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select 1 from dispositions where call_id = ${callId} limit 1`)
  return rows.length > 0
}

/** The ticket that messages of these calls have led to, the latest. */
async function ticketBeside(tx: Queries, callIds: readonly string[]): Promise<number | null> {
  const { rows } = await tx.execute<{ number: number }>(sql`
    select t.number from dispositions d join messages m on m.call_id = d.call_id join tickets t on t.id = d.ticket_id
    where d.call_id = any (${sql.param([...callIds])}::text[]) and t.erased_at is null order by d.id desc limit 1`)
  return rows[0]?.number ?? null
}

/** The conversation that settled what was owed: with whoever got through, or whom the one who settled it has reached. */
async function conversationOf(
  tx: Queries,
  { at }: Left,
  number: string | null,
  { how, by, at: settledMs }: Parameters<typeof traceOf>[0]['status'],
): Promise<Conversation> {
  if (number === null || (how !== 'got-through' && how !== 'reached')) return null
  const settledAt = new Date(settledMs).toISOString()
  const theirs =
    how === 'got-through'
      ? sql`true`
      : sql`(c.operator_id = ${by?.id ?? null} or exists (select from dispositions d where d.call_id = c.id and d.by_id = ${by?.id ?? null}))`
  const { rows: found } = await tx.execute<{ id: string }>(sql`
    select c.id from calls c
    where c.number = any (numbers_of_owner(${number})) and c.answered_at > ${new Date(at).toISOString()}::timestamptz
      and c.answered_at <= ${settledAt}::timestamptz and ${theirs}
    order by c.answered_at desc limit 1`)
  const id = found[0]?.id
  if (id === undefined) return null
  const { rows } = await tx.execute<Noted>(sql`
    select d.kind, d.by_id as "byId", d.by_name as "byName", d.reason, d.target_name as "targetName", d.target_number as "targetNumber",
      t.number as ticket
    from dispositions d left join tickets t on t.id = d.ticket_id and t.erased_at is null where d.call_id = ${id} order by d.id desc`)
  return conversation(rows)
}

type Noted = {
  readonly kind: string
  readonly byId: string
  readonly byName: string
  readonly reason: string | null
  readonly targetName: string | null
  readonly targetNumber: string | null
  readonly ticket: number | null
}
const writer = ({ byId, byName }: Noted): Actor => ({ id: byId, name: byName })

/** @param noted what was written of it, the latest first */
function conversation(noted: readonly Noted[]): NonNullable<Conversation> {
  const led = noted.find((one) => one.ticket !== null)
  const refused = noted.find((one) => one.kind === 'refused')
  const target = (one: Noted): OutsideTarget | null =>
    one.targetName === null || one.targetNumber === null ? null : { name: one.targetName, number: one.targetNumber }
  return {
    ticket: led?.ticket == null ? null : { number: led.ticket, by: writer(led) },
    refused: refused === undefined ? null : { reason: refused.reason ?? '', target: target(refused), by: writer(refused) },
    notedBy: noted[0] === undefined ? null : writer(noted[0]),
  }
}
