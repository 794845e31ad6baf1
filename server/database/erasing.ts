import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from './connection.ts'

/** Removes a sound and what was drawn of it, or a mail as it came; one that is gone already is no error. */
export type RemoveKept = (of: 'message' | 'recording' | 'mail', file: string) => Promise<void>

export const ids = async (tx: Queries, query: SQL): Promise<string[]> => (await tx.execute<{ id: string }>(query)).rows.map(({ id }) => id)
export const countOf = async (tx: Queries, query: SQL): Promise<number> => (await tx.execute(query)).rowCount ?? 0
const list = (all: readonly string[]) => sql`${sql.param([...all])}::text[]`

/** In place of what was written of a call. */
export const erasedWord = '(effacé)'
/** Words in place of a title: a ticket without one would look broken. */
const erasedTitle = '(texte effacé)'

/**
 * What was written in these tickets, and for whom. Their rows, dates, groups, categories and signed journals stay; the requester
 * becomes one of those of the same affiliation and unit, so that figures by them do not change.
 */
export async function eraseTickets(tx: Queries, ticketIds: readonly string[], at: Date, remove: RemoveKept): Promise<void> {
  if (ticketIds.length === 0) return
  await eraseIncoming(tx, await ids(tx, sql`select id from incoming_mails where ticket_id = any (${list(ticketIds)}::uuid[])`), remove)
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
  await eraseCopies(tx, ticketIds)
  await tx.execute(sql`
    delete from webhook_deliveries d using tickets t where ${these} and d.body #>> '{ticket,number}' = t.number::text`)
  await tx.execute(sql`delete from ticket_observers where person_id is not null and ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`
    update glpi_tickets set agreed = jsonb_set(agreed, '{title}', to_jsonb(${erasedTitle}::text)) where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`delete from ticket_machines where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update remote_sessions set machine = null, url = '' where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update ticket_journal set detail = jsonb_set(detail, '{remote,machine}', 'null')
    where kind = 'remote' and ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`update visits set place = '', note = '' where ticket_id = any (${list(ticketIds)}::uuid[])`)
  await tx.execute(sql`
    update ticket_journal j set
        detail = j.detail - 'before' - 'mail',
        by_id = case when j.by_id in (t.requester_person_id, 'requester') then 'requester' else j.by_id end,
        by_name = case when j.by_id in (t.requester_person_id, 'requester') then 'Demandeur' when j.by_id = 'mail' then 'Courrier' else j.by_name end
      from tickets t where t.id = j.ticket_id and ${these}
        and (j.detail ?| array['before', 'mail'] or j.by_id in (t.requester_person_id, 'requester', 'mail'))`)
  await tx.execute(sql`
    update tickets t set title = ${erasedTitle}, summary = '', solution = null, proposal = null, asked = null, requester_name = '', requester_email = null,
        requester_phone = null, command_hash = null,
        opened_by = coalesce((select j.by_name from ticket_journal j where j.ticket_id = t.id and j.kind = 'opened' and j.by_id in ('requester', 'mail')
          limit 1), t.opened_by), erased_at = ${at.toISOString()}::timestamptz,
        requester_person_id = (select ${alike(sql`p`)} from people p where p.id = t.requester_person_id)
      where ${these}`)
  await forgetWords(
    tx,
    rows.map(({ word }) => word),
    lexemes.map(({ lexeme }) => lexeme),
  )
}

/** Of words that were said, those that no ticket says any more: what others say too tells nothing of anybody. */
async function forgetWords(tx: Queries, words: readonly string[], lexemes: readonly string[]): Promise<void> {
  await tx.execute(sql`
    delete from ticket_words k where k.word = any (${list(words)})
      and not exists (select 1 from tickets t where t.search @@ plainto_tsquery('public.french_plain', k.word))`)
  await tx.execute(sql`
    delete from ticket_lexemes k where k.lexeme = any (${list(lexemes)})
      and not exists (select 1 from tickets t where t.search @@ array_to_tsvector(array[k.lexeme])::text::tsquery)`)
}

/**
 * What stands elsewhere of what was written in these tickets: the note that a duplicate left on the other, what a gesture could be taken back
 * to, the page shared during their calls. Their files are as if never sent: the next round forgets them, with their bytes.
 */
async function eraseCopies(tx: Queries, ticketIds: readonly string[]): Promise<void> {
  const these = sql`any (${list(ticketIds)}::uuid[])`
  await tx.execute(sql`
    update ticket_texts x set text = null
      from ticket_journal l join tickets f on f.id = l.ticket_id
        join tickets o on o.number = (l.detail #>> '{link,ticket}')::integer join ticket_journal j on j.ticket_id = o.id
      where l.ticket_id = ${these} and l.kind = 'linked' and l.detail #>> '{link,kind}' = 'duplicate-of' and j.kind = 'contribution'
        and j.visibility = 'internal' and x.entry_id = j.id and starts_with(x.text, 'Demande n° ' || f.number || ' de ')`)
  await tx.execute(
    sql`update ticket_links set before = before || '{"solution": null}' where from_id = ${these} and before ->> 'solution' is not null`,
  )
  const items = sql`(select i.action_id from bulk_items i join tickets t on t.number = i.number where t.id = ${these})`
  await tx.execute(sql`
    update bulk_actions set body = body || case when body ? 'solution' then '{"solution": ""}' else '{"reason": ""}' end::jsonb
      where id in ${items} and body ?| array['solution', 'reason']`)
  await tx.execute(
    sql`update bulk_items i set before = null from tickets t where t.number = i.number and t.id = ${these} and i.before is not null`,
  )
  await tx.execute(sql`
    delete from shared_pages where call_id in (select call_id from tickets where id = ${these} and call_id is not null
      union select call_id from dispositions where ticket_id = ${these})`)
  await forgetFiles(tx, sql`ticket_id = ${these}`)
}

/** Files go with the next round that forgets what was never sent. */
export const forgetFiles = (tx: Queries, where: SQL): Promise<number> =>
  countOf(
    tx,
    sql`update attachments set ticket_id = null, entry_id = null, draft_key = null, by_id = 'erased', name = 'effacé', at = 'epoch' where ${where}`,
  )

/** Mails that came in, with their files, and who sent them where a line leads to them. @returns how many */
export async function eraseIncoming(tx: Queries, mailIds: readonly string[], remove: RemoveKept): Promise<number> {
  if (mailIds.length === 0) return 0
  const these = sql`any (${list(mailIds)}::uuid[])`
  const { rows } = await tx.execute<{ raw: string }>(sql`select raw from incoming_mails where id = ${these}`)
  for (const { raw } of rows) await remove('mail', raw)
  await tx.execute(sql`
    update ticket_journal j set detail = j.detail - 'mail' from incoming_mails m
      where m.id = ${these} and j.ticket_id = m.ticket_id and j.detail -> 'mail' ->> 'id' = m.id::text`)
  return countOf(tx, sql`delete from incoming_mails where id = ${these}`)
}

/** Somebody in copy of others' tickets, or for whom one was opened by mistake: their name goes, and where mails went to them. */
export async function eraseWatcher(tx: Queries, personId: string, email: string | null): Promise<void> {
  await tx.execute(sql`delete from ticket_observers where person_id = ${personId}`)
  await tx.execute(sql`
    update ticket_texts x set text = null from ticket_journal j
      where x.entry_id = j.id and x.text is not null and (j.kind = 'observer' and j.detail #>> '{observer,id}' = ${personId}
        or j.kind = 'mail' and right(x.text, length(${email}::text) + 1) = ' ' || ${email}::text
          and j.ticket_id in (select o.ticket_id from ticket_journal o where o.kind = 'observer' and o.detail #>> '{observer,id}' = ${personId}
            or o.kind = 'completed' and o.detail #>> '{before,personId}' = ${personId}))`)
  await tx.execute(sql`
    update ticket_journal set detail = jsonb_set(detail, '{observer,id}', '"erased"')
      where kind = 'observer' and detail #>> '{observer,id}' = ${personId}`)
  await tx.execute(sql`
    update ticket_journal set detail = detail #- '{before,name}' #- '{before,email}' #- '{before,phone}' #- '{before,personId}'
      where kind = 'completed' and detail #>> '{before,personId}' = ${personId}`)
}

/**
 * What somebody wrote in tickets that are somebody else's, also by these mails: their words, their files and their name. Whoever works here has
 * signed lines by their account, which may bear the same id: those stay.
 */
export async function eraseWriter(tx: Queries, personId: string, mailIds: readonly string[]): Promise<void> {
  const lines = await ids(
    tx,
    sql`select j.id::text as id from ticket_journal j
        where j.by_id = ${personId} and not exists (select 1 from accounts a where a.id = ${personId} and a.role <> 'user')
      union select j.id::text from incoming_mails m join ticket_journal j on j.ticket_id = m.ticket_id and j.detail -> 'mail' ->> 'id' = m.id::text
        where m.id = any (${list(mailIds)}::uuid[]) and j.by_id = 'mail'`,
  )
  const these = sql`any (${list(lines)}::bigint[])`
  const { rows } = await tx.execute<{ word: string; lexemes: string[] }>(sql`
    select w as word, tsvector_to_array(to_tsvector('public.french_plain', w)) as lexemes
    from ticket_texts x, words_of_ticket('', x.text, '', '') w where x.entry_id = ${these} and x.text is not null`)
  await tx.execute(sql`update ticket_texts set text = null where entry_id = ${these} and text is not null`)
  await forgetWords(
    tx,
    rows.map(({ word }) => word),
    rows.flatMap(({ lexemes }) => lexemes),
  )
  await forgetFiles(tx, sql`entry_id = ${these}`)
  await tx.execute(sql`
    update ticket_journal set by_name = case by_id when 'mail' then 'Courrier' else 'Demandeur' end,
      by_id = case by_id when 'mail' then 'mail' else 'requester' end where id = ${these}`)
}

/** The id of those who are nobody in particular any more, alike by affiliation and unit. */
const alike = (p: SQL) => sql`case when ${p}.id like 'erased:%' then ${p}.id
  else 'erased:' || md5(${p}.source || '/' || ${p}.affiliation || '/' || coalesce(${p}.unit, '')) end`

/** As the index of those facts has it. */
const personal = sql`not body ? 'erased' and (body ?| array['people', 'number', 'digits', 'target', 'ticket', 'keeping', 'asks'])`
/** The question by which a number was asked for: the number, and its figures as they were read back. */
const unasked = (name: 'keeping' | 'asks') => {
  const key = sql.raw(`'${name}'`)
  return sql`case when jsonb_typeof(body -> ${key}) = 'object' then jsonb_build_object(
      ${key}, (body -> ${key}) - 'number' || '{"step": "keying", "digits": ""}'::jsonb,
      'announcement', (body -> 'announcement') || '{"sounds": []}'::jsonb) else '{}' end`
}
const nameless = sql`body - 'digits' || '{"erased": true}' || ${unasked('keeping')} || ${unasked('asks')}
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
  await tx.execute(sql`update disruption_calls set number = null where number is not null and call_id = any (${list(callIds)})`)
  await tx.execute(sql`delete from shared_pages where call_id = any (${list(callIds)})`)
  await tx.execute(sql`delete from webhook_deliveries where body #>> '{call,id}' = any (${list(callIds)})`)
  await tx.execute(sql`update dispositions set reason = ${erasedWord} where reason is not null and call_id = any (${list(callIds)})`)
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
export async function eraseMessages(tx: Queries, messageIds: readonly string[], remove: RemoveKept): Promise<void> {
  if (messageIds.length === 0) return
  const { rows } = await tx.execute<{ file: string }>(sql`select file from messages where id = any (${list(messageIds)}) and file <> ''`)
  for (const { file } of rows) await remove('message', file)
  await tx.execute(sql`delete from transcripts where message_id = any (${list(messageIds)})`)
  await tx.execute(sql`update messages set file = '', number = null where id = any (${list(messageIds)})`)
}

/** Accounts `a` with which somebody was signed in as a user and no more: whoever works here, or did, has one that others' rows name. */
export const isUsersAlone = sql`(a.role = 'user' and a.source = 'directory' and a.person_id is not null
  and not exists (select from list_checks l where l.account_id = a.id)
  and not exists (select from rota_shifts r where r.operator_id = a.id)
  and not exists (select from absences s where s.account_id = a.id or s.stand_in_id = a.id))`
