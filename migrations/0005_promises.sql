-- Each wait that was announced to a caller, and what happened: answered, or left the line (hung up, message, place kept, closing).
create table promises (
  call_id text not null,
  at timestamptz not null,
  position integer not null,
  low_ms integer not null,
  high_ms integer not null,
  outcome text check (outcome in ('answered', 'left')),
  after_ms integer,
  primary key (call_id, at),
  check ((outcome is null) = (after_ms is null))
);
create index promises_at on promises (at);
create index promises_open on promises (call_id) where outcome is null;
