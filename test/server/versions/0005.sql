insert into promises (call_id, at, position, low_ms, high_ms) values ('c1', now(), 1, 60000, 120000);
