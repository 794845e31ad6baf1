-- Pictures of articles: kept as files are, and for as long as a version of an article shows them.
alter table attachments add column for_articles boolean not null default false;
alter table article_versions add column pictures uuid[] not null default '{}';
create index article_versions_pictures on article_versions using gin (pictures);
