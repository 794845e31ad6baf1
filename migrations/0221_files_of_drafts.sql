-- Files brought for a ticket that is being written: they wait as long as its draft names them, and go to whoever writes it in the end.
alter table attachments add column draft_key text;
