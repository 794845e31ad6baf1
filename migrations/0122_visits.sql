-- Visits on site, as they stand; each step is in the ticket's journal. `sequence` counts what invitations said (RFC 5546).
create table visits (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  place text not null,
  note text not null,
  visitor_id text not null,
  visitor_name text not null,
  state text not null check (state in ('planned', 'cancelled')),
  sequence integer not null default 0,
  -- What the requester's calendar answered.
  answer text check (answer in ('accepted', 'declined', 'tentative')),
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  check (starts_at < ends_at)
);
create index visits_ticket on visits (ticket_id);
create index visits_visitor on visits (visitor_id, starts_at) where state = 'planned';

-- An invitation that goes with a mail: its method, and the calendar itself.
alter table outbox add column calendar jsonb;

insert into ticket_journal_kinds (kind) values ('visit') on conflict do nothing;
