-- unique index
create table p (id int primary key);
create table c (a int references p, b int references p, d int references p);
create unique index on c (a);
create unique index on c (b) where b > 0;
alter table c add constraint u unique nulls not distinct (d);
