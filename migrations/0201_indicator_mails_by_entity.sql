-- Indicators of one entity by mail: whoever ordered them must still be told of it when they go out.
alter table indicator_mails add column entity_id text, add column by_id text;
