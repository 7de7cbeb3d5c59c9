"""supabase/roles.sql: run before the migrations, as often as one likes."""
import signal
import threading

import pytest

from workspace import migration

pytestmark = pytest.mark.supabase

NAMES = ("r_one", "r_two", "r_three", "R Four")


@pytest.fixture
def roles(workspace, migrations, db):
    """A workspace with one migration and this roles.sql. Roles belong to the cluster: they are dropped."""
    def make(text, table="create table t (a int);"):
        migrations({migration(1): table})
        if text is not None:
            workspace.write("supabase/roles.sql", text)
        return workspace
    yield make
    for name in NAMES:
        if db.value("select count(*) from pg_roles where rolname = %s", (name,)):
            db.query('drop owned by "%s"; drop role "%s"' % (name, name))


def there(db):
    return sorted(row[0] for row in db.query("select rolname from pg_roles where rolname = any(%s)", (list(NAMES),)))


@pytest.mark.postgres()
def test_roles_come_before_the_migrations_that_need_them(db, roles, action):
    roles("create role r_one;\ncreate role r_two nologin;", "create table t (a int); grant select on t to r_one;")
    result = action.dry_run(db.url, include_roles="true")
    assert result.status == "planned" and result.says("roles.sql, 2 statements to run, 0 roles there"), result
    assert there(db) == []
    result = action.push(db.url, include_roles="true")
    assert result.status == "pushed" and result.names("role-files") == ["supabase/roles.sql"], result
    assert there(db) == ["r_one", "r_two"] and "1 migration, roles pushed" in result.log, result


@pytest.mark.postgres()
def test_the_second_run_is_no_work(db, roles, action):
    roles('-- the team\'s\ncreate role r_one;\nCREATE USER "R Four" password \'x\';\nset role none;\ncreate group R_TWO nologin')
    assert action.push(db.url, include_roles="true").status == "pushed"
    before = db.snapshot()
    for result in (action.dry_run(db.url, include_roles="true"), action.push(db.url, include_roles="true")):
        assert result.status == "up-to-date" and result.names("role-files") == [], result
        assert result.says("3 roles there already"), result
    assert db.snapshot() == before and there(db) == ["R Four", "r_one", "r_two"]


def test_what_exists_is_passed_over_and_the_rest_is_run(db, roles, action):
    db.query("create role r_one")
    roles("create role r_one; do $$begin create role r_one; end$$; create role r_two; alter role r_two connection limit 3;")
    result = action.push(db.url, include_roles="true")
    assert result.code == 0 and there(db) == ["r_one", "r_two"], result
    assert result.says('role "r_one" already exists'), result
    assert result.report["roles"] == {**result.report["roles"], "state": "run", "run": 2, "existing": 2}, result
    assert db.value("select rolconnlimit from pg_roles where rolname = 'r_two'") == 3


def test_statements_other_than_create_are_run_every_time(db, roles, action):
    roles("create role r_one; alter role r_one connection limit 2;")
    action.push(db.url, include_roles="true")
    db.query("alter role r_one connection limit 5")
    result = action.push(db.url, include_roles="true")
    assert result.status == "pushed" and result.applied == [], result
    assert db.value("select rolconnlimit from pg_roles where rolname = 'r_one'") == 2


def test_a_role_that_the_file_itself_takes_away_is_made_again(db, roles, action):
    roles("drop role if exists r_one;\ncreate role r_one login;")
    for run in range(3):
        result = action.push(db.url, include_roles="true")
        assert result.status == "pushed" and there(db) == ["r_one"], result
        assert result.report["roles"]["run"] == 2, result


def test_a_role_that_the_file_renames_is_made_again(db, roles, action):
    roles("create role r_one; alter role r_one rename to r_two; create role r_one;")
    for run in range(2):
        result = action.push(db.url, include_roles="true")
        assert result.code == 0 and there(db) == ["r_one", "r_two"], result
        db.query("drop role r_two")
    assert action.push(db.url, include_roles="true").code == 0
    assert there(db) == ["r_one", "r_two"]


@pytest.mark.parametrize("statement, known", [
    ("alter role r_one password 'x;y' login", 3), ("alter role r_one password 'rename'", 1),
    ("ALTER USER r_one VALID UNTIL 'infinity'", 3), ("grant r_one to postgres", 3),
    ("comment on role r_one is 'drop role r_one'", 3), ("drop role if exists r_gone", 1), ("select 1", 1), ("do $$begin end$$", 1)])
def test_what_exists_behind_another_statement_is_no_failure(db, roles, action, statement, known):
    roles("set role none; -- ours\ncreate role r_one; %s; create role r_two; create user r_three;" % statement)
    assert action.push(db.url, include_roles="true").report["roles"]["run"] == 4
    result = action.dry_run(db.url, include_roles="true")
    assert result.says("%d roles there already" % known if known > 1 else "1 role there already"), result
    result = action.push(db.url, include_roles="true")
    assert result.code == 0 and not result.warnings and there(db) == ["r_one", "r_three", "r_two"], result
    assert result.report["roles"] == {**result.report["roles"], "run": 1, "existing": 3}, result


