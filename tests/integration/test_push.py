"""The push: a file and its history row commit together or not at all."""
import json
import time

import pytest

from action import SLOWNESS
from workspace import migration, version


def test_files_are_applied_in_order_and_recorded(db, migrations, action):
    migrations({migration(1, "make"): "create table a (a int);\ninsert into a values (1), (2);\n",
                migration(2, "fill"): "-- more\ninsert into a select a + 10 from a;\n\nupdate a set a = -a;\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.status == "pushed", result
    assert result.pending == [] and result.applied == [migration(1, "make"), migration(2, "fill")]
    assert result.outputs["version"] == version(2)
    assert db.query("select a from a order by 1") == [(-12,), (-11,), (-2,), (-1,)]
    assert db.history() == [
        (version(1), "make", ["create table a (a int)", "insert into a values (1), (2)"]),
        (version(2), "fill", ["-- more\ninsert into a select a + 10 from a", "update a set a = -a"])]


def test_a_second_push_has_nothing_to_do(db, migrations, action):
    migrations({migration(1): "create table a (a int);"})
    assert action.push(db.url).status == "pushed"
    before = db.snapshot()
    result = action.push(db.url)
    assert result.code == 0 and result.status == "up-to-date" and result.applied == [], result
    assert db.snapshot() == before


def test_a_failing_file_leaves_nothing_of_itself_and_all_before_it(db, migrations, action):
    migrations({migration(1): "create table one (a int);",
                migration(2): "create table two (a int);\ninsert into two values (1);\nselect nothing_here;\n",
                migration(3): "create table three (a int);"})
    result = action.push(db.url)
    assert result.code == 8 and result.status == "failed", result
    assert result.applied == [migration(1)] and result.pending == [migration(2), migration(3)], result
    assert db.tables() == ["one"] and db.versions() == [version(1)]
    assert result.outputs["version"] == version(1)


def test_a_corrected_file_is_taken_up_by_the_next_push(db, migrations, action):
    migrations({migration(1): "create table one (a int);", migration(2): "create table two (a nosuchtype);"})
    assert action.push(db.url).code == 8
    migrations({migration(2): "create table two (a int);", migration(3): "create table three (a int);"})
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(2), migration(3)], result
    assert db.tables() == ["one", "three", "two"]


def test_all_in_one_transaction_applies_every_file(db, migrations, action):
    migrations({migration(n): "create table t%d (a int);" % n for n in range(1, 6)})
    result = action.push(db.url, transaction="all")
    assert result.code == 0 and len(result.applied) == 5, result
    assert db.versions() == [version(n) for n in range(1, 6)]
    assert db.value("select count(distinct xmin::text) from supabase_migrations.schema_migrations") == 1


@pytest.mark.postgres()
def test_all_in_one_transaction_leaves_nothing_when_one_file_fails(db, migrations, action):
    migrations({migration(1): "create table one (a int);", migration(2): "create table two (a int);",
                migration(3): "select nothing_here;"})
    result = action.push(db.url, transaction="all")
    assert result.code == 8 and result.status == "failed", result
    assert result.applied == [] and result.pending == [migration(n) for n in (1, 2, 3)], result
    assert db.tables() == [] and db.versions() == []
    assert any(e.properties.get("file", "").endswith(migration(3)) for e in result.errors), result


def test_all_keeps_what_earlier_pushes_did(db, migrations, action):
    migrations({migration(1): "create table one (a int);"})
    assert action.push(db.url).code == 0
    migrations({migration(2): "create table two (a int);", migration(3): "select nothing_here;"})
    assert action.push(db.url, transaction="all").code == 8
    assert db.tables() == ["one"] and db.versions() == [version(1)]


def test_three_hundred_files(db, migrations, action):
    migrations({migration(n): "create table t%d (a int);\ncreate index on t%d (a);\n" % (n, n) for n in range(300)})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 300, result
    assert db.value("select count(*) from supabase_migrations.schema_migrations") == 300
    assert len(db.tables()) == 300


def test_three_hundred_files_in_one_transaction(db, migrations, action):
    migrations({migration(n): "create table t%d (a int);" % n for n in range(300)})
    result = action.push(db.url, transaction="all")
    assert result.code == 0 and len(result.applied) == 300, result


def test_a_file_of_many_statements(db, migrations, action):
    """More than fits into the buffers of both sockets: answers must be read while statements are sent."""
    filler = "x" * 200
    lines = ["insert into a values (%d, '%s') returning *;" % (n, filler) for n in range(20000)]
    migrations({migration(1): "create table a (n int, t text);\n" + "\n".join(lines)})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 20000
    assert db.value("select cardinality(statements) from supabase_migrations.schema_migrations") == 20001


def test_a_huge_statement(db, migrations, action):
    text = "insert into a values ('%s');" % ("ü" * 4 * 1024 * 1024)
    migrations({migration(1): "create table a (t text);\n" + text})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select length(t) from a") == 4 * 1024 * 1024
    assert db.history()[0][2][1] == text[:-1]


def test_large_results_are_dropped_without_a_fuss(db, migrations, action):
    migrations({migration(1): "select g, repeat('y', 100) from generate_series(1, 200000) g;\nselect 1;\n"})
    assert action.push(db.url).code == 0


@pytest.mark.postgres()
def test_a_deferred_constraint_fails_the_file_at_its_commit(db, migrations, action):
    migrations({migration(1): "create table one (a int);",
                migration(2): "create table p (a int primary key);\n"
                              "create table c (a int references p deferrable initially deferred);\n"
                              "insert into c values (1);\n"})
    result = action.push(db.url, preflight="false")
    assert result.code == 8 and result.status == "failed", result
    assert result.says("23503") and result.says("c_a_fkey"), result
    assert db.tables() == ["one"] and db.versions() == [version(1)]


def test_what_needs_a_transaction_block_has_one(db, migrations, action):
    """Statements that the CLI's implicit transaction refuses."""
    migrations({migration(1): "create table a (a int);\nlock table a in access exclusive mode;\n",
                migration(2): "savepoint s;\ninsert into a values (1);\nrollback to s;\nrelease s;\n",
                migration(3): "declare c cursor for select 1;\nfetch c;\nset local work_mem = '8MB';\n"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 3, result
    assert db.value("select count(*) from a") == 0


@pytest.mark.postgres()
def test_a_new_enum_value_cannot_be_used_in_its_own_file(db, migrations, action):
    migrations({migration(1): "create type mood as enum ('ok');",
                migration(2): "alter type mood add value 'great';\nselect 'great'::mood;\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("55P04"), result
    assert db.versions() == [version(1)]


def test_copy_from_stdin_is_an_error_and_not_a_hang(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ncopy a from stdin;\n", migration(2): "select 1;"})
    result = action.push(db.url)
    assert result.code in (4, 7, 8), result
    assert result.says("copy"), result
    assert not db.has_table("a") and db.versions() == []


@pytest.mark.postgres()
def test_copy_from_stdin_with_data_is_an_error_that_says_why(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ncopy a (a) from stdin;\n1\n2\n\\.\n"})
    result = action.push(db.url)
    assert result.code in (4, 7, 8), result
    assert not db.has_table("a")


def test_copy_to_stdout_is_no_hang(db, migrations, action):
    migrations({migration(1): "copy (select 1) to stdout;\nselect 1;\n"})
    result = action.push(db.url)
    assert result.code in (0, 4, 7, 8), result


@pytest.mark.postgres()
def test_a_file_that_drops_the_history_cannot_commit(db, migrations, action):
    migrations({migration(1): "create table one (a int);", migration(2): "drop schema supabase_migrations cascade;"})
    result = action.push(db.url)
    assert result.code != 0 and result.status == "failed", result
    assert db.versions() == [version(1)]


def test_notices_are_shown(db, migrations, action):
    migrations({migration(1): "do $$ begin raise notice 'hello from the migration'; raise warning 'careful there' "
                              "using detail = 'the detail', hint = 'the hint'; end $$;\ndrop table if exists nope;\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    for words in ("hello from the migration", "careful there", "the detail", "the hint", 'table "nope" does not exist'):
        assert result.says(words), "%s is missing\n%r" % (words, result)


def test_a_flood_of_notices_ends_well(db, migrations, action):
    migrations({migration(1): "do $$ begin for i in 1..20000 loop raise notice 'line % %', i, repeat('z', 200); "
                              "end loop; end $$;"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.versions() == [version(1)]


def test_a_lock_that_is_not_had_in_time_fails_the_file(db, migrations, action):
    db.as_owner("create table held (a int)")
    holder = db.connect()
    holder.autocommit = False
    holder.cursor().execute("lock table held in access share mode")
    try:
        migrations({migration(1): "create table one (a int);\nalter table held add b int;\n"})
        result = action.push(db.url, lock_timeout="300ms", lock_retries="0")
    finally:
        holder.rollback()
        holder.close()
    assert result.code == 8 and result.says("55P03"), result
    assert result.seconds < 8, result
    assert db.tables() == ["held"] and db.versions() == []


def test_a_statement_that_takes_too_long_fails_the_file(db, migrations, action):
    migrations({migration(1): "create table one (a int);\nselect pg_sleep(30);\n"})
    result = action.push(db.url, statement_timeout="300ms")
    assert result.code == 8 and result.says("57014"), result
    assert result.seconds < 8, result
    assert db.tables() == []


def test_a_lock_timeout_of_zero_waits(db, migrations, action):
    migrations({migration(1): "select current_setting('lock_timeout'), current_setting('statement_timeout');\n"
                              "do $$ begin raise notice 'limits % and %', current_setting('lock_timeout'), "
                              "current_setting('statement_timeout'); end $$;"})
    result = action.push(db.url, lock_timeout="0", statement_timeout="5m")
    assert result.code == 0 and result.says("limits 0 and 5min"), result


@pytest.mark.postgres()
def test_the_default_limits_are_on_the_session(db, migrations, action):
    migrations({migration(1): "do $$ begin raise notice 'limits % and %', current_setting('lock_timeout'), "
                              "current_setting('statement_timeout'); end $$;"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("limits 2s and 0"), result


def test_the_report_is_compact_json_with_one_entry_per_file(db, migrations, action):
    migrations({migration(1): "create table a (a int);", migration(2): "select nothing_here;"})
    result = action.push(db.url)
    report = result.outputs["report"]
    assert "\n" not in report and json.loads(report)["status"] == "failed", result
    assert migration(1) in report and migration(2) in report, result


@pytest.mark.postgres()
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_a_file_that_ends_the_backend_leaves_nothing(db, migrations, action, transaction):
    migrations({migration(1): "create table a (a int);\nselect pg_terminate_backend(pg_backend_pid());\n"})
    result = action.push(db.url, transaction=transaction)
    assert result.code in (8, 9) and result.status == "failed", result
    assert not db.has_table("a") and db.versions() == []


def test_the_owner_of_new_objects_is_the_login(db, migrations, action):
    migrations({migration(1): "create table a (a int);"})
    assert action.push(db.url).code == 0
    assert db.value("select pg_get_userbyid(relowner) from pg_class where relname = 'a'") == "postgres"


def test_notices_come_while_the_statement_is_running(db, migrations, action):
    migrations({migration(1): "do $$ begin raise notice 'half way'; perform pg_sleep(1.5); end $$;\nselect pg_sleep(0.5);\n"})
    run = action.start(mode="push", db_url=db.url)
    deadline = time.monotonic() + 10 * SLOWNESS
    while b"half way" not in run.stdout and time.monotonic() < deadline and run.process.poll() is None:
        time.sleep(0.02)
    assert run.process.poll() is None, "the notice came only at the end"
    assert run.wait().code == 0


def test_applied_files_are_logged_as_they_are_done(db, migrations, action):
    migrations({migration(1): "select 1;", migration(2): "select pg_sleep(1.5);"})
    run = action.start(mode="push", db_url=db.url)
    deadline = time.monotonic() + 10 * SLOWNESS
    while b"applied " + migration(1).encode() not in run.stdout and time.monotonic() < deadline:
        time.sleep(0.02)
    assert run.process.poll() is None, "the first file was reported only at the end"
    assert run.wait().code == 0


def test_a_file_of_twenty_megabytes(db, migrations, action):
    rows = "insert into a values " + ",".join("(%d, '%s')" % (n, "v" * 80) for n in range(50)) + ";\n"
    migrations({migration(1): "create table a (n int, t text);\n" + rows * (20 * 1024 * 1024 // len(rows))})
    result = action.push(db.url)
    assert result.code == 0, result.code
    assert db.value("select sum(octet_length(s)) > 19 * 1024 * 1024 from supabase_migrations.schema_migrations, "
                    "unnest(statements) s")
