-- Days that sample callers play to operators, in a desk of samples alone: the calls of each, and what was made of them.
create table training_days (
  id uuid primary key,
  script text not null,
  started_at timestamptz not null,
  started_by text not null,
  state jsonb not null,
  ended_at timestamptz,
  debrief jsonb
);
create unique index training_days_one on training_days ((true)) where ended_at is null;
