-- What a call back at a half hour is about, and where it is confirmed to. Calendars know it by `event_id`, the same when it is moved;
-- `sequence` counts what they were told (RFC 5546).
alter table callback_slots add column subject text not null default '';
alter table callback_slots add column person_id text;
alter table callback_slots add column name text not null default '';
alter table callback_slots add column email text;
alter table callback_slots add column event_id text;
alter table callback_slots add column sequence integer not null default 0;
update callback_slots set event_id = id;
alter table callback_slots alter column event_id set not null;
create index callback_slots_person on callback_slots (person_id) where cancelled_at is null;
create index callback_slots_event on callback_slots (event_id);
