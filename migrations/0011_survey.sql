-- Who was asked the one question after the call, and the key they answered by.
alter table calls add column asked_at timestamptz;
alter table calls add column rating smallint check (rating between 1 and 5);
create index calls_asked on calls (asked_at) where asked_at is not null;
