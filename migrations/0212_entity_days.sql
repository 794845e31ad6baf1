-- Calls of each entity summed up by the desk's days, so that a year of one is read in some hundred lines. Drawn from the calls' own lines
-- alone, never added to: what changes a call's line (its end, a ticket noted, an entity that moved) notes the day, which is summed up anew
-- within the minute; until then it is read from the lines themselves, so that figures are exact at every moment. Notes are only ever
-- inserted, so that nobody who saves a ticket waits for another.
create table call_entity_days (
  day date not null,
  entity_id text not null,
  offered integer not null,
  after_hours integer not null,
  answered integer not null,
  answered_in_time integer not null,
  abandoned integer not null,
  short_abandoned integer not null,
  answered_wait_ms bigint not null,
  abandoned_wait_ms bigint not null,
  talk_ms bigint not null,
  hold_ms bigint not null,
  held integer not null,
  transferred integer not null,
  capped integer not null,
  extended integer not null,
  missed integer not null,
  alarmed integer not null,
  messages integer not null,
  kept integer not null,
  reached integer not null,
  placed_out integer not null,
  answered_waits integer[] not null,
  abandoned_waits integer[] not null,
  offered_hours integer[] not null,
  answered_hours integer[] not null,
  primary key (day, entity_id)
);
create table operator_entity_days (
  day date not null,
  entity_id text not null,
  operator_id text not null,
  conversations integer not null,
  talk_ms bigint not null,
  primary key (day, entity_id, operator_id)
);
create table call_days_changed (
  day date not null,
  entity_id text not null
);

-- The lines of calls that arrived on these days for these entities, the nth of one for the nth of the other.
create function calls_on_days(days date[], entities text[])
returns table (day date, hour integer, entity_id text, wait_place integer, line call_figures)
language sql stable as $$
  with asked as materialized (select distinct a.day, a.entity_id from unnest(days, entities) as a (day, entity_id)),
  desk as materialized (
    select z.zone, min(a.day)::timestamp at time zone z.zone as from_at, (max(a.day) + 1)::timestamp at time zone z.zone as to_at
    from asked a cross join figure_zone z group by z.zone
  )
  select a.day, extract(hour from l.at_desk)::integer, a.entity_id,
    width_bucket((l.line).wait_ms, array[10000, 30000, 60000, 120000, 300000, 600000, 900000]), l.line
  from (
    select f as line, f.entity_id, f.arrived_at at time zone (select zone from desk) as at_desk from call_figures f
    where f.arrived_at >= (select from_at from desk) and f.arrived_at < (select to_at from desk)
  ) l join asked a on a.day = l.at_desk::date and a.entity_id = l.entity_id
$$;

-- By the rules of `countsOf` in indicators/tallies.ts; a test holds both against each other. Counted in one look, each hour by a filter of its own.
do $draw$
declare
  each_hour text := (select string_agg(format('count(*) filter (where coming and not closed and hour = %s)', n), ', ' order by n) from generate_series(0, 23) n);
  each_answered text := (select string_agg(format('count(*) filter (where coming and answered and hour = %s)', n), ', ' order by n) from generate_series(0, 23) n);
  each_wait text := (select string_agg(format('count(*) filter (where coming and answered and wait_place = %s)', n), ', ' order by n) from generate_series(0, 7) n);
  each_patience text := (select string_agg(format('count(*) filter (where coming and abandoned and wait_place = %s)', n), ', ' order by n) from generate_series(0, 7) n);
begin
  execute format($body$
create function count_entity_days(days date[], entities text[]) returns setof call_entity_days language sql stable as $counting$
  with lines as materialized (
    select c.day, c.hour, c.wait_place, (c.line).*, (c.line).direction = 'in' as coming from calls_on_days(days, entities) c
  )
  select day, entity_id,
    count(*) filter (where coming and not closed),
    count(*) filter (where coming and closed),
    count(*) filter (where coming and answered),
    count(*) filter (where coming and answered and wait_ms <= 60000),
    count(*) filter (where coming and abandoned),
    count(*) filter (where coming and abandoned and wait_ms < 10000),
    coalesce(sum(wait_ms) filter (where coming and answered), 0),
    coalesce(sum(wait_ms) filter (where coming and abandoned), 0),
    coalesce(sum(talk_ms) filter (where coming), 0),
    coalesce(sum(hold_ms) filter (where coming), 0),
    count(*) filter (where coming and holds > 0),
    count(*) filter (where coming and transfers > 0),
    count(*) filter (where capped),
    sum(extended),
    sum(misses),
    count(*) filter (where alarmed),
    count(*) filter (where message),
    count(*) filter (where kept),
    count(*) filter (where reached),
    count(*) filter (where not coming),
    array[%s]::integer[], array[%s]::integer[], array[%s]::integer[], array[%s]::integer[]
  from lines
  group by day, entity_id
$counting$ $body$, each_wait, each_patience, each_hour, each_answered);
end
$draw$;

