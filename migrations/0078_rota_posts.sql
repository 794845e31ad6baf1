-- Where somebody is expected, and what became of each shift: who put it down, moved it, offered it, took it, took it off.
alter table rota_shifts add column post text not null default 'both' check (post in ('phone', 'counter', 'both'));

create table rota_changes (
  id bigint generated always as identity primary key,
  -- No reference: what was taken off stays told.
  shift_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  -- The shift as it was and as it became; null before it was there and after it was taken off.
  before jsonb,
  after jsonb
);
create index rota_changes_shift on rota_changes (shift_id, id);
