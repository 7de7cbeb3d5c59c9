"""What is looked for before a push: staging first, edited files, history by content, the approved plan."""
import re
import time

import pytest

from action import SLOWNESS, Action
from cluster import OWNER_PASSWORD
from database import HISTORY
from management_stub import REF, TOKEN
from workspace import Workspace, migration, version

pytestmark = pytest.mark.supabase

FILES = {migration(1, "one"): "create table one (a int default 1);\n",
         migration(2, "two"): "create table two (a text);\n-- why\ninsert into two values ('a;b'), ($q$x;y$q$);\n"}


@pytest.fixture
def staging(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


def digest(result):
    assert re.fullmatch("[0-9a-f]{64}", result.outputs["plan-digest"]), result
    return result.outputs["plan-digest"]


# -- staging first -------------------------------------------------------------------------------------------

def test_what_staging_has_had_goes_to_production(db, staging, migrations, action):
    migrations(FILES)
    assert action.push(staging.url).code == 0
    before = staging.snapshot()
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 0 and len(result.applied) == 2 and not result.warnings, result
    assert staging.snapshot() == before


def test_what_staging_has_not_had_does_not(db, staging, migrations, action):
    migrations({migration(1, "one"): FILES[migration(1, "one")]})
    assert action.push(staging.url).code == 0
    migrations(FILES)
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url, staging_db_url=staging.url)
        assert result.code == 7 and result.status == "blocked", result
        assert result.says(migration(2, "two") + " has not run on staging"), result
        assert not result.says(migration(1, "one") + " has not run"), result
        assert not db.has_history()


@pytest.mark.parametrize("level", ["warn", "off"])
def test_the_guard_can_be_softer(db, staging, migrations, action, level):
    migrations(FILES)
    result = action.push(db.url, staging_db_url=staging.url, staging_guard=level)
    assert result.code == 0 and len(result.applied) == 2, result
    assert (len(result.warnings) == 2) == (level == "warn") and result.says("has not run on staging") == (level == "warn"), result


def test_what_has_changed_since_staging_is_shown(db, staging, migrations, action):
    migrations(FILES)
    assert action.push(staging.url).code == 0
    migrations({migration(2, "two"): FILES[migration(2, "two")].replace("two (a text)", "two (a varchar)")})
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 7 and result.says(migration(2, "two") + " has changed since it ran on staging"), result
    assert "- create table two (a text)" in result.log and "+ create table two (a varchar)" in result.log, result
    assert not db.has_history()


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("-- why\n", ""), lambda text: "/* head */" + text,
    lambda text: text.replace("create table", "CREATE\n  TABLE"), lambda text: text.replace(";\n", " ;;\n"),
    lambda text: text.rstrip().rstrip(";"), lambda text: "\ufeff" + text,
], ids=["crlf", "comment gone", "comment", "case and space", "semicolons", "no semicolon", "bom"])
def test_what_only_looks_different_is_the_same(db, staging, migrations, action, change):
    migrations(FILES)
    assert action.push(staging.url).code == 0
    migrations({migration(2, "two"): change(FILES[migration(2, "two")])})
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 0, result


@pytest.mark.parametrize("old, new", [
    ("default 1", "default 2"), ("(a int", "(a bigint"), ("one (", '"One" ('), ("int default 1", "int default '1'"),
    ("one (", "one( b int,"),
])
def test_what_matters_is_different(db, staging, migrations, action, old, new):
    """Constants, types and names, which a fingerprint of the query would not see."""
    migrations({migration(1): FILES[migration(1, "one")]})
    assert action.push(staging.url).code == 0
    migrations({migration(1): FILES[migration(1, "one")].replace(old, new)})
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 7 and result.says("has changed since"), result


def test_the_body_of_a_function_counts(db, staging, migrations, action):
    text = "create function f() returns int language plpgsql as $$ begin return %d; end $$;\n"
    migrations({migration(1): text % 1})
    assert action.push(staging.url).code == 0
    migrations({migration(1): text % 2})
    assert action.push(db.url, staging_db_url=staging.url).code == 7


def test_statements_that_staging_does_not_know(db, staging, migrations, action):
    migrations(FILES)
    staging.create_history()
    staging.query("insert into %s (version, name) select v, 'x' from unnest(array['%s', '%s']) v" % (HISTORY, version(1), version(2)))
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 7 and result.says("without its statements", "mode: repair on staging with the line `applied "), result
    assert action.push(db.url, staging_db_url=staging.url, staging_guard="warn").code == 0


