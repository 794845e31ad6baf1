-- Whoever talked to a caller, and how long each, where it was not who answered first alone: [{"operatorId", "ms"}]. What was counted before
-- stays with who answered first.
alter table call_figures add column talks jsonb;

-- The line of a call that is over, once, and what it adds to its half hour and its day, under each operator who talked.
-- drawn: {line: of call_figures, counts: [of call_halves]}, by the names of the columns.
create or replace function draw_call(drawn jsonb) returns void language plpgsql as $$
declare
  line call_figures := jsonb_populate_record(null::call_figures, drawn -> 'line');
  counts call_halves;
  at_desk timestamp;
begin
  insert into call_figures (call_id, direction, arrived_at, closed, answered, abandoned, wait_ms, talk_ms, hold_ms, holds, misses, transfers, extended,
      capped, alarmed, message, kept, reached, operator_id, from_page, talks)
    values (line.call_id, line.direction, line.arrived_at, line.closed, line.answered, line.abandoned, line.wait_ms, line.talk_ms, line.hold_ms,
      line.holds, line.misses, line.transfers, line.extended, line.capped, line.alarmed, line.message, line.kept, line.reached, line.operator_id,
      line.from_page, nullif(line.talks, 'null'))
    on conflict do nothing;
  if not found then
    return;
  end if;
  for counts in select r.* from jsonb_populate_recordset(null::call_halves, drawn -> 'counts') r loop
    at_desk := counts.half at time zone (select zone from figure_zone);
    insert into call_halves as h values (counts.*)
      on conflict (half, operator_id) do update set offered = h.offered + excluded.offered, after_hours = h.after_hours + excluded.after_hours,
        answered = h.answered + excluded.answered, answered_in_time = h.answered_in_time + excluded.answered_in_time,
        abandoned = h.abandoned + excluded.abandoned, short_abandoned = h.short_abandoned + excluded.short_abandoned,
        answered_wait_ms = h.answered_wait_ms + excluded.answered_wait_ms, abandoned_wait_ms = h.abandoned_wait_ms + excluded.abandoned_wait_ms,
        talk_ms = h.talk_ms + excluded.talk_ms, hold_ms = h.hold_ms + excluded.hold_ms, held = h.held + excluded.held,
        transferred = h.transferred + excluded.transferred, capped = h.capped + excluded.capped, extended = h.extended + excluded.extended,
        missed = h.missed + excluded.missed, alarmed = h.alarmed + excluded.alarmed, messages = h.messages + excluded.messages,
        kept = h.kept + excluded.kept, reached = h.reached + excluded.reached, placed_out = h.placed_out + excluded.placed_out,
        answered_waits = sum_each(h.answered_waits, excluded.answered_waits), abandoned_waits = sum_each(h.abandoned_waits, excluded.abandoned_waits);
    insert into call_days as d (day, offered, after_hours, answered, answered_in_time, abandoned, short_abandoned, answered_wait_ms, abandoned_wait_ms,
        talk_ms, hold_ms, held, transferred, capped, extended, missed, alarmed, messages, kept, reached, placed_out, answered_waits, abandoned_waits,
        offered_hours, answered_hours)
      values (at_desk::date, counts.offered, counts.after_hours, counts.answered, counts.answered_in_time, counts.abandoned, counts.short_abandoned,
        counts.answered_wait_ms, counts.abandoned_wait_ms, counts.talk_ms, counts.hold_ms, counts.held, counts.transferred, counts.capped,
        counts.extended, counts.missed, counts.alarmed, counts.messages, counts.kept, counts.reached, counts.placed_out, counts.answered_waits,
        counts.abandoned_waits, in_its_hour(at_desk, counts.offered), in_its_hour(at_desk, counts.answered))
      on conflict (day) do update set offered = d.offered + excluded.offered, after_hours = d.after_hours + excluded.after_hours,
        answered = d.answered + excluded.answered, answered_in_time = d.answered_in_time + excluded.answered_in_time,
        abandoned = d.abandoned + excluded.abandoned, short_abandoned = d.short_abandoned + excluded.short_abandoned,
        answered_wait_ms = d.answered_wait_ms + excluded.answered_wait_ms, abandoned_wait_ms = d.abandoned_wait_ms + excluded.abandoned_wait_ms,
        talk_ms = d.talk_ms + excluded.talk_ms, hold_ms = d.hold_ms + excluded.hold_ms, held = d.held + excluded.held,
        transferred = d.transferred + excluded.transferred, capped = d.capped + excluded.capped, extended = d.extended + excluded.extended,
        missed = d.missed + excluded.missed, alarmed = d.alarmed + excluded.alarmed, messages = d.messages + excluded.messages,
        kept = d.kept + excluded.kept, reached = d.reached + excluded.reached, placed_out = d.placed_out + excluded.placed_out,
        answered_waits = sum_each(d.answered_waits, excluded.answered_waits), abandoned_waits = sum_each(d.abandoned_waits, excluded.abandoned_waits),
        offered_hours = sum_each(d.offered_hours, excluded.offered_hours), answered_hours = sum_each(d.answered_hours, excluded.answered_hours);
    if counts.operator_id <> '' then
      insert into operator_days as o (day, operator_id, conversations, talk_ms)
        values (at_desk::date, counts.operator_id, counts.answered + counts.reached, counts.talk_ms)
        on conflict (day, operator_id) do update set conversations = o.conversations + excluded.conversations, talk_ms = o.talk_ms + excluded.talk_ms;
    end if;
  end loop;
end
$$;

create or replace function count_operator_entity_days(days date[], entities text[]) returns setof operator_entity_days language sql stable as $$
  with lines as materialized (
    select c.day, c.entity_id, c.line from calls_on_days(days, entities) c where (c.line).operator_id is not null
  ),
  shares as (
    select day, entity_id, (line).operator_id, case when (line).answered or (line).reached then 1 else 0 end as conversations,
      case when (line).talks is null then (line).talk_ms else 0 end as talk_ms
    from lines where (line).direction = 'in'
    union all
    select l.day, l.entity_id, t."operatorId", 0, t.ms
    from lines l cross join lateral jsonb_to_recordset((l.line).talks) as t ("operatorId" text, ms integer) where (l.line).direction = 'in'
  )
  select day, entity_id, operator_id, sum(conversations)::integer, sum(talk_ms)::bigint from shares group by 1, 2, 3
$$;
