-- set functions
create table t (id int primary key, a text, j json not null);
create function all_t() returns setof t language sql as 'select * from t';
create function one_t() returns t language sql as 'select * from t';
create function first_t() returns setof t rows 1 language sql as 'select * from t';
create function ids() returns setof int language sql as 'select 1';
create function tab(x int) returns table (id int, name text, n int[]) language sql as $$select 1, '', '{}'::int[]$$;
create function one_tab() returns table (id int) rows 1 language sql as 'select 1';
