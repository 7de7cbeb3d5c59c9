-- view keys
create table a (id int primary key, n text);
create table b (id int primary key, a_id int not null references a, u int unique references a);
create view va as select id, n from a;
create view vb as select id as b_id, a_id, u from b;
create view vvb as select b_id, a_id from vb;
create view sub as select * from (select a_id from b) s;
create view cte as with x as (select id, a_id from b) select * from x;
create view un as select a_id from b union select id from a;
