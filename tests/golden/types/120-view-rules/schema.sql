-- view rules
create table t (id int primary key, a text);
create view v as select id, a, 1 as one from t;
create rule r as on insert to v do instead insert into t values (new.id, new.a);
create view w as select id from t;
create rule r2 as on update to w do instead nothing;
