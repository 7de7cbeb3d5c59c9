"""The runner cancels, or worse: what is left behind, and how soon we are gone."""
import os
import signal
import subprocess
import time

import pytest

from action import SLOWNESS, WRAPPER
from proxy import Proxy
from workspace import migration, version

SLEEP = "create table cut_short (a int);\ninsert into cut_short values (1);\nselect pg_sleep(60);\ncreate table late (a int);\n"


def wait_until(condition, run=None, seconds=20):
    """Waits for something that a run brings about, but not for one that has ended."""
    deadline = time.monotonic() + seconds * SLOWNESS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        assert run is None or run.process.poll() is None, run.wait()
        time.sleep(0.02)


def sleeping(db):
    return [pid for pid, state, query in db.backends("active")
            if "pg_sleep" in query or db.value("select wait_event from pg_stat_activity where pid = %s", (pid,)) == "PgSleep"]


def start_and_wait_for_sleep(action, db, **inputs):
    run = action.start(mode="push", db_url=db.url, **inputs)
    wait_until(lambda: sleeping(db), run)
    return run


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_a_signal_cancels_the_statement_and_rolls_back(db, migrations, action, number, transaction):
    migrations({migration(1): "create table kept (a int);", migration(2): SLEEP, migration(3): "select 1;"})
    run = start_and_wait_for_sleep(action, db, transaction=transaction)
    at = time.monotonic()
    run.signal(number)
    result = run.wait(10)
    assert time.monotonic() - at < 5 * SLOWNESS, result
    assert result.code == 130 and result.status == "failed", result
    assert result.says("cancel"), result
    assert not sleeping(db), "the statement is still running on the server"
    kept = transaction == "file"
    assert db.tables() == (["kept"] if kept else []) and db.versions() == ([version(1)] if kept else [])
    assert result.applied == ([migration(1)] if kept else [])
    assert result.says("cancelled in %s; %d of 3 migrations applied" % (migration(2), kept)), result
    assert result.says("cancelled %s, rolled back, " % migration(2)), result
    assert migration(2) in result.summary_text, result


def test_a_second_signal_does_no_harm(db, migrations, action):
    migrations({migration(1): SLEEP})
    run = start_and_wait_for_sleep(action, db)
    run.signal(signal.SIGINT)
    run.signal(signal.SIGTERM)
    result = run.wait(10)
    assert result.code == 130, result
    assert db.tables() == [] and not sleeping(db)


def test_a_signal_cancels_a_statement_outside_of_a_transaction(db, migrations, action):
    migrations({migration(1): "-- pg-delta: transaction=false\ncreate table stays (a int);\nselect pg_sleep(60);\n"})
    run = start_and_wait_for_sleep(action, db)
    run.signal(signal.SIGTERM)
    result = run.wait(10)
    assert result.code == 130 and result.says("not atomic"), result
    assert db.tables() == ["stays"] and db.versions() == [] and not sleeping(db)


def test_a_signal_while_waiting_for_a_lock(db, migrations, action):
    db.as_owner("create table held (a int)")
    holder = db.connect()
    holder.autocommit = False
    holder.cursor().execute("lock table held in access exclusive mode")
    migrations({migration(1): "create table cut_short (a int);\nalter table held add b int;\n"})
    run = action.start(mode="push", db_url=db.url, lock_timeout="0")
    wait_until(lambda: db.value("select count(*) from pg_locks where not granted and database = "
                                "(select oid from pg_database where datname = current_database())"), run)
    run.signal(signal.SIGINT)
    result = run.wait(10)
    holder.rollback()
    holder.close()
    assert result.code == 130, result
    assert db.tables() == ["held"] and db.versions() == []


def test_a_signal_while_connecting(cluster, db, migrations, action):
    migrations({migration(1): "select 1;"})
    with Proxy(cluster.port, behaviour="stall") as proxy:
        run = action.start(mode="push", db_url=db.url_with(port=proxy.port), connect_timeout="1m")
        wait_until(lambda: proxy.connections, run)
        time.sleep(0.2)
        at = time.monotonic()
        run.signal(signal.SIGTERM)
        result = run.wait(10)
    assert time.monotonic() - at < 5 * SLOWNESS
    assert result.code == 130 and result.status == "failed", result


