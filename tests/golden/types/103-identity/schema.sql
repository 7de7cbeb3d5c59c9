-- identity
create table t (a int generated always as identity primary key, b int, c int generated always as (b * 2) stored, d serial);
