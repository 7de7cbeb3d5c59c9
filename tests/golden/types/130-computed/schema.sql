-- computed
create table t (id int primary key, a text);
create view v as select id from t;
create function full_name(t) returns text language sql as $$select ''$$;
create function tags(r t) returns text[] language sql as $$select '{}'::text[]$$;
create function self(t) returns setof t language sql as 'select $1';
create function vf(v) returns int language sql as 'select 1';
create function id(t) returns int language sql as 'select 1';
