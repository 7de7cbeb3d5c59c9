-- what extensions bring into public
create extension if not exists citext schema public;
create extension if not exists hstore schema public;
create extension if not exists pgcrypto schema public;
create extension if not exists "uuid-ossp" schema public;
create extension if not exists pg_trgm schema public;
create extension if not exists unaccent schema public;
create extension if not exists ltree schema public;
create extension if not exists intarray schema public;
create extension if not exists tablefunc schema public;
create extension if not exists pg_stat_statements schema public;
create extension if not exists cube schema public;
create extension if not exists earthdistance schema public;
create extension if not exists dblink schema public;
create extension if not exists isn schema public;
create extension if not exists fuzzystrmatch schema public;
create extension if not exists btree_gist schema public;
create extension if not exists pageinspect schema public;
