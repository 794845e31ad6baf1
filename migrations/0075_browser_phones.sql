-- An operator's phone may be the browser.
alter table accounts drop constraint accounts_phone_check;
alter table accounts add constraint accounts_phone_check check (phone in ('browser', 'registered', 'extension', 'demo'));

-- How a conversation sounded at an operator's browser: kept with the call, whose own row may come later.
create table call_sound (
  call_id text not null,
  operator_id text not null,
  at timestamptz not null,
  seconds integer not null,
  loss_percent real not null,
  jitter_ms real not null,
  round_trip_ms real,
  primary key (call_id, operator_id)
);
