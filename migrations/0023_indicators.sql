-- One line per call that is over, and each operator's states: what indicators are counted from. Both are told by the facts alone.
create table call_figures (
  call_id text primary key,
  direction text not null check (direction in ('in', 'out')),
  arrived_at timestamptz not null,
  -- Met the closed message without ever having waited or rung.
  closed boolean not null,
  answered boolean not null,
  abandoned boolean not null,
  -- From the arrival to the answer, or to the end of waiting.
  wait_ms integer not null,
  talk_ms integer not null,
  hold_ms integer not null,
  holds integer not null,
  misses integer not null,
  transfers integer not null,
  extended integer not null,
  capped boolean not null,
  alarmed boolean not null,
  message boolean not null,
  kept boolean not null,
  reached boolean not null,
  operator_id text
);
create index call_figures_arrival on call_figures (arrived_at);
-- A call's facts, in order: its line is drawn when it is over.
create index facts_call on facts ((body ->> 'callId'), at) where body ? 'callId';

-- The same, summed up by the half hour of arrival (half, since not every zone is whole hours away): a year is some thousand lines.
create table call_halves (
  half timestamptz not null,
  -- Who answered; empty: nobody.
  operator_id text not null,
  offered integer not null,
  after_hours integer not null,
  answered integer not null,
  answered_in_time integer not null,
  abandoned integer not null,
  short_abandoned integer not null,
  answered_wait_ms bigint not null,
  abandoned_wait_ms bigint not null,
  talk_ms bigint not null,
  hold_ms bigint not null,
  held integer not null,
  transferred integer not null,
  capped integer not null,
  extended integer not null,
  missed integer not null,
  alarmed integer not null,
  messages integer not null,
  kept integer not null,
  reached integer not null,
  placed_out integer not null,
  -- Answered and abandoned calls by how long they waited: the bounds of indicators/tallies.ts.
  answered_waits integer[] not null,
  abandoned_waits integer[] not null,
  primary key (half, operator_id)
);
create function sum_each(a integer[], b integer[]) returns integer[] language sql immutable parallel safe as
  $$ select array_agg(coalesce(x, 0) + coalesce(y, 0) order by i) from unnest(a, b) with ordinality as both_of (x, y, i) $$;

create table operator_spans (
  id bigint generated always as identity primary key,
  operator_id text not null,
  state text not null check (state in ('ready', 'talking', 'wrap-up', 'paused', 'front-desk', 'offline')),
  call_id text,
  -- What the operator asked to come after the conversation.
  next text,
  from_at timestamptz not null,
  to_at timestamptz,
  unique (operator_id, from_at, state)
);
create unique index operator_spans_open on operator_spans (operator_id) where to_at is null;
-- States that are over, summed up by the half hour in which they began.
create table operator_halves (
  half timestamptz not null,
  operator_id text not null,
  ready_ms bigint not null,
  talking_ms bigint not null,
  wrap_up_ms bigint not null,
  wrap_ups integer not null,
  primary key (half, operator_id)
);
create index tickets_opened on tickets (opened_at);
create index tickets_closed on tickets (closed_at) where closed_at is not null;