def test_a_signal_to_a_server_that_no_longer_answers(cluster, db, migrations, action):
    """The CancelRequest cannot get through; we go all the same."""
    migrations({migration(1): SLEEP})
    with Proxy(cluster.port) as proxy:
        run = action.start(mode="push", db_url=db.url_with(port=proxy.port, sslmode="disable"))
        wait_until(lambda: sleeping(db), run)
        proxy.pause()
        proxy.behaviour = "stall"
        at = time.monotonic()
        run.signal(signal.SIGINT)
        result = run.wait(15)
    assert time.monotonic() - at < 5 * SLOWNESS
    assert result.code in (9, 130) and result.status == "failed", result
    wait_until(lambda: not db.backends() or db.query("select pg_terminate_backend(pid) from pg_stat_activity where "
                                                      "datname = current_database() and pid <> pg_backend_pid()"))


def test_after_a_kill_a_later_push_finishes(db, migrations, action):
    migrations({migration(1): "create table kept (a int);", migration(2): SLEEP.replace("60", "3")})
    run = start_and_wait_for_sleep(action, db)
    run.kill()
    run.wait(10, check=False)
    migrations({migration(2): "create table cut_short (a int);"})
    wait_until(lambda: not db.backends())
    result = action.push(db.url, lock_timeout="10s")
    assert result.code == 0 and result.status in ("pushed", "up-to-date"), result
    assert db.versions() == [version(1), version(2)] and db.has_table("cut_short")


def test_outputs_say_failed_even_after_a_kill(db, migrations, action):
    """They are written once at the start, for the end that nobody can write."""
    migrations({migration(1): SLEEP.replace("60", "5")})
    run = start_and_wait_for_sleep(action, db)
    run.kill()
    result = run.wait(10, check=False)
    assert result.code == -signal.SIGKILL
    assert result.outputs.get("status") == "failed", result
    db.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
             "and pid <> pg_backend_pid()")


def as_first_process():
    """Words that make a command the first process of a namespace, as a container's entrypoint is."""
    words = ["unshare", "--pid", "--fork", "--kill-child"]
    try:
        works = subprocess.run(words + ["true"], stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        works = False
    return words if works and not WRAPPER else None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_the_first_process_of_a_container_heeds_signals_too(db, migrations, action, monkeypatch, number):
    """The kernel drops signals to it that have no handler; so a missing handler shows only here."""
    words = as_first_process()
    if not words:
        pytest.skip("no process namespace can be made here")
    monkeypatch.setattr("action.WRAPPER", words)
    migrations({migration(1): SLEEP})
    run = start_and_wait_for_sleep(action, db)
    child = int(open("/proc/%d/task/%d/children" % (run.process.pid, run.process.pid)).read().split()[0])
    at = time.monotonic()
    os.kill(child, number)
    result = run.wait(10)
    assert time.monotonic() - at < 5 * SLOWNESS
    assert result.code == 130 and result.outputs["status"] == "failed", result
    assert db.tables() == [] and not sleeping(db)


@pytest.mark.alone
def test_a_signal_between_commit_and_its_answer_is_no_doubt(cluster, db, migrations, action):
    """The answer is only late: what is committed is reported as applied, and nothing more is started."""
    migrations({migration(1): "create table kept (a int);", migration(2): "vacuum kept;"})  # of a batch of its own
    db.create_history()
    with Proxy(cluster.port, rtt_ms=600) as proxy:
        run = action.start(mode="push", db_url=db.url_with(port=proxy.port, sslmode="disable"))
        wait_until(lambda: db.versions(), run)
        run.signal(signal.SIGTERM)
        result = run.wait(15)
    assert result.code == 130, result
    assert db.versions() == [version(1)] and result.applied == [migration(1)], result


def test_a_run_that_opens_two_databases_ends_with_both(cluster, db, migrations, action):
    migrations({migration(1): "select 1;"})
    with Proxy(cluster.port, behaviour="stall") as silent:
        url = db.url_with(port=silent.port, sslmode="disable")
        staging = cluster.url("another", port=silent.port, sslmode="disable")
        run = action.start(mode="dry-run", db_url=url, staging_db_url=staging, connect_timeout="60s")
        wait_until(lambda: silent.connections >= 2, run)
        at = time.monotonic()
        run.signal(signal.SIGINT)
        result = run.wait(10)
    assert time.monotonic() - at < 5 * SLOWNESS and result.code == 130, result
