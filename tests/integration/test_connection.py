"""Networks fail: servers that stall, connections that break, answers that never arrive."""
import time
from urllib.parse import quote

import pytest

from action import Action
from cluster import OWNER_PASSWORD
from proxy import SERVER, Cut, Proxy
from workspace import migration, version

FILES = {migration(1): "create table one (a int);\n", migration(2): "create table two (a int);\nselect 'the needle';\n",
         migration(3): "create table three (a int);\n"}


def through(proxy, db, **more):
    return db.url_with(port=proxy.port, sslmode="disable", **more)


def settled(db):
    """Waits for the sessions of a broken connection to end, so that their work is done or undone."""
    deadline = time.monotonic() + 10
    while db.backends() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_server_that_stalls_at_connect_is_given_up(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, behaviour="stall") as proxy:
        result = action.push(through(proxy, db), connect_timeout="1s")
    assert result.code == 5 and result.status == "failed", result
    assert 0.9 < result.seconds < 4, result
    assert result.says("1s") or result.says("timeout") or result.says("timed out"), result


def test_the_timeout_counts_in_tls_handshakes_too(cluster, db, migrations, action):
    """The server's answer to the SSLRequest arrives, and nothing after it."""
    migrations(FILES)
    with Proxy(cluster.port, cuts=[Cut(b"S", sender=SERVER, when="after", how="blackhole", linger=0)]) as proxy:
        result = action.push(db.url_with(port=proxy.port, sslmode="require"), connect_timeout="1s")
    assert result.code == 5 and result.seconds < 5, result


@pytest.mark.alone
@pytest.mark.parametrize("value", ["500ms", "1500ms"])
def test_fractions_of_a_second_count(cluster, db, migrations, action, value):
    migrations(FILES)
    with Proxy(cluster.port, behaviour="stall") as proxy:
        result = action.push(through(proxy, db), connect_timeout=value)
    assert result.code == 5, result
    assert int(value[:-2]) / 1000 - 0.1 < result.seconds < int(value[:-2]) / 1000 + 2, result


def test_a_server_that_hangs_up_at_connect(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, behaviour="refuse") as proxy:
        result = action.push(through(proxy, db))
    assert result.code == 5, result


def assert_whole(db, result):
    """Three files share a batch: those up to one of them are in, in order, and the report says which. Where the first lost file
    turns out to be in the history, the push continues."""
    done = len(db.versions())
    assert db.tables() == sorted(["one", "two", "three"][:done]) and db.versions() == [version(n) for n in (1, 2, 3)][:done]
    assert result.applied == [migration(n) for n in (1, 2, 3)][:done], result
    assert (result.code, result.status) == ((0, "pushed") if done == 3 else (9, "failed")), result


def test_a_connection_cut_in_the_middle_of_a_file(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[Cut(b"the needle", when="before")]) as proxy:
        result = action.push(through(proxy, db))
    settled(db)
    assert_whole(db, result)


def test_a_later_push_finishes_what_a_cut_left(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[Cut(b"the needle", when="before")]) as proxy:
        action.push(through(proxy, db))
    settled(db)
    result = action.push(db.url)
    assert result.code == 0 and db.versions() == [version(n) for n in (1, 2, 3)], result


def commit_cut(when, then="accept", how="reset", nth=2):
    """At the commit of the nth file. History DDL may have a commit of its own: matched by its insert."""
    return Cut(b"INSERT INTO supabase_migrations.schema_migrations", nth=nth, when=when, then=then, how=how)


def test_a_lost_answer_to_commit_is_resolved_as_done(cluster, db, migrations, action):
    """The server has committed; only its answer is lost. The history tells."""
    migrations(FILES)
    with Proxy(cluster.port, cuts=[commit_cut("after")]) as proxy:
        result = action.push(through(proxy, db))
    settled(db)
    assert db.versions()[:2] == [version(1), version(2)] and db.has_table("two")
    assert result.says("outcome unknown") or result.says("outcome is unknown"), result
    assert migration(2) in result.applied and result.code in (0, 9), result
    assert result.outputs["version"] == db.versions()[-1], result


@pytest.fixture
def acting(db):
    """A login that acts as the owner, who may not see what its sessions do."""
    db.query("drop role if exists acting")
    db.query("create role acting login password 'acting-0f-tests' in role postgres; alter role acting set role postgres")
    yield dict(user="acting", password="acting-0f-tests")
    settled(db)
    db.query("drop role acting")


