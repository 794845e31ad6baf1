-- Whether a ticket was refused as not for this desk and stays so, and to whom its requester was sent on: among what is counted of it.
alter table ticket_figures add column refused boolean not null default false, add column sent_to text;

-- By its last closing that nobody took back, unless it was opened again since.
create function ticket_refusal(ticket uuid, out refused boolean, out sent_to text) language sql stable as $$
  select kind = 'closed' and coalesce(detail ? 'outOfScope', false), case kind when 'closed' then detail #>> '{outOfScope,target,name}' end
  from (
    select id, kind, detail, lead(kind) over (order by id) as next from ticket_journal
    where ticket_id = ticket and kind in ('redirected', 'given-back', 'reopened', 'taken-up', 'closed', 'undone')
  ) moves
  where kind in ('closed', 'reopened') and next is distinct from 'undone' order by id desc limit 1
$$;

update ticket_figures f set refused = true, sent_to = r.sent_to
from (select distinct ticket_id from ticket_journal where kind = 'closed' and detail ? 'outOfScope') j
  cross join lateral ticket_refusal(j.ticket_id) r
where r.refused and f.ticket_id = j.ticket_id;
create index ticket_figures_refused on ticket_figures (opened_day) where refused;
create index dispositions_refused on dispositions (at) where kind = 'refused';

create or replace function figure_placed() returns trigger language plpgsql as $$
begin
  new.entity_id := coalesce((select t.entity_id from tickets t where t.id = new.ticket_id), 'root');
  select coalesce(r.refused, false), r.sent_to into new.refused, new.sent_to from ticket_refusal(new.ticket_id) r;
  return new;
end
$$;

create function figure_refusal() returns trigger language plpgsql as $$
declare
  now_refused boolean := coalesce(new.detail ? 'outOfScope', false);
  now_sent_to text := new.detail #>> '{outOfScope,target,name}';
begin
  if new.kind <> 'closed' then
    select coalesce(r.refused, false), r.sent_to into now_refused, now_sent_to from ticket_refusal(new.ticket_id) r;
  end if;
  update ticket_figures f set refused = now_refused, sent_to = now_sent_to
    where f.ticket_id = new.ticket_id and (f.refused, f.sent_to) is distinct from (now_refused, now_sent_to);
  return null;
end
$$;
create trigger ticket_journal_refused after insert on ticket_journal for each row
  when (new.kind in ('closed', 'reopened', 'undone')) execute function figure_refusal();
