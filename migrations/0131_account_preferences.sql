-- What somebody who works here has set for themselves alone: their keys, and whether they have taken the tour.
create table account_preferences (
  account_id text primary key references accounts (id) on delete cascade,
  value jsonb not null,
  at timestamptz not null
);
