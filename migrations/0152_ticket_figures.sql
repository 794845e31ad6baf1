-- One narrow line per ticket: what figures count, without texts, so that a year is read in one look. Kept by the database itself, whoever
-- changes a ticket. Days are those of the desk's zone (`figure_zone`).
create table ticket_figures (
  ticket_id uuid primary key,
  opened_day date not null,
  closed_day date,
  opened_at timestamptz not null,
  closed_at timestamptz,
  priority smallint not null,
  -- How often it went to a group, came back from one, and was opened again.
  redirections smallint not null default 0,
  given_back smallint not null default 0,
  reopenings smallint not null default 0,
  -- Its delays that are over, of those that had a bound, and how many of them were held.
  take_up smallint not null default 0,
  take_up_held smallint not null default 0,
  level1 smallint not null default 0,
  level1_held smallint not null default 0,
  level2 smallint not null default 0,
  level2_held smallint not null default 0,
  medium text not null,
  status text not null,
  urgency text not null,
  impact text not null,
  closed_how text,
  link text,
  category_id text,
  place_id text,
  nature text,
  group_id text,
  -- As they were when the ticket was opened, or given its requester: people move, and are erased.
  affiliation text,
  unit text,
  open_s double precision generated always as (date_part('epoch', closed_at - opened_at)) stored,
  -- Whatever is counted of a ticket in one number, so that those alike are counted together: solved at once, redirected, bounced, closed at
  -- least once, reopened; then its six counts of delays, a byte each.
  signature bigint generated always as (
    (coalesce(closed_at - opened_at <= interval '60 seconds', false) and redirections = 0 and reopenings = 0)::integer
    + 2 * (redirections > 0)::integer + 4 * (redirections > 1 or given_back > 0)::integer
    + 8 * (closed_at is not null or reopenings > 0)::integer + 16 * (reopenings > 0)::integer
    + (least(take_up, 255)::bigint << 8) + (least(take_up_held, 255)::bigint << 16) + (least(level1, 255)::bigint << 24)
    + (least(level1_held, 255)::bigint << 32) + (least(level2, 255)::bigint << 40) + (least(level2_held, 255)::bigint << 48)
  ) stored
) with (fillfactor = 85);

create function ticket_figure_link(ticket uuid) returns text language sql stable as $$
  select kind from ticket_links where from_id = ticket or (to_id = ticket and kind = 'same-cause')
  order by array_position(array['child-of', 'duplicate-of', 'same-cause', 'follows'], kind) limit 1
$$;

-- All lines anew.
create function draw_ticket_figures() returns void language sql as $$
delete from ticket_figures;
insert into ticket_figures
select t.id, (t.opened_at at time zone z.zone)::date, (t.closed_at at time zone z.zone)::date, t.opened_at, t.closed_at, t.priority,
  coalesce(j.redirections, 0), coalesce(j.given_back, 0), coalesce(j.reopenings, 0),
  coalesce(d.take_up, 0), coalesce(d.take_up_held, 0), coalesce(d.level1, 0), coalesce(d.level1_held, 0), coalesce(d.level2, 0), coalesce(d.level2_held, 0),
  t.medium, t.status, t.urgency, t.impact, t.closed_how, ticket_figure_link(t.id), t.category_id, t.place_id, t.nature, t.group_id, p.affiliation, p.unit
from tickets t cross join figure_zone z
  left join people p on p.id = t.requester_person_id
  left join (
    -- What was taken back did not happen.
    select ticket_id, count(*) filter (where kind = 'redirected') as redirections, count(*) filter (where kind = 'given-back') as given_back,
      count(*) filter (where kind = 'reopened') as reopenings
    from (
      select ticket_id, kind, lead(kind) over (partition by ticket_id order by id) as next
      from ticket_journal where kind in ('redirected', 'given-back', 'reopened', 'taken-up', 'closed', 'undone')
    ) moves
    where next is distinct from 'undone' group by 1
  ) j on j.ticket_id = t.id
  left join (
    select ticket_id,
      count(*) filter (where name = 'take-up') as take_up, count(*) filter (where name = 'take-up' and held) as take_up_held,
      count(*) filter (where name = 'level1') as level1, count(*) filter (where name = 'level1' and held) as level1_held,
      count(*) filter (where name = 'level2') as level2, count(*) filter (where name = 'level2' and held) as level2_held
    from ticket_delays where allowed_ms is not null group by 1
  ) d on d.ticket_id = t.id
