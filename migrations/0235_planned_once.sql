-- What is asked for each call is planned once for a connection, which PostgreSQL does for functions of this language alone.
create or replace function in_its_hour(at_desk timestamp, counted integer) returns integer[] language plpgsql immutable parallel safe as $$
declare
  hours integer[] := array_fill(0, array[24]);
begin
  hours[1 + extract(hour from at_desk)::integer] := counted;
  return hours;
end
$$;

create or replace function settle_promise(of_call text, as_what text, at_last timestamptz) returns void language plpgsql as $$
begin
  update promises set outcome = as_what, after_ms = (extract(epoch from at_last - at) * 1000)::integer where call_id = of_call and outcome is null;
end
$$;

create or replace function call_entity(call text) returns text language plpgsql stable as $$
begin
  return coalesce(
    (select t.entity_id from dispositions d join tickets t on t.id = d.ticket_id where d.call_id = call order by d.id desc limit 1),
    (select case when min(p.entity_id) = max(p.entity_id) then min(p.entity_id) end
     from (
       select body -> 'people' as known from facts
       where body ? 'callId' and body ->> 'callId' = call and type in ('call-arrived', 'caller-identified')
         and jsonb_typeof(body -> 'people') = 'array' and body -> 'people' <> '[]'
       order by at desc, seq desc limit 1
     ) f cross join jsonb_array_elements(f.known) as one join people p on p.id = one ->> 'id'),
    'root');
end
$$;

-- Every row is found by its key, whatever the key: the plan for one is the plan for all, from the first time on.
alter function take_facts(text, jsonb) set plan_cache_mode = force_generic_plan;
