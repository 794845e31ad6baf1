-- Answers owed: every reason to call one number back, gathered until it is settled. A projection of owed_facts.
create table owed (
  id uuid primary key,
  number text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  due_at timestamptz not null,
  priority boolean not null,
  taken_by text,
  taken_name text,
  taken_at timestamptz,
  settled_at timestamptz,
  settled_how text check (settled_how in ('reached', 'wrong-number', 'message', 'got-through')),
  settled_by text,
  settled_name text,
  check ((taken_at is null) = (taken_by is null)),
  check ((settled_at is null) = (settled_how is null)),
  check (taken_at is null or settled_at is null)
);
create unique index owed_open_number on owed (number) where settled_at is null;
create index owed_open on owed (priority desc, due_at) where settled_at is null;
create index owed_settled on owed (settled_at desc) where settled_at is not null;

-- One call is one reason, whoever tells of it and however often.
create table owed_origins (
  call_id text primary key,
  entry_id uuid not null references owed (id),
  kind text not null check (kind in ('message', 'abandoned', 'closed', 'cut', 'capped')),
  at timestamptz not null,
  message_id text,
  seconds real
);
create index owed_origins_entry on owed_origins (entry_id, at);

create table owed_facts (
  id bigint generated always as identity primary key,
  entry_id uuid not null references owed (id),
  at timestamptz not null,
  type text not null,
  body jsonb not null
);
create index owed_facts_entry on owed_facts (entry_id, id);
create trigger owed_facts_append_only before update or delete or truncate on owed_facts for each statement execute function refuse_change();

create index calls_number on calls (number, answered_at) where number is not null;

-- Messages left before answers owed existed; they are late in any calendar.
create temporary table left_before on commit drop as
  select distinct on (coalesce(number, id)) gen_random_uuid() as entry_id, coalesce(number, id) as whose, number
  from messages where settled_at is null;
insert into owed (id, number, first_at, last_at, due_at, priority)
  select b.entry_id, b.number, min(m.at), max(m.at), min(m.at) + interval '1 hour', false
  from left_before b join messages m on coalesce(m.number, m.id) = b.whose and m.settled_at is null
  group by b.entry_id, b.number;
insert into owed_origins (call_id, entry_id, kind, at, message_id, seconds)
  select m.call_id, b.entry_id, 'message', m.at, m.id, m.seconds
  from left_before b join messages m on coalesce(m.number, m.id) = b.whose and m.settled_at is null;