$$;
select draw_ticket_figures();
create index ticket_figures_opened on ticket_figures (opened_day);
create index ticket_figures_closed on ticket_figures (closed_day);

create function figure_ticket() returns trigger language plpgsql as $$
declare
  desk_zone text := (select zone from figure_zone);
  opened date := (new.opened_at at time zone desk_zone)::date;
  closed date := (new.closed_at at time zone desk_zone)::date;
begin
  if tg_op = 'INSERT' then
    insert into ticket_figures (ticket_id, opened_day, closed_day, opened_at, closed_at, priority, medium, status, urgency, impact, closed_how,
      category_id, place_id, nature, group_id)
    values (new.id, opened, closed, new.opened_at, new.closed_at, new.priority, new.medium, new.status, new.urgency, new.impact, new.closed_how,
      new.category_id, new.place_id, new.nature, new.group_id);
  else
    update ticket_figures set opened_day = opened, closed_day = closed, opened_at = new.opened_at, closed_at = new.closed_at,
      priority = new.priority, medium = new.medium, status = new.status, urgency = new.urgency, impact = new.impact, closed_how = new.closed_how,
      category_id = new.category_id, place_id = new.place_id, nature = new.nature, group_id = new.group_id
    where ticket_id = new.id;
  end if;
  if new.requester_person_id is not null and (tg_op = 'INSERT' or new.requester_person_id is distinct from old.requester_person_id) then
    update ticket_figures f set affiliation = p.affiliation, unit = p.unit from people p
    where f.ticket_id = new.id and p.id = new.requester_person_id;
  end if;
  return null;
end
$$;
create trigger tickets_figured after insert on tickets for each row execute function figure_ticket();
create trigger tickets_figured_anew after update on tickets for each row
  when ((old.opened_at, old.closed_at, old.priority, old.medium, old.status, old.urgency, old.impact, old.closed_how, old.category_id, old.place_id,
    old.nature, old.group_id, old.requester_person_id)
    is distinct from (new.opened_at, new.closed_at, new.priority, new.medium, new.status, new.urgency, new.impact, new.closed_how, new.category_id,
    new.place_id, new.nature, new.group_id, new.requester_person_id))
  execute function figure_ticket();

create function figure_journal() returns trigger language plpgsql as $$
declare
  moved text := new.kind;
  step integer := 1;
begin
  if new.kind = 'undone' then
    step := -1;
    select kind into moved from ticket_journal
      where ticket_id = new.ticket_id and id < new.id and kind in ('redirected', 'given-back', 'reopened', 'taken-up', 'closed')
      order by id desc limit 1;
  end if;
  update ticket_figures set redirections = greatest(0, redirections + step * (moved = 'redirected')::integer),
    given_back = greatest(0, given_back + step * (moved = 'given-back')::integer),
    reopenings = greatest(0, reopenings + step * (moved = 'reopened')::integer)
  where ticket_id = new.ticket_id and moved in ('redirected', 'given-back', 'reopened');
  return null;
end
$$;
create trigger ticket_journal_figured after insert on ticket_journal for each row
  when (new.kind in ('redirected', 'given-back', 'reopened', 'undone')) execute function figure_journal();

create function figure_delay() returns trigger language plpgsql as $$
begin
  update ticket_figures set
    take_up = take_up + (new.name = 'take-up')::integer, take_up_held = take_up_held + (new.name = 'take-up' and new.held)::integer,
    level1 = level1 + (new.name = 'level1')::integer, level1_held = level1_held + (new.name = 'level1' and new.held)::integer,
    level2 = level2 + (new.name = 'level2')::integer, level2_held = level2_held + (new.name = 'level2' and new.held)::integer
  where ticket_id = new.ticket_id;
  return null;
end
$$;
create trigger ticket_delays_figured after insert on ticket_delays for each row when (new.allowed_ms is not null) execute function figure_delay();

create function figure_link() returns trigger language plpgsql as $$
declare bound ticket_links := case when tg_op = 'DELETE' then old else new end;
begin
  update ticket_figures set link = ticket_figure_link(ticket_id) where ticket_id in (bound.from_id, bound.to_id);
  return null;
end
$$;
create trigger ticket_links_figured after insert or update or delete on ticket_links for each row execute function figure_link();
