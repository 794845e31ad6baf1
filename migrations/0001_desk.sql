-- Searches ignore accents and case. unaccent() is only declared stable, because its dictionary could change; ours does not, so an
-- immutable wrapper that names the dictionary may serve in indexes and generated columns.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

create function plain(value text) returns text
  language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

create text search configuration french_plain (copy = pg_catalog.french);
alter text search configuration french_plain
  alter mapping for hword, hword_part, word with unaccent, french_stem;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- A copy of the directory: the desk answers from it when the directory is slow or away.
create table people (
  id text primary key,
  name text not null,
  email text,
  phones text[] not null default '{}',
  affiliation text not null default 'unknown' check (affiliation in ('staff', 'student', 'hosted', 'unknown')),
  unit text,
  place text,
  title text,
  login text,
  source text not null check (source in ('directory', 'sample')),
  retired_at timestamptz,
  updated_at timestamptz not null default now(),
  search text generated always as (plain(name || ' ' || coalesce(email, '') || ' ' || coalesce(login, '') || ' ' || coalesce(unit, ''))) stored
);
create index people_search on people using gin (search gin_trgm_ops);
create index people_phones on people using gin (phones);

-- Those who sign in. `phone` says how an operator is rung: a phone registered here, an extension behind the exchange, or the demo's.
create table accounts (
  id text primary key,
  login text not null unique,
  name text not null,
  role text not null check (role in ('administrator', 'supervisor', 'operator', 'level2')),
  groups text[] not null default '{}',
  extension text unique,
  phone text check (phone in ('registered', 'extension', 'demo')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

-- Only a hash of the cookie is kept, so that a read of this table opens no session.
create table sessions (
  id_hash text primary key,
  account_id text not null references accounts (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

-- What happened to calls, drained from the local log.
create table facts (
  epoch text not null,
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  body jsonb not null,
  primary key (epoch, seq)
);
create index facts_at on facts (at);
create trigger facts_append_only before update or delete or truncate on facts for each statement execute function refuse_change();

-- One line per call, folded from its facts: what lists and figures read.
create table calls (
  id text primary key,
  line text not null,
  number text,
  arrived_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  operator_id text,
  outcome text,
  wait_ms integer,
  talk_ms integer
);
create index calls_arrival on calls (arrived_at);

-- Voice messages; `file` is a name in the folder of messages, never a path.
create table messages (
  id text primary key,
  call_id text not null unique,
  at timestamptz not null,
  number text,
  seconds real not null,
  file text not null,
  settled_by text,
  settled_at timestamptz
);
create index messages_at on messages (at desc);

-- Who listened to which message, and when.
create table listened_sounds (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id text not null,
  message_id text not null references messages (id)
);
create trigger listened_sounds_append_only before update or delete or truncate on listened_sounds for each statement execute function refuse_change();

create sequence ticket_number start 10421;

create table tickets (
  id uuid primary key,
  number integer not null unique,
  title text not null,
  summary text not null,
  status text not null check (status in ('pre-ticket', 'new', 'in-progress', 'closed')),
  medium text not null check (medium in ('phone', 'form', 'walk-in', 'mail', 'message')),
  urgency text not null check (urgency in ('low', 'normal', 'high')),
  nature text,
  requester_person_id text,
  requester_name text not null,
  requester_email text,
  requester_phone text,
  call_id text,
  solution text,
  opened_by text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- The client's key for one save, and what it asked, so that a repeated save makes one ticket and another content is told apart.
  idempotency_key uuid unique,
  command_hash text,
  search tsvector generated always as (
    setweight(to_tsvector('public.french_plain'::regconfig, title), 'A') ||
    setweight(to_tsvector('public.french_plain'::regconfig, summary), 'B') ||
    setweight(to_tsvector('public.french_plain'::regconfig, requester_name), 'B') ||
    setweight(to_tsvector('public.french_plain'::regconfig, coalesce(solution, '')), 'C')
  ) stored,
  check ((status = 'closed') = (closed_at is not null))
);
create index tickets_search on tickets using gin (search);
create index tickets_requester on tickets (requester_person_id, number desc);
create index tickets_open on tickets (number desc) where status <> 'closed';

-- Signed, dated, never rewritten: the database itself refuses.
create table ticket_journal (
  id bigint generated always as identity primary key,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  kind text not null check (kind in ('opened', 'contribution', 'closed', 'mail')),
  text text not null
);
create index ticket_journal_ticket on ticket_journal (ticket_id, id);
create trigger ticket_journal_append_only before update or delete or truncate on ticket_journal for each statement execute function refuse_change();

-- Mails owed, written in the transaction of what owes them.
create table outbox (
  id uuid primary key,
  at timestamptz not null,
  ticket_id uuid references tickets (id),
  to_address text not null,
  subject text not null,
  text text not null,
  html text,
  message_id text not null unique,
  headers jsonb not null default '{}',
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  last_error text
);
create index outbox_due on outbox (next_attempt_at) where state = 'pending';
create index outbox_at on outbox (at desc);
