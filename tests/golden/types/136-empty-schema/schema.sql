-- empty schema
create schema api;
create table t (a int);
