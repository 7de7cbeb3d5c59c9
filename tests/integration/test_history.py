"""The history table: read as it is, made only when a push needs it, exactly as the CLI makes it."""
import subprocess
import time

import psycopg2
import pytest

import postgresql
from database import HISTORY, HISTORY_DDL
from api_clients import let_go_after, session
from workspace import migration, version

ONE = {migration(1, "first"): "create table first (a int);\n"}
TWO = {**ONE, migration(2, "second"): "create table second (a int);\n"}


@pytest.fixture
def limited(cluster, db):
    """A login without any privilege; dropped with its grants by the end of the test."""
    db.query("drop role if exists limited")
    db.query("create role limited login password 'limited-passw0rd'")
    yield db.url_with(user="limited", password="limited-passw0rd")
    db.query("drop owned by limited cascade")
    db.query("drop role limited")


def dump_of_history(cluster, database):
    dump = subprocess.run(
        [str(cluster.bin / "pg_dump"), "--schema-only", "--schema=supabase_migrations", database.admin_url],
        stdout=subprocess.PIPE, check=True, text=True).stdout
    # Newer dumps carry a random word for psql.
    return [line for line in dump.split("\n") if not line.startswith(("\\restrict", "\\unrestrict"))]


@pytest.mark.postgres()
def test_an_absent_table_is_an_empty_history(db, migrations, action):
    migrations(TWO)
    result = action.dry_run(db.url)
    assert result.code == 0 and result.pending == list(TWO) and result.outputs["version"] == "", result


def test_a_dry_run_creates_nothing(db, migrations, action):
    migrations(TWO)
    before = db.snapshot()
    assert action.dry_run(db.url).code == 0
    assert db.snapshot() == before
    assert not db.has_history()


@pytest.mark.postgres(postgresql.with_clients())
def test_a_push_makes_the_table_as_the_cli_does(cluster, db, migrations, action):
    migrations(ONE)
    assert action.push(db.url).code == 0
    peer = cluster.create_database()
    peer.as_owner(HISTORY_DDL)
    try:
        assert dump_of_history(cluster, db) == dump_of_history(cluster, peer)
    finally:
        peer.drop()


def test_a_push_with_nothing_to_do_writes_nothing(db, migrations, action):
    migrations(ONE)
    db.create_history(version(1))
    before = db.snapshot()
    result = action.push(db.url)
    assert result.code == 0 and result.status == "up-to-date", result
    assert db.snapshot() == before


def test_an_existing_table_is_left_as_it_is(db, migrations, action):
    migrations(TWO)
    db.create_history(version(1))
    before = db.query("select attname, attnum, xmin::text from pg_attribute where attrelid = '%s'::regclass" % HISTORY)
    assert action.push(db.url).code == 0
    after = db.query("select attname, attnum, xmin::text from pg_attribute where attrelid = '%s'::regclass" % HISTORY)
    assert after == before


def test_further_columns_are_tolerated(db, migrations, action):
    migrations(TWO)
    db.create_history(version(1))
    db.as_owner("alter table %s add created_by text, add idempotency_key text unique, add rollback text[]" % HISTORY)
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(2, "second")], result
    assert db.value("select created_by is null and idempotency_key is null from %s where version = %%s" % HISTORY,
                    (version(2),))


@pytest.mark.postgres()
def test_rows_of_old_cli_versions_are_tolerated(db, migrations, action):
    migrations(TWO)
    db.create_history()
    db.query("insert into %s (version, name, statements) values (%%s, null, null)" % HISTORY, (version(1),))
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(2, "second")], result


@pytest.mark.postgres()
def test_a_table_of_the_first_cli_versions_gets_its_columns(db, migrations, action):
    migrations(TWO)
    db.as_owner("create schema supabase_migrations; create table %s (version text not null primary key);"
                "insert into %s values ('%s')" % (HISTORY, HISTORY, version(1)))
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.history() == [(version(1), None, None), (version(2), "second", ["create table second (a int)"])]


def test_a_dry_run_reads_a_table_of_the_first_cli_versions(db, migrations, action):
    migrations(TWO)
    db.as_owner("create schema supabase_migrations; create table %s (version text not null primary key)" % HISTORY)
    before = db.snapshot_of_catalogues()
    result = action.dry_run(db.url)
    assert result.code == 0 and result.pending == list(TWO), result
    assert db.snapshot_of_catalogues() == before


@pytest.mark.postgres()
def test_a_login_with_select_only_can_dry_run(db, limited, migrations, action):
    migrations(TWO)
    db.create_history(version(1))
    db.query("grant usage on schema supabase_migrations to limited; grant select on %s to limited" % HISTORY)
    result = action.dry_run(limited)
    assert result.code == 0 and result.pending == [migration(2, "second")], result


