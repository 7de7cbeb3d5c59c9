-- type names
create schema other;
create type other.text as (a int);
create domain other.vector as int[];
create type citext as enum ('x');
create table t (a other.text, b other.vector, c citext);
