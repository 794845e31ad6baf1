-- Which entity each ticket belongs to, among what is counted of it. Set by the database itself, whoever writes the line anew.
alter table ticket_figures add column entity_id text not null default 'root';
update ticket_figures f set entity_id = t.entity_id from tickets t where t.id = f.ticket_id and t.entity_id <> 'root';
create index ticket_figures_entity on ticket_figures (entity_id, opened_day) where entity_id <> 'root';

create function figure_placed() returns trigger language plpgsql as $$
begin
  new.entity_id := coalesce((select t.entity_id from tickets t where t.id = new.ticket_id), 'root');
  return new;
end
$$;
create trigger ticket_figures_placed before insert on ticket_figures for each row execute function figure_placed();

create function figure_moved() returns trigger language plpgsql as $$
begin
  update ticket_figures set entity_id = new.entity_id where ticket_id = new.id;
  return null;
end
$$;
create trigger tickets_figured_moved after update on tickets for each row
  when (old.entity_id is distinct from new.entity_id) execute function figure_moved();
