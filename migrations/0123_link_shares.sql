-- What goes from the ticket that a link leads to, to the requester of the one that it comes from.
alter table ticket_links add column shares text not null default 'nothing' check (shares in ('nothing', 'messages'));
