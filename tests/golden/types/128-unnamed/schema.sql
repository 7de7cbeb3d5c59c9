-- unnamed
create function j(json) returns int language sql as 'select 1';
create function jb(jsonb) returns int language sql as 'select 1';
create function tx(text) returns int language sql as 'select 1';
create function i(int) returns int language sql as 'select 1';
create function two(int, int) returns int language sql as 'select 1';
create function mixed(a int, text default 'x') returns int language sql as 'select 1';