def test_comments_that_become_a_migration_have_changed(db, staging, migrations, action):
    migrations({migration(1): "-- placeholder\n"})
    for url in (staging.url, db.url):
        assert action.push(url).code == 0
    migrations({migration(1): "-- another placeholder\n", migration(2): "select 1;\n"})
    result = action.dry_run(db.url, edited_migrations="error")
    assert result.code == 0 and not result.says("not compared"), result
    migrations({migration(1): "create table secret (a int);\n"})
    result = action.push(db.url, edited_migrations="error")
    assert result.code == 7 and result.says(migration(1) + " has been changed since it was applied", "+ create table secret"), result
    db.query("delete from %s" % HISTORY)
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 7 and result.says(migration(1) + " has changed since it ran on staging", "+ create table secret"), result
    assert not db.has_table("secret")


def test_a_statement_of_megabytes_is_compared_too(db, staging, migrations, action):
    text = "create table big (t text);\ninsert into big values ('%s');\n" % ("x" * 3_000_000)
    migrations({migration(1): text})
    assert action.push(staging.url).code == 0
    assert action.dry_run(db.url, staging_db_url=staging.url).code == 0
    migrations({migration(1): text.replace("xx')", "xy')")})
    assert action.dry_run(db.url, staging_db_url=staging.url).code == 7


def test_staging_ahead_is_only_said(db, staging, migrations, action):
    migrations(FILES)
    assert action.push(staging.url).code == 0
    staging.query("insert into %s (version, statements) values ('29990101000000', '{select 1}')" % HISTORY)
    result = action.push(db.url, staging_db_url=staging.url)
    assert result.code == 0 and result.says("staging is ahead: it has 1 version that is not here: 29990101000000"), result


def test_nothing_pending_asks_staging_nothing(db, migrations, action):
    migrations(FILES)
    assert action.push(db.url).code == 0
    result = action.push(db.url, staging_db_url="postgresql://nobody:nothing@127.0.0.1:1/none")
    assert result.code == 0 and result.status == "up-to-date", result


def test_a_staging_that_does_not_answer(db, migrations, action):
    migrations(FILES)
    url = "postgresql://nobody:n0thing-at-all@127.0.0.1:1/none"
    result = action.push(db.url, staging_db_url=url)
    assert result.code == 5 and result.says("staging: ") and not db.has_history(), result
    assert url not in result.log and "n0thing-at-all" not in result.log
    assert action.push(db.url, staging_db_url=url, staging_guard="warn").code == 0


def test_the_password_of_staging_may_come_apart(db, staging, cluster, migrations, action):
    migrations(FILES)
    assert action.push(staging.url).code == 0
    bare = staging.url.split("//")[0] + "//postgres@" + staging.url.split("@", 1)[1]
    result = action.push(db.url, staging_db_url=bare, staging_db_password=OWNER_PASSWORD)
    assert result.code == 0 and OWNER_PASSWORD not in result.log, result


def test_staging_is_not_the_target(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, staging_db_url=db.url)
    assert result.code == 2 and result.says("staging-db-url: it is the target itself"), result


# -- edited files ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("level, code", [("warn", 0), ("error", 7), ("off", 0)])
def test_an_edited_file_is_found(db, migrations, action, level, code):
    migrations(FILES)
    assert action.push(db.url).code == 0
    migrations({migration(1, "one"): "create table one (a int default 3);\n"})
    result = action.push(db.url, edited_migrations=level)
    assert result.code == code, result
    assert result.says(migration(1, "one") + " has been changed since it was applied") == (level != "off"), result
    if level != "off":
        assert "- create table one (a int default 1)" in result.log and "+ create table one (a int default 3)" in result.log
        places = [c.properties.get("file") for c in result.warnings + result.errors]
        assert places == ["supabase/migrations/" + migration(1, "one")], result


def test_rows_without_statements_are_not_edited(db, migrations, action):
    migrations(FILES)
    db.create_history()
    db.query("insert into %s (version, name, statements) values ('%s', 'x', null), ('%s', 'x', '{}')" % (HISTORY, version(1), version(2)))
    result = action.push(db.url, edited_migrations="error")
    assert result.code == 0 and result.says("2 versions recorded without statements"), result


def test_a_table_of_an_early_cli_is_not_compared(db, migrations, action):
    migrations(FILES)
    db.as_owner("create schema supabase_migrations; create table %s (version text primary key)" % HISTORY)
    db.query("insert into %s values ('%s')" % (HISTORY, version(1)))
    result = action.push(db.url, edited_migrations="error")
    assert result.code == 0 and result.applied == [migration(2, "two")], result


