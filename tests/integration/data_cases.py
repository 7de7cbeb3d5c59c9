"""Data that forbids a statement, or lets it through: (what the table is, its rows, the statement). {t} is a table of the case's own.

Nothing here says what will happen: the server is asked (test_preflight_agreement)."""

NULLS = [("c %s" % type, rows, "alter table {t} alter column c set not null")
         for type, rows in [
             ("int", "(1), (2)"), ("int", "(1), (null)"), ("text", "('')"), ("jsonb", "('null')"), ("jsonb", "(null)"), ("json", "(null), ('1')"),
             ("int[]", "(array[null]::int[])"), ("xml", "(null)"), ("point", "(null)"), ("{s}.pair", "(row(null, null)::{s}.pair)"),
             ("{s}.pair", "(null)"), ("{s}.short", "(null)"), ("{s}.color", "(null), ('red')"), ("numeric", "('NaN')"), ("int", "")]]

NEW_COLUMNS = [("c int", rows, "alter table {t} add column " + column)
               for rows, column in [
                   ("(1)", "d int not null"), ("", "d int not null"), ("(1)", "d int not null default 1"), ("(1)", "d serial"), ("(1)", "d serial not null"),
                   ("(1)", "d int generated always as identity"), ("(1)", "d uuid primary key"), ("", "d uuid primary key"), ("(1)", "d int"),
                   ("(1)", "d {s}.short not null"), ("(1)", "d {s}.filled not null"), ("(1)", "d text not null unique"), ("(null)", "d int references {s}.parents"),
                   ("(1), (2)", "d int check (c > 0)"), ("(1), (-2)", "d int check (c > 0)"), ("(1), (2)", "d int default 1 unique"),
                   ("(1)", "d int generated always as (c * 2) stored not null"), ("(null)", "d int generated always as (c * 2) stored not null")]]

UNIQUE = [("a %s, b int" % type, rows, statement)
          for type, rows, statement in [
              ("int", "(1, 1), (2, 1)", "alter table {t} add unique (a)"), ("int", "(1, 1), (1, 2)", "alter table {t} add unique (a)"),
              ("int", "(1, 1), (1, 2)", "alter table {t} add constraint {t}_k unique (a, b)"), ("int", "(1, 1), (1, 1)", "alter table {t} add unique (a, b)"),
              ("int", "(null, 1), (null, 1)", "alter table {t} add unique (a)"), ("int", "(null, 1), (null, 1)", "alter table {t} add unique (a, b)"),
              ("int", "(null, 1), (null, 2)", "alter table {t} add unique nulls not distinct (a)"),
              ("int", "(null, 1), (null, 1)", "alter table {t} add unique nulls not distinct (a, b)"),
              ("int", "(null, 1), (null, 2)", "create unique index on {t} (a, b) nulls not distinct"),
              ("float8", "(0, 1), ('-0', 1)", "alter table {t} add unique (a)"), ("float8", "('NaN', 1), ('NaN', 1)", "alter table {t} add unique (a)"),
              ("numeric", "(1.0, 1), (1.00, 1)", "alter table {t} add unique (a)"), ("text", "('a', 1), ('A', 1)", "create unique index on {t} (a)"),
              ("text", "('a', 1), ('A', 1)", "create unique index on {t} (lower(a))"), ("text", "('a', 1), ('b', 1)", "create unique index on {t} (lower(a), b)"),
              ("text", "('a', 1), ('a', 2)", "create unique index on {t} (a) where b > 1"), ("text", "('a', 2), ('a', 2)", "create unique index on {t} (a) where b > 1"),
              ("text", "('a', null), ('a', null)", "create unique index on {t} (a) where b is not null"),
              ("text", "('a', 1), ('a', 1)", "create unique index on {t} (a text_pattern_ops)"),
              ("text", "('a', 1), ('A', 1)", "create unique index on {t} (a collate {s}.nocase)"),
              ("text collate {s}.nocase", "('a', 1), ('A', 1)", "alter table {t} add unique (a)"),
              ("char(3)", "('a', 1), ('a  ', 1)", "alter table {t} add unique (a)"), ("bytea", "('\\x01', 1), ('\\x0100', 1)", "alter table {t} add unique (a)"),
              ("jsonb", "('{{\"a\": 1, \"b\": 2}}', 1), ('{{\"b\": 2, \"a\": 1}}', 1)", "alter table {t} add unique (a)"),
              ("interval", "('1 month', 1), ('30 days', 1)", "alter table {t} add unique (a)"), ("{s}.pair", "((1, null), 1), ((1, null), 1)", "alter table {t} add unique (a)"),
              ("{s}.pair", "((null, null), 1), ((null, null), 1)", "alter table {t} add unique (a)"), ("{s}.color", "('red', 1), ('red', 1)", "alter table {t} add unique (a)"),
              ("int[]", "('{{1,2}}', 1), ('{{1,2}}', 1)", "alter table {t} add unique (a)"), ("inet", "('10.0.0.1', 1), ('10.0.0.1/32', 1)", "alter table {t} add unique (a)"),
              ("int", "(1, 1), (1, 2)", "alter table {t} add unique (a) include (b)"), ("int", "(1, 1), (2, 2)", "alter table {t} add primary key (a)"),
              ("int", "(1, 1), (null, 2)", "alter table {t} add primary key (a)"), ("int", "(1, 1), (1, 2)", "alter table {t} add primary key (a)"),
              ("int", "(1, 1), (1, 2)", "alter table {t} add primary key (a, b)"), ("int", "(1, null), (1, 2)", "alter table {t} add primary key (a, b)"),
              ("int", "(1, 1), (1, 1)", "alter table {t} add unique (a) deferrable initially deferred"), ("int", "(4, 1), (8, 1)", "create unique index on {t} ((a % 4))"),
              ("int", "(1, 1), (2, 1)", "create unique index on {t} ((a / (b - 1)))")]]

