"""Verify scripts in a rehearsal: they stop a plan before it is pushed."""
import pytest

from workspace import migration, version

TABLE = "create table t (a int);\ninsert into t values (1);\n"


@pytest.fixture
def verify(workspace):
    def write(files):
        for name, text in files.items():
            workspace.write("supabase/verify/" + name, text)
    return write


@pytest.fixture
def scratch(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


def rules(faults):
    return [(fault["file"].split("/")[-1], fault["line"], fault["rule"]) for fault in faults if fault["rule"].startswith("VERIFY_")]


@pytest.mark.postgres(15, 17, 18)
@pytest.mark.parametrize("mode", ["dry-run", "push"])
def test_a_script_stops_the_plan_before_it_is_pushed(db, migrations, verify, action, mode):
    migrations({migration(1): TABLE})
    verify({version(1) + "_t.sql": "select true;\nselect count(*) = 2 from t;\n",
            "always_security.sql": "-- violations: open tables\nselect relname from pg_class where relname = 't' and not relrowsecurity;\n",
            "always_fine.sql": "select 1 = 1;"})
    before = db.snapshot()
    result = action(mode=mode, db_url=db.url, rehearse="target")
    assert result.code == 16 and db.snapshot() == before, result
    assert sorted(rules(result.report["errors"])) == [(version(1) + "_t.sql", 2, "VERIFY_FALSE"), ("always_security.sql", 2, "VERIFY_VIOLATIONS")], result
    assert result.says("in the rehearsal: open tables: 1 violation: relname: t", "1 of 3 verify scripts passed in the rehearsal", "nothing was changed"), result
    assert [row["state"] for row in result.report["verify"]] == ["failed in the rehearsal", "passed in the rehearsal", "failed in the rehearsal"], result


@pytest.mark.parametrize("mode, status", [("dry-run", "planned"), ("push", "pushed")])
def test_what_holds_is_pushed_and_verified_again(db, migrations, verify, action, mode, status):
    migrations({migration(1): TABLE, migration(2): "create index concurrently i on t (a);\nalter table t enable row level security;\n"})
    verify({version(2) + "_t.sql": "select count(*) = 1 from t;\nselect relrowsecurity from pg_class where relname = 't';",
            version(3) + "_later.sql": "select false;", "always_a.sql": "select true;"})
    result = action(mode=mode, db_url=db.url, rehearse="target")
    assert result.code == 0 and result.status == status and result.says("2 of 2 verify scripts passed in the rehearsal"), result
    assert db.versions() == ([version(1), version(2)] if mode == "push" else [])
    wanted = "passed" if mode == "push" else "passed in the rehearsal"
    assert {row["file"].split("/")[-1]: (row["state"], row["assertions"]) for row in result.report["verify"]} == {
        version(2) + "_t.sql": (wanted, 2), version(3) + "_later.sql": ("not run: its version is not applied", 0),
        "always_a.sql": (wanted, 1)}, result.report["verify"]


def test_a_script_cannot_write_there_either(db, migrations, verify, action):
    migrations({migration(1): TABLE})
    verify({"always_a.sql": "insert into t values (2);", "always_b.sql": "select count(*) = 1 from t;",
            "always_c.sql": "set transaction read write; insert into t values (3);"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.code == 16 and {name for name, _, _ in rules(result.report["errors"])} == {"always_a.sql", "always_c.sql"}, result
    assert result.says("1 of 3 verify scripts passed in the rehearsal"), result


def test_what_a_rollback_does_not_undo_is_not_run_there(db, migrations, verify, action):
    db.query("create table log (a int); create function lasting() returns bool language plpgsql as "
             "'begin perform dblink_exec(''x'', ''y''); return true; end'")
    migrations({migration(1): TABLE})
    verify({"always_a.sql": "select lasting();", "always_b.sql": "select pg_terminate_backend(pg_backend_pid());", "always_c.sql": "select true;"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.code == 0 and result.report["rehearsal"]["complete"], result
    assert result.says("always_a.sql was not run in the rehearsal: it does what a rollback does not undo", "always_b.sql was not run",
                       "1 of 3 verify scripts passed in the rehearsal"), result


def test_what_takes_too_long_proves_nothing(db, migrations, verify, action):
    migrations({migration(1): TABLE})
    verify({"always_a.sql": "select pg_sleep(30) is not null;", "always_b.sql": "select true;"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.code == 0 and rules(result.report["warnings"]) == [("always_a.sql", 1, "VERIFY_RAISED")], result
    assert result.says("that proves nothing", "1 of 2 verify scripts passed in the rehearsal"), result


def test_after_a_file_that_fails_nothing_is_verified(db, migrations, verify, action):
    migrations({migration(1): TABLE, migration(2): "select 1 / 0;"})
    verify({"always_a.sql": "select false;"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.code == 8 and [fault["sqlstate"] for fault in result.report["errors"]] == ["22012"], result
    assert result.says("verify scripts were not run in the rehearsal"), result


def test_on_a_server_without_data_what_lacks_rows_proves_nothing(db, scratch, migrations, verify, action):
    migrations({migration(1): "create table t (a int);"})
    verify({"always_a.sql": "select count(*) > 0 from t;", "always_b.sql": "select true;"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 0 and rules(result.report["warnings"]) == [("always_a.sql", 1, "VERIFY_FALSE")], result
    verify({"always_c.sql": "-- violations\nselect relname from pg_class where relname = 't' and not relrowsecurity;\n"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 16 and rules(result.report["errors"]) == [("always_c.sql", 2, "VERIFY_VIOLATIONS")], result
    assert scratch.versions() == [] and db.versions() == []


def test_what_was_committed_there_is_verified_there(db, scratch, migrations, verify, action):
    migrations({migration(1): "create table t (a int);\nvacuum t;\n"})
    verify({"always_a.sql": "-- violations\nselect relname from pg_class where relname = 't' and not relrowsecurity;\n"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 16 and rules(result.report["errors"]) == [("always_a.sql", 2, "VERIFY_VIOLATIONS")], result
    assert scratch.versions() == [version(1)] and db.versions() == []
