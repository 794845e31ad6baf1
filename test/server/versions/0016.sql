insert into password_links values ('h', 'paul', now() + interval '1 day');
