-- Every voice message whose answer is settled is written of: a ticket that it became or joined, or a refusal. Those settled before are left as they are.
alter table messages add column traced_at timestamptz;
update messages set traced_at = settled_at where settled_at is not null;
create index messages_untraced on messages (at) where traced_at is null and settled_at is not null;
