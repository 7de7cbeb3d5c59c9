"""One push at a time, and the limits on its waiting for locks."""
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

import npm
import postgresql
import supabase_cli
from action import BINARY, SLOWNESS, WRAPPER, Action
from database import HISTORY
from gates import Gated
from proxy import Cut, Proxy
from api_clients import Clock, Reader, hold, session, wait_until, waits_for_a_lock
from workspace import migration, version

pytestmark = pytest.mark.supabase

KEY = 2427652768262669867


def waits_for_the_lock(run):
    """Until the program says that another push has the lock."""
    wait_until(lambda: b"waiting for another push" in run.stdout, run)


# -- two pushes ------------------------------------------------------------------------------------------

PAIR = {migration(1): "insert into log values (1, 1);\n", migration(2): "insert into log values (2, 1);\nvacuum log;\n"
        "insert into log values (2, 2);\n", migration(3): "insert into log values (3, 1);\n"}
ONCE = [(1, 1, 1), (2, 1, 1), (2, 2, 1), (3, 1, 1)]


def two_at_once(cluster, workspace, folder, number):
    with Gated(cluster) as gated:
        pair = [Action(workspace, folder / ("round%d-%d" % (number, n))) for n in (1, 2)]
        runs = [twin.start(mode="push", db_url=gated.db.url) for twin in pair]
        results = [run.wait() for run in runs]
        rows, versions = gated.rows(), gated.db.versions()
        for twin in pair:
            twin.close()
    pushed = sorted(len(result.applied) for result in results)
    explained = all(result.code == 0 and (len(result.applied) == 3 or result.says("nothing is left to do") or
                                          result.says("nothing to push")) for result in results)
    if rows != ONCE or versions != [version(n) for n in (1, 2, 3)] or pushed != [0, 3] or not explained:
        return "round %d: %s %s\n%s" % (number, rows, pushed, "\n".join(map(repr, results)))
    return None


def test_two_pushes_at_once_a_hundred_times(cluster, workspace, tmp_path):
    workspace.migrations(PAIR)
    rounds = 5 if WRAPPER else 20 if "debug" in str(BINARY) else 100  # the sanitizers see the same code in a fifth
    with ThreadPoolExecutor(3) as pool:
        faults = [fault for fault in pool.map(lambda n: two_at_once(cluster, workspace, tmp_path, n), range(rounds)) if fault]
    assert not faults, "%d of %d rounds\n%s" % (len(faults), rounds, faults[0])


@pytest.mark.postgres()
def test_the_loser_names_the_winner(db, migrations, workspace, tmp_path, action):
    migrations({migration(1): "select pg_sleep(30);"})
    winner = Action(workspace, tmp_path / "winner")
    run = winner.start(mode="push", db_url=db.url)
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and "
                                "datname = current_database()"), run)
    pid = db.value("select pid from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()")
    result = action.push(db.url, lock_wait="600ms")
    assert result.code == 7 and result.status == "blocked", result
    assert result.says("supabase-promote acme/shop 4711 (process %d of role postgres, connected since " % pid), result
    assert 0.5 < result.seconds < 4 * SLOWNESS, result
    at_once = action.push(db.url, lock_wait="0")
    assert at_once.code == 7 and at_once.seconds < 3 * SLOWNESS, at_once
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    winner.close()


def test_a_lock_that_is_given_back_is_taken(db, migrations, action):
    migrations({migration(1): "create table a (a int);"})
    holder = session(db, autocommit=True)
    holder.cursor().execute("select pg_advisory_lock(%d)" % KEY)
    run = action.start(mode="push", db_url=db.url)
    waits_for_the_lock(run)
    holder.close()
    result = run.wait()
    assert result.code == 0 and result.says("waiting for another push"), result
    assert db.value("select count(*) from pg_locks where locktype = 'advisory'") == 0


def test_a_signal_while_waiting_for_another_push(db, migrations, action):
    migrations({migration(1): "create table a (a int);"})
    holder = session(db, autocommit=True)
    holder.cursor().execute("select pg_advisory_lock(%d)" % KEY)
    run = action.start(mode="push", db_url=db.url)
    waits_for_the_lock(run)
    run.signal(signal.SIGTERM)
    result = run.wait(5)
    holder.close()
    assert result.code == 130 and not db.has_table("a"), result


