-- What a ticket is sorted by: ids of the settings' categories; `nature` stays the name as it was that day.
alter table tickets
  add column category_id text,
  add column place_id text,
  add column impact text not null default 'low' check (impact in ('low', 'normal', 'high')),
  add column priority smallint not null default 4 check (priority between 1 and 5);
update tickets set priority = case urgency when 'high' then 3 when 'normal' then 4 else 5 end;

-- Tickets that were being written.
update drafts set content = content - 'nature' || '{"categoryId": null, "placeId": null, "impact": "low"}';