def test_statements_cut_elsewhere_are_the_same(db, migrations, action):
    """As an older splitter might have stored them: comments gone, cut inside of parentheses."""
    migrations({migration(1): "-- c\ncreate rule r as on insert to v do (insert into w values (1); insert into w values (2));\n"})
    db.create_history()
    db.query("insert into %s (version, name, statements) values (%%s, 'x', %%s)" % HISTORY, (
        version(1), ["create rule r as on insert to v do (insert into w values (1)", " insert into w values (2))"]))
    result = action.push(db.url, edited_migrations="error")
    assert result.code == 0, result


# -- history by content --------------------------------------------------------------------------------------------

def shell_words(result, command):
    return [line[line.index(command):].split() for line in result.log.split("\n") if command in line and not line.startswith("::")]


def test_a_file_that_was_run_under_another_version(db, workspace, action):
    """As the dashboard and its tools do: the same SQL, with a stamp of their own."""
    workspace.migrations({migration(3, "three"): "create table three (a int);\n"})
    db.create_history()
    db.query("insert into %s (version, name, statements) values ('20240101000009', 'x', '{create table three (a int)}')" % HISTORY)
    result = action.push(db.url)
    assert result.code == 7 and len(result.errors) == 1, result
    assert result.says(migration(3, "three") + " is already applied as 20240101000009"), result
    _, _, old, new = shell_words(result, "git mv")[0]
    (workspace.root / old).rename(workspace.root / new)
    assert action.push(db.url).status == "up-to-date"


AGAIN = {migration(1, "log"): "create table log (a int);\n", migration(2, "first"): "insert into log values (1);\n"}


