-- « Perturbations »: what hampers many at once. One row as it stands, and every version of it, signed, for good.
create table disruptions (
  id uuid primary key,
  version integer not null check (version > 0),
  kind text not null check (kind in ('incident', 'planned')),
  title text not null check (title <> ''),
  place text not null,
  place_id text,
  category_id text,
  touched text not null,
  workaround text not null,
  audience text not null check (audience in ('public', 'staff')),
  starts_at timestamptz not null,
  expected_end_at timestamptz,
  spoken jsonb,
  -- To which those concerned are attached.
  ticket_id uuid references tickets (id),
  ended_at timestamptz,
  resolution text not null default '',
  announced_by text not null,
  announced_at timestamptz not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  -- The monitoring that opened it, and what it calls the event; one event is one disruption while it goes on.
  monitor text,
  monitor_key text,
  check ((monitor is null) = (monitor_key is null)),
  check (expected_end_at is null or expected_end_at > starts_at)
);
create index disruptions_open on disruptions (starts_at) where ended_at is null;
create index disruptions_ended on disruptions (ended_at desc) where ended_at is not null;
create index disruptions_ticket on disruptions (ticket_id);
create unique index disruptions_monitored on disruptions (monitor, monitor_key) where ended_at is null;

create table disruption_versions (
  disruption_id uuid not null references disruptions (id),
  version integer not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  what text not null check (what in ('announced', 'updated', 'ended', 'resumed')),
  body jsonb not null,
  primary key (disruption_id, version)
);
create trigger disruption_versions_append_only before update or delete or truncate on disruption_versions
  for each statement execute function refuse_change();

-- Callers who freed their line by a key. Written with the facts of the line; the ticket is made afterwards, once.
create table disruption_calls (
  call_id text primary key,
  disruption_id text not null,
  number text,
  at timestamptz not null,
  ticket_id uuid references tickets (id)
);
create index disruption_calls_of on disruption_calls (disruption_id);
create index disruption_calls_due on disruption_calls (at) where ticket_id is null;

-- How tickets are bound to one another; `same-cause` is written once, from the older to the newer.
create table ticket_links (
  from_id uuid not null references tickets (id),
  to_id uuid not null references tickets (id),
  kind text not null check (kind in ('child-of', 'same-cause', 'duplicate-of', 'follows')),
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  -- Where a child stood before it was light, so that the link can be undone; null: it never was anything else.
  before jsonb,
  primary key (from_id, to_id, kind),
  check (from_id <> to_id)
);
create index ticket_links_to on ticket_links (to_id, kind);
create unique index ticket_links_one_parent on ticket_links (from_id) where kind = 'child-of';

-- A light ticket lives with its parent: no list to work from holds it.
alter table tickets add column light boolean not null default false;
create index tickets_light on tickets (number) where light;

-- Whoever may open disruptions without signing in: a monitoring, by a secret of which only the hash is kept.
create table monitors (
  id uuid primary key,
  name text not null check (name <> ''),
  token_hash text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  seen_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create unique index monitors_name on monitors (name) where revoked_at is null;
