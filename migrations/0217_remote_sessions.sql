-- Remote control of somebody's machine: begun and ended by hand, of a ticket or of a call that leads to one.
create table remote_sessions (
  id uuid primary key,
  ticket_id uuid references tickets (id),
  call_id text,
  by_id text not null,
  by_name text not null,
  -- Its name in the inventory; null: not said.
  machine text,
  url text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- The lines of the ticket's journal that say so; null: not written yet.
  started_entry bigint,
  ended_entry bigint,
  check ((ticket_id is null) <> (call_id is null))
);
create index remote_sessions_of_ticket on remote_sessions (ticket_id);
create index remote_sessions_of_call on remote_sessions (call_id);
insert into ticket_journal_kinds (kind) values ('remote') on conflict do nothing;
