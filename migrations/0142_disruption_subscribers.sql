-- Whoever is written to about disruptions: an address counts once its link was opened and confirmed.
create table disruption_subscribers (
  id text primary key check (id ~ '^[a-z2-7]{8}$'),
  email text not null,
  language text not null check (language in ('fr', 'en')),
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  left_at timestamptz
);
create unique index disruption_subscribers_one on disruption_subscribers (lower(email)) where left_at is null;

-- Up to which version of each disruption it was judged whether subscribers are told, and which version they were told of last.
create table disruption_told (
  disruption_id uuid primary key references disruptions (id),
  judged integer not null,
  said integer,
  at timestamptz not null
);
insert into disruption_told (disruption_id, judged, at) select id, version, now() from disruptions;
