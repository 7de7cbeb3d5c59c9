-- empty
create table nothing ();
create table one (a int);
comment on table one is 'x';
alter table one enable row level security;
create sequence s;
create index on one (a);
