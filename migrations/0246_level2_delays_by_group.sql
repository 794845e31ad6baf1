-- A ticket's delays of level 2 that are over and had a bound, each by the group that had it when it ended, with « + » when it was held and « - »
-- when not: in its narrow line, so that figures by group read nothing else. Set by the database itself.
create index ticket_delays_level2 on ticket_delays (ticket_id) include (whose, held) where name = 'level2' and allowed_ms is not null;
alter table ticket_figures add column level2_by text[];

create function ticket_level2_by(ticket uuid) returns text[] language sql stable as $$
  select array_agg(whose || case when held then '+' else '-' end order by whose, held) from ticket_delays
  where ticket_id = ticket and name = 'level2' and allowed_ms is not null
$$;
update ticket_figures set level2_by = ticket_level2_by(ticket_id) where level2 > 0;

create or replace function figure_placed() returns trigger language plpgsql as $$
begin
  new.entity_id := coalesce((select t.entity_id from tickets t where t.id = new.ticket_id), 'root');
  select coalesce(r.refused, false), r.sent_to into new.refused, new.sent_to from ticket_refusal(new.ticket_id) r;
  new.level2_by := ticket_level2_by(new.ticket_id);
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
    level2_by = case when delay.name = 'level2' then ticket_level2_by(delay.ticket_id) else level2_by end
  where ticket_id = delay.ticket_id;
  return null;
end
$$;
