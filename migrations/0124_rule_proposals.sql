-- Proposed rules of redirection that somebody decided not to take, by what they would change.
create table rule_refusals (
  id text primary key,
  at timestamptz not null,
  by_id text not null,
  by_name text not null
);
