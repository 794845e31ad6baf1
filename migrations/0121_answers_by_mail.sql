-- A group says what it lacks: asked of the requester, or of level 1.
insert into ticket_journal_kinds (kind) values ('missing') on conflict do nothing;
