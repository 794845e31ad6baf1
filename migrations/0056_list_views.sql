-- Lists that somebody keeps: how they are narrowed down and ordered. Those that are shared are everybody's to look at.
create table saved_views (
  id uuid primary key,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  filters jsonb not null,
  shared boolean not null default false,
  at timestamptz not null
);
create index saved_views_owner on saved_views (owner_id);

-- One gesture on many tickets, done one after the other; each can be taken back for a while.
create table bulk_actions (
  id uuid primary key,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  by_role text not null,
  body jsonb not null,
  undo_asked_at timestamptz
);
create table bulk_items (
  action_id uuid not null references bulk_actions (id),
  number integer not null,
  place integer not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed', 'undone', 'kept')),
  why text,
  done_at timestamptz,
  before jsonb,
  primary key (action_id, number)
);
create index bulk_items_pending on bulk_items (action_id, place) where state = 'pending';
create index bulk_actions_at on bulk_actions (at);

do $$
declare kinds text;
begin
  select string_agg(quote_literal(one.kind[1]), ', ') into kinds
    from regexp_matches((select pg_get_constraintdef(oid) from pg_constraint where conname = 'ticket_journal_kind_check'), '''([a-z-]+)''', 'g') as one (kind);
  alter table ticket_journal drop constraint ticket_journal_kind_check;
  execute 'alter table ticket_journal add constraint ticket_journal_kind_check check (kind in (' || kinds || ', ''undone''))';
end
$$;
