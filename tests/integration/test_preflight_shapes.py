"""Partitions, EXCLUDE, domains, and what is lost by DROP: what the preflight says, beside what the server says when the statement is run."""
import pytest

from workspace import migration

RANGE = "create table p (id int, at date) partition by range (at); create table p1 partition of p for values from ('2026-01-01') to ('2026-02-01');"
LIST = "create table p (id int, state text) partition by list (state); create table p1 partition of p for values in ('new', 'old');"
FEBRUARY = "alter table p attach partition t for values from ('2026-02-01') to ('2026-03-01')"
REST = "create table rest partition of p default;"

# (what there is, what is pending): the verdicts are the server's
PARTITIONS = [
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-02-01'), (2, '2026-02-28')", FEBRUARY),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-02-01'), (2, '2026-03-01')", FEBRUARY),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-01-31')", FEBRUARY),
    (RANGE + "create table t (id int, at date); insert into t values (1, null)", FEBRUARY),
    (RANGE + "create table t (id int, at date)", FEBRUARY),
    (RANGE + REST + "create table t (id int, at date); insert into rest values (1, '2026-02-03')", FEBRUARY),
    (RANGE + REST + "create table t (id int, at date); insert into rest values (1, '2026-03-03'), (2, null)", FEBRUARY),
    (RANGE + REST + "insert into rest values (1, '2026-02-03')", "create table t partition of p for values from ('2026-02-01') to ('2026-03-01')"),
    (RANGE + REST + "insert into rest values (1, '2026-03-01')", "create table t partition of p for values from ('2026-02-01') to ('2026-03-01')"),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2020-01-01')", "alter table p attach partition t for values from (minvalue) to ('2026-01-01')"),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-02-01')", "alter table p attach partition t for values from ('2026-02-01') to (maxvalue)"),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-01-05')", "alter table p attach partition t default"),
    (RANGE + "create table t (id int, at date); insert into t values (1, '2026-02-05'), (2, null)", "alter table p attach partition t default"),
    ("create table p (id int, at date) partition by range (at); create table t (id int, at date); insert into t values (1, null)",
     "alter table p attach partition t default"),
    (LIST + "create table t (id int, state text); insert into t values (1, 'paid')", "alter table p attach partition t for values in ('paid', 'sent')"),
    (LIST + "create table t (id int, state text); insert into t values (1, 'Paid')", "alter table p attach partition t for values in ('paid', 'sent')"),
    (LIST + "create table t (id int, state text); insert into t values (1, null)", "alter table p attach partition t for values in ('paid', null)"),
    (LIST + "create table t (id int, state text); insert into t values (1, null)", "alter table p attach partition t for values in ('paid')"),
    (LIST + REST + "insert into rest values (1, null)", "create table t partition of p for values in (null)"),
    (LIST + REST + "insert into rest values (1, null)", "create table t partition of p for values in ('paid')"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (1, 5), (2, 3)",
     "alter table p attach partition t for values from (1, 5) to (2, 4)"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (1, 4)",
     "alter table p attach partition t for values from (1, 5) to (2, 4)"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (2, 4)",
     "alter table p attach partition t for values from (1, 5) to (2, 4)"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (2, 999)",
     "alter table p attach partition t for values from (1, minvalue) to (2, maxvalue)"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (2, 1)",
     "alter table p attach partition t for values from (1, minvalue) to (2, minvalue)"),
    ("create table p (a int, b int) partition by range (a, b); create table t (a int, b int); insert into t values (1, null)",
     "alter table p attach partition t for values from (1, minvalue) to (2, maxvalue)"),
    ("create table p (a int, b text) partition by hash (a); create table t (a int, b text); insert into t select g from generate_series(1, 50) g",
     "alter table p attach partition t for values with (modulus 3, remainder 1)"),
    ("create table p (a int, b text) partition by hash (a); create table t (a int, b text);"
     "insert into t select g from generate_series(1, 50) g where satisfies_hash_partition('p'::regclass, 3, 1, g)",
     "alter table p attach partition t for values with (modulus 3, remainder 1)"),
    ("create table top (id int, at date, state text) partition by list (state); create table p partition of top for values in ('new') partition by range (at);"
     "create table t (id int, at date, state text); insert into t values (1, '2026-02-05', 'old')", FEBRUARY),
    ("create table top (id int, at date, state text) partition by list (state); create table p partition of top for values in ('new') partition by range (at);"
     "create table t (id int, at date, state text); insert into t values (1, '2026-02-05', 'new')", FEBRUARY),
    ("create table p (id int, at timestamptz) partition by range (at); create table t (id int, at timestamptz); insert into t values (1, '2026-02-28 23:59:59.5')",
     "alter table p attach partition t for values from ('2026-02-01') to ('2026-03-01')"),
    ("create table p (id int primary key, at int) partition by range (id); create table t (id int not null, at int); insert into t values (1, 1), (1, 2)",
     "alter table p attach partition t for values from (1) to (9)"),
    ('create table "P x" ("a b" int) partition by range ("a b"); create table "T ""y" ("a b" int); insert into "T ""y" values (9)',
     'alter table "P x" attach partition "T ""y" for values from (1) to (9)'),
    ("create table p (a int) partition by range ((a + 1)); create table t (a int); insert into t values (9)",
     "alter table p attach partition t for values from (1) to (3)"),
]

