"""What a file does with advisory locks does not end the turn of a push: two at once run everything once."""
import threading
import time

import pytest

from action import SLOWNESS, Action
from gates import Gated
from workspace import migration, version

KEY = 2427652768262669867
HELD = "select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())"
GIVE = "select pg_advisory_unlock_all();\n"
ROW = "insert into public.log values (1, %d);\n"


@pytest.fixture
def gated(cluster):
    with Gated(cluster) as running:
        yield running


@pytest.fixture
def other(workspace, tmp_path):
    running = Action(workspace, tmp_path / "other")
    yield running
    running.close()


def two(gated, action, other, **inputs):
    """Two pushes of which the first is held at gate 1 until the second has done what it can."""
    gated.shut(1)
    first = action.start(mode="push", db_url=gated.db.url, **inputs)
    assert gated.wait_held(first)
    second = other.start(mode="push", db_url=gated.db.url, lock_wait="20s", **inputs)
    deadline = time.monotonic() + 3 * SLOWNESS
    while second.process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    gated.open()
    return first.wait(), second.wait()


FILES = {
    "as written": "-- pg-delta: transaction=false\n" + ROW % 1 + GIVE + "select public.gate(1);\n" + ROW % 2 + ROW % 3,
    "in parts": ROW % 1 + "vacuum public.gates;\n" + GIVE + "vacuum public.gates;\n" + ROW % 2 + "select public.gate(1);\n" + ROW % 3,
    "one that discards": ROW % 1 + "discard all;\nselect public.gate(1);\n" + ROW % 2 + "vacuum public.gates;\n" + ROW % 3,
    "its own transactions": "begin;\n" + ROW % 1 + GIVE + "commit;\nselect public.gate(1);\nbegin;\n" + ROW % 2 + "commit;\n" + ROW % 3,
    "a block of code": "-- pg-delta: transaction=false\n" + ROW % 1 + "do $$ begin perform pg_advisory_unlock_all(); end $$;\n"
                       + "select public.gate(1);\n" + ROW % 2 + ROW % 3,
}


@pytest.mark.parametrize("kind", FILES)
def test_the_lock_is_taken_again_behind_each_part(gated, migrations, action, other, kind):
    migrations({migration(1): FILES[kind], migration(2): "insert into public.log values (2, 1);\n"})
    first, second = two(gated, action, other)
    assert first.code == 0 and first.applied == [migration(1), migration(2)], first
    assert second.code == 0 and second.says("waiting for another push") and second.applied == [], second
    assert gated.rows() == [(1, 1, 1), (1, 2, 1), (1, 3, 1), (2, 1, 1)]
    assert gated.db.value(HELD) == 0


def test_files_in_one_transaction_each(gated, migrations, action, other):
    migrations({migration(1): GIVE + ROW % 1, migration(2): "select public.gate(1);\n" + ROW % 2, migration(3): ROW % 3})
    first, second = two(gated, action, other)
    assert first.code == 0 and len(first.applied) == 3 and second.code == 0, (first, second)
    assert second.says("waiting for another push") and gated.rows() == [(1, 1, 1), (1, 2, 1), (1, 3, 1)]


@pytest.mark.parametrize("transaction", ["file", "all"])
def test_roles_and_seeds_that_give_it_back(gated, workspace, migrations, action, other, transaction):
    workspace.write("supabase/roles.sql", GIVE)
    workspace.write("supabase/seed.sql", GIVE + "insert into public.log values (9, 1);\n")
    workspace.write("supabase/seed2.sql", "select public.gate(2);\ninsert into public.log values (9, 2);\n")
    workspace.write("supabase/config.toml", '[db.seed]\nsql_paths = ["seed.sql", "seed2.sql"]\n')
    migrations({migration(1): "select public.gate(1);\n" + ROW % 1})
    first, second = two(gated, action, other, include_roles="true", include_seed="true", transaction=transaction)
    assert first.code == 0 and second.code == 0 and second.says("waiting for another push"), (first, second)
    assert gated.rows() == [(1, 1, 1), (9, 1, 1), (9, 2, 1)]


