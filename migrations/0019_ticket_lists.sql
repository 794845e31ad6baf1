-- Since when a ticket is where it is, and when somebody last did something about it: what lists of the stuck are made of.
alter table tickets
  add column status_since timestamptz,
  add column touched_at timestamptz;
update tickets t set
  touched_at = coalesce((select max(at) from ticket_journal j where j.ticket_id = t.id), t.opened_at),
  status_since = coalesce(t.closed_at, (select max(at) from ticket_journal j where j.ticket_id = t.id), t.opened_at);
alter table tickets alter column status_since set not null, alter column touched_at set not null;
-- Each list walks one of these from its end, and stops when the page is full.
create index tickets_to_take_up on tickets (number desc) where status in ('pre-ticket', 'new');
create index tickets_owned on tickets (owner_id, number desc);
create index tickets_grouped on tickets (group_id, number desc) where group_id is not null;
create index tickets_awaited on tickets (number) where status in ('waiting', 'solution-proposed');
create index tickets_sorted on tickets (nature, urgency, medium, number desc);
create index outbox_ticket on outbox (ticket_id) where state = 'failed';
drop index tickets_owner;
drop index tickets_group;
