"""Statements that end their own transaction: never run twice by themselves, and told when they end half-way."""
import signal
import threading

import pytest

from action import SLOWNESS
from test_interruption import hold_in
from workspace import migration

PROGRESS = "supabase_migrations.promote_progress"


def reader(db):
    """Somebody who reads t, and is in the way of ALTER TABLE until the connection is closed."""
    connection = db.connect()
    connection.autocommit = False
    connection.cursor().execute("select count(*) from t")
    return connection


def rows(db):
    return db.query("select n, count(*) from log group by 1 order by 1")


def remedies(result, words):
    return [sql for sql in result.psql_commands() if words in sql]


def end_sleepers(db):
    db.query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()")


@pytest.fixture
def tables(db):
    db.as_owner("create table t (a int); create table log (n int)")


# -- refused behind a COMMIT of its own ------------------------------------------------------------------

PROCEDURE = "create procedure p() language plpgsql as $$ begin insert into public.log values (1); commit; %s; end $$"
WAYS = {"do": ("do $$ begin insert into log values (1); commit; %s; end $$;\n", None), "call": ("call p();\n", PROCEDURE),
        "directive": ("-- pg-delta: transaction=false\ncall p();\n", PROCEDURE),
        "nested": ("-- pg-delta: transaction=false\ndo $$ begin call p(); end $$;\n", PROCEDURE)}


def prepare(db, migrations, way, body):
    text, procedure = WAYS[way]
    if procedure:
        db.as_owner(procedure.replace("create", "create or replace", 1) % body)
    migrations({migration(1): text % body if "%" in text else text})


@pytest.mark.parametrize("way", WAYS)
def test_what_has_committed_is_not_tried_again(db, tables, migrations, action, way):
    prepare(db, migrations, way, "alter table public.t add c int")
    somebody = reader(db)
    result = action.push(db.url, lock_timeout="300ms", lock_retries="2")
    somebody.close()
    assert result.code == 8 and result.says("55P03", "may have committed a part of its work"), result
    assert not result.says("rolled back, try 2") and rows(db) == [(1, 1)], result


@pytest.mark.parametrize("way", WAYS)
def test_what_has_committed_and_failed_is_asked_about(db, tables, migrations, action, way):
    prepare(db, migrations, way, "perform 1 / 0")
    result = action.push(db.url)
    assert result.code == 8 and result.says("22012", "may have committed a part of its work"), result
    assert "nothing of it is left" not in result.log + result.summary_text, result
    assert db.query("select done, in_doubt from " + PROGRESS) == [(0, True)] and rows(db) == [(1, 1)]
    prepare(db, migrations, way, "perform 1")
    result = action.push(db.url)
    assert result.code == 7 and result.says("whether it ran is unknown"), result
    assert rows(db) == [(1, 1)]
    db.query(remedies(result, "SET done = 1")[0])
    result = action.push(db.url)
    assert result.code == 0 and rows(db) == [(1, 1)], result


def test_a_statement_that_was_refused_leaves_no_doubt(db, migrations, action):
    """One that is done as a whole, or not at all."""
    migrations({migration(1): "select 1;\ndrop database nobodys;\n"})
    assert action.push(db.url).code == 8
    migrations({migration(1): "select 1;\ndrop database if exists nobodys;\n"})
    result = action.push(db.url)
    assert result.code == 0, result


def test_a_signal_before_such_a_statement_leaves_no_doubt(db, tables, migrations, action):
    text = "vacuum log;\nselect pg_sleep(%s);\ndo $$ begin insert into log values (1); commit; end $$;\n"
    migrations({migration(1): text % 30})
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    migrations({migration(1): text % 0})
    result = action.push(db.url)
    assert result.code == 0 and rows(db) == [(1, 1)], result


def test_a_signal_in_such_a_statement_is_told(db, tables, migrations, action):
    prepare(db, migrations, "do", "perform pg_sleep(30)")
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    result = run.wait(10)
    assert result.code == 130 and result.says("may have committed a part of its work"), result
    assert action.dry_run(db.url).code == 7 and rows(db) == [(1, 1)]


# -- cut off in it --------------------------------------------------------------------------------------

CUT = {"directive": "-- pg-delta: transaction=false\nselect 1;\ncall p();\n", "behind another": "vacuum log;\ncall p();\n",
       "in the middle": "vacuum log;\ninsert into t values (1);\ncall p();\n", "alone": "call p();\n"}


