-- Other programs told of what happens here. Secrets are encrypted with a key that is not in the database.
create table webhooks (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  url text not null,
  secret text not null,
  events text[] not null,
  active boolean not null,
  created_at timestamptz not null,
  created_by text not null
);

-- What is owed to each, written in the transaction of what happened; the body is frozen then, so that every try says the same.
create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references webhooks (id) on delete cascade,
  event text not null,
  body jsonb not null,
  at timestamptz not null default now(),
  -- `sending` until `next_attempt_at`: a try that a kill cut short is taken up again after it.
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_at timestamptz,
  last_status integer,
  last_error text,
  took_ms integer
);
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where state in ('pending', 'sending');
create index webhook_deliveries_of on webhook_deliveries (webhook_id, at desc);

create function tell_of_ticket() returns trigger language plpgsql as $$
declare
  what text := case new.kind when 'opened' then 'ticket.opened' when 'closed' then 'ticket.closed' else 'ticket.changed' end;
begin
  if new.kind in ('mail', 'reminded') then return null; end if;
  insert into webhook_deliveries (webhook_id, event, body)
  select w.id, what, jsonb_build_object(
    'event', what, 'at', to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', new.by_name, 'change', new.kind,
    'ticket', jsonb_build_object('number', t.number, 'title', t.title, 'status', t.status, 'urgency', t.urgency))
  from webhooks w, tickets t
  where w.active and what = any (w.events) and t.id = new.ticket_id;
  return null;
end
$$;
create trigger ticket_journal_webhooks after insert on ticket_journal for each row execute function tell_of_ticket();

create function tell_of_missed_call() returns trigger language plpgsql as $$
begin
  if new.kind not in ('abandoned', 'closed', 'cut') then return null; end if;
  insert into webhook_deliveries (webhook_id, event, body)
  select w.id, 'call.missed', jsonb_build_object(
    'event', 'call.missed', 'at', to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'call', jsonb_build_object('id', new.call_id, 'number', o.number, 'why', new.kind, 'seconds', new.seconds))
  from webhooks w, owed o
  where w.active and 'call.missed' = any (w.events) and o.id = new.entry_id;
  return null;
end
$$;
create trigger owed_origins_webhooks after insert on owed_origins for each row execute function tell_of_missed_call();
