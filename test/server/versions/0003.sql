insert into settings_versions values ('desk', 1, '{}', now(), 'paul', 'Paul Roux');
