-- The page that caller and operator share during a call. The code that opens it is in memory alone.
create table shared_pages (
  id uuid primary key,
  call_id text not null unique,
  opened_at timestamptz not null,
  by_id text not null,
  by_name text not null,
  -- When nothing can be written on it any more; null while the call goes on.
  ends_at timestamptz
);

-- What was written on it, until it is in a ticket's journal (`entry_id`). A confidential text is not kept: its line says that there was one.
create table shared_lines (
  id bigint generated always as identity primary key,
  page_id uuid not null references shared_pages (id) on delete cascade,
  at timestamptz not null,
  side text not null check (side in ('operator', 'caller')),
  by_id text not null,
  by_name text not null,
  kind text not null check (kind in ('text', 'spelled', 'step', 'remote', 'started', 'done')),
  text text not null,
  confidential boolean not null default false,
  -- The browser's, of what a caller wrote.
  language text,
  done_at timestamptz,
  files uuid[] not null default '{}',
  entry_id bigint
);
create index shared_lines_page on shared_lines (page_id, id);
create index shared_lines_unkept on shared_lines (page_id) where entry_id is null;

insert into ticket_journal_kinds (kind) values ('shared') on conflict do nothing;
