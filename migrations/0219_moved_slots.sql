-- When each reason to call back would be due by itself, so that one may be moved without the others; and, of a half hour promised at which
-- the desk turned out to be closed, when it opens again. Null: noted before, or not moved.
alter table owed_origins add column due_at timestamptz, add column reopens_at timestamptz;
update owed_origins g set due_at = c.ends_at from callback_slots c where g.call_id = 'slot-' || c.id;
