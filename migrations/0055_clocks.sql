-- A ticket's delays: how they stand, when the next one is over, and when something about them is to be made known.
alter table tickets
  add column clock jsonb,
  add column due_at timestamptz,
  add column alert_at timestamptz;
create index tickets_due on tickets (due_at, number) where due_at is not null;
create index tickets_alert on tickets (alert_at) where alert_at is not null;

-- Each delay that is over, held or not: what figures count. Durations are open time.
create table ticket_delays (
  id bigint generated always as identity primary key,
  ticket_id uuid not null references tickets (id),
  name text not null check (name in ('take-up', 'level1', 'level2')),
  whose text not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  used_ms bigint not null,
  allowed_ms bigint,
  held boolean not null,
  category_id text,
  priority smallint not null
);
create index ticket_delays_ended on ticket_delays (ended_at);
create trigger ticket_delays_append_only before update or delete or truncate on ticket_delays for each statement execute function refuse_change();

-- One more kind of line, beside whatever kinds there are by now.
do $$
declare kinds text;
begin
  select string_agg(quote_literal(one.kind[1]), ', ') into kinds
    from regexp_matches((select pg_get_constraintdef(oid) from pg_constraint where conname = 'ticket_journal_kind_check'), '''([a-z-]+)''', 'g') as one (kind);
  alter table ticket_journal drop constraint ticket_journal_kind_check;
  execute 'alter table ticket_journal add constraint ticket_journal_kind_check check (kind in (' || kinds || ', ''clock''))';
end
$$;
