"""One session serves all files: what a file sets for itself must not reach the next one."""
import signal

import pytest

from test_interruption import hold_in
from workspace import migration, version

SHOW = ("do $$ begin raise notice 'seen: %', (select string_agg(n || '=' || current_setting(n), ' ' order by n) "
        "from unnest(array['search_path', 'role', 'TimeZone', 'work_mem', 'standard_conforming_strings', "
        "'client_encoding', 'default_transaction_read_only', 'check_function_bodies', 'lock_timeout', "
        "'statement_timeout', 'client_min_messages', 'DateStyle']) n); end $$;\n")


@pytest.fixture
def worker(db):
    """A role the owner may become, with a right of its own to make tables."""
    db.query("drop role if exists worker")
    db.query("create role worker; grant worker to postgres; grant create on schema public to worker")
    yield "worker"
    db.query("drop owned by worker cascade")
    db.query("drop role worker")


def seen(result):
    return [line.split("seen: ", 1)[1].strip() for line in result.log.split("\n") if "seen: " in line]


@pytest.mark.parametrize("setting", [
    "set search_path = pg_catalog", "select pg_catalog.set_config('search_path', '', false)", "set timezone = 'Asia/Tokyo'",
    "set work_mem = '77MB'", "set standard_conforming_strings = off", "set client_encoding = 'latin1'",
    "set default_transaction_read_only = on", "set check_function_bodies = off", "set lock_timeout = '7s'",
    "set statement_timeout = '7min'", "set datestyle = 'German'", "reset all",
    "set session characteristics as transaction read only", "set session characteristics as transaction isolation "
    "level serializable",
])
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_settings_are_restored_between_files(db, migrations, action, setting, transaction):
    migrations({migration(1): SHOW, migration(2): setting + ";\n", migration(3): "create table made (a text);\n" + SHOW})
    result = action.push(db.url, transaction=transaction)
    assert result.code == 0, result
    states = seen(result)
    assert len(states) == 2 and states[0] == states[1], result
    assert db.has_table("public.made") and db.versions() == [version(n) for n in (1, 2, 3)]


@pytest.mark.postgres()
def test_a_role_that_was_left_on_is_taken_off(db, worker, migrations, action):
    migrations({migration(1): "set role worker;\ncreate table by_worker (a int);\n",
                migration(2): "create table by_owner (a int);\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    owners = dict(db.query("select relname, pg_get_userbyid(relowner) from pg_class where relname like 'by_%' "
                           "and relkind = 'r'"))
    assert owners == {"by_worker": "worker", "by_owner": "postgres"}
    assert db.versions() == [version(1), version(2)]


def test_a_role_that_was_left_on_is_taken_off_in_one_transaction_too(db, worker, migrations, action):
    migrations({migration(1): "set role worker;\ncreate table by_worker (a int);\n",
                migration(2): "create table by_owner (a int);\n"})
    result = action.push(db.url, transaction="all")
    assert result.code == 0, result
    assert db.value("select pg_get_userbyid(relowner) from pg_class where relname = 'by_owner'") == "postgres"


def test_a_session_authorization_that_was_left_on_is_taken_off(db, worker, migrations, action):
    migrations({migration(1): "set session authorization worker;\ncreate table by_worker (a int);\n",
                migration(2): "create table by_admin (a int);\n"})
    result = action.push(db.admin_url)
    assert result.code == 0, result
    assert db.value("select pg_get_userbyid(relowner) from pg_class where relname = 'by_admin'") == "supabase_admin"


