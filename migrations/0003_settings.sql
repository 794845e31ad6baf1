-- What the site decides for itself: every version of every domain, signed. The newest of a domain is in force.
create table settings_versions (
  domain text not null,
  version integer not null check (version > 0),
  value jsonb not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  primary key (domain, version)
);
create trigger settings_versions_append_only before update or delete or truncate on settings_versions
  for each statement execute function refuse_change();
