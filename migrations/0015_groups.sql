-- Groups: distribution lists and the targets of redirections at once.
create table groups (
  id text primary key,
  name text not null,
  -- What it answers for, in a sentence.
  purpose text not null default '',
  kind text not null check (kind in ('experts', 'correspondents', 'project')),
  level smallint not null check (level between 1 and 3),
  -- The mailing list; null: its members are written to one by one.
  mail text,
  -- In words; null: the desk's own hours.
  hours text,
  -- What level 1 collects before it redirects here.
  protocol text not null default '',
  -- Within how many working hours it answers; null: open-ended.
  delay_hours integer check (delay_hours > 0),
  -- The directory's group that is the master of its members; null: they are named here.
  directory_group text,
  version integer not null default 1,
  retired_at timestamptz
);
create unique index groups_name on groups (plain(name)) where retired_at is null;

-- `referent`: keeps the list, and receives nothing.
create table group_members (
  group_id text not null references groups (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  part text not null check (part in ('member', 'referent')),
  primary key (group_id, account_id)
);
create index group_members_account on group_members (account_id);

-- Each version of each group, whole and signed.
create table group_versions (
  group_id text not null references groups (id),
  version integer not null check (version > 0),
  value jsonb not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  primary key (group_id, version)
);
create trigger group_versions_append_only before update or delete or truncate on group_versions
  for each statement execute function refuse_change();

-- Days on which somebody receives nothing, and who does instead. Both ends included.
create table absences (
  id uuid primary key,
  account_id text not null references accounts (id) on delete cascade,
  from_day date not null,
  to_day date not null,
  stand_in_id text references accounts (id),
  by_name text not null,
  check (from_day <= to_day),
  check (stand_in_id is distinct from account_id)
);
create index absences_days on absences (account_id, to_day);

insert into groups (id, name, kind, level)
  select distinct lower(called), called, 'experts', 2 from accounts, unnest(accounts.groups) as called;
insert into group_members (group_id, account_id, part)
  select distinct lower(called), accounts.id, 'member' from accounts, unnest(accounts.groups) as called;
alter table accounts drop column groups;

alter table accounts drop constraint accounts_role_check;
alter table accounts add constraint accounts_role_check
  check (role in ('administrator', 'supervisor', 'operator', 'level2', 'referent', 'user'));