def test_a_file_that_is_issued_once_more_runs_again(db, migrations, action):
    """As the CLI has it: both files are what their author has committed."""
    migrations(AGAIN)
    assert action.push(db.url).code == 0
    migrations({migration(3, "again"): "-- once more\ninsert into log values (1);\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(3, "again")] and not result.warnings, result
    assert result.says("%s (as %s, applied)" % (migration(3, "again"), migration(2, "first"))), result
    assert db.query("select count(*) from log") == [(2,)]


def test_a_push_that_failed_between_two_equal_files_goes_on(db, migrations, action):
    migrations({**AGAIN, migration(3, "wrong"): "insert into nowhere values (1);\n", migration(4, "again"): AGAIN[migration(2, "first")]})
    assert action.push(db.url).code == 8
    migrations({migration(3, "wrong"): "select 3;\n"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 2 and not result.warnings, result


@pytest.mark.parametrize("level, code", [("note", 0), ("warn", 0), ("error", 7), ("off", 0)])
def test_a_team_may_want_no_file_twice(db, migrations, action, level, code):
    migrations({**AGAIN, migration(3, "again"): AGAIN[migration(2, "first")]})
    result = action.dry_run(db.url, same_content=level)
    assert result.code == code and len(result.warnings) == (level == "warn") and len(result.errors) == (level == "error"), result
    assert result.says("has the content of another file") == (level != "off"), result
    if level in ("warn", "error"):
        assert shell_words(result, "git rm") == [["git", "rm", "supabase/migrations/" + migration(3, "again")]], result


def test_what_changes_nothing_when_it_runs_again_is_not_told(db, migrations, action):
    migrations({migration(number): "notify pgrst, 'reload schema';\n" for number in range(1, 6)})
    result = action.push(db.url, same_content="error")
    assert result.code == 0 and not result.says("content of another"), result
    migrations({migration(6): "notify pgrst, 'reload schema';\n"})
    assert action.push(db.url, same_content="error").applied == [migration(6)]


def test_a_copy_made_by_an_operating_system_is_named(db, migrations, action):
    migrations(AGAIN)
    assert action.push(db.url).code == 0
    name = migration(3, "first copy")
    migrations({name: AGAIN[migration(2, "first")]})
    result = action.push(db.url)
    assert result.code == 0 and [w.properties["file"] for w in result.warnings] == ["supabase/migrations/" + name], result
    assert result.says("%s is a copy of %s" % (name, migration(2, "first"))), result


def test_a_version_recorded_twice(db, migrations, action):
    migrations({migration(1): "create table a (a int);\n"})
    assert action.push(db.url).code == 0
    db.query("insert into %s (version, statements) values ('20230101000000', '{create table a (a int)}')" % HISTORY)
    result = action.push(db.url)
    assert result.code == 7 and result.says("mode: repair with the line `reverted 20230101000000`"), result


def test_many_files_with_one_content_are_told_in_one_line(db, migrations, action):
    migrations({migration(number): "insert into t values (1); -- %d\n" % number for number in range(150)})
    result = action.dry_run(db.url, same_content="warn")
    assert result.code == 0 and len(result.warnings) == 1, result
    assert result.says("149 pending files have the content of another file", "%s (as %s), " % (migration(2), migration(0)), ", and 129 more"), result
    assert len(shell_words(result, "git rm")[0]) == 102 and len(result.summary) < 200_000, result


# -- the approved plan ------------------------------------------------------------------------------------------

def test_the_approved_plan_is_the_executed_plan(db, workspace, migrations, action, tmp_path):
    migrations(FILES)
    planned = digest(action.dry_run(db.url))
    elsewhere = Action(Workspace(tmp_path / "elsewhere").migrations({name: text.upper().replace("A;B", "a;b").replace("X;Y", "x;y").replace("$Q$", "$q$") for name, text in FILES.items()}), tmp_path / "other")
    assert digest(elsewhere.dry_run(db.url, lock_timeout="1s", environment_name="x")) == planned
    elsewhere.close()
    result = action.push(db.url, expect_plan=planned)
    assert result.code == 0 and digest(result) == planned, result


MOVES = {
    "option": ("another option: it was made with include-all: false", lambda db, w: None, {"include_all": "true"}),
    "transaction": ("another option: it was made with transaction: file", lambda db, w: None, {"transaction": "all"}),
    "version": ("the target has got a version since then: 20230101000000", lambda db, w: (
        w.migrations({"20230101000000_x.sql": "select 5;"}), db.create_history("20230101000000")), {}),
    "file added": ("a file has been added since then: " + migration(3, "three"), lambda db, w: w.migrations(
        {migration(3, "three"): "select 3;"}), {}),
    "files added": ("files have been added since then: %s %s" % (migration(3, "three"), migration(4, "four")),
                    lambda db, w: w.migrations({migration(3, "three"): "select 3;", migration(4, "four"): "select 4;"}), {}),
    "file added in front": ("a file has been added since then: 20230101000000_first.sql", lambda db, w: w.migrations(
        {"20230101000000_first.sql": "select 3;"}), {}),
    "file changed": ("a pending file has been changed", lambda db, w: w.migrations({migration(1, "one"): "select 4;"}), {}),
}


@pytest.mark.parametrize("move", MOVES)
def test_any_other_plan_is_refused(db, workspace, migrations, action, move):
    words, change, options = MOVES[move]
    migrations(FILES)
    if move == "version":
        workspace.migrations({"20230101000000_x.sql": "select 5;"})
        db.create_history()
        planned = digest(action.dry_run(db.url))
        db.query("insert into %s (version, statements) values ('20230101000000', '{select 5}')" % HISTORY)
        words = "the target has got a version since then: 20230101000000"
    else:
        planned = digest(action.dry_run(db.url))
        change(db, workspace)
    result = action.push(db.url, expect_plan=planned, **options)
    assert result.code == 7 and result.status == "blocked", result
    assert result.says("this is not the plan that was approved", words), result
    assert not db.has_table("one")


def test_a_job_that_is_run_again_has_nothing_to_do(db, workspace, migrations, action):
    migrations(FILES)
    planned = digest(action.dry_run(db.url))
    assert action.push(db.url, expect_plan=planned).status == "pushed"
    again = action.push(db.url, expect_plan=planned)
    assert again.code == 0 and again.status == "up-to-date", again
    assert again.says("of the plan that was approved (%s) nothing is left to do" % planned), again
    workspace.write("supabase/roles.sql", "create role %s nologin;\n" % db.name)
    more = action.push(db.url, expect_plan=planned, include_roles="true")
    assert more.code == 7 and more.says("this is not the plan that was approved"), more
    assert not db.value("select count(*) from pg_roles where rolname = %s", (db.name,))


@pytest.mark.alone
def test_what_has_moved_is_found_soon_among_many_files(db, migrations, action):
    migrations({migration(n): "select %d;\n" % n for n in range(1000)})
    start = time.monotonic()
    planned = digest(action.dry_run(db.url))
    usual = time.monotonic() - start
    migrations({migration(1000, "more"): "select 1000;\n"})
    result = action.dry_run(db.url, expect_plan=planned)
    assert result.code == 7 and result.says("a file has been added since then: " + migration(1000, "more")), result
    start = time.monotonic()
    result = action.dry_run(db.url, expect_plan="0" * 64)
    print("1000 files: dry run %.2f s, of another plan %.2f s" % (usual, time.monotonic() - start))
    assert result.code == 7 and result.says("a pending file has been changed"), result
    assert time.monotonic() - start < usual + 2 * SLOWNESS, result


@pytest.mark.parametrize("value", ["abc", "0" * 63, "G" * 64, "A" * 64])
def test_what_is_no_digest_is_refused_at_once(db, migrations, action, value):
    migrations(FILES)
    assert action.push(db.url, expect_plan=value).code == 2


def test_another_target_is_another_plan(db, staging, migrations, action):
    migrations(FILES)
    assert digest(action.dry_run(db.url)) != digest(action.dry_run(staging.url))


# -- how many, how old -----------------------------------------------------------------------------------------------

def test_no_more_files_than_max_pending(db, migrations, action):
    migrations(FILES)
    db.create_history("20200101000000")
    given = {"missing_files": "off"}
    result = action.push(db.url, max_pending="1", **given)
    assert result.code == 7 and result.says("2 migrations pending, and max-pending is 1") and db.tables() == [], result
    assert action.push(db.url, max_pending="2", **given).code == 0


def test_a_first_push_has_them_all(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, max_pending="1")
    assert result.code == 0 and result.says("it does not count for the first push to an empty history"), result


# -- versions without a file -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("level, code, warnings", [("auto", 7, 0), ("error", 7, 0), ("warn", 0, 1), ("off", 0, 0)])
def test_versions_without_a_file(db, migrations, action, level, code, warnings):
    migrations({migration(2): "select 1;"})
    db.create_history(version(1))
    result = action.push(db.url, missing_files=level)
    assert result.code == code and len(result.warnings) == warnings, result
    assert result.says("the history has 1 version without a file here: " + version(1)) == (level != "off"), result


@pytest.mark.parametrize("base, name, code", [("main", "staging", 0), ("staging", "staging", 7), ("main", "", 7), ("", "staging", 7),
                                              ("main", "production", 7), ("staging", "production", 0)])
def test_a_pull_request_into_another_branch_may_be_behind(db, migrations, action, base, name, code):
    migrations({migration(2): "select 1;"})
    db.create_history(version(1))
    payload = {"pull_request": {"number": 7, "base": {"ref": base}}, "repository": {"default_branch": "main"}}
    result = action.dry_run(db.url, event="pull_request", payload=payload, environment_name=name, skip_unchanged="false")
    assert result.code == code and len(result.warnings) == (code == 0), result


def test_a_file_that_is_much_too_old_is_a_warning(db, migrations, action):
    migrations({"20230101000000_forgotten.sql": "select 1;", "20240101000000_late.sql": "select 2;", "20240115000000_x.sql": "select 3;"})
    db.create_history("20240115000000")
    result = action.push(db.url, include_all="true")
    assert result.code == 0 and len(result.warnings) == 1, result
    assert result.says("20230101000000_forgotten.sql is 379 days older"), result


@pytest.mark.parametrize("value", ["-1", "many", "1000000", "1.5"])
def test_a_number_is_a_number(db, migrations, action, value):
    migrations(FILES)
    assert action.push(db.url, max_pending=value).code == 2


# -- staging as a project -------------------------------------------------------------------------------------------

def at_project(project, action, url, **inputs):
    """A push to `url` with the project as its staging."""
    return project.run(action, project_ref="", access_token=TOKEN, db_url=url, staging_project_ref=REF, **inputs)


@pytest.mark.parametrize("password", ["", OWNER_PASSWORD], ids=["login role", "password"])
def test_a_project_is_a_staging_too(db, project, migrations, action, password):
    project.open_direct()
    migrations({migration(1, "one"): FILES[migration(1, "one")]})
    assert project.run(action).status == "pushed"
    migrations(FILES)
    result = at_project(project, action, db.url, staging_db_password=password)
    assert result.code == 7 and result.says(migration(2, "two") + " has not run on staging"), result
    assert not result.says(migration(1, "one") + " has not run"), result
    assert project.run(action).status == "pushed"
    assert at_project(project, action, db.url, staging_db_password=password).status == "pushed"


@pytest.mark.parametrize("inputs, words", [
    ({"staging_project_ref": "x"}, "staging-project-ref: it is not a project's reference"),
    ({"staging_project_ref": REF}, "access-token: staging-project-ref needs it"),
    ({"staging_project_ref": REF, "access_token": TOKEN, "staging_db_url": "postgresql://a:bcde@h/d"}, "staging-db-url is given, too"),
    ({"staging_db_password": "bcdefg"}, "no staging database is named"),
])
def test_what_contradicts_is_said_at_once(db, migrations, action, inputs, words):
    migrations(FILES)
    result = action.push(db.url, **inputs)
    assert result.code == 2 and result.says(words), result
