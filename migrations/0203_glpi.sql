-- What opens the doors of the systems next door, each sealed with the address that it is for: of no use to another.
create table neighbour_secrets (
  neighbour text primary key,
  sealed text not null,
  by_name text not null,
  at timestamptz not null
);

-- Since when what happens to tickets is owed to GLPI; null: it is not.
create table glpi_owing (
  one boolean primary key default true check (one),
  since timestamptz,
  -- GLPI's own mark of the last change that was looked at, in its own time.
  seen text
);
insert into glpi_owing (since) values (null);

create table glpi_tickets (
  ticket_id uuid primary key references tickets (id),
  glpi_id bigint not null unique,
  -- What both sides agreed upon last, in GLPI's own words: whoever has changed since differs from it.
  agreed jsonb not null,
  at timestamptz not null
);

-- What was written in GLPI and has joined its ticket here, once.
create table glpi_items (
  itemtype text not null,
  item_id bigint not null,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  primary key (itemtype, item_id)
);

-- What is owed, written in the transaction of what happened; a ticket's lines go in their order.
create table glpi_outbox (
  id bigint generated always as identity primary key,
  ticket_id uuid not null references tickets (id),
  entry_id bigint not null unique references ticket_journal (id),
  kind text not null,
  at timestamptz not null default now(),
  -- `sending` until `next_attempt_at`: a try that a kill cut short is taken up again after it, and looks first whether it arrived.
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'dropped')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  settled_at timestamptz
);
create index glpi_outbox_due on glpi_outbox (ticket_id, id) where state in ('pending', 'sending');
create index glpi_outbox_failed on glpi_outbox (id desc) where state in ('failed', 'dropped');

create function owe_to_glpi() returns trigger language plpgsql as $$
begin
  -- What GLPI said itself is not told back.
  if new.by_id like 'glpi:%' or new.kind not in (
    'opened', 'confirmed', 'completed', 'taken-up', 'contribution', 'redirected', 'given-back', 'waiting', 'resumed', 'proposed', 'refused',
    'closed', 'reopened', 'undone', 'missing', 'shared') then
    return null;
  end if;
  insert into glpi_outbox (ticket_id, entry_id, kind) select new.ticket_id, new.id, new.kind from glpi_owing where since is not null;
  return null;
end
$$;
create trigger ticket_journal_glpi after insert on ticket_journal for each row execute function owe_to_glpi();
