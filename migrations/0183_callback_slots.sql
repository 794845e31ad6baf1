-- Being called back at a slot of one's choice: the answer owed is like any other, its reason is the slot.
alter table owed_origins drop constraint owed_origins_kind_check;
alter table owed_origins add constraint owed_origins_kind_check check (kind in ('message', 'place', 'abandoned', 'closed', 'cut', 'capped', 'slot'));
alter table owed drop constraint owed_settled_how_check;
alter table owed add constraint owed_settled_how_check check (settled_how in ('reached', 'wrong-number', 'message', 'got-through', 'withdrawn'));

create table callback_slots (
  id text primary key,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  number text not null,
  asked_at timestamptz not null,
  cancelled_at timestamptz
);
create index callback_slots_at on callback_slots (starts_at) where cancelled_at is null;
create index callback_slots_number on callback_slots (number) where cancelled_at is null;
