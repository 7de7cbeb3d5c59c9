-- matviews
create table t (id int primary key, a text);
create materialized view mv as select id, a from t;
create function f() returns setof mv language sql as 'select * from mv';
create function g(x mv) returns int language sql as 'select 1';
