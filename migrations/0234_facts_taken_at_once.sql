-- What facts write beside themselves, by one statement for all that came together: a call took 35 of them. Sent again, they change nothing.

-- The states of one operator follow one another without a gap; each is counted once, when it is over, in the half hour and the day in which it began.
create function begin_state(who text, next_state text, since timestamptz, of_call text) returns void language plpgsql as $$
declare
  ended operator_spans;
  began timestamptz;
  ms bigint;
begin
  update operator_spans set to_at = since
    where operator_id = who and to_at is null and from_at <= since and (from_at <> since or state <> next_state)
    returning * into ended;
  if ended.state in ('ready', 'talking', 'wrap-up') then
    began := date_bin('30 minutes', ended.from_at, 'epoch');
    ms := round(extract(epoch from since - ended.from_at) * 1000);
    insert into operator_halves as h (half, operator_id, ready_ms, talking_ms, wrap_up_ms, wrap_ups)
      values (began, who, case ended.state when 'ready' then ms else 0 end, case ended.state when 'talking' then ms else 0 end,
        case ended.state when 'wrap-up' then ms else 0 end, (ended.state = 'wrap-up')::integer)
      on conflict (half, operator_id) do update set ready_ms = h.ready_ms + excluded.ready_ms, talking_ms = h.talking_ms + excluded.talking_ms,
        wrap_up_ms = h.wrap_up_ms + excluded.wrap_up_ms, wrap_ups = h.wrap_ups + excluded.wrap_ups;
    insert into operator_days as d (day, operator_id, ready_ms, talking_ms, wrap_up_ms, wrap_ups)
      select (began at time zone z.zone)::date, who, case ended.state when 'ready' then ms else 0 end,
        case ended.state when 'talking' then ms else 0 end, case ended.state when 'wrap-up' then ms else 0 end, (ended.state = 'wrap-up')::integer
      from figure_zone z
      on conflict (day, operator_id) do update set ready_ms = d.ready_ms + excluded.ready_ms, talking_ms = d.talking_ms + excluded.talking_ms,
        wrap_up_ms = d.wrap_up_ms + excluded.wrap_up_ms, wrap_ups = d.wrap_ups + excluded.wrap_ups;
  end if;
  insert into operator_spans (operator_id, state, call_id, from_at) values (who, next_state, of_call, since) on conflict do nothing;
end
$$;

-- Whoever talked writes up, or does what they asked for.
create function leave_call(left_call text, since timestamptz) returns void language plpgsql as $$
declare
  talking record;
begin
  for talking in select operator_id, next from operator_spans where call_id = left_call and to_at is null loop
    perform begin_state(talking.operator_id, coalesce(talking.next, 'wrap-up'), since, null);
  end loop;
end
$$;

-- The line of a call that is over, once, and what it adds to its half hour and its day.
-- drawn: {line: of call_figures, counts: of call_halves}, by the names of the columns.
create function draw_call(drawn jsonb) returns void language plpgsql as $$
declare
  line call_figures := jsonb_populate_record(null::call_figures, drawn -> 'line');
  counts call_halves := jsonb_populate_record(null::call_halves, drawn -> 'counts');
  at_desk timestamp;
begin
  insert into call_figures (call_id, direction, arrived_at, closed, answered, abandoned, wait_ms, talk_ms, hold_ms, holds, misses, transfers, extended,
      capped, alarmed, message, kept, reached, operator_id, from_page)
    values (line.call_id, line.direction, line.arrived_at, line.closed, line.answered, line.abandoned, line.wait_ms, line.talk_ms, line.hold_ms,
      line.holds, line.misses, line.transfers, line.extended, line.capped, line.alarmed, line.message, line.kept, line.reached, line.operator_id,
      line.from_page)
    on conflict do nothing;
  if not found then
    return;
  end if;
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
end
$$;
-- A day's hours from midnight on, with this many in the one of a moment.
create function in_its_hour(at_desk timestamp, counted integer) returns integer[] language sql immutable parallel safe as
  $$ select array_agg(case when n = extract(hour from at_desk) then counted else 0 end order by n) from generate_series(0, 23) n $$;

create function settle_promise(of_call text, as_what text, at_last timestamptz) returns void language sql as $$
  update promises set outcome = as_what, after_ms = (extract(epoch from at_last - at) * 1000)::integer where call_id = of_call and outcome is null
$$;

-- Facts in their order, until one has to be decided on: whether an answer is owed, which those told in `owes` may make or settle ('when-owed':
-- if one is owed to that number). It and those after it are left. What else they write is written: calls, promises, figures.
-- taken: [{n, fact, owes: 'never' | 'always' | 'when-owed', drawn: see draw_call; null but for a call that is over}]
-- @returns how many were taken
create function take_facts(of_epoch text, taken jsonb) returns integer language plpgsql as $$
declare
  one record;
  since timestamptz;
  of_call text;
  who text;
  done integer := 0;