def test_a_history_that_has_moved_meanwhile_stops_the_push(db, migrations, action):
    """Between plan and lock: by somebody who holds no lock of ours."""
    migrations({migration(1): "create table a (a int);"})
    db.create_history()
    holder = session(db, autocommit=True)
    holder.cursor().execute("select pg_advisory_lock(%d)" % KEY)
    run = action.start(mode="push", db_url=db.url)
    waits_for_the_lock(run)
    db.query("insert into %s (version) values ('20230101000000')" % HISTORY)
    holder.close()
    result = run.wait()
    assert result.code == 7 and result.says("has changed since the plan was made: new: 20230101000000"), result
    assert not db.has_table("a")


@pytest.mark.postgres()
def test_the_lock_survives_discard_all(cluster, workspace, tmp_path):
    workspace.migrations({migration(1): "select 1;\ndiscard all;\nselect public.gate(1);\n"})
    with Gated(cluster) as gated:
        action = Action(workspace, tmp_path / "only")
        gated.shut(1)
        run = action.start(mode="push", db_url=gated.db.url)
        assert gated.wait_held(run)
        assert gated.db.value("select count(*) from pg_locks where locktype = 'advisory'") == 1
        gated.open()
        assert run.wait().code == 0
        action.close()


def test_nobody_else_writes_the_history_while_a_file_runs(cluster, workspace, tmp_path):
    workspace.migrations({migration(1): "select public.gate(1);\n"})
    with Gated(cluster) as gated:
        action = Action(workspace, tmp_path / "only")
        gated.db.create_history()
        gated.shut(1)
        run = action.start(mode="push", db_url=gated.db.url)
        assert gated.wait_held(run)
        other = session(gated.db)
        other.cursor().execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg2.errors.LockNotAvailable):
            other.cursor().execute("insert into %s (version) values ('1')" % HISTORY)
        other.rollback()
        cursor = other.cursor()
        cursor.execute("select count(*) from %s" % HISTORY)
        assert cursor.fetchone() == (0,)
        other.close()
        gated.open()
        assert run.wait().code == 0
        action.close()


