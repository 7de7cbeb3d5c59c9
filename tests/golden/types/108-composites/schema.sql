-- composites
create type pair as (a int, b text);
create type nest as (p pair, q pair[]);
create table t (x pair, y nest not null);
create function f(p pair) returns nest language sql as 'select null::nest';
