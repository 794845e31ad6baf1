-- What is asked beside a password. Secrets are encrypted, and codes hashed, with a key that is not in the database.
create table second_factors (
  account_id text primary key references accounts (id) on delete cascade,
  totp_secret text not null,
  -- The step of the last code that was accepted: a code serves once.
  totp_step bigint not null,
  since timestamptz not null
);

create table recovery_codes (
  account_id text not null references accounts (id) on delete cascade,
  code_hash text not null,
  primary key (account_id, code_hash)
);

create table passkeys (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_account on passkeys (account_id);

-- What a browser is in the middle of: a password was right and a code is awaited, a key is being registered. Known by a hash of its cookie.
create table sign_in_steps (
  token_hash text primary key,
  kind text not null,
  account_id text references accounts (id) on delete cascade,
  content jsonb not null,
  expires_at timestamptz not null
);

-- Who vouched for somebody instead of a password, and what ending the session needs.
alter table sessions add column provider jsonb;
