-- The words that tickets are made of: what a mistyped one is compared with. Of whom, and in which ticket, it does not say; a word that was in
-- erased tickets alone goes with them.
create table ticket_words (word text primary key);
create index ticket_words_near on ticket_words using gin (word gin_trgm_ops);
create index ticket_words_begin on ticket_words (word text_pattern_ops);

create function words_of_ticket(title text, summary text, requester_name text, solution text) returns setof text
  language sql immutable parallel safe as $$
    select distinct w
    from regexp_split_to_table(public.plain(title || ' ' || left(summary, 4000) || ' ' || requester_name || ' ' || coalesce(solution, '')), '[^[:alnum:]]+') w
    where length(w) between 4 and 40 and w !~ '[0-9]'
  $$;

create function learn_ticket_words() returns trigger language plpgsql as $$
begin
  insert into ticket_words
    select w from words_of_ticket(new.title, new.summary, new.requester_name, new.solution) w
    where not exists (select 1 from ticket_words known where known.word = w) order by w
    on conflict do nothing;
  return null;
end
$$;
-- At the end of the transaction, so that two that learn the same word hardly wait for each other.
create constraint trigger tickets_words after insert on tickets deferrable initially deferred
  for each row execute function learn_ticket_words();
create constraint trigger tickets_words_changed after update of title, summary, requester_name, solution on tickets deferrable initially deferred
  for each row when (new.erased_at is null and (old.title, old.summary, old.requester_name, old.solution)
    is distinct from (new.title, new.summary, new.requester_name, new.solution))
  execute function learn_ticket_words();

insert into ticket_words
  select distinct w from tickets, words_of_ticket(title, summary, requester_name, solution) w where erased_at is null;
