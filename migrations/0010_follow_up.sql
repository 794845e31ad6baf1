-- The ticket that a caller was told of and left a message about.
alter table calls add column about_ticket integer;

-- How far an answer owed that is late was taken: told to supervisors, then by mail. Given anew with each new due time.
alter table owed add column escalation text check (escalation in ('supervisors', 'mail'));
