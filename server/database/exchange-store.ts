import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Exchange, ExchangeEvent } from '../contract/exchanges.ts'
import { ServiceError } from '../errors.ts'
import type { Db } from './connection.ts'
import { isDuplicate } from './failures.ts'

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
const at = (moment: Date | string) => new Date(moment).toISOString()
const orNull = (text: string): string | null => (text === '' ? null : text)
/** A call of which nothing more was heard is over: an exchange that was restarted tells no end. */
const forgotten = sql`interval '4 hours'`

export type StoredExchangeCall = {
  readonly id: string
  readonly exchange: string
  readonly direction: 'in' | 'out'
  readonly other: string | null
  readonly queue: string | null
  readonly who: readonly string[]
  readonly beganAt: string
  readonly answeredAt: string | null
  readonly endedAt: string | null
  readonly ticket: number | null
}
type Row = {
  readonly id: string
  readonly exchange: string
  readonly direction: 'in' | 'out'
  readonly other: string | null
  readonly queue: string | null
  readonly who: readonly string[]
  readonly began_at: Date | string
  readonly answered_at: Date | string | null
  readonly ended_at: Date | string | null
  readonly ticket: number | null
}
const shown = (row: Row): StoredExchangeCall => ({
  id: row.id,
  exchange: row.exchange,
  direction: row.direction,
  other: row.other,
  queue: row.queue,
  who: row.who,
  beganAt: at(row.began_at),
  answeredAt: row.answered_at === null ? null : at(row.answered_at),
  endedAt: row.ended_at === null ? null : at(row.ended_at),
  ticket: row.ticket,
})
const columns = sql`c.id, x.name as exchange, c.direction, case c.direction when 'in' then c.from_number else c.to_number end as other,
  c.queue, c.who, c.began_at, c.answered_at, c.ended_at, t.number as ticket
  from exchange_calls c join exchanges x on x.id = c.exchange_id left join tickets t on t.id = c.ticket_id`

/** Calls of exchanges that keep the queue themselves: kept apart from ours. */
export function exchangeStore(db: Db, now: () => Date) {
  const moment = () => sql`${now().toISOString()}::timestamptz`
  return {
    async list(): Promise<Exchange[]> {
      const { rows } = await db.execute<{
        id: string
        name: string
        created_at: Date
        created_by: string
        seen_at: Date | null
        incoming: number
        answered: number
        missed: number
        outgoing: number
        ticketed: number
      }>(sql`select x.id, x.name, x.created_at, x.created_by, x.seen_at,
          (count(c.id) filter (where c.direction = 'in'))::int as incoming,
          (count(c.id) filter (where c.direction = 'in' and c.answered_at is not null))::int as answered,
          (count(c.id) filter (where c.direction = 'in' and c.answered_at is null and c.ended_at is not null))::int as missed,
          (count(c.id) filter (where c.direction = 'out'))::int as outgoing,
          (count(c.id) filter (where c.ticket_id is not null))::int as ticketed
        from exchanges x left join exchange_calls c on c.exchange_id = x.id and c.began_at > ${moment()} - interval '30 days'
        where x.revoked_at is null group by x.id order by x.name`)
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdAt: at(row.created_at),
        createdBy: row.created_by,
        seenAt: row.seen_at === null ? null : at(row.seen_at),
        calls: { in: row.incoming, answered: row.answered, missed: row.missed, out: row.outgoing, ticketed: row.ticketed },
      }))
    },

    /** The only time that its secret is known. @throws ServiceError `conflict` when another has that name */
    async add(name: string, by: string): Promise<{ readonly id: string; readonly name: string; readonly secret: string }> {
      const [id, secret] = [randomUUID(), randomBytes(30).toString('base64url')]
      try {
        await db.execute(
          sql`insert into exchanges (id, name, token_hash, created_at, created_by) values (${id}, ${name}, ${hashOf(secret)}, ${moment()}, ${by})`,
        )
        return { id, name, secret }
      } catch (error) {
        throw isDuplicate(error) ? new ServiceError('conflict', name) : error
      }
    },

    /** Its address opens nothing any more; its calls under way are over. @throws ServiceError `not_found` */
    async revoke(id: string, by: string): Promise<void> {
      const gone = await db.execute(
        sql`update exchanges set revoked_at = ${moment()}, revoked_by = ${by} where id = ${id} and revoked_at is null`,
      )
      if (gone.rowCount === 0) throw new ServiceError('not_found')
      await db.execute(sql`update exchange_calls set ended_at = ${moment()} where exchange_id = ${id} and ended_at is null`)
    },

    /** Whose secret it is; null: nobody's. */
    async of(secret: string): Promise<string | null> {
      const { rows } = await db.execute<{ id: string }>(
        sql`update exchanges set seen_at = ${moment()} where token_hash = ${hashOf(secret)} and revoked_at is null returning id`,
      )
      return rows[0]?.id ?? null
    },

    /** Told twice, or in another order, it is the same call; what ended does not begin again. */
    async heard(
      exchangeId: string,
      { event, callId, direction, from, to, user, answeringNumber, queue, cause }: ExchangeEvent,
    ): Promise<void> {
      const who = event === 'answer' && answeringNumber !== '' && user.length === 0 ? [answeringNumber] : user
      const answered = event === 'answer' ? moment() : sql`null`
      const ended = event === 'hangup' ? moment() : sql`null`
      await db.execute(sql`
        insert into exchange_calls as c (id, exchange_id, call_key, direction, from_number, to_number, queue, who, began_at, answered_at, ended_at, cause)
          values (${randomUUID()}, ${exchangeId}, ${callId}, ${direction}, ${orNull(from)}, ${orNull(to)}, ${orNull(queue)},
            ${sql.param([...who])}::text[], ${moment()}, ${answered}::timestamptz, ${ended}::timestamptz, ${orNull(cause)})
          on conflict (exchange_id, call_key) do update set
            from_number = coalesce(c.from_number, excluded.from_number), to_number = coalesce(c.to_number, excluded.to_number),
            queue = coalesce(c.queue, excluded.queue), cause = coalesce(excluded.cause, c.cause),
            who = case when cardinality(excluded.who) > 0 and c.ended_at is null then excluded.who else c.who end,
            answered_at = coalesce(c.answered_at, excluded.answered_at), ended_at = coalesce(c.ended_at, excluded.ended_at)`)
    },

    /** Under way, or over for a quarter of an hour and without a ticket. */
    async current(): Promise<StoredExchangeCall[]> {
      const { rows } = await db.execute<Row>(sql`select ${columns}
        where (c.ended_at is null and c.began_at > ${moment()} - ${forgotten})
          or (c.ended_at > ${moment()} - interval '15 minutes' and c.ticket_id is null)
        order by c.began_at desc limit 50`)
      return rows.map(shown)
    },

    async find(id: string): Promise<StoredExchangeCall | null> {
      const { rows } = await db.execute<Row>(sql`select ${columns} where c.id = ${id}`)
      return rows[0] === undefined ? null : shown(rows[0])
    },

    /** @returns whether it had none before */
    async ticketed(id: string, ticketId: string): Promise<boolean> {
      const done = await db.execute(sql`update exchange_calls set ticket_id = ${ticketId} where id = ${id} and ticket_id is null`)
      return (done.rowCount ?? 0) > 0
    },
  }
}
export type ExchangeStore = ReturnType<typeof exchangeStore>