@pytest.mark.parametrize("seconds", [0, 2], ids=["done", "running"])
def test_a_login_that_acts_as_another_role_is_followed_too(cluster, db, acting, migrations, action, seconds):
    """What is lost may still run when it is looked for: its end is awaited, and what it has left is told."""
    migrations({migration(1): "create table one (a int);\n",
                migration(2): "create table two (a int);\nselect pg_sleep(%d);\n" % seconds})
    with Proxy(cluster.port, cuts=[commit_cut("after")]) as proxy:
        result = action.push(through(proxy, db, **acting))
        assert not db.backends("active")
    assert result.says("outcome unknown"), result
    assert [migration(n + 1) for n in range(len(db.versions()))] == result.applied, result
    assert result.code == (0 if len(db.versions()) == 2 else 9), result
    assert db.value("select tableowner from pg_tables where tablename = 'one'") == "postgres"


def test_a_commit_that_never_arrived_is_resolved_as_not_done(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[commit_cut("before")]) as proxy:
        result = action.push(through(proxy, db))
    settled(db)
    assert_whole(db, result)


def test_an_outcome_that_cannot_be_read_stays_unknown(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[commit_cut("after", then="refuse")]) as proxy:
        result = action.push(through(proxy, db), connect_timeout="1s")
    assert result.code == 9 and result.status == "failed", result
    assert result.says("unknown") and result.says(migration(2)), result
    settled(db)
    assert action.push(db.url).code == 0
    assert db.versions() == [version(n) for n in (1, 2, 3)]


def test_all_in_one_transaction_is_resolved_as_a_whole(cluster, db, migrations, action):
    migrations(FILES)
    db.create_history()
    with Proxy(cluster.port, cuts=[Cut(b"COMMIT", when="after")]) as proxy:
        result = action.push(through(proxy, db), transaction="all")
    settled(db)
    assert db.versions() == [version(n) for n in (1, 2, 3)]
    assert result.says("unknown") and result.code in (0, 9), result
    assert result.applied == list(FILES), result


def test_a_cut_while_the_history_is_read(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[Cut(b"schema_migrations", when="before")]) as proxy:
        result = action.push(through(proxy, db))
    assert result.code in (5, 6, 9) and result.status == "failed", result
    assert not db.has_table("one")


def test_a_cut_while_the_history_is_made(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, cuts=[Cut(b"CREATE SCHEMA", when="before")]) as proxy:
        result = action.push(through(proxy, db))
    assert result.code in (5, 6, 9) and result.status == "failed", result
    settled(db)
    assert not db.has_table("one")


def test_a_cut_in_a_statement_outside_of_a_transaction(cluster, db, migrations, action):
    migrations({migration(1): "create table a (a int);\nvacuum a;\nselect 'the needle';\nvacuum a;\n"})
    with Proxy(cluster.port, cuts=[Cut(b"the needle", when="before")]) as proxy:
        result = action.push(through(proxy, db))
    assert result.code == 9 and result.says("not atomic"), result
    settled(db)
    assert db.versions() == []


def test_a_backend_terminated_by_the_administrator(db, migrations, action):
    migrations({migration(1): "create table cut_short (a int);\nselect pg_sleep(30);\n"})
    run = action.start(mode="push", db_url=db.url)
    deadline = time.monotonic() + 20
    while not db.query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and "
                       "datname = current_database()"):
        assert time.monotonic() < deadline and run.process.poll() is None
        time.sleep(0.05)
    result = run.wait()
    assert result.code in (8, 9) and result.says("terminating connection due to administrator command"), result
    assert not db.has_table("cut_short") and db.versions() == []


def test_slow_networks_only_take_longer(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, rtt_ms=40) as proxy:
        result = action.push(through(proxy, db))
    assert result.code == 0 and len(result.applied) == 3, result


@pytest.mark.alone
def test_round_trips_are_few(cluster, db, migrations, action):
    """The budget of a run; the bench measures it with 51 files."""
    migrations(FILES)
    with Proxy(cluster.port, rtt_ms=40) as proxy:
        assert action.push(through(proxy, db)).code == 0
        assert proxy.turns <= 3 + 14, proxy.turns
    with Proxy(cluster.port, rtt_ms=40) as proxy:
        assert action.push(through(proxy, db)).status == "up-to-date"
        assert proxy.turns <= 8, proxy.turns
        assert proxy.connections == 1