ROOMS = "create table t (room int, during tsrange, gone boolean);"
EXCLUDES = [
    (ROOMS + "insert into t values (1, '[2026-01-01, 2026-01-02)'), (1, '[2026-01-02, 2026-01-03)')", "alter table t add exclude using gist (during with &&)"),
    (ROOMS + "insert into t values (1, '[2026-01-01, 2026-01-02]'), (1, '[2026-01-02, 2026-01-03)')", "alter table t add exclude using gist (during with &&)"),
    (ROOMS + "insert into t values (1, null), (1, null), (2, 'empty'), (3, 'empty')", "alter table t add exclude using gist (during with &&)"),
    (ROOMS + "insert into t values (1, '[2026-01-01, 2026-01-03)', true), (1, '[2026-01-02, 2026-01-04)', false)",
     "alter table t add exclude using gist (during with &&) where (not gone)"),
    (ROOMS + "insert into t values (1, '[2026-01-01, 2026-01-03)', false), (1, '[2026-01-02, 2026-01-04)', false)",
     "alter table t add exclude using gist (during with &&) where (not gone)"),
    (ROOMS + "insert into t values (1, null), (1, null)", "alter table t add constraint one exclude using btree (room with =)"),
    (ROOMS + "insert into t values (1, null), (2, null), (null, null), (null, null)", "alter table t add constraint one exclude using btree (room with =) deferrable"),
    ("create table t (a int, b int); insert into t values (1, 5), (4, 6)", "alter table t add exclude using gist (int4range(a, b) with &&)"),
    ("create table t (a int, b int); insert into t values (1, 5), (5, 6)", "alter table t add exclude using gist (int4range(a, b) with &&)"),
    ("create table t (a int, b int); insert into t values (5, 1)", "alter table t add exclude using gist (int4range(a, b) with &&)"),
    (ROOMS, "alter table t add exclude using gist (during with &&)"),
]