@pytest.mark.postgres()
def test_missing_usage_on_the_schema_is_named(db, limited, migrations, action):
    migrations(ONE)
    db.create_history()
    result = action.dry_run(limited)
    assert result.code == 6, result
    assert result.says("limited") and result.says("usage") and result.says("supabase_migrations"), result


def test_missing_select_on_the_table_is_named(db, limited, migrations, action):
    migrations(ONE)
    db.create_history()
    db.query("grant usage on schema supabase_migrations to limited")
    result = action.dry_run(limited)
    assert result.code == 6, result
    assert result.says("limited") and result.says("select") and result.says("schema_migrations"), result


@pytest.mark.postgres()
def test_missing_insert_on_the_table_is_named_and_leaves_nothing(db, limited, migrations, action):
    migrations(ONE)
    db.create_history()
    db.query("grant usage on schema supabase_migrations to limited; grant select on %s to limited;"
             "grant create on schema public to limited" % HISTORY)
    result = action.push(limited)
    assert result.code == 6, result
    assert result.says("limited") and result.says("insert") and result.says("schema_migrations"), result
    assert not db.has_table("first") and db.versions() == []


@pytest.mark.postgres()
def test_a_login_that_may_not_create_the_schema_is_told(db, limited, migrations, action):
    migrations(ONE)
    db.query("grant create on schema public to limited")
    result = action.push(limited)
    assert result.code == 6, result
    assert result.says("limited") and result.says("create"), result
    assert not db.has_table("first")


@pytest.mark.postgres()
def test_a_locked_history_does_not_hold_the_job_for_ever(db, migrations, action):
    migrations(ONE)
    db.create_history()
    holder = db.connect()
    holder.autocommit = False
    try:
        holder.cursor().execute("lock table %s in access exclusive mode" % HISTORY)
        result = action.push(db.url, lock_timeout="300ms")
    finally:
        holder.rollback()
        holder.close()
    assert result.code == 6 and result.seconds < 10, result
    assert result.says("lock"), result
    assert not db.has_table("first")


def push_behind(db, action, url, **inputs):
    """The history is let go 0.2 s after the first question for it has been given up."""
    holder = session(db)
    holder.cursor().execute("lock table %s in access exclusive mode" % HISTORY)
    run = action.start(mode="push", db_url=url, lock_timeout="400ms", **inputs)
    let_go_after(0.6, holder, db, run)
    return run.wait()


@pytest.mark.alone
@pytest.mark.parametrize("options", [{}, {"edited_migrations": "error"}])
def test_a_history_that_is_let_go_a_little_later_is_not_taken_for_an_old_one(db, migrations, action, options):
    """A second question, without the statements, would be answered: everything would be unknown."""
    migrations(ONE)
    assert action.push(db.url).code == 0
    migrations({migration(1, "first"): "create table other (a int);\n"})
    result = push_behind(db, action, db.url, **options)
    assert result.code == 6 and result.says("canceling statement due to lock timeout (SQLSTATE 55P03)",
                                            "another session holds a lock on the history table"), result


@pytest.mark.alone
def test_neither_is_that_of_staging(cluster, db, migrations, action):
    staging = cluster.create_database()
    migrations(ONE)
    assert action.push(staging.url).code == 0
    result = push_behind(staging, action, db.url, staging_db_url=staging.url)
    staging.drop()
    assert result.code != 0 and result.says("staging: ", "canceling statement due to lock timeout"), result
    assert not result.says("without its statements") and not db.has_table("first"), result


def test_something_else_under_the_tables_name_is_an_error(db, migrations, action):
    migrations(ONE)
    db.as_owner("create schema supabase_migrations; create table %s (id int)" % HISTORY)
    result = action.push(db.url)
    assert result.code == 6, result
    assert not db.has_table("first")


def test_a_row_that_somebody_else_writes_meanwhile_has_to_wait(db, migrations, action):
    """The table is locked while the file runs; behind it, the version is taken."""
    migrations({migration(1, "slow"): "create table slow (a int);\nselect pg_sleep(1);\n"})
    db.create_history()
    run = action.start(mode="push", db_url=db.url)
    deadline = time.monotonic() + 20
    while not db.query("select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    with pytest.raises(psycopg2.errors.UniqueViolation):
        db.query("insert into %s (version, name, statements) values (%%s, 'other', '{}')" % HISTORY, (version(1),))
    result = run.wait()
    assert result.code == 0 and db.has_table("slow"), result
    assert db.history()[0][:2] == (version(1), "slow")
