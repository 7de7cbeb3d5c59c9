-- view composite key
create table p (x int, y int, primary key (x, y));
create table c (id int primary key, x int, y int, foreign key (x, y) references p);
create view v as select id, x, y from c;
create view half as select id, x from c;
create view vp as select y, x from p;