SHORT = "create domain short as text; create table t (c short, d text);"
DOMAINS = [
    (SHORT + "insert into t values ('abc')", "alter domain short add check (length(value) < 4)"),
    (SHORT + "insert into t values ('abcd'), (null)", "alter domain short add check (length(value) < 4)"),
    (SHORT + "insert into t values (null)", "alter domain short add check (length(value) < 4)"),
    (SHORT + "insert into t values (null)", "alter domain short set not null"), (SHORT + "insert into t values ('x')", "alter domain short set not null"),
    (SHORT, "alter domain short set not null"), ("create domain short as text", "alter domain short set not null"),
    (SHORT + "create table u (x short); insert into u values ('abcd'); insert into t values ('x')", "alter domain short add constraint k check (length(value) < 4)"),
    (SHORT + "insert into t values ('abcd'); alter domain short add constraint k check (length(value) < 4) not valid", "alter domain short validate constraint k"),
    (SHORT + "insert into t values ('abc'); alter domain short add constraint k check (length(value) < 4) not valid", "alter domain short validate constraint k"),
    (SHORT + "insert into t values ('abcd')", "alter domain short add constraint k check (length(value) < 4) not valid; alter domain short validate constraint k"),
    (SHORT + "insert into t values ('abcd')", "alter domain short add constraint k check (length(value) < 4) not valid"),
    ("create domain amount as int; create table t (c amount); insert into t values (0)", "alter domain amount add check (10 / value > 1)"),
    ("create domain amount as int; create table t (c int, d amount) partition by range (c); create table t1 partition of t for values from (0) to (9);"
     "insert into t values (1, null)", "alter domain amount set not null"),
    ("create domain amount as int; create domain more as amount; create table t (c more); insert into t values (null)", "alter domain amount set not null"),
    ("create domain amount as int; create table t (c amount[]); insert into t values ('{1}')", "alter domain amount add check (value > 2)"),
    ("create domain amount as int; create function ok(a int) returns boolean immutable language sql as 'select false';"
     "create table t (c amount); insert into t values (1)", "alter domain amount add check (ok(value))"),
    ("create domain amount as int check (value > 0); create table t (c int); insert into t values (0)", "alter table t alter c type amount"),
    ("create domain amount as int check (value > 0); create table t (c int); insert into t values (1), (null)", "alter table t alter c type amount"),
    ("create domain amount as int not null check (value > 0); create table t (c int); insert into t values (1), (null)", "alter table t alter c type amount"),
    ("create domain amount as int not null; create table t (c int); insert into t values (1)", "alter table t alter c type public.amount"),
    ("create domain amount as int check (value > 0); create table t (c text); insert into t values ('0')", "alter table t alter c type amount using c::int"),
    ("create domain amount as int check (value > 0); create table t (c text); insert into t values ('x')", "alter table t alter c type amount using c::int"),
    ("create domain amount as int check (value > 0); create table t (c text); insert into t values ('3')", "alter table t alter c type amount using c::int"),
    ("create domain mail as text check (value ~ '@'); create table t (c varchar(40)); insert into t values ('a@b')", "alter table t alter c type mail"),
    ("create domain mail as text check (value ~ '@'); create table t (c varchar(40)); insert into t values ('a')", "alter table t alter c type mail"),
    ("create domain code as varchar(3); create table t (c text); insert into t values ('abcd')", "alter table t alter c type code"),
    ("create domain must as int not null; create table t (c int); insert into t values (1)", "alter table t add d must"),
    ("create domain must as int not null; create table t (c int)", "alter table t add d must"),
    ("create domain must as int not null; create table t (c int); insert into t values (1)", "alter domain must drop not null; alter table t add d must"),
    ("create domain must as int not null; create table t (c int); insert into t values (1)", "alter domain must set default 3; alter table t add d must"),
    ("create domain must as int constraint k check (value > 3); create table t (c int); insert into t values (1)",
     "alter domain must drop constraint k; alter table t alter c type must"),
    ("create domain must as int not null default 3; create table t (c int); insert into t values (1)", "alter table t add d must"),
]

