-- self key
create table t (id int primary key, parent int references t, owner int references t (id) deferrable);
