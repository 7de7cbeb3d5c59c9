"""Definitions that a role of few rights leaves in a schema of the search path, for our own SQL to stumble over.

PostgreSQL takes the operator that fits best, wherever in the search path it is; so each pair of types that has no
operator of exactly these types in pg_catalog has one here. With everything=True also those that pg_catalog has,
its functions and its types, for a search path in which the schema comes first.

They do their work for everybody else, and raise an error in sessions of this program. It is looked for in the
server's log, since not every question of ours must succeed."""
import re
from pathlib import Path

import psycopg2

MARK = "hostile definition"
SOURCES = Path(__file__).resolve().parents[2] / "src"

NUMBERS = ("int4", "int8", "numeric", "float8")
TEXTS = ("text", "name", '"char"', "oid", "regclass", "int4", "int8", "bool")
# What stands in our queries, or could.
PAIRS = {
    **{operator: TEXTS + ("timestamptz",) for operator in ("=", "<>", "<", ">")},
    "||": ("text", "name", "int4", "int8", "oid"),
    **{operator: NUMBERS for operator in ("*", "+", "-", "/")},
    "->>": ("jsonb", "name"),
}
TYPES = ("text", "name", "oid", "int4", "int8", "bool", "timestamptz", "bytea", "regclass")

# What they do in this program's sessions only.
GUARD = ("if pg_catalog.current_setting('application_name') operator(pg_catalog.~~) 'supabase-promote%%' then "
         "raise exception '%(mark)s: %(what)s'; end if;")


def guard(what):
    return GUARD % {"mark": MARK, "what": what.replace("'", "").replace("%", "%%")}


def operator(schema, name, left, right, made):
    """One that does what pg_catalog's would."""
    return ('create function {schema}."{what}"(l pg_catalog.{left}, r pg_catalog.{right}) returns pg_catalog.{made} '
            "language plpgsql as $f$ begin {guard} return l operator(pg_catalog.{name}) r; end $f$; "
            'create operator {schema}.{name} (function = {schema}."{what}", leftarg = pg_catalog.{left}, '
            "rightarg = pg_catalog.{right});").format(
                schema=schema, name=name, left=left, right=right, made=made,
                what=("operator %s %s %s" % (left, name, right)).replace('"', ""), guard=guard("%s %s %s" % (left, name, right)))


def known_operators(cursor):
    """{(name, left, right): result} of pg_catalog, by quoted names."""
    cursor.execute("select oprname, quote_ident(l.typname), quote_ident(r.typname), quote_ident(m.typname) "
                   "from pg_operator o join pg_type l on l.oid = oprleft join pg_type r on r.oid = oprright "
                   "join pg_type m on m.oid = oprresult where oprnamespace = 'pg_catalog'::regnamespace")
    return {row[:3]: row[3] for row in cursor.fetchall()}


def fitting(cursor, name, left, right):
    """What pg_catalog's operator for these gives, by implicit casts; None if there is none."""
    try:
        cursor.execute("select quote_ident(typname) from pg_type where oid = pg_typeof("
                       "null::pg_catalog.%s operator(pg_catalog.%s) null::pg_catalog.%s)" % (left, name, right))
        return cursor.fetchone()[0]
    except psycopg2.ProgrammingError:
        return None


def define_operators(cursor, schema, everything):
    known = known_operators(cursor)
    for name, types in PAIRS.items():
        for left in types:
            for right in types:
                made = known.get((name, left, right))
                if not made or everything:
                    made = made or fitting(cursor, name, left, right)
                    cursor.execute(operator(schema, name, left, right, made) if made else "select")


def functions_used():
    """The names of pg_catalog's functions that stand in our SQL."""
    text = "".join(path.read_text() for path in SOURCES.rglob("*.c"))
    return sorted(set(re.findall(r"pg_catalog\.(\w+)\(", text)) | {"min", "max", "count", "sum"})


def define_functions(cursor, schema):
    cursor.execute(
        "select p.oid::regprocedure::text, quote_ident(proname) from pg_proc p "
        "where pronamespace = 'pg_catalog'::regnamespace and proname = any (%s) and provariadic = 0 and not exists "
        "(select from unnest(proargtypes) a join pg_type t on t.oid = a where typtype = 'p' "
        "and typname not in ('anyelement', 'anyarray'))", (functions_used(),))
    for signature, name in cursor.fetchall():
        cursor.execute("create function %s.%s%s returns pg_catalog.text language plpgsql as $f$ begin %s return null; end $f$"
                       % (schema, name, signature[signature.index("("):], guard(signature)))


def define_types(cursor, schema):
    """Domains called as pg_catalog's types: a cast to one checks the value."""
    cursor.execute("create function %s.refuse() returns bool language plpgsql as $f$ begin %s return true; end $f$"
                   % (schema, guard("a type")))
    for name in TYPES:
        cursor.execute("create domain %s.%s as pg_catalog.%s check (%s.refuse())" % (schema, name, name, schema))


def install(database, schema="public", owner=None, everything=False):
    connection = database.connect()
    try:
        with connection.cursor() as cursor:
            if owner:
                cursor.execute("set session authorization %s" % owner)
            define_operators(cursor, schema, everything)
            if everything:
                define_functions(cursor, schema)
                define_types(cursor, schema)
    finally:
        connection.close()


def remove(database):
    """Where files of a test's own use such operators."""
    database.query("do $$ declare f pg_catalog.regprocedure; begin "
                   "for f in select p.oid from pg_catalog.pg_proc p where p.prosrc operator(pg_catalog.~~) '%%%s%%' loop "
                   "execute pg_catalog.format('drop function %%s cascade', f); end loop; end $$" % MARK)


def found(log):
    """The lines of the server's log in which one of them has spoken."""
    return [line for line in log.split("\n") if "ERROR:  " + MARK in line]
