-- The shared calendar: what of ours stands there, what was read of it, and what became of changes made on both sides.
create table shared_calendar_secret (
  one boolean primary key default true check (one),
  -- With the server and the login it is for: of no use to another address.
  sealed text not null,
  by_name text not null,
  at timestamptz not null
);

create table shared_calendar_shifts (
  -- No reference: what was taken off the rota is still to be taken off there.
  shift_id uuid primary key,
  href text not null,
  etag text not null,
  -- What was written there last.
  body jsonb not null,
  at timestamptz not null
);

-- An absence of whole days that the shared calendar says, by its event, occurrence and account.
alter table absences add column calendar_key text;
create unique index absences_calendar on absences (calendar_key) where calendar_key is not null;

-- Somebody away for a part of a day, in wall time.
create table absence_hours (
  calendar_key text primary key,
  account_id text not null references accounts (id) on delete cascade,
  day date not null,
  from_time text not null check (from_time ~ '^\d\d:\d\d$'),
  to_time text not null check (to_time ~ '^\d\d:\d\d$'),
  check (from_time < to_time)
);
create index absence_hours_days on absence_hours (day, account_id);

-- Notices of level 2, by event and occurrence: what the calendar said last, so that what people changed here is told apart.
create table shared_calendar_notices (
  key text primary key,
  disruption_id uuid not null references disruptions (id),
  said jsonb not null
);

create table shared_calendar_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  detail text not null default ''
);
create index shared_calendar_log_at on shared_calendar_log (at desc);
