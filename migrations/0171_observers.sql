-- Who watches a ticket: an account, or a person of the directory. Each coming and going is in the ticket's journal; this is who does now.
create table ticket_observers (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  account_id text references accounts (id) on delete cascade,
  person_id text references people (id) on delete cascade,
  name text not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  check (num_nonnulls(account_id, person_id) = 1)
);
create unique index ticket_observers_account on ticket_observers (account_id, ticket_id) where account_id is not null;
create unique index ticket_observers_person on ticket_observers (person_id, ticket_id) where person_id is not null;
create index ticket_observers_ticket on ticket_observers (ticket_id);

insert into ticket_journal_kinds (kind) values ('observer');