@pytest.mark.parametrize("transaction", ["file", "all"])
def test_two_pushes_at_once_apply_everything_once(db, migrations, workspace, tmp_path, transaction):
    """The later one waits, or fails cleanly; in no case is a statement run twice."""
    db.as_owner("create table log (n int)")
    workspace.migrations({migration(n): "insert into log values (%d);\nselect pg_sleep(0.05);\n" % n for n in range(1, 11)})
    pair = [Action(workspace, tmp_path / ("twin%d" % n)) for n in (1, 2)]
    runs = [twin.start(mode="push", db_url=db.url, transaction=transaction) for twin in pair]
    results = [run.wait() for run in runs]
    assert db.query("select n from log order by n") == [(n,) for n in range(1, 11)], results
    assert db.versions() == [version(n) for n in range(1, 11)]
    assert 0 in [result.code for result in results], results
    assert all(result.code in (0, 6, 7, 8) for result in results), results


def test_two_pushes_at_once_do_not_run_lone_statements_twice(db, migrations, workspace, tmp_path):
    """Outside of a transaction, the history's primary key would come too late: the lock keeps them apart."""
    db.as_owner("create table log (n int)")
    workspace.migrations({migration(1): "insert into log values (1);\nselect pg_sleep(0.3);\nvacuum log;\n"})
    pair = [Action(workspace, tmp_path / ("twin%d" % n)) for n in (1, 2)]
    runs = [twin.start(mode="push", db_url=db.url) for twin in pair]
    results = [run.wait() for run in runs]
    assert db.query("select n from log") == [(1,)], results
    assert db.versions() == [version(1)]


def test_a_unix_socket_is_a_target_too(cluster, db, migrations, action):
    migrations(FILES)
    url = "postgresql://postgres:%s@/%s?host=%s&port=%d" % (quote(OWNER_PASSWORD, safe=""), db.name, cluster.base, cluster.port)
    result = action.push(url)
    assert result.code == 0 and len(result.applied) == 3, result


def test_the_short_scheme_is_the_same(db, migrations, action):
    migrations(FILES)
    assert action.push(db.url.replace("postgresql://", "postgres://")).code == 0


def test_the_session_is_named_after_the_run(db, migrations, action):
    migrations({migration(1): "do $$ begin raise notice 'name: %', current_setting('application_name'); end $$;"})
    result = action.push(db.url)
    assert result.says("name: supabase-promote acme/shop 4711"), result
    names = {"GITHUB_REPOSITORY": "the-example-organization/infrastructure-monorepo", "GITHUB_RUN_ID": "12345678901"}
    migrations({migration(2): "do $$ begin raise notice '<%>', current_setting('application_name'); end $$;"})
    result = action.push(db.url, extra=names)
    assert result.says("<supabase-promote the-example-organization/infrastru 12345678901>"), result


def test_a_lost_answer_to_a_lone_statement_leaves_its_file_in_doubt(cluster, db, migrations, action):
    """VACUUM has run, its answer is lost: no row, and the report says what may have stayed."""
    migrations({migration(1): "create table a (a int);\nvacuum a;\nselect 1;\n"})
    with Proxy(cluster.port, cuts=[Cut(b"vacuum a", when="after")]) as proxy:
        result = action.push(through(proxy, db))
    settled(db)
    assert result.code == 9 and result.status == "failed", result
    assert db.has_table("a") and db.versions() == []
    assert result.says(migration(1)), result


# -- two databases, opened side by side -------------------------------------------------------------------------

def test_a_target_that_refuses_ends_the_run_at_once_though_staging_is_silent(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port, behaviour="stall") as silent:
        staging = db.url_with(port=silent.port, sslmode="disable")
        result = action.push(db.url_with(password="wrong"), staging_db_url=staging, connect_timeout="30s")
    assert result.code == 5 and not result.says("staging"), result
    assert result.seconds < 10, result


def test_a_silent_staging_is_nobodys_business_where_nothing_is_pending(cluster, db, migrations, action):
    migrations(FILES)
    assert action.push(db.url).code == 0
    with Proxy(cluster.port, behaviour="stall") as silent:
        staging = db.url_with(port=silent.port, sslmode="disable")
        result = action.push(db.url, staging_db_url=staging, connect_timeout="30s")
    assert result.code == 0 and result.status == "up-to-date" and not result.says("staging:"), result
    assert result.seconds < 10, result
