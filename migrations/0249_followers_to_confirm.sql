-- Who follows a disruption from the form, without being known, waits to be confirmed too, beside those who follow it.
alter table tickets drop constraint tickets_unconfirmed;
alter table tickets add constraint tickets_unconfirmed
  check (not unconfirmed or status in ('pre-ticket', 'closed') or (status = 'waiting' and light));