KEYS = [("a %s, b int" % type, rows, "alter table {t} add foreign key " + key)
        for type, rows, key in [
            ("int", "(1, 1), (2, 1)", "(a) references {s}.parents"), ("int", "(1, 1), (9, 1)", "(a) references {s}.parents"),
            ("int", "(null, 1)", "(a) references {s}.parents"), ("bigint", "(9, 1)", "(a) references {s}.parents (id)"), ("smallint", "(2, 1)", "(a) references {s}.parents (id)"),
            ("text", "('a', 1)", "(a) references {s}.words (word)"), ("varchar(5)", "('b', 1)", "(a) references {s}.words (word)"),
            ("varchar(5)", "('A', 1)", "(a) references {s}.words (word)"), ("int", "(1, 1), (1, null), (null, 7)", "(a, b) references {s}.pairs (x, y)"),
            ("int", "(1, 2)", "(a, b) references {s}.pairs (x, y)"), ("int", "(2, 1)", "(a, b) references {s}.pairs (y, x)"),
            ("int", "(1, 1), (null, null)", "(a, b) references {s}.pairs (x, y) match full"), ("int", "(1, null)", "(a, b) references {s}.pairs (x, y) match full"),
            ("int", "(1, 5)", "(a, b) references {s}.pairs (x, y) match full"), ("{s}.color", "('red', 1)", "(a) references {s}.colors (c)"),
            ("{s}.color", "('blue', 1)", "(a) references {s}.colors (c)"), ("int", "(9, 1)", "(a) references {s}.parents not valid"),
            ("numeric", "(1, 1)", "(a) references {s}.amounts (n)"), ("numeric", "(1.0, 1)", "(a) references {s}.amounts (n)"), ("int", "(7, 1)", "(a) references {s}.amounts (n)"),
            ("{s}.short", "('a', 1)", "(a) references {s}.words (word)"), ("int", "(4, 1)", "(a) references {s}.parted (id)"), ("int", "(15, 1)", "(a) references {s}.parted (id)"),
            ("int", "(8, 1)", "(a) references {s}.parents (id) on delete cascade deferrable initially deferred")]]

CHECKS = [("a %s, b text" % type, rows, "alter table {t} add check (%s)" % check)
          for type, rows, check in [
              ("int", "(1, 'x')", "a > 0"), ("int", "(0, 'x')", "a > 0"), ("int", "(null, 'x')", "a > 0"), ("int", "(null, 'x')", "a is not null"),
              ("int", "(1, 'x'), (1, '1')", "b::int > 0"), ("int", "(1, '2'), (1, '1')", "b::int > 0"), ("int", "(0, 'x')", "10 / a > 0"),
              ("int", "(1, 'draft'), (1, 'sent')", "b in ('draft', 'sent')"), ("int", "(1, 'draft'), (1, 'Sent')", "b in ('draft', 'sent')"),
              ("int", "(1, 'abc')", "length(b) <= 2"), ("int", "(1, 'ab ')", "char_length(trim(b)) <= 2"), ("int", "(1, 'a@b')", "b ~ '^[^@]+@[^@]+$'"),
              ("int", "(1, 'ab')", "b like '%@%'"), ("jsonb", "('[]', '')", "jsonb_typeof(a) = 'object'"), ("jsonb", "('{{}}', '')", "jsonb_typeof(a) = 'object'"),
              ("date", "('2026-01-01', '')", "a between '2025-01-01' and '2026-12-31'"), ("timestamptz", "('infinity', '')", "extract(year from a) < 3000"),
              ("int[]", "('{{1,2}}', '')", "cardinality(a) < 2"), ("int", "(1, null)", "num_nonnulls(a, b) = 1"), ("int", "(1, 'x')", "num_nonnulls(a, b) = 1"),
              ("numeric", "('NaN', '')", "a >= 0"), ("int", "(1, 'x')", "case when a > 0 then b <> 'x' else true end"), ("boolean", "(false, '')", "a"),
              ("boolean", "(null, '')", "a"), ("text collate {s}.nocase", "('A', '')", "a = 'a'"), ("char(5)", "('ab', '')", "length(a) = 2"),
              ("{s}.color", "('red', '')", "a <> 'red'"), ("{s}.short", "('abc', '')", "length(a) > 5"), ("int", "(1, 'x')", "{s}.accepts(a)"),
              ("int", "(1, '')", "coalesce(nullif(b, ''), 'none') <> 'none'"), ("varchar(9)", "('x', 'X')", "lower(b) = a"), ("int", "(5, '')", "a = any (array[1, 2, 3])"),
              ("int", "(2, '')", "a not in (1, 3) and (b is null or b = '')"), ("timestamp", "('2026-02-28', '')", "a::date = '2026-02-28'")]]

