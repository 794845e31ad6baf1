-- Calls summed up by the day of the desk's own time, beside the half hours and by the same projection: a year is 365 lines.
create table figure_zone (
  only_one boolean primary key default true check (only_one),
  zone text not null
);
insert into figure_zone (zone) values ('Europe/Paris');

create table call_days (
  day date primary key,
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
  -- Offered and answered calls by the hour of arrival, from midnight on.
  offered_hours integer[] not null,
  answered_hours integer[] not null
);

create table operator_days (
  day date not null,
  operator_id text not null,
  conversations integer not null default 0,
  talk_ms bigint not null default 0,
  ready_ms bigint not null default 0,
  talking_ms bigint not null default 0,
  wrap_up_ms bigint not null default 0,
  wrap_ups integer not null default 0,
  primary key (day, operator_id)
);

-- All days anew from the half hours, in another zone's days.
create function sum_figure_days(desk_zone text) returns void language plpgsql as $$
begin
  update figure_zone set zone = desk_zone;
  delete from call_days;
  delete from operator_days;
  insert into call_days
    with local as (select *, (half at time zone desk_zone) as at_desk from call_halves),
    hourly as (
      select at_desk::date as day, extract(hour from at_desk)::integer as hour, sum(offered)::integer as offered, sum(answered)::integer as answered
      from local group by 1, 2
    ),
    hours as (
      select d.day, array_agg(coalesce(h.offered, 0) order by n.hour) as offered, array_agg(coalesce(h.answered, 0) order by n.hour) as answered
      from (select distinct day from hourly) d cross join generate_series(0, 23) as n (hour)
        left join hourly h on h.day = d.day and h.hour = n.hour
      group by 1
    ),
    waited as (
      select at_desk::date as day, place, sum(served)::integer as served, sum(gone)::integer as gone
      from local, unnest(answered_waits, abandoned_waits) with ordinality as waits (served, gone, place) group by 1, 2
    ),
    waits as (
      select day, array_agg(served order by place) as answered, array_agg(gone order by place) as abandoned from waited group by 1
    ),
    days as (
      select at_desk::date as day, sum(offered) as offered, sum(after_hours) as after_hours, sum(answered) as answered,
        sum(answered_in_time) as answered_in_time, sum(abandoned) as abandoned, sum(short_abandoned) as short_abandoned,
        sum(answered_wait_ms) as answered_wait_ms, sum(abandoned_wait_ms) as abandoned_wait_ms, sum(talk_ms) as talk_ms, sum(hold_ms) as hold_ms,
        sum(held) as held, sum(transferred) as transferred, sum(capped) as capped, sum(extended) as extended, sum(missed) as missed,
        sum(alarmed) as alarmed, sum(messages) as messages, sum(kept) as kept, sum(reached) as reached, sum(placed_out) as placed_out
      from local group by 1
    )
    select days.*, waits.answered, waits.abandoned, hours.offered, hours.answered from days join waits using (day) join hours using (day);
  insert into operator_days (day, operator_id, conversations, talk_ms)
    select (half at time zone desk_zone)::date, operator_id, sum(answered + reached), sum(talk_ms)
    from call_halves where operator_id <> '' group by 1, 2;
  insert into operator_days as o (day, operator_id, ready_ms, talking_ms, wrap_up_ms, wrap_ups)
    select (half at time zone desk_zone)::date, operator_id, sum(ready_ms), sum(talking_ms), sum(wrap_up_ms), sum(wrap_ups)
    from operator_halves group by 1, 2
    on conflict (day, operator_id) do update set ready_ms = excluded.ready_ms, talking_ms = excluded.talking_ms,
      wrap_up_ms = excluded.wrap_up_ms, wrap_ups = excluded.wrap_ups;
end
$$;
select sum_figure_days('Europe/Paris');