@pytest.mark.postgres()
def test_a_role_that_may_not_lock_the_history_pushes_all_the_same(db, migrations, action):
    db.create_history()
    db.query("alter table %s owner to supabase_admin; alter schema supabase_migrations owner to supabase_admin; "
             "grant usage on schema supabase_migrations to postgres; grant select, insert on %s to postgres" % (HISTORY, HISTORY))
    migrations({migration(1): "create table a (a int);"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("may not lock the history table"), result


def test_a_push_beside_the_real_cli(cluster, workspace, tmp_path):
    """Both want the same three files; every statement has run once, whoever it was."""
    try:
        cli = supabase_cli.install()
    except npm.Unavailable as reason:
        pytest.skip("the CLI %s cannot be had here: %s" % (supabase_cli.VERSION, reason))
    workspace.migrations({migration(n): "insert into log values (%d, 1);\nselect pg_sleep(0.15);\n" % n for n in (1, 2, 3)})
    winners = set()
    for number in range(4):
        with Gated(cluster) as gated, ThreadPoolExecutor(1) as pool:
            action = Action(workspace, tmp_path / ("round%d" % number))
            gated.db.create_history()
            theirs = pool.submit(supabase_cli.push, cli, gated.db.url_with(sslmode="disable"), workspace.root)
            time.sleep(0.3 + 0.15 * number)
            ours = action.push(gated.db.url)
            code, said = theirs.result()
            assert gated.rows() == [(1, 1, 1), (2, 1, 1), (3, 1, 1)], (said, ours)
            assert gated.db.versions() == [version(n) for n in (1, 2, 3)], (said, ours)
            assert ours.code == 0 or ours.code in (7, 8) and (ours.says("history has changed") or (ours.says("23505") or ours.says("SP001"))), ours
            winners.add((code, ours.code))
            action.close()
    print("exit codes, theirs and ours: %s" % winners)


# -- the lock budget -----------------------------------------------------------------------------------------

def dump(db, seconds):
    """pg_dump whose reader is slow: it holds its locks meanwhile."""
    db.query("insert into t select g, repeat('x', 500) from generate_series(1, 4000) g")
    process = subprocess.Popen([str(db.cluster.bin / "pg_dump"), db.url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wait_until(lambda: db.value("select count(*) from pg_locks l join pg_stat_activity a using (pid) where "
                                "application_name = 'pg_dump' and relation = 't'::regclass"))
    threading.Timer(seconds * SLOWNESS, process.communicate).start()


OBSTACLES = {
    "reader": lambda db: hold(db, 1.6, "select count(*) from t"),
    "writer": lambda db: hold(db, 1.6, "insert into t values (1)"),
    "idle": lambda db: hold(db, 1.6, "lock table t in row exclusive mode"),
}
MARGIN = 0.1


@pytest.mark.alone
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_whoever_is_in_the_way_readers_go_on(db, migrations, action, obstacle):
    readers_go_on(db, migrations, action, obstacle, OBSTACLES[obstacle])


@pytest.mark.alone
@pytest.mark.postgres(postgresql.with_clients())
def test_readers_go_on_beside_a_dump(db, migrations, action):
    readers_go_on(db, migrations, action, "pg_dump", lambda db: dump(db, 1.6))


def readers_go_on(db, migrations, action, obstacle, put_in_the_way):
    db.as_owner("create table t (a int, b text)")
    migrations({migration(1): "create table before_it (a int);\nalter table t add c int;\n"})
    put_in_the_way(db)
    reader = Reader(db)
    reader.start()
    with Clock() as clock:
        result = action.push(db.url, lock_timeout="500ms")
    longest = reader.stop() - clock.stall
    print("%s in the way: %d reads, the longest %.3f s" % (obstacle, reader.count, longest))
    assert result.code == 0 and result.says("rolled back, try 2 of 11", "in the way: process"), result
    assert longest <= 0.5 + MARGIN * SLOWNESS, longest
    assert db.versions() == [version(1)]


@pytest.mark.alone
def test_with_the_default_timeout_too(db, migrations, action):
    db.as_owner("create table t (a int)")
    migrations({migration(1): "alter table t add c int;\n"})
    hold(db, 3.0, "select count(*) from t")
    reader = Reader(db)
    reader.start()
    with Clock() as clock:
        result = action.push(db.url)
    longest = reader.stop() - clock.stall
    print("default lock-timeout: the longest read %.3f s" % longest)
    assert result.code == 0 and longest <= 2 + MARGIN * SLOWNESS, (longest, result)


@pytest.mark.alone
def test_in_one_transaction_the_whole_is_tried_again(db, migrations, action):
    db.as_owner("create table t (a int)")
    migrations({migration(1): "create table a (a int);", migration(2): "alter table t add c int;"})
    hold(db, 1.0, "select count(*) from t")
    result = action.push(db.url, transaction="all", lock_timeout="300ms")
    assert result.code == 0 and result.says("try 2 of 11") and len(result.applied) == 2, result


@pytest.mark.alone
def test_a_part_of_a_file_is_tried_again(db, migrations, action):
    db.as_owner("create table t (a int); create table log (n int)")
    migrations({migration(1): "insert into log values (1);\nvacuum log;\ninsert into log values (2);\nalter table t add c int;\n"})
    hold(db, 1.0, "select count(*) from t")
    result = action.push(db.url, lock_timeout="300ms")
    assert result.code == 0 and result.says("try 2 of 11"), result
    assert db.query("select n from log order by n") == [(1,), (2,)]


@pytest.mark.alone
def test_as_written_it_is_tried_again_from_the_last_commit(db, migrations, action):
    db.as_owner("create table t (a int); create table log (n int)")
    migrations({migration(1): "begin;\ninsert into log values (1);\ncommit;\nbegin;\ninsert into log values (2);\n"
                              "alter table t add c int;\ncommit;\n"})
    hold(db, 1.0, "select count(*) from t")
    result = action.push(db.url, lock_timeout="300ms")
    assert result.code == 0 and result.says("try 2 of 11"), result
    assert db.query("select n from log order by n") == [(1,), (2,)]


@pytest.mark.postgres()
@pytest.mark.alone
def test_retries_end(db, migrations, action):
    db.as_owner("create table t (a int)")
    migrations({migration(1): "create table a (a int);\nalter table t add c int;\n"})
    holder = session(db)
    holder.cursor().execute("select count(*) from t")
    result = action.push(db.url, lock_timeout="200ms", lock_retries="2")
    holder.close()
    assert result.code == 8 and result.says("55P03", "(tried 3 times)", "in the way: process"), result
    assert "select count" not in result.log, "others' queries hold data"
    assert db.tables() == ["t"] and db.versions() == []
    assert any(error.properties.get("line") == "2" for error in result.errors), result


@pytest.mark.alone
def test_queries_are_shown_to_who_asks_for_them(db, migrations, action):
    db.as_owner("create table t (a int)")
    migrations({migration(1): "alter table t add c int;\n"})
    holder = session(db)
    holder.cursor().execute("select count(*) from t")
    result = action.push(db.url, lock_timeout="300ms", lock_retries="0", extra={"RUNNER_DEBUG": "1"})
    holder.close()
    assert result.code == 8 and result.says("select count(*) from t"), result


@pytest.mark.postgres()
def test_a_deadlock_is_tried_again(db, migrations, action):
    db.as_owner("create table one (a int); create table two (a int)")
    migrations({migration(1): "alter table one add b int;\nselect pg_sleep(0.5);\nalter table two add b int;\n"})
    other = session(db, db.admin_url)
    cursor = other.cursor()
    cursor.execute("set deadlock_timeout = '20s'")
    cursor.execute("select count(*) from two")
    run = action.start(mode="push", db_url=db.url, lock_timeout="10s")
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and "
                                "datname = current_database()"), run)
    cursor.execute("select count(*) from one")
    other.rollback()
    other.close()
    result = run.wait()
    assert result.code == 0 and result.says("40P01", "try 2 of 11"), result


def test_a_second_connection_that_cannot_be_had_is_no_harm(db, migrations, action):
    db.as_owner("create table t (a int)")
    db.query("alter database %s connection limit 1" % db.name)
    db.query("revoke connect on database %s from public; grant connect on database %s to postgres" % (db.name, db.name))
    migrations({migration(1): "select pg_sleep(1);\n"})
    db.close()
    result = action.push(db.url)
    assert result.code == 0 and result.says("who is in the way is not known"), result
    db.cluster.maintenance.query("alter database %s connection limit -1" % db.name)


# -- orphans ---------------------------------------------------------------------------------------------------

@pytest.mark.postgres()
def test_the_server_notices_that_we_are_gone(db, migrations, action):
    migrations({migration(1): "select pg_sleep(60);\n"})
    run = action.start(mode="push", db_url=db.url)
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and "
                                "datname = current_database()"), run)
    run.kill()
    run.wait(5, check=False)
    wait_until(lambda: not db.backends(), seconds=8)
    assert db.value("select count(*) from pg_locks where locktype = 'advisory'") == 0


