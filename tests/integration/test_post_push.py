"""After the push: the history read back, the API told, and what is left invalid named."""
import select
import threading

import pytest

from database import HISTORY, Database
from gates import Gated
from api_clients import session, wait_until_asleep
from workspace import migration, version


def listen(db):
    connection = db.connect(db.url)
    connection.cursor().execute("listen pgrst")
    return connection


def heard(connection):
    select.select([connection], [], [], 1)
    connection.poll()
    return [note.payload for note in connection.notifies]


def test_the_api_is_told_once(db, migrations, action):
    migrations({migration(n): "create table t%d (a int);\n" % n for n in range(1, 5)})
    ear = listen(db)
    assert action.push(db.url).code == 0
    assert heard(ear) == ["reload schema"]
    assert action.push(db.url).status == "up-to-date"
    assert heard(ear) == ["reload schema"]
    ear.close()


def test_the_api_is_told_of_what_a_failed_push_has_done(db, migrations, action):
    migrations({migration(1): "create table a (a int);", migration(2): "select nothing;"})
    ear = listen(db)
    assert action.push(db.url).code == 8
    assert heard(ear) == ["reload schema"]
    ear.close()


def test_a_row_that_does_not_stay_is_noticed(db, migrations, action):
    db.create_history()
    db.query("create function forget() returns trigger language plpgsql as $$ begin delete from %s; return null; end $$;"
             "create constraint trigger forget after insert on %s deferrable initially deferred for each row "
             "execute function forget()" % (HISTORY, HISTORY))
    migrations({migration(1): "create table a (a int);"})
    result = action.push(db.url)
    assert result.code == 6 and result.status == "failed", result
    assert result.says("the history, read back, does not have " + version(1)), result


def test_statements_that_are_stored_otherwise_are_noticed(db, migrations, action):
    db.create_history()
    db.query("create function bend() returns trigger language plpgsql as $$ begin new.statements = '{other}'; return new; end $$;"
             "create trigger bend before insert on %s for each row execute function bend()" % HISTORY)
    migrations({migration(1): "create table a (a int);"})
    result = action.push(db.url)
    assert result.code == 6 and result.says("has other statements for " + migration(1)), result


def test_invalid_indexes_are_named(db, migrations, action):
    db.as_owner("create table t (a int); create index broken on t (a)")
    db.query("update pg_index set indisvalid = false where indexrelid = 'broken'::regclass")
    migrations({migration(1): "create table a (a int);"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.warnings) == 1, result
    assert result.says("the index public.broken of public.t is invalid", "REINDEX INDEX CONCURRENTLY public.broken;"), result


def test_the_lock_is_given_back(cluster, workspace, tmp_path, action):
    workspace.migrations({migration(1): "select 1;"})
    with Gated(cluster) as gated:
        assert action.push(gated.db.url).code == 0
        assert gated.db.value("select count(*) from pg_locks where locktype = 'advisory'") == 0


@pytest.mark.alone
def test_a_history_that_is_locked_just_then_is_no_fault_of_the_push(db, migrations, action):
    """Whoever waits for the table while the file runs has it as soon as the file is committed."""
    db.create_history()
    migrations({migration(1): "select pg_sleep(1);"})
    run = action.start(mode="push", db_url=db.url, lock_timeout="400ms")
    wait_until_asleep(db, run)
    other = session(db)
    waiting = threading.Thread(target=other.cursor().execute, args=("lock table %s in access exclusive mode" % HISTORY,))
    waiting.start()
    result = run.wait()
    waiting.join(10)
    other.rollback()
    other.close()
    assert result.code == 0 and result.status == "pushed" and len(result.warnings) == 1, result
    assert result.says("cannot be read: canceling statement due to lock timeout", "not read back and compared"), result
    assert db.versions() == [version(1)]


def test_in_another_encoding_the_statements_are_the_same(cluster, action, workspace):
    cluster.maintenance.query("create database latin owner postgres encoding 'LATIN1' locale 'C' template template0")
    latin = Database(cluster, "latin")
    text = "create table t (a text default 'é');\n-- für\nselect 'ä', 'plain';\n"
    workspace.migrations({migration(1): text})
    try:
        result = action.push(latin.url)
        assert result.code == 0 and not result.warnings, result
        again = action.push(latin.url, edited_migrations="error")
        assert again.status == "up-to-date" and not again.says("not compared"), again
        workspace.migrations({migration(1): text.replace("plain", "other")})
        assert action.push(latin.url, edited_migrations="error").code == 7
    finally:
        latin.drop()


def test_what_the_cli_has_stored_misread_is_not_edited(db, migrations, action):
    """It sends UTF-8 whatever the file says, and the server takes it for LATIN1, also in the history row behind the file."""
    text = "SET client_encoding = 'LATIN1';\ncreate table t (a text default 'für');\n-- é\nselect 'plain'"
    migrations({migration(1): text + ";\n"})
    assert action.push(db.url).code == 0
    db.query("update supabase_migrations.schema_migrations set statements = (select array_agg(convert_from(convert(convert_to("
             "s, 'UTF8'), 'LATIN1', 'UTF8'), 'UTF8') order by n) from unnest(statements) with ordinality as piece(s, n))")
    assert "fÃ¼r" in db.history()[0][2][1]
    result = action.push(db.url, edited_migrations="error")
    assert result.code == 0 and result.status == "up-to-date" and not result.warnings, result
    migrations({migration(1): text.replace("plain", "other") + ";\n"})
    assert action.push(db.url, edited_migrations="error").code == 7
