-- inheritance
create table base (id int not null, name text);
create table kid (extra int) inherits (base);
create unlogged table u (a int);
