-- defaults
create table t (a int not null default 1, b int default null, c timestamptz default now(), d text not null, e boolean not null default false, f text default 'x' not null);