def test_an_idle_transaction_of_ours_would_end(db, migrations, action):
    migrations({migration(1): "do $$ begin raise notice 'ends after %', current_setting('idle_in_transaction_session_timeout'); end $$;"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("ends after 1min"), result


# -- somebody else runs the same files --------------------------------------------------------------------------

def logged(db):
    return db.query("select n, count(*) from log group by 1 order by 1")


@pytest.fixture
def person(db):
    """Has run the file's two INSERTs and recorded it, and will commit when told to."""
    db.as_owner("create table log (n int)")
    db.create_history()
    connection = session(db)
    cursor = connection.cursor()
    cursor.execute("insert into log values (1), (2)")
    cursor.execute("insert into %s (version) values ('%s')" % (HISTORY, version(1)))
    yield connection
    connection.close()


TWO = "insert into log values (1);\nvacuum log;\ninsert into log values (2);\n"


@pytest.mark.parametrize("text", [TWO, "-- pg-delta: transaction=false\n" + TWO, TWO.replace("vacuum log;\n", "")],
                         ids=["in parts", "directive", "atomic"])
def test_a_file_that_a_person_has_run_meanwhile_is_not_run_again(db, person, migrations, action, text):
    migrations({migration(1): text})
    run = action.start(mode="push", db_url=db.url, lock_timeout="20s")
    wait_until(lambda: waits_for_a_lock(db), run)
    person.commit()
    result = run.wait()
    assert result.code == 8 and result.says("recorded its version at the same time; this one has left nothing"), result
    assert "are in the database" not in result.log and logged(db) == [(1, 1), (2, 1)], result


@pytest.mark.alone
def test_the_history_is_waited_for_before_a_file_is_begun(db, person, migrations, action):
    """As long as a lock may be, which is longer than the server's silence."""
    migrations({migration(2): TWO})
    run = action.start(mode="push", db_url=db.url, lock_timeout="500ms", connect_timeout="1s", include_all="true")
    wait_until(lambda: b"try 3 of 11" in run.stdout, run)
    assert b"in the way: process" in run.stdout
    person.rollback()
    result = run.wait()
    assert result.code == 0 and logged(db) == [(1, 1), (2, 1)], result
    migrations({migration(3): TWO + "select 'again';\n"})
    holding = hold(db, 2.0, "lock table %s in exclusive mode" % HISTORY)
    result = action.push(db.url, lock_timeout="20s", connect_timeout="1s")
    holding.close()
    assert result.code == 0 and logged(db) == [(1, 2), (2, 2)], result


def test_a_file_that_a_person_records_in_its_middle_is_told(db, migrations, action):
    db.as_owner("create table log (n int)")
    db.create_history()
    migrations({migration(1): "-- pg-delta: transaction=false\ninsert into log values (1);\nselect pg_sleep(1);\n"
                              "insert into log values (2);\n"})
    run = action.start(mode="push", db_url=db.url)
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and "
                                "datname = current_database()"), run)
    db.query("insert into %s (version) values ('%s')" % (HISTORY, version(1)))
    result = run.wait()
    assert result.code == 8 and result.says("SP001", "first 1 of its 3 statements may have run twice", "is there twice"), result
    assert "left nothing" not in result.log and logged(db) == [(1, 1)], result


