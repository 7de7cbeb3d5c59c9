-- same names
create schema api;
create type public.kind as enum ('a');
create type api.kind as enum ('b');
create table public.t (k public.kind, l api.kind);
create table api.t (k public.kind, l api.kind);
create function api.f(x public.kind) returns api.kind language sql as 'select null::api.kind';
