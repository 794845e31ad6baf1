-- Mails that came in, each once, with what became of it. The mail itself is a file of its own, named after its content.
create table incoming_mails (
  id uuid primary key,
  at timestamptz not null,
  fingerprint text not null unique,
  message_id text,
  from_address text,
  from_name text not null default '',
  subject text not null,
  -- Its whole text, quotations included: erasable.
  text text,
  raw text not null,
  bytes bigint not null,
  files integer not null default 0,
  outcome text not null check (outcome in ('opened', 'added', 'bounced', 'ignored', 'held', 'unreadable')),
  why text,
  ticket_id uuid references tickets (id),
  to_see boolean not null default false,
  seen_name text,
  seen_at timestamptz
);
create index incoming_mails_at on incoming_mails (at desc);
create index incoming_mails_to_see on incoming_mails (at) where to_see;
create index incoming_mails_from on incoming_mails (from_address, at);

-- Addresses that mails came back from.
create table bad_addresses (
  address text primary key,
  since timestamptz not null,
  reason text not null
);

create index if not exists people_email on people (lower(email)) where retired_at is null;
