-- What the desk knows, written down. The index that articles stand under is a setting; what an article said, each time, stays.
create extension if not exists fuzzystrmatch;

create table articles (
  id uuid primary key,
  number integer generated always as identity unique,
  topic_id text,
  title text not null check (length(title) between 1 and 200),
  -- HTML, cleaned before it is written here.
  body text not null,
  -- What the body says, without its tags.
  words text not null,
  keywords text not null default '',
  state text not null check (state in ('draft', 'staff', 'public')),
  review_on date,
  -- The day of review that somebody was already reminded of.
  reminded_for date,
  version integer not null,
  author_id text not null,
  author_name text not null,
  by_name text not null,
  from_ticket integer,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- « Wi-Fi » is found as « wifi » too.
  search tsvector generated always as (
    setweight(to_tsvector('public.french_plain'::regconfig, title || ' ' || replace(title, '-', '')), 'A') ||
    setweight(to_tsvector('public.french_plain'::regconfig, keywords || ' ' || replace(keywords, '-', '')), 'B') ||
    setweight(to_tsvector('public.french_plain'::regconfig, words || ' ' || replace(words, '-', '')), 'D')
  ) stored
);
create index articles_search on articles using gin (search);
create index articles_review on articles (review_on) where state <> 'draft';

create table article_versions (
  article_id uuid not null references articles (id),
  version integer not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  what text not null check (what in ('created', 'changed', 'reviewed', 'restored')),
  content jsonb not null,
  primary key (article_id, version)
);
create trigger article_versions_append_only before update or delete or truncate on article_versions for each statement execute function refuse_change();

-- The words that articles are made of: what a mistyped one is compared with.
create table article_words (
  article_id uuid not null references articles (id),
  word text not null,
  primary key (article_id, word)
);

-- « Cela vous a-t-il aidé ? », counted by day: nobody is told apart.
create table article_opinions (
  article_id uuid not null references articles (id),
  day date not null,
  helped integer not null default 0,
  not_helped integer not null default 0,
  read integer not null default 0,
  primary key (article_id, day)
);
