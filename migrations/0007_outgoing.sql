-- Calls that the desk makes, and places kept in the queue.
alter table calls add column direction text not null default 'in' check (direction in ('in', 'out'));
-- When the caller hung up with the place kept; the call goes on when the person is called back.
alter table calls add column kept_at timestamptz;
alter table owed_origins drop constraint owed_origins_kind_check;
alter table owed_origins add constraint owed_origins_kind_check check (kind in ('message', 'place', 'abandoned', 'closed', 'cut', 'capped'));
