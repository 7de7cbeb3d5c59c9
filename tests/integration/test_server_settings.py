"""What the server, the database or the role has set before we come: it must not end a push, nor be blamed on a file."""
import time

import pytest

from cluster import Cluster
from workspace import migration, version

TABLE = "create table made (a int);\n"
OFF_FOR_ALL = "alter database {db} set default_transaction_read_only = on"
OFF_FOR_ROLE = "alter role postgres in database {db} set default_transaction_read_only = on"


def setting(db, name, value, role="postgres"):
    db.query("alter role %s in database %s set %s = %s" % (role, db.name, name, value))


# ---- writes that are turned off ----

@pytest.mark.postgres()
@pytest.mark.parametrize("sql, says", [(OFF_FOR_ALL, "the database takes no writes"),
                                       (OFF_FOR_ROLE, "the login takes no writes")])
@pytest.mark.parametrize("mode", ["dry-run", "push"])
def test_a_database_that_takes_no_writes_is_found_by_the_dry_run(db, migrations, action, mode, sql, says):
    db.query(sql.format(db=db.name))
    migrations({migration(1): TABLE})
    result = action(mode=mode, db_url=db.url)
    assert result.code == 7 and result.status == "blocked", result
    assert result.says(says, "default_transaction_read_only"), result
    assert result.names("pending") == [migration(1)] and not any(e.properties.get("file") for e in result.errors), result
    assert not db.has_history()


def test_where_nothing_is_pending_nobody_writes(db, migrations, action):
    migrations({migration(1): TABLE})
    assert action.push(db.url).code == 0
    db.query(OFF_FOR_ALL.format(db=db.name))
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url)
        assert result.code == 0 and result.status == "up-to-date", result


def test_a_login_for_reading_makes_a_plan(db, migrations, action):
    db.create_history()
    db.query("drop role if exists reader")
    db.query("create role reader login password 'r3ader-0f-tests'; "
             "grant usage on schema supabase_migrations to reader; "
             "grant select on all tables in schema supabase_migrations to reader")
    setting(db, "default_transaction_read_only", "on", "reader")
    migrations({migration(1): TABLE})
    url = db.url_with(user="reader", password="r3ader-0f-tests")
    try:
        result = action(mode="dry-run", db_url=url)
        assert result.code == 0 and result.status == "planned", result
        assert action.push(url).code == 7
    finally:
        db.query("drop owned by reader; drop role reader")


@pytest.mark.parametrize("mode", ["dry-run", "push"])
def test_a_standby_is_told_by_the_dry_run(programs, migrations, action, mode):
    with Cluster(programs=programs) as standby:
        database = standby.create_database()
        name = database.name
        database.close()
        standby.maintenance.close()
        standby.restart(as_standby=True)
        migrations({migration(1): TABLE})
        result = action(mode=mode, db_url=standby.url(name))
        assert result.code == 7 and result.status == "blocked", result
        assert result.says("a standby", "the primary"), result


def test_staging_may_be_a_standby_or_read_only(db, twin, migrations, action):
    twin.create_history(version(1))
    twin.query(OFF_FOR_ALL.format(db=twin.name))
    migrations({migration(1): TABLE})
    result = action.push(db.url, staging_db_url=twin.url, staging_guard="warn")
    assert result.code == 0 and db.has_table("public.made"), result


def test_a_file_that_makes_itself_read_only_is_told_why_it_fails(db, migrations, action):
    migrations({migration(1): "set transaction read only;\ncreate table made (a int);\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("the transaction may only read"), result


# ---- time limits that are not ours ----

SHOW = "do $$ begin raise notice 'seen: %%', current_setting('%s'); end $$;\n"


@pytest.mark.postgres()
@pytest.mark.parametrize("name", ["statement_timeout", "idle_session_timeout", "transaction_timeout", "tcp_user_timeout"])
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_no_time_limit_of_the_role_is_a_pushs(db, migrations, action, name, transaction):
    """tcp_user_timeout stands for those of later versions: no line of the program knows it."""
    if not db.value("select count(*) from pg_settings where name = %s", (name,)):
        pytest.skip("this server has no %s" % name)
    setting(db, name, "'20s'")
    migrations({migration(1): SHOW % name, migration(2): "set %s = '40s';\n" % name, migration(3): SHOW % name})
    result = action.push(db.url, transaction=transaction)
    assert result.code == 0 and result.log.count("seen: 0") == 2, result


@pytest.mark.postgres(17, 18)
def test_a_transaction_may_take_longer_than_the_role_allows(db, migrations, action):
    setting(db, "transaction_timeout", "'300ms'")
    migrations({migration(1): "create table one (a int);\nselect pg_sleep(0.7);\n"})
    result = action.push(db.url)
    assert result.code == 0 and db.versions() == [version(1)], result


@pytest.mark.postgres()
def test_a_session_may_be_idle_while_another_push_is_waited_for(db, migrations, action):
    setting(db, "idle_session_timeout", "'100ms'")
    migrations({migration(1): TABLE})
    other = db.connect()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(2427652768262669867)")
    running = action.start(mode="push", db_url=db.url, lock_wait="60s")
    try:
        while b"waiting for another push" not in running.stdout:
            assert running.process.poll() is None, running.wait()
            time.sleep(0.05)
        time.sleep(1)
    finally:
        other.close()
    result = running.wait()
    assert result.code == 0 and db.has_table("public.made"), result
