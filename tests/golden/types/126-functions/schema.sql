-- functions
create function nothing() returns int language sql as 'select 1';
create function one(a int) returns text language sql as $$select ''$$;
create function def(a int, b text default 'x', c int default 3) returns void language sql as '';
create function outs(out a int, out b text) language sql as $$select 1, ''$$;
create function inout_(inout a int) language sql as 'select a';
create function rec() returns record language sql as 'select 1, 2';
create function vari(variadic a int[]) returns int[] language sql as 'select a';
