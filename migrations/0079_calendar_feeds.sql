-- Addresses that calendars read the rota from: their owner's own presences, or everybody's. The secret is derived and kept nowhere.
create table calendar_feeds (
  id text primary key check (id ~ '^[a-z2-7]{8}$'),
  account_id text not null references accounts (id) on delete cascade,
  everybody boolean not null,
  made_at timestamptz not null,
  read_at timestamptz,
  revoked_at timestamptz
);
create unique index calendar_feeds_one on calendar_feeds (account_id, everybody) where revoked_at is null;
