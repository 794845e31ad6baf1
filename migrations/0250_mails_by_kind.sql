-- Which of the texts a mail about a ticket was, so that what failed and still matters is known when its address is mended.
alter table outbox add column kind text;