@pytest.mark.parametrize("text, line", [
    ("do $$ begin\n  create role r_one;\n  create role r_two;\nend $$;", "1"),
    ("create role r_three;\nalter role r_three rename to r_one;", "2")])
def test_work_that_is_undone_for_what_exists_is_told(db, roles, action, text, line):
    db.query("create role r_one")
    roles(text)
    result = action.push(db.url, include_roles="true")
    assert result.code == 0 and "r_two" not in there(db), result
    warning, = result.warnings
    assert (warning.properties["file"], warning.properties["line"]) == ("supabase/roles.sql", line), result
    assert "rolled back as a whole: role" in warning.data.lower() and "already exists" in warning.data, result
    assert result.report["warnings"], result


def test_a_failure_rolls_all_of_it_back(db, roles, action):
    db.query("create role r_two")
    roles("create role r_one;\ncreate role r_two;\nalter role nobody_here login;\ncreate role r_three;")
    result = action.push(db.url, include_roles="true")
    assert result.code == 14 and result.status == "failed", result
    error = result.errors[0]
    assert (error.properties["file"], error.properties["line"]) == ("supabase/roles.sql", "3"), result
    assert there(db) == ["r_two"] and not db.has_table("t") and not db.has_history(), result


def test_settings_do_not_leak_into_the_migrations(db, roles, action):
    roles("set search_path = pg_catalog; create role r_one; grant r_one to postgres; set role r_one;")
    result = action.push(db.url, include_roles="true")
    assert result.code == 0, result
    assert db.value("select relowner::regrole::text from pg_class where oid = 'public.t'::regclass") == "postgres"


def test_without_the_file_there_is_a_warning(db, roles, action):
    roles(None)
    result = action.push(db.url, include_roles="true")
    assert result.status == "pushed" and any("no supabase/roles.sql" in w.data for w in result.warnings), result


def test_without_the_input_it_is_not_read(db, roles, action):
    roles("selec 1;")
    assert action.push(db.url).status == "pushed"


@pytest.mark.parametrize("text, code", [("creat role r_one;", 4), ("create role r_one; alter system reset all;", 7),
                                        ("begin; create role r_one; commit; create role r_two;", 7), (b"create role \xff;", 3)])
def test_what_cannot_be_run_stops_the_push_before_it_starts(db, roles, action, text, code):
    roles(text)
    for result in (action.dry_run(db.url, include_roles="true"), action.push(db.url, include_roles="true")):
        assert result.code == code, result
    assert there(db) == [] and not db.has_table("t")


def test_empty_and_wrapped_files(db, roles, action):
    roles("")
    assert action.push(db.url, include_roles="true").status == "pushed"
    roles("begin;\ncreate role r_one;\ncommit;")
    assert action.push(db.url, include_roles="true").status == "pushed"
    assert there(db) == ["r_one"]


@pytest.mark.postgres()
def test_a_role_that_may_not_create_roles(db, roles, action, cluster):
    roles("create role r_one;")
    db.query("alter role postgres nocreaterole")
    try:
        result = action.push(db.url, include_roles="true")
        assert result.code == 14 and result.says("42501", "runs as role postgres"), result
    finally:
        db.query("alter role postgres createrole")


def test_roles_that_cannot_get_a_lock_are_tried_again(db, roles, action):
    """What was skipped before the lock is found again, and told once."""
    db.query("create role r_one; create table locked (a int); alter table locked owner to postgres")
    roles("do $$begin create role r_one; end$$; create role r_two; grant select on locked to r_two; lock table locked;")
    blocker = db.connect()
    blocker.autocommit = False
    blocker.cursor().execute("lock table locked in access share mode")
    inputs = dict(include_roles="true", lock_timeout="100ms")
    result = action.push(db.url, lock_retries="1", **inputs)
    assert result.code == 14 and result.says("55P03", "tried 2 times") and there(db) == ["r_one"], result
    assert not result.warnings and not db.has_table("t"), result
    run = action.start(mode="push", db_url=db.url, **inputs)
    for _ in range(600):
        if b"try 3 of 11" in run.stdout:
            break
        threading.Event().wait(0.05)
    blocker.rollback()
    blocker.close()
    result = run.wait(30)
    assert result.code == 0 and there(db) == ["r_one", "r_two"] and len(result.warnings) == 1, result
    assert result.report["roles"] == {**result.report["roles"], "run": 3, "existing": 1}, result


def test_a_cancelled_run_creates_none(db, roles, action):
    roles("create role r_one; do $$begin perform pg_sleep(60); end$$;")
    run = action.start(mode="push", db_url=db.url, include_roles="true")
    for _ in range(300):
        if any("pg_sleep" in row[2] for row in db.backends("active")):
            break
        threading.Event().wait(0.05)
    run.signal(signal.SIGINT)
    result = run.wait(15)
    assert result.code == 130 and there(db) == [] and not db.has_table("t"), result
