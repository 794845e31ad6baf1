-- A second factor that was taken away from somebody whose role must have one: since when the way is open to set up another, by the password
-- alone. How long is the settings' to say; afterwards nobody enters before an administrator opens it again.
create table second_factor_resets (
  account_id text primary key references accounts (id) on delete cascade,
  at timestamptz not null
);
