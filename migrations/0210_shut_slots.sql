-- A half hour that was promised and at which the desk turns out to be closed: since when that is known, and when whoever chose it was told.
-- Both go when the desk is open then after all.
alter table callback_slots add column shut_at timestamptz, add column shut_told_at timestamptz;
