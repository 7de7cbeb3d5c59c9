-- t02 hidden views between
create schema t02; create schema t02hidden;
create table t02.a (id int primary key, up int references t02.a);
create view t02hidden.mid as select * from t02.a;
create view t02.top as select * from t02hidden.mid;
create view t02.top2 as select * from t02.top;
create table t02hidden.b (id int primary key, a int references t02.a);
create view t02.hb as select * from t02hidden.b;
-- t03 names of schemas that SQL has to quote
create schema "user"; create schema "order"; create schema "Mixed"; create schema "we""ird"; create schema "it's"; create schema "1st"; create schema "a b"; create schema "dash-ed"; create schema "with.dot";
create table "user".t (id int primary key, up int references "user".t); create view "user".v as select * from "user".t;
create table "Mixed".t (id int primary key, up int unique references "Mixed".t, o int references "user".t); create view "Mixed".v as select * from "Mixed".t; create view "Mixed".vu as select * from "user".t;
create type "we""ird"."e""n" as enum ('a"b'); create table "we""ird"."t""t" (id int primary key, e "we""ird"."e""n" not null default 'a"b', up int references "we""ird"."t""t");
create type "it's"."c's" as (a "we""ird"."e""n", b "Mixed".t); create function "it's".f(a "it's"."c's") returns setof "it's"."c's" language sql as 'select a';
create table "1st".t as select 1 as id; create table "dash-ed"."t-t" (id int primary key); create table "with.dot"."t.t" (id int primary key, up int references "with.dot"."t.t");
-- t04 keys of one name
create schema t04; create table t04.u (id int primary key, code text unique);
create table t04.a (u int constraint fk_user references t04.u (id)); create table t04.b (u text constraint fk_user references t04.u (code)); create table t04.c (u int constraint fk_user references t04.u (id));
create view t04.uv as select id, code from t04.u;
create view t04.av as select * from t04.a;
-- t05 keys to and from partitioned tables and their views
create schema t05; create table t05.p (id int, k int, primary key (id, k)) partition by list (k);
create table t05.p1 partition of t05.p for values in (1); create table t05.p2 partition of t05.p for values in (2);
create table t05.c (id int, k int, foreign key (id, k) references t05.p); create table t05.d (id int, k int, foreign key (id, k) references t05.p1);
create view t05.v as select * from t05.p; create view t05.v1 as select * from t05.p1; create view t05.cv as select * from t05.c;
-- t06 supabase like: auth, storage
create schema auth; create table auth.users (id uuid primary key default gen_random_uuid(), email text unique, raw_user_meta_data jsonb);
create function auth.uid() returns uuid language sql stable as 'select null::uuid';
create schema t06; create table t06.profiles (id uuid primary key references auth.users on delete cascade, username text unique, avatar_url text, created_at timestamptz not null default now(), constraint len check (char_length(username) >= 3));
create view t06.me with (security_invoker) as select p.*, u.email from t06.profiles p join auth.users u using (id);
create function t06.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as 'begin return new; end';
create trigger on_auth after insert on auth.users for each row execute function t06.handle_new_user();
create function t06.custom_access_token_hook(event jsonb) returns jsonb language sql stable as 'select event';
-- t07 overload conflicts
create schema t07; set search_path = t07;
create table r (id int primary key, n text);
create function f() returns int language sql as 'select 1'; create function f(text default 'x') returns text language sql as 'select $1';
create function g(a int) returns int language sql as 'select 1'; create function g(a text) returns text language sql as 'select a'; create function g(a text, b int) returns text language sql as 'select a';
create function h(r) returns int language sql as 'select 1'; create function h(a int) returns int language sql as 'select 1';
create function i(x r) returns r language sql as 'select x'; create function i(x r, y int) returns setof r language sql as 'select x';
create function j(json) returns int language sql as 'select 1'; create function j(jsonb) returns int language sql as 'select 1'; create function j() returns int language sql as 'select 1';
create function k(variadic a text[] default '{}') returns text language sql as 'select null::text';
create function l(inout r) language sql as 'select $1';
create function m(out r) language sql as 'select null::t07.r';
create function n(out a r, out b r[]) language sql as 'select null::t07.r, null::t07.r[]';
create function o(a r default null, b r[] default '{}') returns r[] language sql as 'select b';
create function p(in a int, out a2 int, inout c int, variadic d int[]) language sql as 'select 1, 1';
-- t08 functions with hidden types
create schema t08; create schema t08hidden; create type t08hidden.c as (a int, b text); create type t08hidden.e8 as enum ('m', 'n'); create domain t08hidden.d as int; create table t08hidden.tt (id int);
create function t08.a(x t08hidden.c, y t08hidden.c[], z t08hidden.e8[], d t08hidden.d) returns setof t08hidden.c language sql as 'select x';
create function t08.b() returns table (x t08hidden.c, y t08hidden.e8, z t08hidden.e8[], w t08hidden.tt) language sql as 'select null::t08hidden.c, null::t08hidden.e8, null::t08hidden.e8[], null::t08hidden.tt';
create function t08.c(t08hidden.tt) returns int language sql as 'select 1';
create table t08.t (c t08hidden.c, cc t08hidden.c[], e t08hidden.e8 not null default 'm', ee t08hidden.e8[] not null, d t08hidden.d not null, w t08hidden.tt);
create type t08.comp as (e t08hidden.e8, ee t08hidden.e8[], d t08hidden.d, w t08hidden.tt);
create view t08.v as select * from t08.t;
-- t09 not valid keys, deferrable, dropped and added columns, self one-to-one
create schema t09; set search_path = t09;
create table a (id int primary key, x int, y int, unique (x, y), unique (y));
create table b (p int, q int, gone int, r int); alter table b drop gone; alter table b add s int;
alter table b add constraint nv foreign key (r) references a not valid; alter table b add constraint xy foreign key (s, r) references a (x, y); alter table b add unique (r, s); alter table b add constraint yy foreign key (q) references a (y) deferrable initially deferred; alter table b add primary key (q);
create view bv as select r as s, s as r, q from b; create view av as select y, x, id from a; create view av2 as select y as y1, y as y2, x from a;
-- t10 temporary objects are not there
create schema t10; create temp table tmp (id int); create table t10.t (id int); create temp view tv as select * from t10.t;
-- t11 views that hide or rename
create schema t11; set search_path = t11; create table t (id int primary key, "Weird Col" text not null, up int references t);
create view a as select id as "ID", "Weird Col" as wc, up as "Up P" from t; create view b (a, b, c) as table t; create view c as select t.*, t as whole from t; create view d as select up from t group by up; create view e as select max(up) as up, id from t group by id; create view f as select up from t order by 1 limit 1; create view g as select case when true then up end as up from t; create view h as select (select up from t limit 1) as up; create view i as select up from t window w as (); create view j as values (1, 'a'); create view k as select x.up from (select up from t limit 3) x; create view l as select up from t except select 1; create view m as select v.* from (values (1)) v (up); create view n as select f.up from generate_series(1, 3) f (up);
create view o as with q as materialized (select up, id from t) select * from q; create view p as select t.* from t join t t2 using (id); 
create view r as select json_agg(t) as j, array_agg(id) as ids, to_jsonb(t.*) as jb from t group by t.*;
-- t12 rls with grants to other roles are no types; event triggers, policies, publications
create schema t12; create table t12.t (id int generated always as identity (start 3) primary key, s smallserial, b bigserial not null);
create function t12.et() returns event_trigger language plpgsql as 'begin end';
