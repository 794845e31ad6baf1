-- Indicators that go out by mail: to whom, how often, and when next. Sent and moved on in one transaction, so never twice.
create table indicator_mails (
  id uuid primary key,
  name text not null check (name <> ''),
  every text not null check (every in ('day', 'week', 'month')),
  hour smallint not null check (hour between 0 and 23),
  addresses text[] not null check (cardinality(addresses) > 0),
  language text not null check (language in ('fr', 'en')),
  paused boolean not null default false,
  next_at timestamptz not null,
  last_at timestamptz,
  changed_at timestamptz not null,
  by_name text not null,
  removed_at timestamptz,
  removed_by text
);
create index indicator_mails_due on indicator_mails (next_at) where removed_at is null and not paused;
