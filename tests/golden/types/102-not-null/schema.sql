-- not null
create table t (id int primary key, a json not null, b jsonb not null default '{}', c text not null default '', d text[] not null, e int[][] , f uuid not null default gen_random_uuid());
