-- view twice
create table a (id int primary key);
create table b (id int primary key, a int references a);
create view v as select a as x, a as y, id from b;
create view w as select id as p, id as q from a;
create view j as select b.id, b.a, a.id as aid from b join a on a.id = b.a;
