-- Which tickets somebody has written in, was named in, or whose group had them: looked up, where the whole journal was read through.
create index ticket_journal_by on ticket_journal (by_id, ticket_id);
create index ticket_journal_group on ticket_journal ((detail -> 'group' ->> 'id'), ticket_id) where (detail -> 'group' ->> 'id') is not null;
create index ticket_journal_mentions on ticket_journal using gin ((detail -> 'mentions') jsonb_path_ops) where detail ? 'mentions';
analyze ticket_journal;
