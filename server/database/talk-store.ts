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
  /** Whom « Suivant » gave it to a moment ago. */
  readonly claimedBy: string | null
}

/** How long one that « Suivant » gave to somebody is kept from the others: its requester looks at the page meanwhile. */
const talkClaimMs = 5 * 60_000

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
        claimed_by: string | null
      }>(sql`select ${tickets.number} as number, ${tickets.title} as title, ${tickets.requesterName} as requester, l.at, left(l.text, 200) as text,
          ${tickets.ownerId} as owner_id, ${tickets.ownerName} as owner_name, c.by_id as claimed_by
        from ticket_talks k join tickets on tickets.id = k.ticket_id
          left join ticket_claims c on c.ticket_id = k.ticket_id and c.at > ${new Date(now().getTime() - talkClaimMs).toISOString()}::timestamptz,
          ${lastLine}
        where k.ended_at is null and tickets.status <> 'closed' and ${theirs} ${scope === undefined ? sql`` : sql`and (${scope})`}
        order by l.at limit 50`)
      return rows.map(({ number, title, requester, at, text, owner_id: id, owner_name: name, claimed_by: claimedBy }) => ({
        number,
        title,
        requester,
        since: new Date(at),
        text: text ?? '',
        owner: id === null ? null : { id, name: name ?? id },
        claimedBy,
      }))
    },

    /** Give one to somebody for a moment. @returns false when somebody else has it, or it is over */
    async claim(number: number, { id, name }: { readonly id: string; readonly name: string }): Promise<boolean> {
      const at = now()
      const before = new Date(at.getTime() - talkClaimMs).toISOString()
      const { rowCount } = await db.execute(sql`insert into ticket_claims (ticket_id, by_id, by_name, at)
        select tickets.id, ${id}, ${name}, ${at.toISOString()}::timestamptz from tickets join ticket_talks k on k.ticket_id = tickets.id
          where tickets.number = ${number} and k.ended_at is null and tickets.status <> 'closed'
        on conflict (ticket_id) do update set by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at
          where ticket_claims.by_id = excluded.by_id or ticket_claims.at <= ${before}::timestamptz`)
      return rowCount === 1
    },

    /** What mails would say has been read on the page: those that wait for that are not sent. */
    async readBy(number: number): Promise<void> {
      await db.execute(sql`delete from outbox using tickets t where t.id = outbox.ticket_id and t.number = ${number}
        and outbox.unless_read and outbox.state = 'pending' and outbox.attempts = 0`)
    },
  }
}
export type TalkStore = ReturnType<typeof talkStore>
