-- What was taken back did not happen: the delays that it ended go, and what was counted of them. Nothing else of this table does.
drop trigger ticket_delays_append_only on ticket_delays;
create trigger ticket_delays_append_only before update or truncate on ticket_delays for each statement execute function refuse_change();

create function refuse_unless_taken_back() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from ticket_journal
      where ticket_id = old.ticket_id and kind in ('undone', 'unlinked') and at >= old.ended_at) then
    raise exception 'ticket_delays is append-only' using errcode = 'insufficient_privilege';
  end if;
  return old;
end
$$;
create trigger ticket_delays_stay before delete on ticket_delays for each row execute function refuse_unless_taken_back();

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
    level2_held = level2_held + step * (delay.name = 'level2' and delay.held)::integer
  where ticket_id = delay.ticket_id;
  return null;
end
$$;
create trigger ticket_delays_taken_back after delete on ticket_delays for each row when (old.allowed_ms is not null) execute function figure_delay();
