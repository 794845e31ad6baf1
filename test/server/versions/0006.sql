insert into drafts values ('k1', 'c1', 'paul', 'Paul Roux', 1, now(), now(), '{}');
insert into ticket_claims values ('00000000-0000-4000-8000-000000000001', 'paul', 'Paul Roux', now());
insert into transcripts values ('m1', now(), 'machine', 'Bonjour');
