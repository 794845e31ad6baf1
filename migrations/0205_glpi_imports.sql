-- What was taken over from GLPI, or would have been.
create table glpi_imports (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_name text not null,
  dry boolean not null,
  ended_at timestamptz,
  report jsonb not null
);
-- Articles are no ticket's.
alter table glpi_items alter column ticket_id drop not null;
