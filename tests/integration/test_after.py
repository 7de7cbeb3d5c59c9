"""After the push: the history read back, the API told, and what is left invalid named."""
import select

from database import HISTORY
from gates import Gated
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
    db.query("create function forget() returns trigger language plpgsql as $$ begin return null; end $$;"
             "create trigger forget before insert on %s for each row execute function forget()" % HISTORY)
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
    assert result.says("the index broken of t is invalid", "REINDEX INDEX CONCURRENTLY broken;"), result


def test_the_lock_is_given_back(cluster, workspace, tmp_path, action):
    workspace.migrations({migration(1): "select 1;"})
    with Gated(cluster) as gated:
        assert action.push(gated.db.url).code == 0
        assert gated.db.value("select count(*) from pg_locks where locktype = 'advisory'") == 0
