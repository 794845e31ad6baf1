-- Exchanges that keep the queue themselves and tell of their calls; these calls are no calls of ours, and are in none of our figures.
create table exchanges (
  id uuid primary key,
  name text not null check (name <> ''),
  token_hash text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  seen_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create unique index exchanges_name on exchanges (name) where revoked_at is null;
create table exchange_calls (
  id uuid primary key,
  exchange_id uuid not null references exchanges (id),
  -- The exchange's own.
  call_key text not null,
  direction text not null check (direction in ('in', 'out')),
  from_number text,
  to_number text,
  queue text,
  -- Who is rung or talks there, as the exchange names them.
  who text[] not null default '{}',
  began_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  cause text,
  ticket_id uuid references tickets (id),
  unique (exchange_id, call_key)
);
create index exchange_calls_began on exchange_calls (began_at desc);