ROWS = "create table t (id int primary key, a text); insert into t values (1, 'x'); create domain filled as int default 4"
NEW_COLUMNS = [
    (ROWS, "alter table t add b int; alter table t alter b set not null"), (ROWS, "alter table t add b int, alter b set not null"),
    (ROWS, "alter table t add b int; alter table t add c int; alter table t drop constraint t_pkey; alter table t add primary key (b)"),
    (ROWS, "alter table t add b int default 1; alter table t alter b set not null /* not proven */"), (ROWS, "alter table t add b bigserial; alter table t alter b set not null /* not proven */"),
    (ROWS, "alter table t add b int; alter table t alter b set default 1; alter table t alter b set not null"),
    (ROWS, "alter table t add b int generated always as (id) stored; alter table t alter b set not null /* not proven */"),
    ("create table t (id int)", "alter table t add b int; alter table t alter b set not null"),
    (ROWS, "alter table t add b int; update t set a = 'y' where id = 1; alter table t alter b set not null"),
    (ROWS, "alter table t add if not exists a text; alter table t alter a set not null"),
    (ROWS, "alter table t add d filled; alter table t alter d set not null"),
    (ROWS, "alter table t add b int; update t set b = 1; alter table t alter b set not null /* not proven */"),
    (ROWS, "alter table t add b int; delete from t; alter table t alter b set not null /* not proven */"),
    (ROWS, "alter table t add b int; alter table t alter b type int using 3; alter table t alter b set not null /* not proven */"),
    (ROWS, "alter table t add b int; alter table t rename b to c; alter table t alter c set not null"),
    (ROWS, "alter table t add b int; do $$ begin update t set b = 1; end $$; alter table t alter b set not null /* not proven */"),
    (ROWS, "create function fill() returns trigger language plpgsql as 'begin new.b = 1; return new; end'; alter table t add b int; "
           "create trigger fill before update on t for each row execute function fill(); update t set a = 'z'; alter table t alter b set not null /* not proven */"),
]
UNDECIDED = ("not proven", "add d filled", "alter domain must drop", "must set default", "(a + 1)", "create domain more", "c amount[]", "ok(value)", "domain code", "default 3")  # what is not proven, and says so


@pytest.mark.postgres
@pytest.mark.parametrize("cases", [PARTITIONS, EXCLUDES, DOMAINS, NEW_COLUMNS], ids=["partitions", "exclude", "domains", "new columns"])
def test_no_verdict_is_wrong(cluster, migrations, action, cases):
    wrong = []
    for setup, statement in cases:
        db = cluster.create_database()
        db.as_owner(setup)
        migrations({migration(1): statement + ";\n"})
        result = action.dry_run(db.url, lint="off")
        entries = result.report.get("preflight", [])
        said = {entry["verdict"] for entry in entries}
        predicted, code = {entry["sqlstate"] for entry in entries if entry["verdict"] == "will fail"}, db.refusal(statement)
        is_open = any(words in setup + statement for words in UNDECIDED)
        right = code in predicted if code and not is_open else not predicted
        if not right or (not is_open and "not proven" in said) or (is_open and code and "not proven" not in said):
            wrong.append((setup, statement, code, [(entry["question"], entry["verdict"], entry["sqlstate"], entry["reason"]) for entry in entries]))
    assert not wrong, "\n".join(map(str, wrong))


def test_the_rows_of_a_foreign_table_are_not_asked_about(db, migrations, action):
    """Nor does the server look at them."""
    db.query("create foreign data wrapper nothing; grant usage on foreign data wrapper nothing to postgres")
    db.as_owner(RANGE + "create server s foreign data wrapper nothing; create foreign table t (id int, at date) server s")
    migrations({migration(1): FEBRUARY + ";\n"})
    result = action.dry_run(db.url, lint="off")
    assert result.code == 0 and "preflight" not in result.report and db.refusal(FEBRUARY) is None, result


