insert into tickets (id, number, title, summary, status, medium, urgency, requester_name, opened_by, opened_at, status_since, touched_at, unconfirmed, asked)
  values ('00000000-0000-4000-8000-000000000045', nextval('ticket_number'), 'Clavier figé', '', 'pre-ticket', 'form', 'normal', '', 'Lou', now(), now(), now(), true, '{"qualification": "Autre", "place": null, "contact": null}');
insert into ticket_journal (ticket_id, at, by_id, by_name, kind, visibility) values ('00000000-0000-4000-8000-000000000045', now(), 'requester', 'Lou', 'opened', 'public');
insert into attachments (id, ticket_id, entry_id, hash, name, type, bytes, at, by_id)
  select '00000000-0000-4000-8000-000000000046', '00000000-0000-4000-8000-000000000045', max(id), repeat('a', 64), 'capture.png', 'image/png', 12, now(), 'requester' from ticket_journal;
