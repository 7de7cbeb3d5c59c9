"""Verify scripts: assertions that are run after a push, and by mode: verify alone; they may only read."""
import re
import signal

import pytest

from database import HISTORY
from management_stub import REF
from workspace import migration, version

TABLE = {migration(1, "t"): "create table t (a int, b text);\ninsert into t values (1, 'x'), (2, 'y');\n"}


@pytest.fixture
def verify(workspace):
    def write(scripts, folder="supabase/verify"):
        for name, text in scripts.items():
            workspace.write("%s/%s" % (folder, name), text)
    return write


def of(number, label="check"):
    return "%s_%s.sql" % (version(number), label)


def outcomes(result):
    return {row["file"].split("/")[-1]: row["state"] for row in result.report["verify"]}


def places(result):
    return [(e["file"].split("/")[-1], e["line"], e["column"], e["rule"]) for e in result.report["errors"]]


def verify_mode(action, db, **inputs):
    return action(mode="verify", db_url=db.url, **inputs)


@pytest.mark.postgres(15, 17)
def test_scripts_run_after_a_push(db, migrations, verify, action):
    migrations(TABLE)
    verify({of(1): "select count(*) = 2 from t;\n\n-- violations: no empty text\nselect a from t where b = '';\n",
            of(9): "select false;", "always_rls.sql": "do $$ begin assert true; end $$;"})
    result = action.push(db.url)
    assert result.code == 0 and result.status == "pushed", result
    assert outcomes(result) == {of(1): "passed", of(9): "not run: its version is not applied", "always_rls.sql": "passed"}
    assert [row["assertions"] for row in result.report["verify"]] == [2, 0, 0]
    assert result.says("1 migration pushed; 2 verify scripts passed"), result
    assert "| verify script |" in result.summary and of(9).replace("_", "&#95;") not in result.summary, result


ASSERTIONS = {
    "is false": ("select true;\nselect  1 = 2;", [(2, 1, "VERIFY_FALSE")]),
    "is NULL": ("select null::bool;", [(1, 1, "VERIFY_NULL")]),
    "has no row": ("select true where false;", [(1, 1, "VERIFY_EMPTY")]),
    "one of several": ("select a < 2 from t order by a;", [(1, 1, "VERIFY_FALSE")]),
    "too many rows": ("select true from generate_series(1, 1001);", [(1, 1, "VERIFY_LONG")]),
    "an error": ("select true;\nselect 1 / 0;\nselect false;", [(2, 1, "VERIFY_RAISED")]),
    "an error with a place": ("select true,\n  nosuch from t;", [(2, 3, "VERIFY_RAISED")]),
    "violations": ("-- violations\nselect * from t;", [(2, 1, "VERIFY_VIOLATIONS")]),
    "violations in a block": ("/* Violations: why */ select a from t where a = 1;", [(1, 23, "VERIFY_VIOLATIONS")]),
    "several": ("select false; select true;\n--violations\nselect 1;\nselect false", 
                [(1, 1, "VERIFY_FALSE"), (3, 1, "VERIFY_VIOLATIONS"), (4, 1, "VERIFY_FALSE")]),
    "text is no truth": ("select 'f'; select 'f', false; select 0; values (false, true);", []),
    "rows without the name": ("-- violation\nselect a from t; -- violations of nothing\nselect a from t;", []),
    "wrapped": ("begin; select true; commit;", []),
    "an assert": ("do $$ begin assert (select count(*) from t) = 3, 'three rows'; end $$", [(1, 1, "VERIFY_RAISED")]),
    "empty": ("-- nothing\n", []),
}


@pytest.mark.parametrize("name", ASSERTIONS)
def test_what_an_assertion_is(db, migrations, verify, action, name):
    text, expected = ASSERTIONS[name]
    migrations(TABLE)
    verify({of(1): text, "always_other.sql": "select true"})
    result = action.push(db.url)
    assert places(result) == [(of(1), *place) for place in expected], result
    assert result.code == (16 if expected else 0) and result.status == ("failed" if expected else "pushed"), result
    assert outcomes(result) == {of(1): "failed" if expected else "passed", "always_other.sql": "passed"}
    assert db.versions() == [version(1)] and result.applied == [migration(1, "t")]
    if expected:
        assert result.says("1 of 2 verify scripts failed: " + of(1), "1 of 1 migration applied"), result
        assert result.errors[0].properties["file"] == "supabase/verify/" + of(1)


