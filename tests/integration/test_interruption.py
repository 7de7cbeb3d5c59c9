"""A push that is interrupted anywhere, by whatever it is, and a run that finishes it: every row once."""
import re
import itertools
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from action import SLOWNESS, WRAPPER, Action
from cluster import Cluster
from gates import Gated, Writer, files_that_commit, ten_atomic_files, ten_files
from proxy import Proxy
from workspace import Workspace, migration, version

WAYS = ("SIGTERM", "SIGKILL", "cut", "terminated")
# One point in so many, another set of them for each way. The sanitizers see the same code with fewer; `make test-deep`
# has all points.
SHARE = 1 if os.environ.get("PROMOTE_DEEP") else 5 if "debug" in os.environ.get("PROMOTE_BINARY", "") else 2


def interrupt(way, run, gated, proxy):
    if way == "SIGTERM":
        run.signal(signal.SIGTERM)
        run.wait(20)
        gated.open()
    elif way == "SIGKILL":
        run.kill()
        gated.open()  # the server goes on with what has been sent to it
        run.wait(20, check=False)
    elif way == "cut":
        for link in list(proxy.links):
            link.close()
        gated.open()
        run.wait(40)
    else:
        gated.terminate()
        gated.open()
        run.wait(40)


def person(gated, result):
    """Does what the report asks for: looks what the statement has left, and says so."""
    remedies = re.findall(r'psql "\$DB_URL" -c "(UPDATE [^"]*)"', result.log)
    file = int(result.log.split("whether it ran is unknown")[0].split("_step.sql")[-2][-6:])
    file = 2 if file == 3 else file  # whose procedure writes for it
    done = gated.db.value("select count(*) from log where file = %s", (file,))
    if done < 2:
        gated.db.query("delete from log where file = %s", (file,))
    gated.db.query(remedies[0 if done == 2 else 1])


def finish(gated, action):
    result = action.push(gated.db.url)
    if result.code == 7 and result.says("has changed since the plan was made"):
        result = action.push(gated.db.url)  # what was sent before the interruption was still going on
    if result.code == 7 and result.says("whether it ran is unknown"):
        person(gated, result)
        result = action.push(gated.db.url)
    return result


def one_point(cluster, workspace, folder, expected, way, gate):
    """Interrupts at one point and finishes. Returns what is wrong, or None."""
    with Gated(cluster) as gated, Proxy(cluster.port, record=False) as proxy:
        actions = [Action(workspace, folder / ("%s-%d-%d" % (way, gate, n))) for n in (1, 2)]
        gated.shut(gate)
        run = actions[0].start(mode="push", db_url=gated.db.url_with(port=proxy.port, sslmode="disable"))
        if not gated.wait_held(run):
            return "%s at gate %d was not reached: %r" % (way, gate, run.wait())
        interrupt(way, run, gated, proxy)
        result = finish(gated, actions[1])
        rows, versions = gated.rows(), gated.db.versions()
        left = gated.db.has_table("supabase_migrations.promote_progress") and gated.db.query(
            "select version, done, in_doubt from supabase_migrations.promote_progress")
        for action in actions:
            action.close()
        if result.code != 0 or rows != expected or len(versions) != len(workspace_files(workspace)) or left:
            return "%s at gate %d: left %s, %s\n%r" % (way, gate, left, sorted(set(rows) ^ set(expected)), result)
    return None


def workspace_files(workspace):
    return sorted(path.name for path in workspace.folder.iterdir())


def run_points(cluster, workspace, tmp_path, writer, points):
    def one(point):
        try:
            return one_point(cluster, workspace, tmp_path, writer.expected, *point)
        except AssertionError as failure:
            return "%s at gate %d: %s" % (point[0], point[1], failure)
    with ThreadPoolExecutor(4) as pool:
        return [fault for fault in pool.map(one, points) if fault]


def all_points(writer):
    gates = list(range(1, writer.gates + 1)) + [1000 + number for number in sorted({file for file, _, _ in writer.expected})]
    return [(way, gate) for row, way in enumerate(WAYS) for column, gate in enumerate(gates)
            if (row + column) % SHARE == 0]


@pytest.mark.skipif(bool(WRAPPER), reason="hundreds of runs")
@pytest.mark.parametrize("files", [ten_files, ten_atomic_files, files_that_commit])
def test_every_point_of_a_push(cluster, workspace, tmp_path, files):
    writer = files()
    workspace.migrations(writer.files)
    points = all_points(writer)
    faults = run_points(cluster, workspace, tmp_path, writer, points)
    print("%d points, each followed by a run that finishes" % len(points))
    assert not faults, "%d of %d\n%s" % (len(faults), len(points), "\n".join(faults[:3]))


