-- Operators' time as the desk itself sees it. Whoever is asked about a call talks, and has nothing to write up afterwards; whoever is handed a
-- caller, or asked, while paused or at the front desk is there again afterwards; and whoever has lost the caller, their browser gone, writes up.
-- All this was counted as readiness, as hours of wrap-up, or as the next operator's conversation.

-- Who was asked about a call last, if it is an operator.
create function asked_about(of_call text) returns text language sql stable as $$
  select body -> 'target' ->> 'operatorId' from facts
  where body ? 'callId' and body ->> 'callId' = of_call and type in ('consult-started', 'target-passed')
  order by at desc, seq desc limit 1
$$;

-- An operator is asked, or handed a caller. afterwards: what they do then who did nothing else before; null: they write up.
create function join_call(who text, since timestamptz, of_call text, afterwards text) returns void language plpgsql as $$
declare
  before operator_spans;
begin
  if who is null then
    return;
  end if;
  select * into before from operator_spans where operator_id = who and to_at is null;
  if before.state = 'talking' and before.call_id = of_call then
    -- Who was asked and has the caller now goes on in the same conversation.
    update operator_spans set next = coalesce(nullif(next, 'ready'), afterwards) where id = before.id and from_at <= since;
    return;
  end if;
  perform begin_state(who, 'talking', since, of_call);
  update operator_spans set next = case when before.state in ('paused', 'front-desk', 'offline') then before.state else afterwards end
    where operator_id = who and to_at is null and state = 'talking' and from_at = since;
end
$$;

-- Whoever talked writes up, or does what they asked for; `stays`: but that one.
drop function leave_call(text, timestamptz);
create function leave_call(left_call text, since timestamptz, stays text default null) returns void language plpgsql as $$
declare
  talking record;
begin
  for talking in select operator_id, next from operator_spans where call_id = left_call and to_at is null and operator_id is distinct from stays loop
    perform begin_state(talking.operator_id, coalesce(talking.next, 'wrap-up'), since, null);
  end loop;
end
$$;

-- Facts in their order, until one has to be decided on: whether an answer is owed, which those told in `owes` may make or settle ('when-owed':
-- if one is owed to that number). It and those after it are left. What else they write is written: calls, promises, figures.
-- taken: [{n, fact, owes: 'never' | 'always' | 'when-owed', drawn: see draw_call; null but for a call that is over}]
-- @returns how many were taken
create or replace function take_facts(of_epoch text, taken jsonb) returns integer language plpgsql as $$
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
      when 'consult-answered' then
        perform join_call(asked_about(of_call), since, of_call, 'ready');
      when 'consult-ended' then
        perform begin_state(s.operator_id, coalesce(s.next, 'wrap-up'), since, null) from operator_spans s
          where s.operator_id = asked_about(of_call) and s.call_id = of_call and s.to_at is null;
      when 'call-transferred' then
        perform leave_call(of_call, since, one.fact -> 'target' ->> 'operatorId');
        perform join_call(one.fact -> 'target' ->> 'operatorId', since, of_call, null);
      when 'transfer-started', 'caller-requeued' then
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
