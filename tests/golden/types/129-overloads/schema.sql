-- overloads
create function f() returns int language sql as 'select 1';
create function f(a int) returns int language sql as 'select 1';
create function f(a int, b text) returns text language sql as $$select ''$$;
create function f(c uuid) returns uuid language sql as 'select c';
create function g(a int) returns int language sql as 'select 1';
create function g(a text) returns int language sql as 'select 1';
create function h() returns int language sql as 'select 1';
create function h(text default 'x') returns int language sql as 'select 1';
