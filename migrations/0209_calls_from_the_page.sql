-- Calls from the desk's own page told apart from those by a telephone, in figures and in lists of calls. Erased numbers and people change
-- nothing of it: the fact keeps that it came from the page.
alter table call_figures add column from_page boolean not null default false;
update call_figures f set from_page = true
from facts a where a.type = 'call-arrived' and a.body ? 'callId' and a.body ->> 'callId' = f.call_id and a.body ? 'page';
create index call_figures_from_page on call_figures (arrived_at) where from_page;
