-- Conversations that were recorded, one row a sound; sound and row go together when their days are over.
create table recordings (
  id text primary key,
  call_id text not null,
  kept_at timestamptz not null,
  seconds real not null,
  file text not null
);
create index recordings_call on recordings (call_id);
create index recordings_kept on recordings (kept_at);

-- Who had access to one; kept when the recording itself is gone.
create table recording_accesses (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id text not null,
  recording_id text not null,
  how text not null check (how in ('heard', 'downloaded'))
);
create index recording_accesses_of on recording_accesses (recording_id, id);
