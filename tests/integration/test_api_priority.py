"""Nobody waits for a migration until his own time is up: it is cancelled before that."""
import pytest

from action import SLOWNESS
from api_clients import Readers, hold, wait_until_asleep
from workspace import migration, version

pytestmark = pytest.mark.alone

LONG = {migration(1): "alter table t add c int;\nselect pg_sleep(8);\n"}


def limit_roles(db, **limits):
    """The API's roles with limits of their own in this database: anon="statement_timeout = '1s'"."""
    for role in ("anon", "authenticated", "authenticator"):
        if not db.value("select count(*) from pg_roles where rolname = %s", (role,)):
            db.query("create role %s nologin" % role)
    for role, limit in limits.items():
        db.query("alter role %s in database %s set %s" % (role, db.name, limit))


@pytest.fixture(autouse=True)
def table(db):
    db.as_owner("create table t (a int)")


@pytest.mark.parametrize("limit, count", [("700ms", 1), ("1s", 2), ("3s", 2)])
def test_whoever_has_the_limit_is_let_go_before_it(db, migrations, action, limit, count):
    limit_roles(db, anon="statement_timeout = '%s'" % limit, authenticated="statement_timeout = '8s'")
    migrations(LONG)
    run = action.start(mode="push", db_url=db.url)
    wait_until_asleep(db, run)
    with Readers(db, count, limit=limit) as readers:
        result = run.wait()
    print("limit %s: the longest read took %.3f s, %d failed" % (limit, readers.longest, readers.failed))
    assert result.code == 8 and result.says("cancelled to unblock other sessions: %d session" % count,
                                            "the statement_timeout of role anon"), result
    assert readers.failed == 0, result
    assert db.versions() == [] and db.value("select count(*) from information_schema.columns where table_name = 't'") == 1


def test_a_lock_timeout_is_a_limit_too(db, migrations, action):
    limit_roles(db, authenticator="lock_timeout = '1s'", anon="statement_timeout = '3s'")
    migrations(LONG)
    run = action.start(mode="push", db_url=db.url)
    wait_until_asleep(db, run)
    with Readers(db, 2, limit="1s", setting="lock_timeout") as readers:
        result = run.wait()
    assert result.code == 8 and result.says("the lock_timeout of role authenticator"), result
    assert readers.failed == 0, result


def test_those_who_give_up_one_after_the_other_are_one_wait(db, migrations, action):
    """They have less time than any of the API's roles: each of them is gone before its wait is long."""
    limit_roles(db, anon="statement_timeout = '2s'")
    migrations(LONG)
    run = action.start(mode="push", db_url=db.url)
    wait_until_asleep(db, run)
    with Readers(db, 2, limit="400ms") as readers:
        result = run.wait()
    print("%d requests failed" % readers.failed)
    assert result.code == 8 and result.says("cancelled to unblock other sessions: one after the other"), result
    assert result.seconds < 2 + 1.5 * SLOWNESS, result


def test_short_waits_far_apart_are_none(db, migrations, action):
    limit_roles(db, anon="statement_timeout = '1s'")
    migrations({migration(1): "alter table t add c int;\nselect pg_sleep(4);\n"})
    run = action.start(mode="push", db_url=db.url)
    wait_until_asleep(db, run)
    with Readers(db, 1, limit="200ms", setting="lock_timeout", pause=0.9) as readers:
        result = run.wait()
    assert result.code == 0 and readers.failed >= 2, result


def test_short_waits_for_one_transaction_after_the_other_are_none(db, migrations, action):
    """Each part of this file is a transaction of its own: its locks are given back after half a second."""
    limit_roles(db, anon="statement_timeout = '1200ms'")
    migrations({migration(1): "-- pg-delta: transaction=false\n" +
                "do $$ begin lock table t; perform pg_sleep(0.5); end $$;\n" * 6})
    with Readers(db, 2, limit="1200ms") as readers:
        result = action.push(db.url)
    assert result.code == 0 and readers.failed == 0, result


def test_a_transaction_of_many_short_statements_is_seen(db, migrations, action):
    limit_roles(db, anon="statement_timeout = '1s'")
    migrations({migration(1): "begin;\ninsert into t values (1);\ncommit;\nbegin;\nlock table t;\n" +
                "select pg_sleep(0.1);\n" * 60 + "commit;\n"})
    run = action.start(mode="push", db_url=db.url)
    wait_until_asleep(db, run)
    with Readers(db, 2, limit="1s") as readers:
        result = run.wait()
    assert result.code == 8 and result.says("cancelled to unblock other sessions"), result
    assert readers.failed == 0, result


def test_what_has_stopped_itself_is_not_tried_again(db, migrations, action):
    """It had to wait at first, and had the lock when others waited."""
    limit_roles(db, anon="statement_timeout = '1s'")
    migrations(LONG)
    hold(db, 0.4, "select * from t")
    run = action.start(mode="push", db_url=db.url, lock_retries="3")
    wait_until_asleep(db, run)
    with Readers(db, 1, limit="1s") as readers:
        result = run.wait()
    assert result.code == 8 and result.says("cancelled to unblock other sessions") and not result.says("try 2 of 4"), result
    assert readers.failed == 0, result


def test_what_was_itself_waiting_is_tried_again(db, migrations, action):
    limit_roles(db, anon="statement_timeout = '1s'")
    migrations({migration(1): "alter table t add c int;\n"})
    hold(db, 2.0, "select * from t")
    with Readers(db, 2, limit="1s") as readers:
        result = action.push(db.url)
    print("behind a wait: the longest read took %.3f s" % readers.longest)
    assert result.code == 0 and result.says("try 2 of 11", "in the way: process"), result
    assert readers.failed == 0 and db.versions() == [version(1)], result


def test_without_a_lock_timeout_others_wait(db, migrations, action):
    limit_roles(db, anon="statement_timeout = '700ms'")
    migrations({migration(1): "alter table t add c int;\nselect pg_sleep(1.5);\n"})
    run = action.start(mode="push", db_url=db.url, lock_timeout="0")
    wait_until_asleep(db, run)
    with Readers(db, 1) as readers:
        result = run.wait()
    assert readers.longest > 0.9 and result.code == 0, result