def test_violations_say_what_they_are(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_x.sql": "-- violations: text must not be short\nselect a as id, b, null as n from t, "
                            "generate_series(1, 500000) order by 1"})
    result = action.push(db.url)
    assert "text must not be short: 1000000 violations: id: 1, b: x, n: NULL; id: 1" in result.log, result
    assert "what was pushed stays" in result.report["errors"][0]["hint"]


def test_a_job_that_is_run_again_verifies_again(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_x.sql": "select count(*) = 3 from t"})
    assert action.push(db.url).code == 16
    again = action.push(db.url)
    assert again.code == 16 and again.applied == [] and again.says("nothing was changed"), again
    db.query("insert into t values (3)")
    result = action.push(db.url)
    assert result.code == 0 and result.status == "up-to-date", result
    assert result.says("up to date; nothing to push; 1 verify script passed"), result


def test_the_mode_runs_all_that_are_applied(db, migrations, verify, action):
    migrations({**TABLE, migration(2, "u"): "create table u (a int);"})
    db.create_history()
    db.query("insert into %s (version) values (%%s)" % HISTORY, (version(1),))
    verify({of(1): "select to_regclass('t') is null", of(1, "more"): "select true", of(2): "select false",
            "always_x.sql": "select true"})
    before = db.snapshot()
    result = verify_mode(action, db)
    assert result.code == 0 and result.status == "verified", result
    assert outcomes(result) == {of(1): "passed", of(1, "more"): "passed", of(2): "not run: its version is not applied",
                                "always_x.sql": "passed"}
    assert db.snapshot() == before
    db.query("create table t (a int)")
    result = verify_mode(action, db, environment_name="production")
    assert result.code == 16 and result.says("production: 1 of 3 verify scripts failed", "nothing was changed"), result


def test_without_a_script_the_mode_proves_nothing(db, migrations, action):
    migrations(TABLE)
    result = verify_mode(action, db)
    assert result.code == 3 and result.says("there is no verify script"), result


WRITES = ["insert into t values (3)", "create table more (a int)", "set transaction read write; insert into t values (3)",
          "set transaction_read_only = off; insert into t values (3)",
          "do $$ begin perform set_config('transaction_read_only', 'off', false); insert into t values (3); end $$",
          "set session characteristics as transaction read write; insert into t values (3)",
          "reset all; insert into t values (3)", "select nextval('s')",
          "rollback to savepoint promote_verify; insert into t values (3)",
          "release savepoint promote_verify; set transaction read write; insert into t values (3)",
          "do $$ begin commit; insert into t values (3); end $$"]


@pytest.mark.postgres(15, 17)
@pytest.mark.parametrize("text", WRITES)
def test_a_script_cannot_write(db, migrations, verify, action, text):
    migrations({migration(1, "t"): "create table t (a int); create sequence s;"})
    verify({of(1): text, "always_z.sql": "select true"})
    for result in (action.push(db.url), verify_mode(action, db)):
        assert result.code == 16 and outcomes(result)[of(1)] == "failed" or "commit" in text and not db.has_history(), result
        assert not db.has_table("t") or not db.query("select * from t") and not db.value("select is_called from s")
        assert not db.has_table("more")


def test_the_server_says_so(db, migrations, verify, action):
    migrations(TABLE)
    verify({of(1): "delete from t"})
    result = action.push(db.url)
    assert result.says("cannot execute DELETE in a read-only transaction", "a verify script may only read"), result


@pytest.mark.parametrize("text, code, says", [
    ("select true; selec 1;", 4, "syntax error"), ("begin; select 1; commit; select 2;", 7, "cannot run in one transaction"),
    ("vacuum", 7, "cannot run in one transaction"), ("copy t to stdout", 4, "cannot be run from a migration")])
def test_what_cannot_be_run_stops_the_push_before_it_writes(db, migrations, verify, action, text, code, says):
    migrations(TABLE)
    verify({of(1): text})
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url)
        assert result.code == code and result.says(says), result
        assert not db.has_history()


