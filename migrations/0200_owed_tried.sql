-- When somebody first did something about an answer owed: whether it was in time is counted without reading its whole story.
alter table owed add column tried_at timestamptz;
update owed o set tried_at = f.at
from (select entry_id, min(at) as at from owed_facts where type in ('attempted', 'settled') group by 1) f where f.entry_id = o.id;
create index owed_first on owed (first_at);

create function owed_tried() returns trigger language plpgsql as $$
begin
  update owed set tried_at = least(tried_at, new.at) where id = new.entry_id;
  return null;
end
$$;
create trigger owed_facts_tried after insert on owed_facts for each row
  when (new.type in ('attempted', 'settled')) execute function owed_tried();