create function count_operator_entity_days(days date[], entities text[]) returns setof operator_entity_days language sql stable as $$
  select c.day, c.entity_id, (c.line).operator_id, (count(*) filter (where (c.line).direction = 'in' and ((c.line).answered or (c.line).reached)))::integer,
    coalesce(sum((c.line).talk_ms) filter (where (c.line).direction = 'in'), 0)
  from calls_on_days(days, entities) c where (c.line).operator_id is not null group by 1, 2, 3
$$;

-- What figures read: the sums, but days noted as changed from the lines themselves.
create view call_entity_days_now as
  select d.* from call_entity_days d where not exists (select 1 from call_days_changed c where c.day = d.day and c.entity_id = d.entity_id)
  union all
  select n.* from (select array_agg(day) as days, array_agg(entity_id) as entities from call_days_changed) c
    cross join lateral count_entity_days(c.days, c.entities) n;
create view operator_entity_days_now as
  select d.* from operator_entity_days d where not exists (select 1 from call_days_changed c where c.day = d.day and c.entity_id = d.entity_id)
  union all
  select n.* from (select array_agg(day) as days, array_agg(entity_id) as entities from call_days_changed) c
    cross join lateral count_operator_entity_days(c.days, c.entities) n;

-- Sum up anew what was noted, the latest month of it. A change that this does not see yet leaves its note behind, for the next time.
-- Returns how many sums there were to draw: again until it is 0.
create function sum_changed_entity_days() returns integer language plpgsql as $$
declare
  days date[];
  entities text[];
begin
  if not pg_try_advisory_xact_lock(hashtext('sum_changed_entity_days')) then return 0; end if;
  with noted as (
    delete from call_days_changed where day in (select distinct c.day from call_days_changed c order by 1 desc limit 31) returning day, entity_id
  )
    select array_agg(n.day), array_agg(n.entity_id) into days, entities from (select distinct day, entity_id from noted) n;
  if days is null then return 0; end if;
  delete from call_entity_days d using unnest(days, entities) as n (day, entity_id) where d.day = n.day and d.entity_id = n.entity_id;
  delete from operator_entity_days d using unnest(days, entities) as n (day, entity_id) where d.day = n.day and d.entity_id = n.entity_id;
  insert into call_entity_days select * from count_entity_days(days, entities);
  insert into operator_entity_days select * from count_operator_entity_days(days, entities);
  return array_length(days, 1);
end
$$;

-- All of them are to be drawn anew, in the days of the zone that days are summed up in.
create function forget_entity_days() returns void language plpgsql as $$
begin
  delete from call_days_changed;
  delete from call_entity_days;
  delete from operator_entity_days;
  insert into call_days_changed
    select distinct (f.arrived_at at time zone z.zone)::date, f.entity_id from call_figures f cross join figure_zone z;
end
$$;
select forget_entity_days();
do $$ begin while sum_changed_entity_days() > 0 loop end loop; end $$;

alter function sum_figure_days(text) rename to sum_days_of_all;
create function sum_figure_days(desk_zone text) returns void language plpgsql as $$
begin
  perform sum_days_of_all(desk_zone);
  perform forget_entity_days();
end
$$;

create function note_call_days() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into call_days_changed
      select distinct (f.arrived_at at time zone z.zone)::date, f.entity_id from lines_before f cross join figure_zone z;
  end if;
  if tg_op <> 'DELETE' then
    insert into call_days_changed
      select distinct (f.arrived_at at time zone z.zone)::date, f.entity_id from lines_after f cross join figure_zone z;
  end if;
  return null;
end
$$;
create trigger call_figures_came after insert on call_figures referencing new table as lines_after
  for each statement execute function note_call_days();
create trigger call_figures_changed after update on call_figures referencing old table as lines_before new table as lines_after
  for each statement execute function note_call_days();
create trigger call_figures_went after delete on call_figures referencing old table as lines_before
  for each statement execute function note_call_days();
