-- rights
create table open (a int);
create table shut (a int);
revoke all on shut from public;
create view v as select * from shut;
create function f() returns int language sql as 'select 1';
revoke all on function f() from public;
