-- Who says what an account is: somebody here, or the directory.
alter table accounts
  add column source text not null default 'local' check (source in ('local', 'directory')),
  -- The requester that this account is, when it is one.
  add column person_id text;
update accounts a set person_id = (select p.id from people p where p.source = 'sample' and p.login = a.login);

-- What its owner recognises a session by. `id` may be shown: it opens nothing.
alter table sessions
  add column id uuid not null default gen_random_uuid() unique,
  add column address text,
  add column browser text,
  add column seen_at timestamptz not null default now();
create index sessions_account on sessions (account_id);

-- A link that lets somebody choose a password, once. Only a hash of it is kept. Without an account: the first administrator's.
create table password_links (
  token_hash text primary key,
  account_id text references accounts (id) on delete cascade,
  expires_at timestamptz not null
);
