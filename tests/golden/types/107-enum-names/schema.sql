-- enum names
create type "Weird Type" as enum ('a b', 'c''d', 'e"f', 'g\h', '');
create type empty_one as enum ();
create table t (a "Weird Type", b empty_one);
