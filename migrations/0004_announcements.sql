-- What the desk line says: every version that the site made of an announcement. Version 1 is the text the service brings, and has no row.
create table announcement_versions (
  name text not null,
  language text not null check (language in ('fr', 'en')),
  number integer not null check (number > 1),
  kind text not null check (kind in ('text', 'upload', 'phone')),
  -- Of its content: the same content is the same version.
  address text not null,
  text text,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  primary key (name, language, number),
  unique (name, language, address),
  check ((kind = 'text') = (text is not null))
);
create trigger announcement_versions_append_only before update or delete or truncate on announcement_versions
  for each statement execute function refuse_change();

-- Which version was put in force, when and by whom; the last one of a side is what callers hear.
create table announcement_choices (
  id bigint generated always as identity primary key,
  name text not null,
  language text not null check (language in ('fr', 'en')),
  number integer not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null
);
create index announcement_choices_side on announcement_choices (name, language, id desc);
create trigger announcement_choices_append_only before update or delete or truncate on announcement_choices
  for each statement execute function refuse_change();
