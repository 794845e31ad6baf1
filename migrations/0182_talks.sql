-- Conversations under way on a ticket: that its requester waits on the page for a written answer. What is said is in the journal alone.
create table ticket_talks (
  ticket_id uuid primary key references tickets (id) on delete cascade,
  since timestamptz not null,
  ended_at timestamptz
);
create index ticket_talks_open on ticket_talks (since) where ended_at is null;

-- A mail that is not sent when its reader has seen on the page what it says.
alter table outbox add column unless_read boolean not null default false;
