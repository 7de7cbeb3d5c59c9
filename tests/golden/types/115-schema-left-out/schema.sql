-- schema left out
create schema private;
create type private.secret as enum ('x', 'y');
create type private.comp as (a int);
create table private.p (id int primary key);
create table t (a private.secret, b private.comp, c int references private.p, d private.secret[]);
create function f() returns setof private.secret language sql as 'select null::private.secret';
