-- Big screens: each has an address of its own, whose secret is derived and kept nowhere.
create table walls (
  id text primary key check (id ~ '^[a-z2-7]{8}$'),
  name text not null,
  -- How operators are named there.
  names text not null check (names in ('first', 'initials', 'none')),
  scheme text not null check (scheme in ('auto', 'light', 'dark')),
  sound boolean not null,
  created_at timestamptz not null,
  by_name text not null,
  revoked_at timestamptz,
  revoked_by text
);
