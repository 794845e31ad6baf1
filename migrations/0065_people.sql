-- What the desk itself knows of people, beside the directory's copy, which the directory alone writes.
create table person_numbers (
  person_id text not null references people (id) on update cascade on delete cascade,
  number text not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  -- The call in which the person was found behind the number.
  call_id text,
  primary key (person_id, number)
);
create index person_numbers_number on person_numbers (number);

-- A code sent to an address that the directory knows, read aloud by whoever calls. Only a hash is kept, and only while it can be used.
create table identity_checks (
  id uuid primary key,
  person_id text not null references people (id) on update cascade on delete cascade,
  call_id text,
  ticket_id uuid references tickets (id),
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  -- The address as it may be shown: « c•••s@univ.example ».
  sent_to text not null,
  mail_id uuid,
  code_hash text,
  expires_at timestamptz not null,
  tries smallint not null default 0,
  outcome text check (outcome in ('verified', 'failed', 'replaced')),
  settled_at timestamptz,
  settled_by text,
  check ((outcome is null) = (settled_at is null)),
  check (outcome is null or code_hash is null)
);
create index identity_checks_person on identity_checks (person_id, at desc);
create index identity_checks_call on identity_checks (call_id, at desc) where call_id is not null;
create index identity_checks_ticket on identity_checks (ticket_id, at desc) where ticket_id is not null;

-- Holds a code: whoever reads the list of mails does not read it.
alter table outbox add column secret boolean not null default false;

-- Why something is remembered of somebody, by whom, and who may read it. What was written can be erased; that it was is kept.
create table person_notes (
  id uuid primary key,
  person_id text not null references people (id) on update cascade on delete cascade,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  reason text not null,
  audience text not null check (audience in ('desk', 'staff', 'management')),
  text text,
  erased_at timestamptz,
  erased_by text,
  check ((text is null) = (erased_at is not null))
);
create index person_notes_person on person_notes (person_id, at desc);

-- Who read what: a ticket, a person's page. Once in a while for each reader, however often they looked.
create table reads (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id text not null,
  kind text not null check (kind in ('ticket', 'person')),
  subject text not null
);
create index reads_of on reads (kind, subject, id desc);
create index reads_at on reads (at);
