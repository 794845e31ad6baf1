-- A closing that stood until its ticket was opened again: a month that is over keeps what was closed in it, and what it left open. The last
-- closing, which stands, is in the ticket's line. From the journal alone; what was taken back did not happen.
create table ticket_closings (
  ticket_id uuid not null,
  closed_day date not null,
  reopened_day date not null,
  closed_at timestamptz not null,
  reopened_at timestamptz not null,
  closed_how text,
  primary key (ticket_id, closed_at)
);
create index ticket_closings_day on ticket_closings (closed_day);

create function draw_ticket_closings(ticket uuid) returns void language sql as $$
  delete from ticket_closings where ticket_id = ticket;
  insert into ticket_closings
  select ticket, (at at time zone z.zone)::date, (ended at time zone z.zone)::date, at, ended, how
  from (
    select kind, at, how, lead(kind) over (order by id) as next, lead(at) over (order by id) as ended
    from (
      select id, kind, at, detail ->> 'how' as how, lead(kind) over (order by id) as next from ticket_journal
      where ticket_id = ticket and kind in ('redirected', 'given-back', 'reopened', 'taken-up', 'closed', 'undone')
    ) moves
    where kind in ('closed', 'reopened') and next is distinct from 'undone'
  ) ends cross join figure_zone z
  where kind = 'closed' and next = 'reopened'
  on conflict do nothing
$$;
select draw_ticket_closings(ticket_id) from (select distinct ticket_id from ticket_journal where kind = 'reopened') opened_again;

create function figure_closings() returns trigger language plpgsql as $$
begin
  if new.kind = 'reopened' or exists (select 1 from ticket_closings where ticket_id = new.ticket_id) then
    perform draw_ticket_closings(new.ticket_id);
  end if;
  return null;
end
$$;
create trigger ticket_journal_closings after insert on ticket_journal for each row
  when (new.kind in ('reopened', 'undone')) execute function figure_closings();

-- Every closing, those that were and the one that stands.
create view ticket_ends as
select ticket_id, closed_day, closed_at, closed_how from ticket_figures where closed_day is not null
union all
select ticket_id, closed_day, closed_at, closed_how from ticket_closings;