@pytest.mark.parametrize("shape", CUT)
def test_a_procedure_that_commits_is_asked_about(db, tables, migrations, action, shape):
    db.as_owner(PROCEDURE % "perform pg_sleep(30)")
    migrations({migration(1): CUT[shape]})
    run = hold_in(db, action)
    run.kill()
    run.wait(10, check=False)
    end_sleepers(db)
    db.as_owner(PROCEDURE.replace("create", "create or replace", 1) % "perform 1")
    result = action.push(db.url)
    assert result.code == 7 and result.says("whether it ran is unknown"), result
    assert result.says("this run changed nothing, but an earlier one left its work unfinished"), result
    assert not result.says("nothing was changed") and "othing was changed" not in result.summary, result
    assert rows(db) == [(1, 1)]
    done = CUT[shape].count(";")
    db.query(remedies(result, "SET done = %d" % done)[0])
    result = action.push(db.url)
    assert result.code == 0 and rows(db) == [(1, 1)] and db.value("select count(*) <= 1 from t"), result


def test_a_push_to_another_database_of_the_server_lifts_no_doubt(cluster, db, tables, migrations, action):
    prepare(db, migrations, "do", "perform 1 / 0")
    assert action.push(db.url).code == 8
    other = cluster.create_database()
    holder = other.connect()
    holder.cursor().execute("select pg_advisory_lock(2427652768262669867)")
    result = action.push(db.url)
    holder.close()
    other.drop()
    assert result.code == 7 and result.says("whether it ran is unknown") and rows(db) == [(1, 1)], result


def test_what_a_run_has_found_out_holds_for_the_next(db, migrations, action):
    """The second run does not know that the procedure commits; but it knows that the file is half done."""
    db.as_owner("create schema other; create procedure public.p() language plpgsql as $$ begin commit; end $$")
    text = "set search_path = other;\ncall public.p();\nselect pg_sleep(%s);\ncreate table x (a int);\n"
    migrations({migration(1): text % 30})
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    migrations({migration(1): text % 0})
    result = action.push(db.url)
    assert result.code == 0 and db.has_table("other.x") and not db.has_table("public.x"), result
    assert not db.has_table(PROGRESS) or not db.query("select * from " + PROGRESS)


# -- COMMIT AND CHAIN -----------------------------------------------------------------------------------

CHAIN = ("begin isolation level repeatable read;\ninsert into log values (1);\ncommit and chain;\n"
         "insert into log values (2);\n%s;\ninsert into log values (3);\ncommit;\n")
LEVEL = "insert into log select 10 where current_setting('transaction_isolation') = 'repeatable read'"


@pytest.mark.alone
def test_behind_a_chained_commit_it_is_tried_again_from_there(db, tables, migrations, action):
    migrations({migration(1): CHAIN % ("alter table t add c int;\n" + LEVEL)})
    somebody = reader(db)
    threading.Timer(1.0 * SLOWNESS, somebody.close).start()
    result = action.push(db.url, lock_timeout="300ms")
    assert result.code == 0 and result.says("try 2 of 11"), result
    assert rows(db) == [(1, 1), (2, 1), (3, 1), (10, 1)], result


def test_a_failure_behind_a_chained_commit_tells_what_is_kept(db, tables, migrations, action):
    migrations({migration(1): CHAIN % "select nothing"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("the first 3 of its 7 statements are in the database"), result
    assert rows(db) == [(1, 1)] and db.query("select done, in_doubt from " + PROGRESS) == [(3, False)]
    migrations({migration(1): CHAIN % "select 1 / 0"})
    assert action.push(db.url).code == 8
    assert rows(db) == [(1, 1)], "what comes behind it is in a transaction, as it was"
    migrations({migration(1): CHAIN % LEVEL})
    result = action.push(db.url)
    assert result.code == 0 and rows(db) == [(1, 1), (2, 1), (3, 1), (10, 1)], result


def test_a_procedure_inside_of_a_chained_transaction_cannot_commit(db, tables, migrations, action):
    db.as_owner("create procedure p() language sql as $$ insert into public.log values (5) $$")
    migrations({migration(1): CHAIN % "call p();\nselect nothing"})
    assert action.push(db.url).code == 8
    migrations({migration(1): CHAIN % "call p()"})
    result = action.push(db.url)
    assert result.code == 0 and rows(db) == [(1, 1), (2, 1), (3, 1), (5, 1)], result
