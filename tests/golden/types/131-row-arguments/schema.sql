-- row arguments
create table a (id int primary key);
create table b (id int primary key, a_id int references a);
create function bs(a) returns setof b language sql as 'select * from b where a_id = $1.id';
create function parent(b) returns setof a rows 1 language sql as 'select * from a';
create function named(x a, y int) returns int language sql as 'select 1';
create function arr(x a[]) returns a[] language sql as 'select x';
