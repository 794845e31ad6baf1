-- Level 2 contacted directly, beside the desk: a medium of its own.
alter table tickets drop constraint tickets_medium_check;
alter table tickets add constraint tickets_medium_check check (medium in ('phone', 'form', 'walk-in', 'level2', 'mail', 'message'));
