-- A ticket in full: who follows it, whom it was redirected to, what it waits for, the solution proposed, how it ended.
alter table tickets
  add column owner_id text,
  add column owner_name text,
  add column group_id text references groups (id),
  add column waiting jsonb,
  add column proposal jsonb,
  add column closed_how text check (closed_how in ('user', 'level1', 'level2', 'expired'));

alter table tickets drop constraint tickets_status_check;
alter table tickets add constraint tickets_status_check check (
  status in ('pre-ticket', 'new', 'in-progress', 'redirected', 'waiting', 'solution-proposed', 'reopened', 'closed')
);

update tickets t set owner_id = j.by_id, owner_name = j.by_name
  from (
    select distinct on (ticket_id) ticket_id, by_id, by_name from ticket_journal
    where kind in ('opened', 'taken-up', 'closed') order by ticket_id, id desc
  ) j
  where j.ticket_id = t.id and t.status not in ('pre-ticket', 'new');
update tickets set owner_id = 'unknown', owner_name = opened_by where owner_id is null and status not in ('pre-ticket', 'new');
update tickets t set closed_how = case
    when exists (select 1 from accounts a where a.id = t.owner_id and a.role = 'level2') then 'level2' else 'level1' end
  where status = 'closed';

-- Level 1 answers for those that nobody has taken up; every other one has somebody, or a group.
alter table tickets
  add constraint tickets_followed check (
    case when status in ('pre-ticket', 'new') then owner_id is null and group_id is null
         when status = 'redirected' then owner_id is null and group_id is not null
         else owner_id is not null end),
  add constraint tickets_owner check ((owner_id is null) = (owner_name is null)),
  add constraint tickets_waiting check ((status = 'waiting') = (waiting is not null)),
  add constraint tickets_proposal check ((status = 'solution-proposed') = (proposal is not null)),
  add constraint tickets_closed_how check ((status = 'closed') = (closed_how is not null));
create index tickets_owner on tickets (owner_id, number desc) where status <> 'closed';
create index tickets_group on tickets (group_id, number desc) where status <> 'closed';

alter table ticket_journal drop constraint ticket_journal_kind_check;
alter table ticket_journal add constraint ticket_journal_kind_check check (kind in (
  'opened', 'completed', 'taken-up', 'contribution', 'redirected', 'given-back', 'waiting', 'resumed', 'proposed', 'reminded',
  'refused', 'closed', 'reopened', 'mail'));
alter table ticket_journal
  add column visibility text not null default 'internal' check (visibility in ('public', 'internal')),
  add column detail jsonb,
  add column cites bigint references ticket_journal (id);

-- What people wrote stands apart from the signed journal: it can be erased, by a right of its own, and never changed.
create function only_erase() returns trigger language plpgsql as $$
begin
  if new.entry_id is distinct from old.entry_id or new.text is not null then
    raise exception 'ticket_texts is append-only' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create table ticket_texts (
  entry_id bigint primary key references ticket_journal (id),
  text text
);
insert into ticket_texts (entry_id, text) select id, text from ticket_journal where text <> '';
alter table ticket_journal drop column text;
create trigger ticket_texts_only_erase before update on ticket_texts for each row execute function only_erase();
create trigger ticket_texts_append_only before delete or truncate on ticket_texts for each statement execute function refuse_change();
