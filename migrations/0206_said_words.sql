-- The words of contributions are searched with those of the ticket: one column and one index, so that several words, some of them in the
-- title and others in a note, are still met by one look into the index. Weight D tells what was added from what the ticket itself says.
-- Whoever is shown a ticket in a list reads its whole journal, internal lines too: the list's own scope is the only right there is to hold.
create function is_said(kind text) returns boolean
  language sql immutable parallel safe as $$ select kind not in ('opened', 'mail', 'observer', 'reminded') $$;

-- Far below the megabyte that a tsvector may hold: a ticket is never refused because it is long, its last words are not searched.
create function said_words(value text) returns tsvector
  language sql immutable parallel safe as $$ select to_tsvector('public.french_plain'::regconfig, left(coalesce(value, ''), 200000)) $$;

alter table tickets add column said tsvector not null default '';
alter table tickets disable trigger user;
update tickets t set said = s.words
  from (select j.ticket_id, said_words(string_agg(x.text, ' ' order by j.id)) words
    from ticket_journal j join ticket_texts x on x.entry_id = j.id where is_said(j.kind) and x.text is not null group by 1) s
  where s.ticket_id = t.id;
alter table tickets enable trigger user;

alter table tickets drop column search;
alter table tickets add column search tsvector generated always as (
  setweight(to_tsvector('public.french_plain'::regconfig, title), 'A') ||
  setweight(to_tsvector('public.french_plain'::regconfig, summary), 'B') ||
  setweight(to_tsvector('public.french_plain'::regconfig, requester_name), 'B') ||
  setweight(to_tsvector('public.french_plain'::regconfig, coalesce(solution, '')), 'C') ||
  said) stored;
create index tickets_search on tickets using gin (search);

create function keep_said_words() returns trigger language plpgsql as $$
begin
  update tickets t set said = t.said || s.words
    from (select j.ticket_id, said_words(string_agg(c.text, ' ' order by j.id)) words
      from changed c join ticket_journal j on j.id = c.entry_id where is_said(j.kind) and c.text is not null group by 1) s
    where s.ticket_id = t.id and length(t.said) < 20000;
  return null;
end
$$;
create trigger ticket_texts_said after insert on ticket_texts referencing new table as changed
  for each statement execute function keep_said_words();

create function forget_said_words() returns trigger language plpgsql as $$
begin
  update tickets t set said = coalesce((
      select said_words(string_agg(x.text, ' ' order by j.id)) from ticket_journal j join ticket_texts x on x.entry_id = j.id
      where j.ticket_id = t.id and is_said(j.kind) and x.text is not null), '')
    where t.said <> '' and t.id in (select j.ticket_id from changed c join ticket_journal j on j.id = c.entry_id where is_said(j.kind));
  return null;
end
$$;
create trigger ticket_texts_forgotten after update on ticket_texts referencing new table as changed
  for each statement execute function forget_said_words();

-- A mistyped word is compared with these too.
create function learn_said_words() returns trigger language plpgsql as $$
begin
  insert into ticket_words
    select w from words_of_ticket('', new.text, '', '') w
    where exists (select 1 from ticket_journal j where j.id = new.entry_id and is_said(j.kind))
      and not exists (select 1 from ticket_words known where known.word = w) order by w
    on conflict do nothing;
  return null;
end
$$;
create constraint trigger ticket_texts_words after insert on ticket_texts deferrable initially deferred
  for each row when (new.text is not null) execute function learn_said_words();

insert into ticket_words
  select distinct w from ticket_journal j join ticket_texts x on x.entry_id = j.id, words_of_ticket('', x.text, '', '') w
  where is_said(j.kind) and x.text is not null
  on conflict do nothing;
