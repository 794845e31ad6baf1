insert into people (id, name, email, phones, affiliation, source) values ('directory:zoe', 'Zoé Müller', 'zoe@univ.example', '{+33561000001}', 'staff', 'directory');
insert into accounts (id, login, name, role, extension, groups) values ('paul', 'paul', 'Paul Roux', 'operator', '6199', '{dSRT}');
insert into sessions values ('h', 'paul', now(), now() + interval '1 hour');
insert into facts values ('old', 1, now(), 'call-arrived', '{"callId": "c1"}');
insert into calls (id, line, number, arrived_at, answered_at, ended_at, operator_id, outcome) values ('c1', 'guichet', '+33561000001', now(), now(), now(), 'paul', 'completed');
insert into messages (id, call_id, at, number, seconds, file) values ('m1', 'c2', now(), '+33561000002', 4.5, 'm1.wav'), ('m2', 'c3', now(), '+33561000002', 2, 'm2.wav');
insert into listened_sounds (at, account_id, message_id) values (now(), 'paul', 'm1');
insert into tickets (id, number, title, summary, status, medium, urgency, requester_name, call_id, opened_by, opened_at)
  values ('00000000-0000-4000-8000-000000000001', nextval('ticket_number'), 'Écran noir', 'Rien', 'in-progress', 'phone', 'normal', 'Zoé Müller', 'c1', 'paul', now());
insert into ticket_journal (ticket_id, at, by_id, by_name, kind, text) values ('00000000-0000-4000-8000-000000000001', now(), 'paul', 'Paul Roux', 'opened', 'Rien');
insert into outbox (id, at, ticket_id, to_address, subject, text, message_id, next_attempt_at)
  values (gen_random_uuid(), now(), '00000000-0000-4000-8000-000000000001', 'zoe@univ.example', 'Objet', 'Texte', '<1@x>', now());
