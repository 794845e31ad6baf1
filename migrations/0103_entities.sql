-- Entities partition the university: a person belongs to one by the settings' rules, a ticket by its requester, and each is delegated to
-- groups. A site without any has the whole, « root », and sees nothing of it.
alter table people add column entity_id text not null default 'root';
alter table tickets add column entity_id text not null default 'root';
create index people_entity on people (entity_id) where entity_id <> 'root';
create index tickets_entity on tickets (entity_id, number desc) where entity_id <> 'root';

-- Which groups an entity is delegated to, those above it included: follows the settings.
create table entity_groups (
  group_id text not null references groups (id) on delete cascade,
  entity_id text not null,
  primary key (group_id, entity_id)
);

insert into ticket_journal_kinds (kind) values ('entity');
