import { randomUUID } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import type { RemoteSession } from '../contract/remote.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { ticketOfCall } from './shared-page-store.ts'
import { writeJournal } from './ticket-journal.ts'

type By = { readonly id: string; readonly name: string }
export type RemoteOf = { readonly ticket: number } | { readonly call: string }
type Row = {
  readonly id: string
  readonly ticket_id: string | null
  readonly call_id: string | null
  readonly by_id: string
  readonly by_name: string
  readonly machine: string | null
  readonly url: string
  readonly started_at: Date | string
  readonly ended_at: Date | string | null
  readonly started_entry: string | null
  readonly ended_entry: string | null
}
/** What an address of the tool is filled with. */
export type RemoteAbout = { readonly ticket: number | null; readonly login: string | null; readonly page: string | null }

const at = (moment: Date | string) => new Date(moment).toISOString()
const shown = (row: Row): RemoteSession => ({
  id: row.id,
  by: row.by_name,
  byId: row.by_id,
  machine: row.machine,
  url: row.url,
  startedAt: at(row.started_at),
  endedAt: row.ended_at === null ? null : at(row.ended_at),
})

/** Sessions of remote control, noted on their ticket as soon as there is one. @throws ServiceError `not_found` */
export function remoteStore(db: Db, now: () => Date) {
  async function ticketOf(tx: Queries, row: Pick<Row, 'ticket_id' | 'call_id'>) {
    if (row.ticket_id === null) return ticketOfCall(tx, row.call_id ?? '')
    const { rows } = await tx.execute<{ id: string; number: number }>(sql`select id, number from tickets where id = ${row.ticket_id}`)
    return rows[0] ?? null
  }

  /** Writes what the journal of its ticket does not have yet. @returns the ticket's number when something was written */
  async function note(tx: Queries, id: string): Promise<number | null> {
    const { rows } = await tx.execute<Row>(sql`select * from remote_sessions where id = ${id} for update`)
    const [row] = rows
    const ticket = row === undefined ? null : await ticketOf(tx, row)
    if (row === undefined || ticket === null) return null
    const line = async (step: 'started' | 'ended', moment: Date | string, column: SQL) => {
      const seconds = step === 'ended' ? Math.round((Date.parse(at(moment)) - Date.parse(at(row.started_at))) / 1_000) : null
      const [entry] = await writeJournal(tx, ticket.id, [
        {
          at: at(moment),
          by: row.by_name,
          byId: row.by_id,
          kind: 'remote',
          text: '',
          visibility: 'public',
          detail: { remote: { step, machine: row.machine, seconds } },
          cites: null,
        },
      ])
      await tx.execute(sql`update remote_sessions set ${column} = ${entry ?? null} where id = ${id}`)
    }
    const begun = row.started_entry === null
    if (begun) await line('started', row.started_at, sql`started_entry`)
    const over = row.ended_at !== null && row.ended_entry === null
    if (over && row.ended_at !== null) await line('ended', row.ended_at, sql`ended_entry`)
    if (!begun && !over) return null
    await tx.execute(sql`update tickets set touched_at = ${now().toISOString()}::timestamptz where id = ${ticket.id}`)
    return ticket.number
  }

  const where = (of: RemoteOf): SQL =>
    'call' in of
      ? sql`call_id = ${of.call}`
      : sql`(ticket_id in (select id from tickets where number = ${of.ticket})
          or call_id in (select call_id from tickets where number = ${of.ticket}
            union select d.call_id from dispositions d join tickets t on t.id = d.ticket_id where t.number = ${of.ticket}))`

  async function end(tx: Queries, id: string): Promise<number | null> {
    await tx.execute(sql`update remote_sessions set ended_at = ${now().toISOString()}::timestamptz where id = ${id} and ended_at is null`)
    return note(tx, id)
  }

  return {
    async of(of: RemoteOf): Promise<RemoteSession[]> {
      const { rows } = await db.execute<Row>(sql`select * from remote_sessions where ${where(of)} order by started_at desc limit 20`)
      return rows.map(shown)
    },

    /** What the tool may be told. @param personId whom a call's sheet shows */
    async about(of: RemoteOf, personId: string | null): Promise<RemoteAbout> {
      const { rows } = await db.execute<{ number: number | null; login: string | null; page: string | null }>(
        'ticket' in of
          ? sql`select t.number, p.login, s.id as page from tickets t left join people p on p.id = t.requester_person_id
              left join shared_pages s on s.call_id = t.call_id where t.number = ${of.ticket}`
          : sql`select (select number from tickets where call_id = ${of.call} limit 1) as number,
              (select login from people where id = ${personId}) as login,
              (select id from shared_pages where call_id = ${of.call}) as page`,
      )
      const [row] = rows
      if (row === undefined) throw new ServiceError('not_found')
      return { ticket: row.number, login: row.login, page: row.page }
    },

    /** Whoever begins another has ended theirs. @returns the tickets whose journal has more than before */
    start: (of: RemoteOf, session: { readonly id?: string; readonly machine: string | null; readonly url: string }, by: By) =>
      db.transaction(async (tx) => {
        const id = session.id ?? randomUUID()
        const { rows: mine } = await tx.execute<{ id: string }>(
          sql`select id from remote_sessions where by_id = ${by.id} and ended_at is null for update`,
        )
        const told = []
        for (const one of mine) told.push(await end(tx, one.id))
        const ticketId = 'ticket' in of ? sql`(select id from tickets where number = ${of.ticket})` : sql`null`
        await tx.execute(sql`insert into remote_sessions (id, ticket_id, call_id, by_id, by_name, machine, url, started_at) values
          (${id}, ${ticketId}, ${'call' in of ? of.call : null}, ${by.id}, ${by.name}, ${session.machine}, ${session.url}, ${now().toISOString()}::timestamptz)`)
        told.push(await note(tx, id))
        return told.filter((number) => number !== null)
      }),

    /** Once more changes nothing. @returns the ticket whose journal has more than before */
    end: (of: RemoteOf, id: string): Promise<number | null> =>
      db.transaction(async (tx) => {
        const { rows } = await tx.execute<{ id: string }>(sql`select id from remote_sessions where id = ${id} and ${where(of)}`)
        if (rows.length === 0) throw new ServiceError('not_found')
        return end(tx, id)
      }),

    /** A call has led to a ticket: what was done during it stands there too. */
    deliver: (callId: string): Promise<number | null> =>
      db.transaction(async (tx) => {
        const { rows } = await tx.execute<{ id: string }>(
          sql`select id from remote_sessions where call_id = ${callId} and (started_entry is null or (ended_at is not null and ended_entry is null)) order by started_at`,
        )
        let number: number | null = null
        for (const { id } of rows) number = (await note(tx, id)) ?? number
        return number
      }),
  }
}
export type RemoteStore = ReturnType<typeof remoteStore>
