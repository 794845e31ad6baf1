insert into announcement_versions values ('closed', 'fr', 2, 'text', 'abc', 'Fermé', now(), 'paul', 'Paul Roux');
insert into announcement_choices (name, language, number, at, by_id, by_name) values ('closed', 'fr', 2, now(), 'paul', 'Paul Roux');