begin
  -- See owed-projection.ts: to be the first lock.
  if taken @? '$[*].owes ? (@ == "when-owed")' then
    perform pg_advisory_xact_lock(7104211);
  end if;
  for one in
    select (e ->> 'n')::bigint as n, e ->> 'owes' as owes, e -> 'fact' as fact, e -> 'fact' ->> 'type' as type, nullif(e -> 'drawn', 'null') as drawn
    from jsonb_array_elements(taken) with ordinality as t (e, place) order by place
  loop
    since := to_timestamp((one.fact ->> 'at')::double precision / 1000);
    of_call := one.fact ->> 'callId';
    who := one.fact ->> 'operatorId';
    exit when one.owes = 'always';
    exit when one.owes = 'when-owed' and exists (
      select from calls c join owed o on o.number = c.number and o.settled_at is null
      where c.id = of_call and c.direction = 'in' and c.kept_at is null);
    insert into facts (epoch, seq, at, type, body) values (of_epoch, one.n, since, one.type, one.fact) on conflict do nothing;
    case one.type
      when 'call-arrived' then
        insert into calls (id, line, number, arrived_at)
          values (of_call, coalesce(one.fact ->> 'line', 'guichet'), one.fact ->> 'number', since) on conflict do nothing;
      when 'call-placed' then
        insert into calls (id, line, number, arrived_at, operator_id, direction)
          values (of_call, 'guichet', one.fact ->> 'number', since, who, 'out') on conflict do nothing;
      when 'announcement-started' then
        if jsonb_typeof(one.fact -> 'told') = 'object' then
          insert into promises (call_id, at, position, low_ms, high_ms)
            select of_call, since, t.position, t."lowMs", t."highMs"
            from jsonb_to_record(one.fact -> 'told') as t (position integer, "lowMs" integer, "highMs" integer) on conflict do nothing;
        end if;
      when 'disruption-joined' then
        insert into disruption_calls (call_id, disruption_id, number, at)
          values (of_call, one.fact ->> 'disruptionId', one.fact ->> 'number', since) on conflict do nothing;
        if one.fact ->> 'number' is not null then
          update calls set number = one.fact ->> 'number' where id = of_call and number is null;
        end if;
      when 'message-invited' then
        if one.fact ? 'ticket' then
          update calls set about_ticket = (one.fact ->> 'ticket')::integer where id = of_call;
        end if;
        perform settle_promise(of_call, 'left', since);
      when 'closed-message-started' then
        perform settle_promise(of_call, 'left', since);
      when 'place-kept' then
        update calls set kept_at = since where id = of_call and kept_at is null;
        perform settle_promise(of_call, 'left', since);
      when 'call-answered' then
        update calls set answered_at = since, operator_id = who, wait_ms = (extract(epoch from since - arrived_at) * 1000)::integer
          where id = of_call and answered_at is null;
        perform settle_promise(of_call, 'answered', since);
        perform begin_state(who, 'talking', since, of_call);
      when 'survey-answered' then
        update calls set rating = (one.fact ->> 'rating')::smallint where id = of_call;
      when 'operator-ready' then
        perform begin_state(who, 'ready', since, null);
      when 'operator-paused' then
        perform begin_state(who, 'paused', since, null);
      when 'operator-at-front-desk' then
        perform begin_state(who, 'front-desk', since, null);
      when 'operator-left' then
        perform begin_state(who, 'offline', since, null);
      when 'operator-will-rest' then
        -- Not of a conversation that has begun since.
        update operator_spans set next = one.fact -> 'then' ->> 'kind'
          where operator_id = who and to_at is null and call_id is not null and from_at <= since;
      when 'call-transferred' then
        perform leave_call(of_call, since);
        if one.fact -> 'target' ->> 'kind' = 'operator' then
          perform begin_state(one.fact -> 'target' ->> 'operatorId', 'talking', since, of_call);
        end if;
      when 'transfer-started' then
        perform leave_call(of_call, since);
      when 'farewell-started' then
        update calls set outcome = one.fact ->> 'reason',
            talk_ms = coalesce(talk_ms, (extract(epoch from since - answered_at) * 1000)::integer),
            asked_at = case when one.fact -> 'asks' = 'true' then since else asked_at end
          where id = of_call and ended_at is null;
        perform leave_call(of_call, since);
      when 'call-ended' then
        update calls set outcome = one.fact ->> 'reason',
            talk_ms = coalesce(talk_ms, (extract(epoch from since - answered_at) * 1000)::integer), ended_at = since
          where id = of_call and ended_at is null;
        perform settle_promise(of_call, 'left', since);
        perform leave_call(of_call, since);
        if one.drawn is not null then
          perform draw_call(one.drawn);
        end if;
      else
        null;
    end case;
    done := done + 1;
  end loop;
  return done;
end
$$;
