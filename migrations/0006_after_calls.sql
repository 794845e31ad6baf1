-- What became of an answered call: a ticket, a line in an existing one, a refusal, or a word why there was nothing to note.
create table dispositions (
  id bigint generated always as identity primary key,
  call_id text not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  kind text not null check (kind in ('opened', 'attached', 'refused', 'nothing')),
  ticket_id uuid references tickets (id),
  reason text,
  target_name text,
  target_number text,
  check ((kind in ('opened', 'attached')) = (ticket_id is not null)),
  check ((kind in ('refused', 'nothing')) = (reason is not null)),
  check ((target_name is null) = (target_number is null)),
  check (target_name is null or kind = 'refused')
);
create index dispositions_call on dispositions (call_id);
create unique index dispositions_ticket on dispositions (call_id, ticket_id) where ticket_id is not null;
create trigger dispositions_append_only before update or delete or truncate on dispositions for each statement execute function refuse_change();
create index calls_answered on calls (answered_at) where answered_at is not null;

insert into dispositions (call_id, at, by_id, by_name, kind, ticket_id)
  select t.call_id, t.opened_at, j.by_id, j.by_name, 'opened', t.id
  from tickets t join ticket_journal j on j.ticket_id = t.id and j.kind = 'opened'
  where t.call_id is not null;

-- Tickets being written, behind the copy in the service's memory; a row goes when its ticket is saved.
create table drafts (
  key text primary key,
  call_id text,
  owner_id text not null,
  owner_name text not null,
  version integer not null,
  started_at timestamptz not null,
  edited_at timestamptz not null,
  content jsonb not null
);

-- Whom « Suivant » gave a ticket to, for a while.
create table ticket_claims (
  ticket_id uuid primary key references tickets (id),
  by_id text not null,
  by_name text not null,
  at timestamptz not null
);

alter table ticket_journal drop constraint ticket_journal_kind_check;
alter table ticket_journal add constraint ticket_journal_kind_check
  check (kind in ('opened', 'taken-up', 'contribution', 'closed', 'mail'));

-- Whether a voice was heard in the console, or its file taken away.
alter table listened_sounds add column how text not null default 'heard' check (how in ('heard', 'downloaded'));
create index listened_sounds_message on listened_sounds (message_id, at);

-- What a machine understood of a message, by which one; only where a site has set one up.
create table transcripts (
  message_id text primary key references messages (id),
  at timestamptz not null,
  by text not null,
  text text not null
);
