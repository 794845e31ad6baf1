insert into tickets (id, number, title, summary, status, medium, urgency, requester_name, opened_by, opened_at, owner_id, owner_name, waiting)
  values ('00000000-0000-4000-8000-000000000018', nextval('ticket_number'), 'Prise muette', '', 'waiting', 'phone', 'normal', '', 'paul', now(), 'paul', 'Paul Roux',
    '{"since": "2026-11-23T09:00:00.000Z", "what": {"for": "user", "remindAt": null}}');
insert into ticket_journal (ticket_id, at, by_id, by_name, kind, detail) values ('00000000-0000-4000-8000-000000000018', now(), 'paul', 'Paul Roux', 'waiting', '{"waiting": {"for": "user", "remindAt": null}}');
insert into ticket_texts (entry_id, text) select max(id), 'Quel bureau ?' from ticket_journal;
