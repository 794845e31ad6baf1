-- Who is at the desk when, in the desk's own wall time; `24:00` is midnight at the day's end.
create table rota_shifts (
  id uuid primary key,
  operator_id text not null references accounts (id) on delete cascade,
  day date not null,
  from_time text not null check (from_time ~ '^\d\d:\d\d$'),
  to_time text not null check (to_time ~ '^\d\d:\d\d$'),
  -- Its holder seeks somebody who takes it.
  offered boolean not null default false,
  by_name text not null,
  check (from_time < to_time)
);
create index rota_shifts_days on rota_shifts (day, operator_id);