def test_all_in_one_transaction_at_every_point(cluster, workspace, tmp_path):
    """Nothing, or everything."""
    writer = Writer().file(1, None, None).file(2, None)
    workspace.migrations(writer.files)
    for way, gate in itertools.product(WAYS, range(1, writer.gates + 1)):
        with Gated(cluster) as gated, Proxy(cluster.port, record=False) as proxy:
            action = Action(workspace, tmp_path / ("%s%d" % (way, gate)))
            gated.shut(gate)
            run = action.start(mode="push", db_url=gated.db.url_with(port=proxy.port, sslmode="disable"), transaction="all")
            assert gated.wait_held(run)
            interrupt(way, run, gated, proxy)
            result = action.push(gated.db.url, transaction="all")
            assert result.code == 0 and gated.rows() == writer.expected, result
            action.close()


@pytest.fixture(scope="module")
def mortal(programs):
    """A server that may die."""
    with Cluster(log_statement="none", programs=programs) as cluster:
        yield cluster


def crash(cluster):
    """An immediate shutdown, as a crash: what no process has written is gone (so commits are not asynchronous); then a
    new start, with recovery."""
    cluster.process.send_signal(signal.SIGQUIT)
    cluster.process.wait(20)
    cluster.maintenance.close()
    cluster._start()


@pytest.mark.parametrize("file", [1, 2, 3])
def test_a_server_that_dies_at_commit(mortal, workspace, tmp_path, file):
    writer = Writer().file(1, None, None).file(2, None, "vacuum", None).file(3, None)
    workspace.migrations(writer.files)
    with Gated(mortal) as gated:
        action = Action(workspace, tmp_path / "first")
        gated.shut(1000 + file)
        run = action.start(mode="push", db_url=gated.db.url)
        assert gated.wait_held(run)
        gated.db.close()
        crash(mortal)
        result = run.wait(40)
        assert result.code == 9 and result.status == "failed", result
        assert result.says("outcome unknown") and result.says("does not have"), result
        gated.db.close()
        gated.open()
        second = action.push(gated.db.url)
        assert second.code == 0 and gated.rows() == writer.expected, second
        action.close()


# -- what a person is told ------------------------------------------------------------------------------

def hold_in(db, action, **inputs):
    return hold_until_asleep(db, action.start(mode="push", db_url=db.url, **inputs))


def hold_until_asleep(db, run):
    deadline = time.monotonic() + 20 * SLOWNESS
    while not db.query("select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"):
        assert time.monotonic() < deadline and run.process.poll() is None
        time.sleep(0.01)
    return run


HALF = "create table a (a int);\nvacuum a;\ninsert into a values (1);\nvacuum a;\nselect pg_sleep(%s);\n"


@pytest.fixture
def half_done(db, migrations, action):
    """Four of five statements are done."""
    migrations({migration(1): HALF % 30})
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    result = run.wait(10)
    assert result.code == 130 and result.says("first 4 of its 5 statements"), result
    return result


@pytest.mark.postgres()
def test_the_dry_run_explains_what_is_half_done(db, migrations, action, half_done):
    result = action.dry_run(db.url)
    assert result.code == 0 and result.says("was left half done: 4 statements are in the database", "resumes in line 5"), result


def test_what_comes_behind_may_be_mended(db, migrations, action, half_done):
    migrations({migration(1): HALF % 0 + "create table b (a int);\n"})
    result = action.push(db.url)
    assert result.code == 0 and db.value("select count(*) from a") == 1 and db.has_table("b"), result


def test_what_is_done_may_not_be_changed(db, migrations, action, half_done):
    migrations({migration(1): (HALF % 0).replace("(1)", "(2)")})
    result = action.push(db.url)
    assert result.code == 7 and result.status == "blocked", result
    assert result.says("DELETE FROM supabase_migrations.promote_progress WHERE version = '20240101000001'"), result
    migrations({migration(1): "-- only said otherwise\n" + (HALF % 0).replace("vacuum", "VACUUM")})
    assert action.push(db.url).code == 0