def test_scripts_of_other_versions_stop_nothing(db, migrations, verify, action):
    migrations(TABLE)
    verify({of(2): "selec 1"})
    assert action.push(db.url).code == 0


def test_one_script_leaves_nothing_to_the_next(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_a.sql": "set search_path = nowhere; set role pg_monitor; create temp table x (a int); select false",
            "always_b.sql": "select current_setting('search_path') <> 'nowhere' and current_user <> 'pg_monitor' "
                            "and to_regclass('pg_temp.x') is null and current_setting('transaction_read_only')::bool",
            "always_c.sql": "select 1 / 0", "always_d.sql": "select true"})
    db.query("grant pg_monitor to postgres")
    result = action.push(db.url)
    assert outcomes(result) == {"always_a.sql": "failed", "always_b.sql": "passed", "always_c.sql": "failed",
                                "always_d.sql": "passed"}, result


def test_limits_are_those_of_the_migrations(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_slow.sql": "select pg_sleep(30)", "always_next.sql": "select true"})
    result = action.push(db.url, statement_timeout="200ms")
    assert result.code == 16 and result.says("statement timeout"), result
    assert outcomes(result) == {"always_next.sql": "passed", "always_slow.sql": "failed"}


def test_cancel_means_cancel(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_slow.sql": "select pg_sleep(60)"})
    run = action.start(mode="push", db_url=db.url)
    while not [b for b in db.backends("active") if "pg_sleep" in b[2]]:
        assert run.process.poll() is None
    run.signal(signal.SIGTERM)
    result = run.wait()
    assert result.code == 130 and db.versions() == [version(1)] and result.applied == [migration(1, "t")], result
    assert outcomes(result) == {"always_slow.sql": "not run"} and len(result.errors) == 1, result


def test_a_connection_that_is_cut(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_a.sql": "select true", "always_cut.sql": "select pg_terminate_backend(pg_backend_pid())",
            "always_z.sql": "select true"})
    result = action.push(db.url)
    assert result.code in (5, 16) and db.versions() == [version(1)], result
    assert outcomes(result)["always_z.sql"] == "not run", result


def test_names_and_folders(db, workspace, migrations, verify, action):
    migrations(TABLE)
    verify({"rls.sql": "select false", "readme.md": "x", "sub/always_x.sql": "select false", "always_.sql": "select true",
            "%s_a | <b>@x.sql" % version(1): "-- violations: <b>@octocat\nselect E'<i>\n::error::x' as \"`a`\""})
    result = action.push(db.url)
    assert result.code == 16 and "rls.sql is no verify script" in result.log and "sub" not in outcomes(result), result
    markup = re.sub(r"^(`{3,}).*?^\1$", "", result.summary, flags=re.S | re.M)  # what is in a block is shown as it is
    assert "<b>" not in markup and "<i>" not in markup and len(result.errors) == 1, result


def test_a_folder_that_leads_out_of_the_workspace(db, workspace, migrations, action, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "always_x.sql").write_text("select true")
    migrations(TABLE)
    (workspace.root / "supabase" / "verify").symlink_to(tmp_path / "elsewhere")
    result = action.push(db.url)
    assert result.code == 3 and not db.has_history(), result


def test_a_dry_run_names_what_would_run(db, migrations, verify, action):
    migrations(TABLE)
    verify({of(1): "select true", "always_x.sql": "select false"})
    result = action.dry_run(db.url)
    assert result.code == 0 and result.says("2 verify scripts are run after the push"), result
    assert outcomes(result) == {of(1): "not run", "always_x.sql": "not run"}


def test_many_scripts_take_one_turn(db, migrations, verify, action):
    migrations(TABLE)
    verify({"always_%03d.sql" % n: "select %d = %d" % (n, n) for n in range(300)})
    result = action.push(db.url)
    assert result.code == 0 and result.says("300 verify scripts passed"), result


def test_of_a_project_the_role_is_that_of_a_push(project, migrations, verify, action):
    project.open_direct()
    migrations(TABLE)
    verify({"always_role.sql": "select current_user = 'postgres' and current_setting('transaction_read_only')::bool"})
    for mode in ("push", "verify"):
        result = project.run(action, mode=mode)
        assert result.code == 0 and outcomes(result) == {"always_role.sql": "passed"} and REF, result
