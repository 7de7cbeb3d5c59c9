-- view base left out
create schema private;
create table private.a (id int primary key);
create table private.b (id int primary key, a int references private.a);
create view a as select * from private.a;
create view b as select * from private.b;
