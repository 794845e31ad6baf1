-- Who says what somebody's role is: the directory's groups, or those a provider of identities names at sign-in.
alter table accounts
  add column role_by text not null default 'directory' check (role_by in ('directory', 'provider'));
