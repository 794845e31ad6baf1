insert into group_versions values ('dsrt', 1, '{}', now(), 'paul', 'Paul Roux');
insert into absences values (gen_random_uuid(), 'paul', '2026-11-24', '2026-11-25', null, 'Paul Roux');
