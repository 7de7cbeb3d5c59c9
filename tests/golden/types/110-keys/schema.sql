-- keys
create table a (id int primary key, code text unique);
create table b (id int primary key references a, code text references a(code), a1 int references a(id), a2 int references a(id));

