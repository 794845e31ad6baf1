import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from './connection.ts'

/** Removes a sound and what was drawn of it; one that is gone already is no error. */
export type RemoveSound = (of: 'message' | 'recording', file: string) => Promise<void>

export const ids = async (tx: Queries, query: SQL): Promise<string[]> => (await tx.execute<{ id: string }>(query)).rows.map(({ id }) => id)
export const countOf = async (tx: Queries, query: SQL): Promise<number> => (await tx.execute(query)).rowCount ?? 0
const list = (all: readonly string[]) => sql`${sql.param([...all])}::text[]`

/** Words in place of a title: a ticket without one would look broken. */
const erasedTitle = '(texte effacé)'

/**
 * What was written in these tickets, and for whom. Their rows, dates, groups, categories and signed journals stay; the requester
 * becomes one of those of the same affiliation and unit, so that figures by them do not change.
 */
export async function eraseTickets(tx: Queries, ticketIds: readonly string[], at: Date): Promise<void> {
  if (ticketIds.length === 0) return
  const { rows } = await tx.execute<{ word: string }>(sql`
    select word from tickets t, words_of_ticket(t.title, t.summary, t.requester_name, t.solution) word
      where t.id = any (${list(ticketIds)}::uuid[])
    union select word from ticket_journal j join ticket_texts x on x.entry_id = j.id, words_of_ticket('', x.text, '', '') word
      where j.ticket_id = any (${list(ticketIds)}::uuid[]) and is_said(j.kind) and x.text is not null`)
  const { rows: lexemes } = await tx.execute<{ lexeme: string }>(sql`
    select distinct lexeme from tickets t, unnest(tsvector_to_array(t.search)) lexeme where t.id = any (${list(ticketIds)}::uuid[])`)
  const these = sql`t.id = any (${list(ticketIds)}::uuid[])`
  await tx.execute(sql`
    insert into people (id, name, affiliation, unit, source, retired_at)
      select distinct ${alike(sql`p`)}, '', p.affiliation, p.unit, p.source, ${at.toISOString()}::timestamptz
      from tickets t join people p on p.id = t.requester_person_id where ${these} and p.id not like 'erased:%'
      on conflict do nothing`)
  await tx.execute(sql`
    update ticket_texts x set text = null from ticket_journal j
      where x.entry_id = j.id and x.text is not null and j.ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`delete from ticket_observers where person_id is not null and ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`delete from ticket_machines where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update remote_sessions set machine = null, url = '' where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update ticket_journal set detail = jsonb_set(detail, '{remote,machine}', 'null')
    where kind = 'remote' and ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update visits set place = '', note = '' where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`
    update ticket_journal j set
        detail = j.detail - 'before',
        by_id = case when j.by_id in (t.requester_person_id, 'requester') then 'requester' else j.by_id end,
        by_name = case when j.by_id in (t.requester_person_id, 'requester') then 'Demandeur' else j.by_name end
      from tickets t where t.id = j.ticket_id and ${these}
        and (j.detail ? 'before' or j.by_id in (t.requester_person_id, 'requester'))`)
  await tx.execute(sql`
    update tickets t set title = ${erasedTitle}, summary = '', solution = null, proposal = null, asked = null, requester_name = '', requester_email = null,
        requester_phone = null, command_hash = null, erased_at = ${at.toISOString()}::timestamptz,
        requester_person_id = (select ${alike(sql`p`)} from people p where p.id = t.requester_person_id)
      where ${these}`)
  // What other tickets say too tells nothing of these.
  await tx.execute(sql`
    delete from ticket_words k where k.word = any (${list(rows.map(({ word }) => word))})
      and not exists (select 1 from tickets t where t.search @@ plainto_tsquery('public.french_plain', k.word))`)
  await tx.execute(sql`
    delete from ticket_lexemes k where k.lexeme = any (${list(lexemes.map(({ lexeme }) => lexeme))})
      and not exists (select 1 from tickets t where t.search @@ array_to_tsvector(array[k.lexeme])::text::tsquery)`)
}

/** Somebody in copy of others' tickets: their name goes, that there was one stays. */
export async function eraseWatcher(tx: Queries, personId: string, email: string | null): Promise<void> {
  await tx.execute(sql`delete from ticket_observers where person_id = ${personId}`)
  await tx.execute(sql`
    update ticket_texts x set text = null from ticket_journal j
      where x.entry_id = j.id and x.text is not null and (j.kind = 'observer' and j.detail #>> '{observer,id}' = ${personId}
        or j.kind = 'mail' and right(x.text, length(${email}::text) + 1) = ' ' || ${email}::text
          and j.ticket_id in (select o.ticket_id from ticket_journal o where o.kind = 'observer' and o.detail #>> '{observer,id}' = ${personId}))`)
  await tx.execute(sql`
    update ticket_journal set detail = jsonb_set(detail, '{observer,id}', '"erased"')
      where kind = 'observer' and detail #>> '{observer,id}' = ${personId}`)
}

/** The id of those who are nobody in particular any more, alike by affiliation and unit. */
const alike = (p: SQL) => sql`case when ${p}.id like 'erased:%' then ${p}.id
  else 'erased:' || md5(${p}.source || '/' || ${p}.affiliation || '/' || coalesce(${p}.unit, '')) end`

const personal = sql`not body ? 'erased' and (body ?| array['people', 'number', 'digits', 'target', 'ticket'])`
const nameless = sql`body - 'digits' || '{"erased": true}'
  || case when body ? 'people' then '{"people": []}' else '{}' end::jsonb
  || case when jsonb_typeof(body -> 'number') = 'string' and type <> 'place-kept' then '{"number": null}' else '{}' end::jsonb
  || case when type = 'place-kept' then '{"number": ""}' else '{}' end::jsonb
  || case when body #> '{target,number}' is not null
       then jsonb_build_object('target', body -> 'target' || '{"number": "", "name": ""}') else '{}' end`

/** Numbers and names in what happened; what happened, when, and to whom it was given stay. @returns how many facts */
export const eraseFactsBefore = (tx: Queries, before: Date, most: number): Promise<number> =>
  countOf(
    tx,
    sql`update facts set body = ${nameless} where (epoch, seq) in (
      select epoch, seq from facts where ${personal} and at < ${before.toISOString()}::timestamptz order by at limit ${most})`,
  )

export const eraseFactsOf = (tx: Queries, callIds: readonly string[]): Promise<number> =>
  countOf(tx, sql`update facts set body = ${nameless} where ${personal} and body ->> 'callId' = any (${list(callIds)})`)

/** The numbers of these calls, what operators wrote of them, their settled answers owed. */
export async function eraseCalls(tx: Queries, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return
  await tx.execute(sql`delete from ticket_machines where call_id = any (${list(callIds)})`)
  await tx.execute(sql`update remote_sessions set machine = null, url = '' where call_id = any (${list(callIds)})`)
  await tx.execute(sql`update calls set number = null where id = any (${list(callIds)})`)
  await tx.execute(sql`update dispositions set reason = '(effacé)' where kind = 'refused' and call_id = any (${list(callIds)})`)
  const entries = await ids(
    tx,
    sql`select distinct o.id::text as id from owed o join owed_origins g on g.entry_id = o.id
      where g.call_id = any (${list(callIds)}) and o.settled_at is not null`,
  )
  if (entries.length === 0) return
  await tx.execute(sql`update owed set number = null where id = any (${list(entries)}::uuid[])`)
  await tx.execute(sql`update owed_facts set body = body
      || case when body ? 'number' then '{"number": null}' else '{}' end::jsonb
      || case when body ? 'note' then '{"note": null}' else '{}' end::jsonb
    where entry_id = any (${list(entries)}::uuid[]) and (body ? 'number' or body ? 'note')`)
}

/** Calls back at a half hour that somebody chose, with their answers owed; nothing is counted from them. */
export async function eraseSlots(tx: Queries, slotIds: readonly string[]): Promise<void> {
  if (slotIds.length === 0) return
  await eraseCalls(
    tx,
    slotIds.map((id) => `slot-${id}`),
  )
  await tx.execute(sql`delete from callback_slots where id = any (${list(slotIds)})`)
}

/** Sound, transcript and number of these messages; that there was one stays, as do the traces of who listened, for their own time. */
export async function eraseMessages(tx: Queries, messageIds: readonly string[], removeSound: RemoveSound): Promise<void> {
  if (messageIds.length === 0) return
  const { rows } = await tx.execute<{ file: string }>(sql`select file from messages where id = any (${list(messageIds)}) and file <> ''`)
  for (const { file } of rows) await removeSound('message', file)
  await tx.execute(sql`delete from transcripts where message_id = any (${list(messageIds)})`)
  await tx.execute(sql`update messages set file = '', number = null where id = any (${list(messageIds)})`)
}
