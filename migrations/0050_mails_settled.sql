-- Who said what became of a mail whose arrival was uncertain, or had it sent again.
alter table outbox
  add column settled_by text,
  add column settled_name text,
  add column settled_at timestamptz;
