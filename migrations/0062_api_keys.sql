-- Keys by which programs call the interface in their own name. Only a hash of a key is kept.
create table api_keys (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- Its first letters, by which it is told from the others.
  hint text not null,
  key_hash text not null unique,
  role text not null check (role in ('operator', 'supervisor')),
  -- Null: whatever this role may read.
  routes text[],
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  last_address text,
  revoked_at timestamptz,
  revoked_by text
);
