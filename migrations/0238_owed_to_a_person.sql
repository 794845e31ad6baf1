-- An answer owed is a person's, whichever of their telephones they call from. A number that several people have is nobody's in particular.
create function owners_of(called text) returns setof text language plpgsql stable as $$
begin
  return query
    select p.id from people p where p.retired_at is null and p.phones @> array[called]
    union
    select p.id from person_numbers n join people p on p.id = n.person_id where n.number = called and p.retired_at is null;
end
$$;

-- The number itself, and those whose only owner is its only owner.
create function numbers_of_owner(called text) returns text[] language plpgsql stable as $$
declare
  owners text[] := array(select owners_of(called));
begin
  if cardinality(owners) <> 1 then
    return array[called];
  end if;
  return array(
    select called
    union
    select theirs.number
    from (
      select unnest(p.phones) as number from people p where p.id = owners[1]
      union
      select n.number from person_numbers n where n.person_id = owners[1]) as theirs
    where (select count(*) from owners_of(theirs.number)) = 1);
end
$$;

-- Facts in their order, until one has to be decided on: whether an answer is owed, which those told in `owes` may make or settle ('when-owed':
-- if one is owed to that number's person). It and those after it are left. What else they write is written: calls, promises, figures.
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
      select from calls c join owed o on o.number = any (numbers_of_owner(c.number)) and o.settled_at is null
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

alter function take_facts(text, jsonb) set plan_cache_mode = force_generic_plan;