def test_a_role_set_in_a_file_that_is_not_atomic_is_taken_off(db, worker, migrations, action):
    migrations({migration(1): "create table t (a int);\nset role worker;\nreset role;\nvacuum t;\nset role worker;\n",
                migration(2): "create table by_owner (a int);\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select pg_get_userbyid(relowner) from pg_class where relname = 'by_owner'") == "postgres"
    assert db.versions() == [version(1), version(2)]


PARTS = "set role worker;\ncreate table s.a (a int);\nvacuum s.a;\ncreate table s.b (a int);\nvacuum s.b;\n" \
        "create table s.owner as select current_user::text as name;\n"


@pytest.fixture
def workers_own(db, worker):
    db.query("create schema s authorization worker; create table s.log (n int); alter table s.log owner to worker")


@pytest.mark.parametrize("head", ["", "-- pg-delta: transaction=false\n"], ids=["in parts", "directive"])
def test_a_role_set_in_a_file_that_is_not_atomic_need_not_know_our_tables(db, workers_own, migrations, action, head):
    migrations({migration(1): head + PARTS})
    result = action.push(db.url)
    assert result.code == 0 and db.value("select name from s.owner") == "worker", result
    assert db.value("select pg_get_userbyid(relowner) from pg_class where oid = 's.b'::regclass") == "worker"


def test_a_role_that_is_given_up_again_in_a_part(db, workers_own, migrations, action):
    migrations({migration(1): "set role worker;\nvacuum s.log;\nreset role;\ncreate table o (a int);\nvacuum o;\n"
                              "create table after_it as select current_user::text as name;\n"})
    result = action.push(db.url)
    assert result.code == 0 and db.value("select name from after_it") == "postgres", result


def test_a_transaction_level_in_a_later_part(db, migrations, action):
    migrations({migration(1): "create table t (a int);\nvacuum t;\nset transaction isolation level serializable;\n"
                              "do $$ begin raise notice 'level %', current_setting('transaction_isolation'); end $$;\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("level serializable"), result


RESUMED = "-- pg-delta: transaction=false\nset role worker;\ninsert into s.log values (1);\nselect pg_sleep(%s);\n" \
          "insert into s.log values (2);\nselect pg_sleep(%s);\ninsert into s.log values (3);\n"


def test_a_role_set_in_a_file_that_is_interrupted_twice(db, workers_own, migrations, action):
    for times in ((30, 30), (0, 30)):
        migrations({migration(1): RESUMED % times})
        run = hold_in(db, action)
        run.signal(signal.SIGTERM)
        result = run.wait(10)
        assert result.code == 130 and not result.says("cannot be kept"), result
    migrations({migration(1): RESUMED % (0, 0)})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.query("select n, count(*) from s.log group by 1 order by 1") == [(1, 1), (2, 1), (3, 1)]


def test_what_is_half_done_is_not_gone_on_with_where_no_notes_can_be_made(db, workers_own, migrations, action):
    migrations({migration(1): RESUMED % (30, 0)})
    run = hold_in(db, action)
    run.signal(signal.SIGTERM)
    assert run.wait(10).code == 130
    db.query("alter table supabase_migrations.promote_progress owner to supabase_admin;"
             "grant select on supabase_migrations.promote_progress to postgres")
    migrations({migration(1): RESUMED % (0, 0)})
    result = action.push(db.url)
    assert result.code == 6 and result.says("42501", "promote_progress"), result
    assert db.query("select n, count(*) from s.log group by 1 order by 1") == [(1, 1)]


def test_a_setting_holds_for_the_whole_of_its_file(db, migrations, action):
    migrations({migration(1): "create schema other;\nset search_path = other;\ncreate table here (a int);\n"
                              "insert into here values (1);\n"})
    assert action.push(db.url).code == 0
    assert db.has_table("other.here")


def test_dropped_prepared_statements_do_not_trip_the_next_file(db, migrations, action):
    migrations({migration(1): "prepare p as select 1;\nexecute p;\ndeallocate all;\n",
                migration(2): "prepare p as select 2;\nexecute p;\n", migration(3): "select 3;"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 3, result


def test_a_dump_that_empties_the_search_path_is_recorded(db, migrations, action):
    """The head that pg_dump writes, as in many a first migration."""
    head = ("SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\n"
            "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n"
            "SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n"
            "SET xmloption = content;\nSET client_min_messages = warning;\nSET row_security = off;\n")
    migrations({migration(1): head + "CREATE TABLE public.dumped (a int);\n", migration(2): "create table plain (a int);"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.tables() == ["dumped", "plain"]


def test_text_after_a_change_of_encoding_is_recorded_as_written(db, migrations, action):
    migrations({migration(1, "größe"): "set client_encoding = 'latin1';\nselect 1; -- ü\n",
                migration(2): "create table \"größe\" (a int);\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.tables() == ["größe"]
    assert db.history()[0][1] == "größe" and db.history()[0][2][2] == "-- ü"
    assert db.history()[1][2] == ['create table "größe" (a int)']


def test_a_role_default_of_the_login_survives(db, migrations, action):
    """What ALTER ROLE … SET gave the login is its starting point, for every file."""
    db.query("alter role postgres in database %s set work_mem = '9MB'" % db.name)
    migrations({migration(1): SHOW + "set work_mem = '1MB';", migration(2): SHOW})
    result = action.push(db.url)
    assert result.code == 0, result
    assert all("work_mem=9MB" in state for state in seen(result)) and len(seen(result)) == 2, result


def test_our_limits_come_back_behind_discard_all(db, migrations, action):
    limits = "do $$ begin raise notice 'limits: % %', current_setting('lock_timeout'), " \
             "current_setting('idle_in_transaction_session_timeout'); end $$;\n"
    migrations({migration(1): "discard all;\n" + limits, migration(2): "-- pg-delta: transaction=false\ndiscard all;\n" + limits})
    result = action.push(db.url)
    assert result.code == 0 and result.log.count("limits: 2s 1min") == 2, result
