-- What is erased, in whose name and why. The database lets nothing of an append-only table go unless, in the same transaction, this
-- has been written: an erasure without a trace does not exist.
create table erasures (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  -- By its age, or because somebody asked for it.
  kind text not null check (kind in ('retention', 'person')),
  reason text not null check (btrim(reason) <> ''),
  tx xid8 not null default pg_current_xact_id()
);
create index erasures_tx on erasures (tx);
create trigger erasures_append_only before update or delete or truncate on erasures for each statement execute function refuse_change();

create function erasing() returns boolean language sql volatile as
  $$ select exists (select 1 from public.erasures where tx = pg_current_xact_id_if_assigned()) $$;

create function refuse_change_unless_erasing() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' or not erasing() then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
-- Even an erasure changes these columns alone: who signed, when and what kind of line it was stay.
create function only_may_change() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - tg_argv::text[] is distinct from to_jsonb(old) - tg_argv::text[] then
    raise exception '% keeps what was signed', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

drop trigger facts_append_only on facts;
create trigger facts_append_only before update or delete or truncate on facts for each statement execute function refuse_change_unless_erasing();
create trigger facts_keep before update on facts for each row execute function only_may_change('body');

drop trigger ticket_journal_append_only on ticket_journal;
create trigger ticket_journal_append_only before update or truncate on ticket_journal for each statement execute function refuse_change_unless_erasing();
create trigger ticket_journal_stays before delete on ticket_journal for each statement execute function refuse_change();
create trigger ticket_journal_keep before update on ticket_journal for each row execute function only_may_change('by_id', 'by_name', 'detail');

drop trigger dispositions_append_only on dispositions;
create trigger dispositions_append_only before update or delete or truncate on dispositions for each statement execute function refuse_change_unless_erasing();
create trigger dispositions_keep before update on dispositions for each row execute function only_may_change('reason');

drop trigger owed_facts_append_only on owed_facts;
create trigger owed_facts_append_only before update or delete or truncate on owed_facts for each statement execute function refuse_change_unless_erasing();
create trigger owed_facts_keep before update on owed_facts for each row execute function only_may_change('body');

drop trigger listened_sounds_append_only on listened_sounds;
create trigger listened_sounds_append_only before delete or truncate on listened_sounds for each statement execute function refuse_change_unless_erasing();
create trigger listened_sounds_stay before update on listened_sounds for each statement execute function refuse_change();

create or replace function only_erase() returns trigger language plpgsql as $$
begin
  if new.entry_id is distinct from old.entry_id or new.text is not null or not erasing() then
    raise exception 'ticket_texts is append-only' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- When what was written in it was erased.
alter table tickets add column erased_at timestamptz;
create index tickets_closed_kept on tickets (closed_at) where closed_at is not null and erased_at is null;
-- Facts that may still name somebody, the oldest first.
create index facts_personal on facts (at) where not body ? 'erased' and (body ?| array['people', 'number', 'digits', 'target', 'ticket']);
create index messages_kept on messages (at) where file <> '';
create index calls_numbered on calls (arrived_at) where number is not null;

alter table reads drop constraint reads_kind_check;
alter table reads add constraint reads_kind_check check (kind in ('ticket', 'person', 'export'));

-- What each day's purge removed, one line a kind; counted in the transactions that removed it.
create table purge_reports (
  day date not null,
  kind text not null,
  days integer not null,
  removed integer not null default 0,
  -- The oldest that is kept, once all that had to go is gone.
  oldest_left timestamptz,
  at timestamptz not null,
  done boolean not null default false,
  primary key (day, kind)
);