TYPES = [("c %s" % type, rows, "alter table {t} alter column c type " + to)
         for type, rows, to in [
             ("text", "('abc')", "varchar(3)"), ("text", "('abcd')", "varchar(3)"), ("text", "('abc   ')", "varchar(3)"), ("text", "('äöü')", "varchar(3)"), ("text", "('äöüx')", "char(3)"),
             ("varchar(10)", "('abc')", "varchar(2)"), ("varchar(10)", "('abc')", "varchar(20)"), ("varchar(10)", "('abc')", "text"), ("varchar(10)", "('abc')", "char"), ("char(5)", "('abc')", "char(3)"),
             ("char(5)", "('abcd')", "varchar(3)"), ("text", "('abcd')", "varchar(3) using c::varchar(3)"), ("text", "('abcd')", "varchar(3) using upper(c)"), ("text", "('abcd')", "varchar(3) using left(c, 3)"),
             ("numeric", "(1.5)", "numeric(2, 1)"), ("numeric", "(99.95)", "numeric(3, 1)"), ("numeric", "(99.94)", "numeric(3, 1)"), ("numeric", "('NaN')", "numeric(3, 1)"), ("numeric", "('Infinity')", "numeric(3, 1)"),
             ("bigint", "(2147483647)", "int"), ("bigint", "(2147483648)", "int"), ("int", "(40000)", "smallint"), ("int", "(1)", "bigint"), ("float8", "(1e40)", "real"), ("float8", "('NaN')", "int"),
             ("numeric", "(0.4)", "int"), ("text", "('1'), ('x')", "int using c::int"), ("text", "('1'), (null)", "int using c::int"), ("text", "('')", "int using c::int"), ("text", "('')", "int using nullif(c, '')::int"),
             ("text", "('2026-02-30')", "date using c::date"), ("text", "('2026-02-28')", "date using c::date"), ("text", "('{{')", "jsonb using c::jsonb"), ("text", "('{{}}')", "jsonb using c::jsonb"),
             ("text", "('not-a-uuid')", "uuid using c::uuid"), ("text", "('f')", "boolean using c::boolean"), ("text", "('maybe')", "boolean using c::boolean"), ("json", "('\"\\u0000\"')", "jsonb"),
             ("text", "('red')", "{s}.color using c::{s}.color"), ("text", "('x')", "int"), ("int", "(5)", "text"), ("int", "(5)", "varchar(1)"), ("int", "(55)", "varchar(1)"), ("int", "(0)", "boolean using c <> 0"),
             ("int", "(0)", "int using 10 / c"), ("timestamp", "('infinity')", "timestamptz"), ("date", "('5874897-12-31')", "timestamp"), ("text", "('2147483648')", "int using c::bigint"), ("int[]", "('{{1}}')", "bigint[]"),
             ("text", "('abcdef')", "varchar(3) using (c || 'x')"), ("bit(4)", "('1010')", "bit(2)"), ("text", "('1010')", "bit(2) using c::bit(4)"),
             ("text[]", "('{{abcd}}')", "varchar(3)[]"), ("text[]", "('{{abcd}}')", "varchar(3)[] using c::varchar(3)[]"), ("int[]", "('{{40000}}')", "smallint[]"),
             ("text", "('abcd')", "{s}.short"), ("text", "('abc')", "{s}.short"), ("boolean", "(true)", "varchar(3)"), ("inet", "('10.0.0.1')", "varchar(8)"), ("{s}.color", "('red')", "varchar(2)")]]

CASES = NULLS + NEW_COLUMNS + UNIQUE + KEYS + CHECKS + TYPES

SETUP = """
create schema {s};
create type {s}.pair as (x int, y int);
create type {s}.color as enum ('red', 'blue');
create domain {s}.short as text check (length(value) < 4);
create domain {s}.filled as int not null default 7;
create collation {s}.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create function {s}.accepts(a int) returns boolean immutable language sql as 'select false';
create table {s}.parents (id int primary key);
create table {s}.words (word text primary key);
create table {s}.pairs (x int, y int, primary key (x, y));
create table {s}.colors (c {s}.color primary key);
create table {s}.amounts (n numeric primary key);
create table {s}.parted (id int primary key) partition by range (id);
create table {s}.parted1 partition of {s}.parted for values from (0) to (10);
create table {s}.parted2 partition of {s}.parted for values from (10) to (20);
insert into {s}.parents values (1), (2);
insert into {s}.words values ('a'), ('b');
insert into {s}.pairs values (1, 1), (1, 2);
insert into {s}.colors values ('red');
insert into {s}.amounts values (1.00);
insert into {s}.parted values (4), (14);
"""
