-- Which of two services drives the calls: one row, taken over by whoever changes the term it has seen.
create table driver (
  one boolean primary key default true check (one),
  term bigint not null,
  -- The node, and where the others ask whether it is alive.
  node text not null,
  url text not null,
  since timestamptz not null,
  beat_at timestamptz not null,
  -- It has stopped of its own accord: nobody needs to wait.
  released boolean not null default false
);

-- The desk line's state after one of its facts: what another service begins with, the facts that follow being in `facts`.
create table desk_snapshots (
  one boolean primary key default true check (one),
  epoch text not null,
  seq bigint not null,
  at timestamptz not null,
  state jsonb not null
);
