-- Which entity each call belongs to: its ticket's, the last one noted for it; without a ticket, that of the person who was recognised by the
-- number, where everybody it may be is of one entity; else the whole. Kept by the database itself, like that of tickets.
alter table call_figures add column entity_id text not null default 'root';
create index dispositions_of_ticket on dispositions (ticket_id) where ticket_id is not null;

create function call_entity(call text) returns text language sql stable as $$
  select coalesce(
    (select t.entity_id from dispositions d join tickets t on t.id = d.ticket_id where d.call_id = call order by d.id desc limit 1),
    (select case when min(p.entity_id) = max(p.entity_id) then min(p.entity_id) end
     from (
       select body -> 'people' as known from facts
       where body ? 'callId' and body ->> 'callId' = call and type in ('call-arrived', 'caller-identified')
         and jsonb_typeof(body -> 'people') = 'array' and body -> 'people' <> '[]'
       order by at desc, seq desc limit 1
     ) f cross join jsonb_array_elements(f.known) as one join people p on p.id = one ->> 'id'),
    'root')
$$;

-- Where the university is one whole there is nothing to look for.
update call_figures f set entity_id = found.entity_id
from (
  select call_id, call_entity(call_id) as entity_id from call_figures
  where exists (select 1 from people where entity_id <> 'root') or exists (select 1 from tickets where entity_id <> 'root')
) found
where found.call_id = f.call_id and found.entity_id <> 'root';
create index call_figures_entity on call_figures (entity_id, arrived_at) where entity_id <> 'root';

create function figure_call_placed() returns trigger language plpgsql as $$
begin
  new.entity_id := call_entity(new.call_id);
  return new;
end
$$;
create trigger call_figures_placed before insert on call_figures for each row execute function figure_call_placed();

create function figure_call_noted() returns trigger language plpgsql as $$
begin
  update call_figures set entity_id = call_entity(call_id) where call_id = new.call_id;
  return null;
end
$$;
create trigger dispositions_figured after insert on dispositions for each row
  when (new.ticket_id is not null) execute function figure_call_noted();

create function figure_calls_moved() returns trigger language plpgsql as $$
begin
  update call_figures set entity_id = call_entity(call_id) where call_id in (select call_id from dispositions where ticket_id = new.id);
  return null;
end
$$;
create trigger tickets_moved_their_calls after update on tickets for each row
  when (old.entity_id is distinct from new.entity_id) execute function figure_calls_moved();
