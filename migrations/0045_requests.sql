-- Requests that come from outside the staff: what their author said besides, and whether who sent them is known.
alter table tickets
  add column unconfirmed boolean not null default false,
  add column asked jsonb,
  add constraint tickets_unconfirmed check (not unconfirmed or status in ('pre-ticket', 'closed'));
create index tickets_to_confirm on tickets (number desc) where unconfirmed and status = 'pre-ticket';
-- Those that wait for a confirmation are in a tray of their own.
drop index tickets_to_take_up;
create index tickets_to_take_up on tickets (number desc) where status in ('pre-ticket', 'new') and not unconfirmed;

alter table ticket_journal drop constraint ticket_journal_kind_check;
alter table ticket_journal add constraint ticket_journal_kind_check check (kind in (
  'opened', 'confirmed', 'completed', 'taken-up', 'contribution', 'redirected', 'given-back', 'waiting', 'resumed', 'proposed', 'reminded',
  'refused', 'closed', 'reopened', 'mail'));

-- Files that came with a line of a ticket's journal. Their bytes are in a folder of their own, named after their content.
-- Without a line: brought, and not sent yet.
create table attachments (
  id uuid primary key,
  ticket_id uuid references tickets (id),
  entry_id bigint references ticket_journal (id),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  name text not null check (length(name) between 1 and 200),
  type text not null,
  bytes bigint not null check (bytes > 0),
  width integer,
  height integer,
  at timestamptz not null,
  by_id text not null,
  constraint attachments_placed check (entry_id is null or ticket_id is not null)
);
create index attachments_ticket on attachments (ticket_id) where ticket_id is not null;
create index attachments_hash on attachments (hash);
create index attachments_unsent on attachments (at) where entry_id is null;
