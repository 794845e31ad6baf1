-- « Toujours exacte ? »: whoever keeps a list is asked once a month whether it still is.
create table list_checks (
  id text primary key,
  group_id text not null references groups (id) on delete cascade,
  -- The list as it was then.
  version integer not null,
  at timestamptz not null,
  -- Who was asked; null: somebody said it of themselves.
  account_id text references accounts (id),
  answered_at timestamptz,
  answer text check (answer in ('right', 'wrong')),
  -- What is wrong, in words.
  note text not null default '',
  by_id text,
  by_name text,
  check ((answered_at is null) = (answer is null))
);
create index list_checks_group on list_checks (group_id, at desc);

-- From when the month is counted for each list: nobody is written to on the day this version arrives.
create table list_clocks (
  group_id text primary key references groups (id) on delete cascade,
  at timestamptz not null default now()
);
insert into list_clocks (group_id) select id from groups;