def test_they_are_placed_at_their_clause_and_leave_no_value(db, migrations, action):
    db.as_owner(RANGE + REST + "create table t (id int, at date); insert into t values (1, '2031-07-09'); insert into rest values (7, '2026-02-03')")
    migrations({migration(1): "alter table p\n  attach partition t for values from ('2026-02-01') to ('2026-03-01');\n"})
    result = action.dry_run(db.url)
    assert result.code == 7 and [(e.properties["line"], e.properties["col"]) for e in result.errors] == [("2", "3")] * 2, result
    assert [(entry["object"], entry["sqlstate"]) for entry in result.report["preflight"]] == [("public.t", "23514"), ("public.rest", "23514")], result
    assert "2031-07" not in result.log + result.summary + result.output_text and "2026-02-03" not in result.summary, result


@pytest.mark.parametrize("before, statement", [
    ("insert into t values (1, '2026-02-02');", FEBRUARY), ("update t set at = '2026-02-02';", FEBRUARY), ("delete from rest;", FEBRUARY),
    ("update u set c = 'x';", "alter domain short add check (length(value) < 4)"), ("alter table u alter c type short;", "alter domain short set not null"),
    ("delete from e;", "alter table e add exclude using gist (r with &&)"), ("insert into t values (1, '2026-02-02');", "drop table t"),
    ("do $$ begin execute 'delete from t'; end $$;", "drop table t"),
])
def test_what_an_earlier_statement_may_have_changed_is_not_proven(db, migrations, action, before, statement):
    db.as_owner(RANGE + REST + "create table t (id int, at date); insert into t values (1, '2027-02-02'); insert into rest values (2, '2026-02-02');"
                "create domain short as text; create table u (c short); insert into u values ('abcd'), (null);"
                "create table e (r int4range); insert into e values ('[1,5)'), ('[2,7)')")
    migrations({migration(1): before + "\n" + statement + ";\n"})
    result = action.dry_run(db.url, lint="off")
    assert "not proven" in {entry["verdict"] for entry in result.report["preflight"]}, result
    assert "an earlier pending statement may change the answer" in result.summary or "this is not asked" in result.summary, result


# -- what is lost ----------------------------------------------------------------------------------------------------

LOST = "create table t (a int, b text); insert into t select g, case when g < 4 then 'x' end from generate_series(1, 10) g;"


@pytest.mark.parametrize("statement, verdict, count", [
    ("drop table t", "holds data", 10), ("alter table t drop column b", "holds data", 3), ("alter table t drop column if exists b", "holds data", 3),
    ("truncate t", "holds data", 10), ("drop table if exists t", "holds data", 10), ("drop table e", "no counter-example", 0),
    ("alter table t drop column c", "no counter-example", 0)])
def test_what_a_drop_loses_is_counted(db, migrations, action, statement, verdict, count):
    db.as_owner(LOST + "alter table t add c int; create table e (a int)")
    migrations({migration(1): statement + ";\n"})
    result = action.dry_run(db.url)
    assert result.code == 0, result
    entry, = result.report["preflight"]
    assert (entry["question"], entry["verdict"], entry["count"]) == ("no data is lost", verdict, count), result
    assert not count or "%d %s" % (count, "values" if "column" in statement else "rows") in result.summary, result


def test_what_is_not_there_or_new_is_not_counted(db, migrations, action):
    db.as_owner(LOST)
    migrations({migration(1): "drop table if exists gone;\ncreate table made (a int);\ninsert into made values (1);\ndrop table made;\n"
                              "alter table t drop column if exists gone;\ndrop view if exists v;\ndrop index if exists i;\n"})
    result = action.dry_run(db.url)
    assert result.code == 0 and "preflight" not in result.report, result


def test_what_the_role_may_not_read_is_told_by_statistics(db, migrations, action):
    db.query("create table hidden (a int); insert into hidden select generate_series(1, 7); analyze hidden")
    migrations({migration(1): "drop table hidden;\n"})
    entry, = action.dry_run(db.url, lint="off").report["preflight"]
    assert (entry["verdict"], entry["count"], entry["reason"]) == ("not proven", 7, "the role may not read the table"), entry
