-- A ticket's delays of taking up once a group had one of them, as those of level 2 stand beside them; '' is the desk. Where there is none, all are
-- the desk's own.
create index ticket_delays_take_up on ticket_delays (ticket_id) include (whose, held) where name = 'take-up' and allowed_ms is not null;
alter table ticket_figures add column take_up_by text[];

create function ticket_take_up_by(ticket uuid) returns text[] language sql stable as $$
  select array_agg(case whose when 'level1' then '' else whose end || case when held then '+' else '-' end order by whose, held) from ticket_delays
  where ticket_id = ticket and name = 'take-up' and allowed_ms is not null having bool_or(whose <> 'level1')
$$;
update ticket_figures f set take_up_by = ticket_take_up_by(ticket_id)
from (select distinct ticket_id as id from ticket_delays where name = 'take-up' and allowed_ms is not null and whose <> 'level1') of_groups
where f.ticket_id = of_groups.id;

create or replace function figure_placed() returns trigger language plpgsql as $$
begin
  new.entity_id := coalesce((select t.entity_id from tickets t where t.id = new.ticket_id), 'root');
  select coalesce(r.refused, false), r.sent_to into new.refused, new.sent_to from ticket_refusal(new.ticket_id) r;
  new.level2_by := ticket_level2_by(new.ticket_id);
  new.take_up_by := ticket_take_up_by(new.ticket_id);
  return new;
end
$$;

create or replace function figure_delay() returns trigger language plpgsql as $$
declare
  delay ticket_delays := case when tg_op = 'DELETE' then old else new end;
  step integer := case when tg_op = 'DELETE' then -1 else 1 end;
begin
  update ticket_figures set
    take_up = take_up + step * (delay.name = 'take-up')::integer,
    take_up_held = take_up_held + step * (delay.name = 'take-up' and delay.held)::integer,
    level1 = level1 + step * (delay.name = 'level1')::integer,
    level1_held = level1_held + step * (delay.name = 'level1' and delay.held)::integer,
    level2 = level2 + step * (delay.name = 'level2')::integer,
    level2_held = level2_held + step * (delay.name = 'level2' and delay.held)::integer,
    level2_by = case when delay.name = 'level2' then ticket_level2_by(delay.ticket_id) else level2_by end,
    take_up_by = case when delay.name = 'take-up' and (delay.whose <> 'level1' or take_up_by is not null) then ticket_take_up_by(delay.ticket_id) else take_up_by end
  where ticket_id = delay.ticket_id;
  return null;
end
$$;
