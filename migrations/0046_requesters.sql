-- What somebody made with their address, before it was known whose it is.
create index tickets_requester_address on tickets (lower(requester_email)) where requester_person_id is null;
