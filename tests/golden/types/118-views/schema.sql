-- views
create table t (id int primary key, a text not null, b int default 3);
create view v1 as select * from t;
create view v2 as select id, upper(a) as a from t;
create view v3 as select count(*) as n from t;
create view v4 as select distinct a from t;