def cut_at_the_commit_of_the_first(cluster, db, action, **inputs):
    """The run is held outside while it wants to connect again. Lets it in by proxy.behaviour."""
    proxy = Proxy(cluster.port, cuts=[Cut(b"COMMIT", when="after", then="refuse")])
    proxy.__enter__()
    run = action.start(mode="push", db_url=db.url_with(port=proxy.port, sslmode="disable"), **inputs)
    wait_until(lambda: len(db.versions()) == 1 and proxy.behaviour == "refuse" and not db.backends(), run)
    return proxy, run


def test_who_loses_the_lock_looks_what_others_have_done(cluster, db, migrations, workspace, tmp_path, action):
    db.as_owner("create table log (n int)")
    db.create_history()
    migrations({migration(1): "insert into log values (0);\n", migration(2): TWO})
    proxy, run = cut_at_the_commit_of_the_first(cluster, db, action)
    other = Action(workspace, tmp_path / "other")
    assert other.push(db.url).code == 0
    other.close()
    proxy.behaviour = "accept"
    result = run.wait()
    proxy.__exit__()
    assert result.code == 9 and result.says("the history has changed while the push had lost its lock: new: " + version(2)), result
    assert result.applied == [migration(1)] and logged(db) == [(0, 1), (1, 1), (2, 1)], result


def test_who_loses_the_lock_and_was_alone_goes_on(cluster, db, migrations, action):
    db.as_owner("create table log (n int)")
    db.create_history()
    migrations({migration(1): "insert into log values (0);\n", migration(2): TWO})
    proxy, run = cut_at_the_commit_of_the_first(cluster, db, action)
    proxy.behaviour = "accept"
    result = run.wait()
    proxy.__exit__()
    assert result.code == 0 and logged(db) == [(0, 1), (1, 1), (2, 1)], result


def test_seeds_are_loaded_under_the_lock(cluster, db, migrations, workspace, action):
    """The connection was lost in the last migration; only seeds are left."""
    db.as_owner("create table log (n int)")
    db.create_history()
    migrations({migration(1): "insert into log values (0);\n"})
    workspace.write("supabase/seed.sql", "insert into log select count(*) from pg_locks where locktype = 'advisory';\n")
    proxy, run = cut_at_the_commit_of_the_first(cluster, db, action, include_seed="true")
    proxy.behaviour = "accept"
    result = run.wait()
    proxy.__exit__()
    assert result.code == 0 and logged(db) == [(0, 1), (1, 1)], result
