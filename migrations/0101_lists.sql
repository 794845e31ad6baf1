-- Where tickets were sent by redirections, for whoever keeps the list of a group.
create index ticket_journal_groups on ticket_journal ((detail #>> '{group,id}'), at) where kind in ('redirected', 'given-back');
