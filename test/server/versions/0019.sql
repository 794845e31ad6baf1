insert into tickets (id, number, title, summary, status, medium, urgency, requester_name, opened_by, opened_at, status_since, touched_at)
  values ('00000000-0000-4000-8000-000000000019', nextval('ticket_number'), 'Clé perdue', '', 'new', 'form', 'normal', '', 'paul', now(), now(), now());