INSIDE = ("-- pg-delta: transaction=false\n" + ROW % 1
          + "do $$ begin perform pg_advisory_unlock_all(); insert into public.log values (1, 2); perform public.gate(1); end $$;\n" + ROW % 3)


def test_a_statement_that_both_have_begun_is_rolled_back_by_one(gated, migrations, action, other):
    """Inside of one statement nobody can take the lock again: the progress of the file decides,
    or the history, if the other run has done the whole file by then."""
    migrations({migration(1): INSIDE})
    results = two(gated, action, other)
    assert gated.rows() == [(1, 1, 1), (1, 2, 1), (1, 3, 1)] and gated.db.versions() == [version(1)]
    assert sorted(result.code for result in results)[0] == 0, results
    for result in results:
        if result.code:
            assert result.code == 8, result
            assert result.says("another run has continued with version", "pg_advisory_unlock_all") or \
                result.says("has got into the history meanwhile", "the first 1 of its 3 statements may have run twice"), result
    assert action.push(gated.db.url).status == "up-to-date"


def test_progress_that_somebody_has_changed_is_left_alone(gated, migrations, action):
    """A file that was begun at one place is not gone on with at another."""
    gated.shut(1)
    migrations({migration(1): "-- pg-delta: transaction=false\n" + ROW % 1 + "select public.gate(1);\n" + ROW % 2 + ROW % 3})
    run = action.start(mode="push", db_url=gated.db.url)
    assert gated.wait_held(run)
    gated.db.query("update supabase_migrations.promote_progress set done = 3")
    gated.open()
    result = run.wait()
    assert result.code == 8 and result.says("another run has continued with version %s" % version(1)), result
    assert gated.rows() == [(1, 1, 1)] and gated.db.value("select done from supabase_migrations.promote_progress") == 3


def test_changed_seeds_are_loaded_again_once(gated, workspace, migrations, action, other):
    workspace.write("supabase/seed.sql", "select 1;\n")
    migrations({migration(1): "select 1;\n"})
    assert action.push(gated.db.url, include_seed="true").code == 0
    workspace.write("supabase/seed.sql", GIVE + "select public.gate(1);\ninsert into public.log values (9, 1);\n")
    results = two(gated, action, other, include_seed="true", reseed="true")
    assert gated.rows() == [(9, 1, 1)], results
    assert results[0].code == 0 and (results[1].code == 0 or results[1].says("its record has changed since the plan was made")), results


def test_settings_of_a_transaction_may_come_first(db, migrations, action):
    """No question of ours stands before them."""
    migrations({migration(1): "begin;\nset transaction isolation level serializable;\ncreate table a (n int);\ncommit;\n"
                              "begin;\nset transaction isolation level repeatable read;\ninsert into a values (1);\ncommit and chain;\n"
                              "insert into a values (2);\ncommit;\n",
                migration(2): "set transaction isolation level serializable;\ninsert into a values (3);\n"})
    result = action.push(db.url)
    assert result.code == 0 and db.value("select count(*) from a") == 3, result


def test_a_file_is_tried_again_while_nobody_may_read_the_history(gated, migrations, action):
    """What was rolled back may have given the lock back, too; to take it again the history need not be read."""
    gated.shut(1)
    migrations({migration(1): "select public.gate(1);\n" + ROW % 1, migration(2): ROW % 2})
    run = action.start(mode="push", db_url=gated.db.url, lock_timeout="200ms", lock_retries="20")
    assert gated.wait_held(run)
    connection = gated.db.connect()
    thread = threading.Thread(target=lambda: connection.cursor().execute(
        "begin; lock table supabase_migrations.schema_migrations in access exclusive mode; select pg_sleep(1.5); commit"))
    thread.start()
    while not gated.db.value("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())"):
        time.sleep(0.01)
    gated.open()
    result = run.wait()
    thread.join()
    connection.close()
    assert result.code == 0 and result.says("rolled back, try 2 of 21"), result
    assert gated.rows() == [(1, 1, 1), (1, 2, 1)]