def test_half_a_file_is_no_part_of_one_transaction(db, migrations, action, half_done):
    migrations({migration(1): "create table a (a int);\nvacuum a;\ninsert into a values (1);\nvacuum a;\n"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7, result


def forgotten(db, migrations, action):
    """Two of three statements are done."""
    db.as_owner("create table log (n int)")
    migrations({migration(1): "select 1;\n", migration(2): "insert into log values (1);\nvacuum log;\nselect nothing;\n"})
    assert action.push(db.url).code == 8


def test_a_half_done_file_that_is_deleted_is_not_forgotten(db, migrations, workspace, action):
    forgotten(db, migrations, action)
    workspace.remove(migration(2))
    for result in (action.dry_run(db.url), action.push(db.url)):
        assert result.code == 7 and result.says("a file of version %s was left half done: 2 statements" % version(2)), result
    db.query("delete from supabase_migrations.promote_progress where version = '%s'" % version(2))
    assert action.push(db.url).code == 0


def test_a_half_done_file_keeps_its_version(db, migrations, workspace, action):
    """Somebody else's newer migration has reached the target meanwhile."""
    forgotten(db, migrations, action)
    migrations({migration(2): "insert into log values (1);\nvacuum log;\nselect 1;\n", migration(5): "select 1;"})
    db.query("insert into supabase_migrations.schema_migrations (version, statements) values ('%s', '{select 1}')" % version(5))
    result = action.push(db.url)
    assert result.code == 7 and result.says("set include-all: true") and "git mv" not in result.log, result
    renamed = (workspace.folder / migration(2)).rename(workspace.folder / migration(6))
    assert action.push(db.url, include_all="true").code == 7
    renamed.rename(workspace.folder / migration(2))
    result = action.push(db.url, include_all="true")
    assert result.code == 0 and db.value("select count(*) from log") == 1, result


@pytest.mark.postgres()
def test_settings_of_the_part_that_is_done_hold_for_the_rest(db, migrations, action):
    db.as_owner("create schema other")
    text = "set search_path = other;\nselect pg_catalog.set_config('work_mem', '7MB', false);\nvacuum;\nselect pg_sleep(%d);\n" \
           "create table here as select current_setting('work_mem') as m;\n"
    migrations({migration(1): text % 30})
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    migrations({migration(1): text % 0})
    result = action.push(db.url)
    assert result.code == 0 and db.value("select m from other.here") == "7MB", result


DOUBT = "create table a (a int);\ndo $$ begin insert into a values (1); commit; perform pg_sleep(%s); end $$;\nselect 1;\n"


@pytest.mark.postgres()
def test_a_statement_that_must_not_run_twice_is_asked_about(db, migrations, action):
    migrations({migration(1): DOUBT % 30})
    run = hold_in(db, action)
    run.kill()
    run.wait(10, check=False)
    db.query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()")
    result = action.push(db.url)
    assert result.code == 7 and result.says("statement 2 (line 2", "whether it ran is unknown"), result
    assert db.value("select count(*) from a") == 1
    db.query([sql for sql in result.psql_commands() if "SET done = 2" in sql][0])
    assert action.push(db.url).code == 0
    assert db.value("select count(*) from a") == 1


def test_a_refused_statement_that_had_committed_is_asked_about_too(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ndo $$ begin commit; raise 'no'; end $$;\n"})
    assert action.push(db.url).code == 8
    migrations({migration(1): "create table a (a int);\ndo $$ begin commit; end $$;\n"})
    result = action.push(db.url)
    assert result.code == 7 and result.says("whether it ran is unknown"), result


def test_a_role_that_may_not_keep_notes_pushes_all_the_same(db, migrations, action):
    db.create_history()
    db.query("revoke create on schema supabase_migrations from postgres; alter schema supabase_migrations owner to supabase_admin;"
             "grant usage on schema supabase_migrations to postgres")
    migrations({migration(1): "create table a (a int);\nvacuum a;\ninsert into a values (1);\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("cannot be kept"), result
    assert db.value("select count(*) from a") == 1


@pytest.mark.alone
def test_a_dump_of_our_notes_is_in_nobodys_way(db, migrations, action):
    migrations({migration(1): "create table t (a int);\nvacuum t;\nselect pg_sleep(1);\n"})
    run = action.start(mode="push", db_url=db.url, lock_timeout="300ms", lock_retries="1")
    hold_until_asleep(db, run)
    dump = db.connect(db.admin_url)
    dump.autocommit = False
    dump.cursor().execute("lock table supabase_migrations.promote_progress in access share mode")
    result = run.wait()
    assert result.code == 0 and db.versions() == [version(1)], result
    dump.close()
    assert db.query("select * from supabase_migrations.promote_progress") == []
    migrations({migration(2): "select 1;"})
    assert action.push(db.url).code == 0 and not db.has_table("supabase_migrations.promote_progress")


@pytest.mark.alone
def test_a_signal_while_somebody_holds_the_history(db, migrations, action):
    """The file is done, and only its row is missing."""
    db.create_history()
    migrations({migration(1): "-- pg-delta: transaction=false\ncreate table t (a int);\nselect pg_sleep(0.5);\n"})
    run = hold_in(db, action, lock_timeout="30s")
    somebody = db.connect(db.admin_url)
    somebody.autocommit = False
    somebody.cursor().execute("lock table supabase_migrations.schema_migrations in exclusive mode")
    deadline = time.monotonic() + 20 * SLOWNESS
    while not db.value("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"):
        assert time.monotonic() < deadline and run.process.poll() is None
        time.sleep(0.01)
    started = time.monotonic()
    run.signal(signal.SIGTERM)
    result = run.wait(10)
    assert time.monotonic() - started < 4.5 * SLOWNESS, "ended by the last resort"
    assert result.code == 130 and result.status == "failed", result
    assert result.says("the first 2 of its 2 statements are in the database"), result
    somebody.close()
    result = action.push(db.url)
    assert result.code == 0 and db.versions() == [version(1)], result
