-- cross schema
create schema api;
create table p (id int primary key);
create table api.c (id int primary key, p int references public.p);
create table api.d (c int references api.c);
