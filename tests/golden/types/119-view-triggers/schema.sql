-- view triggers
create table t (id int primary key, a text);
create view v as select id, a || 'x' as b from t group by 1, 2;
create function tr() returns trigger language plpgsql as 'begin return new;
end';
create trigger i instead of insert on v for each row execute function tr();
