insert into owed (id, number, first_at, last_at, due_at, priority) values ('00000000-0000-4000-8000-000000000002', '+33561000003', now(), now(), now(), true);
insert into owed_origins (call_id, entry_id, kind, at) values ('c4', '00000000-0000-4000-8000-000000000002', 'cut', now());
insert into owed_facts (entry_id, at, type, body) values ('00000000-0000-4000-8000-000000000002', now(), 'noted', '{}');
