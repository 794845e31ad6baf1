-- Machines of the inventory that a ticket is about, as they were that day; while a call is under way, by the call.
create table ticket_machines (
  id bigint generated always as identity primary key,
  ticket_id uuid references tickets (id),
  call_id text,
  server_id text not null,
  -- OCS's own key of a machine: names are given twice.
  device_id text not null,
  machine jsonb not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  check ((ticket_id is null) <> (call_id is null))
);
create unique index ticket_machines_of_ticket on ticket_machines (ticket_id, server_id, device_id) where ticket_id is not null;
create unique index ticket_machines_of_call on ticket_machines (call_id, server_id, device_id) where call_id is not null;
