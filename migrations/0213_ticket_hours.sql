-- The hour of the desk's own time at which a ticket was opened, beside its day: tickets by weekday and hour are read from an index alone.
-- Set by the database itself whenever its line is written or its day changes, with the zone.
alter table ticket_figures add column opened_hour smallint not null default 0;
update ticket_figures f set opened_hour = extract(hour from f.opened_at at time zone z.zone)::smallint from figure_zone z;
drop index ticket_figures_opened;
create index ticket_figures_opened on ticket_figures (opened_day, opened_hour);

create function figure_hour() returns trigger language plpgsql as $$
begin
  new.opened_hour := extract(hour from new.opened_at at time zone (select zone from figure_zone))::smallint;
  return new;
end
$$;
create trigger ticket_figures_hour before insert or update of opened_at, opened_day on ticket_figures
  for each row execute function figure_hour();
