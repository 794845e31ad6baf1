-- Whoever stands before somebody shows a card: sure of who asks without any code.
alter table identity_checks
  add column means text not null default 'code' check (means in ('code', 'card')),
  alter column sent_to drop not null,
  add check ((means = 'code') = (sent_to is not null)),
  add check (means = 'code' or outcome is not distinct from 'verified');
