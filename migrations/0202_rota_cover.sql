-- How many operators a half hour needs, as whoever plans took it from the staffing into the rota.
create table rota_cover (
  day date not null,
  from_time text not null check (from_time ~ '^\d\d:[03]0$'),
  needed smallint not null check (needed between 0 and 500),
  at timestamptz not null,
  by_name text not null,
  primary key (day, from_time)
);
