import { sql } from 'drizzle-orm'
import type { Db } from './connection.ts'
import { tickets } from './schema.ts'
import { seenBy, type Viewer } from './ticket-scope.ts'

export type WaitingTalk = {
  readonly number: number
  readonly title: string
  readonly requester: string
  readonly since: Date
  readonly text: string
  readonly owner: { readonly id: string; readonly name: string } | null
}

/** The last line that both read: who wrote it says whose turn it is. */
const lastLine = sql`lateral (
    select j.id, j.at, j.by_id, x.text from ticket_journal j left join ticket_texts x on x.entry_id = j.id
    where j.ticket_id = tickets.id and j.visibility = 'public' and j.kind in ('opened', 'contribution', 'proposed', 'missing', 'refused', 'reopened')
    order by j.id desc limit 1) l`
const theirs = sql`l.by_id in ('requester', coalesce(tickets.requester_person_id, 'requester'))`

/** Conversations under way; what is said in them is the tickets' journal. */
export function talkStore(db: Db, now: () => Date) {
  return {
    /** Its requester waits for an answer on the page. */
    async begin(ticketId: string): Promise<void> {
      const at = now().toISOString()
      await db.execute(sql`insert into ticket_talks (ticket_id, since) values (${ticketId}::uuid, ${at}::timestamptz)
        on conflict (ticket_id) do update set since = case when ticket_talks.ended_at is null then ticket_talks.since else excluded.since end, ended_at = null`)
    },

    /** Over once its ticket is closed; and once it is answered, when the requester has left. @returns whether one ended */
    async settle(ticketId: string, here: boolean): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        update ticket_talks k set ended_at = ${now().toISOString()}::timestamptz from tickets, ${lastLine}
        where k.ticket_id = tickets.id and k.ended_at is null and tickets.id = ${ticketId}::uuid
          and (tickets.status = 'closed' or (not ${here}::boolean and not (${theirs})))`)
      return (rowCount ?? 0) > 0
    },

    async isOpen(number: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`select 1 from ticket_talks k join tickets on tickets.id = k.ticket_id
        where tickets.number = ${number} and k.ended_at is null and tickets.status <> 'closed'`)
      return (rowCount ?? 0) > 0
    },

    /** Those that wait for the desk's word, the longest first; of what this account sees. */
    async waiting(viewer: Viewer): Promise<readonly WaitingTalk[]> {
      const scope = seenBy(viewer)
      const { rows } = await db.execute<{
        number: number
        title: string
        requester: string
        at: string
        text: string | null
        owner_id: string | null
        owner_name: string | null
      }>(sql`select ${tickets.number} as number, ${tickets.title} as title, ${tickets.requesterName} as requester, l.at, left(l.text, 200) as text,
          ${tickets.ownerId} as owner_id, ${tickets.ownerName} as owner_name
        from ticket_talks k join tickets on tickets.id = k.ticket_id, ${lastLine}
        where k.ended_at is null and tickets.status <> 'closed' and ${theirs} ${scope === undefined ? sql`` : sql`and (${scope})`}
        order by l.at limit 50`)
      return rows.map(({ number, title, requester, at, text, owner_id: id, owner_name: name }) => ({
        number,
        title,
        requester,
        since: new Date(at),
        text: text ?? '',
        owner: id === null ? null : { id, name: name ?? id },
      }))
    },

    /** What mails would say has been read on the page: those that wait for that are not sent. */
    async readBy(number: number): Promise<void> {
      await db.execute(sql`delete from outbox using tickets t where t.id = outbox.ticket_id and t.number = ${number}
        and outbox.unless_read and outbox.state = 'pending' and outbox.attempts = 0`)
    },
  }
}
export type TalkStore = ReturnType<typeof talkStore>
