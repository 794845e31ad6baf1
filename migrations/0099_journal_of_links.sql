-- The journal's kinds, whichever they are by now, and two more: after every file that lists them.
do $$
declare kinds text;
begin
  select pg_get_constraintdef(oid) into kinds from pg_constraint where conname = 'ticket_journal_kind_check';
  alter table ticket_journal drop constraint ticket_journal_kind_check;
  execute format('alter table ticket_journal add constraint ticket_journal_kind_check check ((%s) or kind in (''linked'', ''unlinked''))',
    regexp_replace(kinds, '^CHECK ', ''));
end
$$;
