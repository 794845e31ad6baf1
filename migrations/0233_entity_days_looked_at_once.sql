-- The notes of changed days are read once for an answer, not once for each day that is summed up: they are written and taken away all day
-- long, and what is taken away stays in the table for a while.
create or replace view call_entity_days_now as
  select d.* from call_entity_days d where (d.day, d.entity_id) not in (select c.day, c.entity_id from call_days_changed c)
  union all
  select n.* from (select array_agg(day) as days, array_agg(entity_id) as entities from call_days_changed) c
    cross join lateral count_entity_days(c.days, c.entities) n;
create or replace view operator_entity_days_now as
  select d.* from operator_entity_days d where (d.day, d.entity_id) not in (select c.day, c.entity_id from call_days_changed c)
  union all
  select n.* from (select array_agg(day) as days, array_agg(entity_id) as entities from call_days_changed) c
    cross join lateral count_operator_entity_days(c.days, c.entities) n;
