"""Indexes that are built concurrently, and what earlier tries leave behind."""
import signal
import threading
import time

import pytest

from action import SLOWNESS
from api_clients import Reader, hold
from workspace import migration, version


@pytest.fixture
def table(db):
    db.as_owner("create table t (a int, b text); insert into t values (1, 'x'), (1, 'y')")
    return db


def indexes(db):
    return db.query("select c.relname, i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid "
                    "where i.indrelid = 't'::regclass order by 1")


@pytest.mark.postgres()
def test_an_invalid_index_is_dropped_and_built_again(table, migrations, action):
    migrations({migration(1): "create table before_it (a int);\ncreate unique index concurrently u on t (a);\n"})
    result = action.push(table.url, preflight="false")  # it would see the duplicates
    assert result.code == 8 and result.says("the next run drops it, and builds it again"), result
    assert indexes(table) == [("u", False)]
    table.query("delete from t where b = 'y'")
    result = action.push(table.url)
    assert result.code == 0 and result.says("an earlier try has left the index u invalid; dropping it"), result
    assert indexes(table) == [("u", True)] and table.versions() == [version(1)]


@pytest.mark.parametrize("before, state", [("create table p (a int) partition by range (a)", "0A000"),
                                           ("create table p (a int); create index i on p ((a + 1))", "42P07")])
def test_what_was_refused_at_once_has_left_no_index(db, migrations, action, before, state):
    db.as_owner(before)
    migrations({migration(1): "create index concurrently i on p (a);\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says(state) and not result.says("invalid index"), result


@pytest.mark.parametrize("text", [
    "create index concurrently i on t (a)", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t USING btree (a ASC)",
    'create index concurrently "i" on only t(a) with (fillfactor = 70)',
    "create index concurrently i on t (lower(b), (a + 1) desc) include (b) where b = 'x' and a > 0",
    "create /* c */ index concurrently on t (a)",
], ids=range(5))
@pytest.mark.postgres()
def test_a_valid_and_equal_index_is_skipped(table, migrations, action, text):
    table.as_owner(text.replace("concurrently", "").replace("CONCURRENTLY", ""))
    before = indexes(table)
    migrations({migration(1): text + ";\n"})
    result = action.push(table.url)
    assert result.code == 0 and result.says("is there already, as it is wanted"), result
    assert indexes(table) == before and table.versions() == [version(1)]


@pytest.mark.postgres()
@pytest.mark.parametrize("other", ["(b)", "(a) where a > 1", "(a desc)", "using hash (a)"])
def test_another_index_of_the_name_is_not_touched(table, migrations, action, other):
    table.as_owner("create index i on t " + other)
    table.query("update pg_index set indisvalid = false where indexrelid = 'i'::regclass")
    migrations({migration(1): "create index concurrently i on t (a);\n"})
    result = action.push(table.url)
    assert result.code == 8 and result.says("42P07"), result
    assert indexes(table) == [("i", False)]


@pytest.mark.postgres()
def test_an_index_without_a_name_is_known_by_its_definition(table, migrations, action):
    table.as_owner("create index on t (a); create index on t (b)")
    table.query("update pg_index set indisvalid = false where indexrelid = 't_a_idx'::regclass")
    migrations({migration(1): "create index concurrently on t (a);\n"})
    assert action.push(table.url).code == 0
    assert indexes(table) == [("t_a_idx", True), ("t_b_idx", True)]


def test_odd_names_are_understood(table, migrations, action):
    table.as_owner('create schema "Odd one"; create table "Odd one"."T ""x""" (a int); create index "I.i" on "Odd one"."T ""x""" (a)')
    table.query("""update pg_index set indisvalid = false where indexrelid = '"Odd one"."I.i"'::regclass""")
    migrations({migration(1): 'create index concurrently "I.i" on "Odd one" . "T ""x""" (a);\n'})
    result = action.push(table.url)
    assert result.code == 0 and result.says("dropping it"), result
    assert table.value("""select indisvalid from pg_index where indexrelid = '"Odd one"."I.i"'::regclass""")


@pytest.mark.alone
def test_a_build_takes_its_time(table, migrations, action):
    """Neither timeout ends it: it waits for a transaction that is older than it."""
    old = table.connect(table.url)
    old.autocommit = False
    old.cursor().execute("insert into t values (2, 'z')")
    threading.Timer(1.5, old.rollback).start()
    migrations({migration(1): "create index concurrently i on t (a);\n"
                              "do $$ begin raise notice 'limits % %', current_setting('statement_timeout'), current_setting('lock_timeout'); end $$;"})
    result = action.push(table.url, lock_timeout="300ms", statement_timeout="700ms", lock_retries="0")
    assert result.code == 0 and result.says("limits 700ms 300ms"), result
    assert result.says("in the way: process") and result.seconds > 1.2, result


@pytest.mark.postgres()
def test_a_build_that_is_cancelled_is_finished_by_the_next_run(table, migrations, action):
    old = table.connect(table.url)
    old.autocommit = False
    old.cursor().execute("insert into t values (2, 'z')")
    migrations({migration(1): "insert into t values (3, 'once');\ncreate index concurrently i on t (a);\n"})
    run = action.start(mode="push", db_url=table.url)
    deadline = time.monotonic() + 20 * SLOWNESS
    while indexes(table) != [("i", False)]:
        assert time.monotonic() < deadline and run.process.poll() is None
        time.sleep(0.02)
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    old.close()
    assert indexes(table) == [("i", False)]
    result = action.push(table.url)
    assert result.code == 0 and indexes(table) == [("i", True)], result
    assert table.value("select count(*) from t where b = 'once'") == 1


def test_a_role_that_may_make_no_temporary_table_builds_as_ever(table, migrations, action):
    table.query("revoke temporary on database %s from public; revoke temporary on database %s from postgres" % (table.name, table.name))
    migrations({migration(1): "create index concurrently i on t (a);\n"})
    assert action.push(table.url).code == 0


# -- indexes that are made anew ----------------------------------------------------------------------------

@pytest.mark.alone
@pytest.mark.parametrize("text", ["reindex schema public", "reindex (concurrently off) schema public", "reindex table parted"])
def test_without_concurrently_the_limits_hold(table, migrations, action, text):
    """It needs SHARE on the table, behind whoever has written; everybody who writes is behind it."""
    table.as_owner("create index on t (a); create table parted (a int) partition by range (a);"
                   "create table part partition of parted default; create index on parted (a)")
    migrations({migration(1): text + ";\n"})
    hold(table, 2, "insert into t values (3)", "insert into parted values (3)")
    writer = Reader(table, "insert into %s values (4)" % ("parted" if "parted" in text else "t"))
    writer.start()
    result = action.push(table.url, lock_timeout="300ms")
    longest = writer.stop()
    print("%s: the longest insert took %.3f s" % (text, longest))
    assert result.code == 0 and result.says("try 2 of 11"), result
    assert longest <= 0.3 + 0.1 * SLOWNESS, longest


@pytest.mark.alone
@pytest.mark.parametrize("text", ["reindex table concurrently t", "reindex (verbose, concurrently) table t"])
def test_concurrently_they_may_take_their_time(table, migrations, action, text):
    table.as_owner("create index on t (a)")
    migrations({migration(1): text + ";\n"})
    hold(table, 1.5, "insert into t values (3)")
    writer = Reader(table, "insert into t values (4)")
    writer.start()
    result = action.push(table.url, lock_timeout="300ms", lock_retries="0", statement_timeout="600ms")
    longest = writer.stop()
    assert result.code == 0 and result.seconds > 1.2, result
    assert longest <= 0.1 + 0.1 * SLOWNESS, longest
