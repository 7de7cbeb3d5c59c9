"""Seed files: found, loaded once, recorded as the CLI records them."""
import hashlib
import signal
import threading

import pytest

from test_lock import KEY
from workspace import migration

TABLE = "create table t (a text);"


def recorded(db):
    if not db.value("select to_regclass('supabase_migrations.seed_files') is not null"):
        return {}
    return dict(db.query("select path, hash from supabase_migrations.seed_files"))


def sha(text):
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


@pytest.fixture
def seeded(workspace, migrations):
    """A workspace with one migration that makes t, and these seeds; patterns are their config."""
    def make(seeds, patterns=None, table=TABLE):
        migrations({migration(1): table})
        for name, text in seeds.items():
            workspace.write("supabase/" + name, text)
        if patterns is not None:
            workspace.write("supabase/config.toml", "[db.seed]\nsql_paths = %s\n" % patterns)
        return workspace
    return make


def rows(db, table="t"):
    return sorted(row[0] for row in db.query("select a from %s" % table))


def test_the_default_seed_is_loaded_once(db, seeded, action):
    text = "insert into t values ('one'), ('two');"
    seeded({"seed.sql": text})
    result = action.dry_run(db.url, include_seed="true")
    assert result.status == "planned" and result.says("seeds:", "supabase/seed.sql"), result
    assert not db.has_table("t") and recorded(db) == {}
    result = action.push(db.url, include_seed="true")
    assert result.status == "pushed" and result.names("seed-files") == ["supabase/seed.sql"], result
    assert rows(db) == ["one", "two"] and recorded(db) == {"supabase/seed.sql": sha(text)}
    before = db.snapshot(), recorded(db)
    result = action.push(db.url, include_seed="true")
    assert result.status == "up-to-date" and result.names("seed-files") == [], result
    assert (db.snapshot(), recorded(db)) == before


def test_without_the_input_nothing_is_seeded(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('one');"})
    assert action.push(db.url).status == "pushed"
    assert rows(db) == [] and recorded(db) == {}


def test_seeds_alone_are_work(db, seeded, action):
    seeded({})
    assert action.push(db.url).status == "pushed"
    seeded({"seed.sql": "insert into t values ('one');"})
    assert action.dry_run(db.url, include_seed="true").status == "planned"
    result = action.push(db.url, include_seed="true")
    assert result.status == "pushed" and rows(db) == ["one"], result
    assert "1 seed pushed" in result.log, result


def test_three_seeds_run_in_the_order_of_their_patterns(db, seeded, action):
    seeded({"z.sql": "insert into t values ('1z');", "more/b.sql": "insert into t select '3' || max(a) from t;",
            "more/a.sql": "insert into t select '2' || max(a) from t;"}, '["./z.sql", "more/*.sql", "z.sql"]')
    result = action.push(db.url, include_seed="true")
    assert result.code == 0 and rows(db) == ["1z", "21z", "321z"], result
    assert list(result.names("seed-files")) == ["supabase/z.sql", "supabase/more/a.sql", "supabase/more/b.sql"]
    assert set(recorded(db)) == set(result.names("seed-files"))


def test_a_pattern_that_finds_nothing_is_told(db, seeded, action):
    seeded({"a.sql": "select 1;"}, '["a.sql", "none/*.sql", "[a"]')
    result = action.push(db.url, include_seed="true")
    assert result.code == 0 and set(recorded(db)) == {"supabase/a.sql"}, result
    warnings = [warning.data for warning in result.warnings]
    assert any("none/*.sql' matches no file" in text for text in warnings), result
    assert any("malformed" in text for text in warnings), result


def test_a_changed_seed_only_renews_its_hash_and_says_so(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('one');"})
    action.push(db.url, include_seed="true")
    seeded({"seed.sql": "insert into t values ('two');"})
    result = action.dry_run(db.url, include_seed="true")
    assert result.status == "planned" and result.says("has changed since it was loaded"), result
    result = action.push(db.url, include_seed="true")
    assert result.status == "pushed" and rows(db) == ["one"], result
    assert any("reseed: true" in warning.data for warning in result.warnings), result
    assert recorded(db) == {"supabase/seed.sql": sha("insert into t values ('two');")}
    assert action.push(db.url, include_seed="true").status == "up-to-date"


def test_reseed_runs_a_changed_seed_again_and_no_other(db, seeded, action):
    seeded({"a.sql": "insert into t values ('a');", "b.sql": "insert into t values ('b');"}, '["a.sql", "b.sql"]')
    action.push(db.url, include_seed="true", reseed="true")
    seeded({"b.sql": "insert into t values ('b2');"})
    result = action.push(db.url, include_seed="true", reseed="true")
    assert result.status == "pushed" and rows(db) == ["a", "b", "b2"], result
    assert not result.warnings, result
    assert recorded(db)["supabase/b.sql"] == sha("insert into t values ('b2');")
    assert action.push(db.url, include_seed="true", reseed="true").status == "up-to-date"


def test_a_failing_seed_leaves_nothing_of_itself(db, seeded, action):
    seeded({"a.sql": "insert into t values ('a');", "b.sql": "insert into t values ('b');\n\ninsert into nosuch values (1);",
            "c.sql": "insert into t values ('c');"}, '["a.sql", "b.sql", "c.sql"]')
    result = action.push(db.url, include_seed="true")
    assert result.code == 14 and result.status == "failed", result
    error = result.errors[0]
    assert (error.properties["file"], error.properties["line"]) == ("supabase/b.sql", "3"), result
    assert result.applied == [migration(1)] and result.says("failed in supabase/b.sql; 1 of 1 migration, 1 seed applied"), result
    assert rows(db) == ["a"] and set(recorded(db)) == {"supabase/a.sql"}
    assert result.names("seed-files") == ["supabase/a.sql"], result
    seeded({"b.sql": "insert into t values ('b');"})
    assert action.push(db.url, include_seed="true").code == 0
    assert rows(db) == ["a", "b", "c"]


def test_a_syntax_error_in_a_seed_stops_the_push_before_it_starts(db, seeded, action):
    seeded({"seed.sql": "select 1;\ninsert into into t;"})
    for result in (action.dry_run(db.url, include_seed="true"), action.push(db.url, include_seed="true")):
        assert result.code == 4 and result.errors[0].properties["line"] == "2", result
    assert not db.has_table("t")


@pytest.mark.parametrize("text, what", [("begin; select 1; commit; select 2;", "BEGIN"), ("vacuum t;", "VACUUM")])
def test_what_cannot_be_one_transaction_is_refused(db, seeded, action, text, what):
    seeded({"seed.sql": text})
    result = action.push(db.url, include_seed="true")
    assert result.code == 7 and result.says("cannot run in one transaction", what), result
    assert not db.has_table("t")


def test_a_seed_that_wraps_itself_is_fine(db, seeded, action):
    seeded({"seed.sql": "begin;\ninsert into t values ('x');\ncommit;\n"})
    assert action.push(db.url, include_seed="true").code == 0
    assert rows(db) == ["x"]


def test_settings_and_roles_of_a_seed_do_not_leak(db, seeded, action):
    db.query("create role seeder")
    db.query("grant seeder to postgres")
    try:
        seeded({"a.sql": "select set_config('search_path', '', false); set role seeder; set statement_timeout = 500;",
                "b.sql": "insert into t select current_user::text || current_setting('statement_timeout');"}, '["*.sql"]')
        result = action.push(db.url, include_seed="true")
        assert result.code == 0 and rows(db) == ["postgres0"], result
    finally:
        db.query("drop owned by seeder; drop role seeder")


def test_empty_blank_and_strange_seeds(db, seeded, action):
    seeds = {"empty.sql": "", "blank.sql": " \n\n", "comment.sql": "-- nothing\n", "bom.sql": "\ufeffinsert into t values ('bom');",
             "crlf.sql": "insert into t values ('a\r\nb');\r\n", "with 'quote; --.sql": "insert into t values ('quote');",
             "é日.sql": "insert into t values ('é');", "-dash.sql": "select 1;", "new\nline.sql": "select 1;"}
    seeded(seeds, '["*.sql"]')
    result = action.push(db.url, include_seed="true")
    assert result.code == 0, result
    assert recorded(db) == {"supabase/" + name: sha(text) for name, text in seeds.items()}
    assert rows(db) == sorted(["bom", "a\r\nb", "quote", "é"])
    assert action.push(db.url, include_seed="true").status == "up-to-date"


@pytest.mark.parametrize("text, says", [(b"select '\xff';", "not UTF-8"), (b"select 1;\0", "NUL")])
def test_bytes_that_postgresql_cannot_take(db, seeded, action, text, says):
    seeded({"seed.sql": text})
    result = action.push(db.url, include_seed="true")
    assert result.code == 3 and result.says(says), result
    assert not db.has_table("t")


def test_a_seed_outside_of_the_workspace_is_refused(db, seeded, action, tmp_path):
    (tmp_path / "secret.sql").write_text("insert into t values ('outside');")
    workspace = seeded({}, '["../../secret.sql", "link.sql", "gone.sql"]')
    (workspace.root / "supabase/link.sql").symlink_to(tmp_path / "secret.sql")
    (workspace.root / "supabase/gone.sql").symlink_to(tmp_path / "gone.sql")
    result = action.push(db.url, include_seed="true")
    assert result.code == 3 and result.says("outside of the workspace", "leads nowhere"), result
    assert len(result.errors) == 3 and not db.has_table("t"), result


def test_names_outside_of_the_workspace_are_not_listed(seeded, action, db, tmp_path):
    (tmp_path / "private").mkdir()
    for name in ("salaries.sql", "plans.sql"):
        (tmp_path / "private" / name).write_text("select 1;")
    workspace = seeded({}, '["../../*/*.sql", "link/*.sql", "folder"]')
    (workspace.root / "supabase/link").symlink_to(tmp_path / "private")
    (workspace.root / "supabase/folder").symlink_to(tmp_path / "private")
    result = action.push(db.url, include_seed="true")
    assert result.code == 3 and result.says("'../../*/*.sql' leads outside", "'link/*.sql' leads outside", "seed supabase/folder"), result
    assert not result.says("salaries") and not result.says("plans.sql") and len(result.errors) == 3, result


@pytest.fixture
def circles(seeded):
    """Links to where they are: a pattern with n stars leads to 12^n paths."""
    def make(stars):
        workspace = seeded({"seed.sql": "select 1;"}, '["%s*.sql"]' % ("*/" * stars))
        for number in range(12):
            (workspace.root / "supabase" / ("link%d" % number)).symlink_to(".")
    return make


def test_a_pattern_that_leads_to_too_much_is_refused(db, circles, action):
    circles(9)
    result = action.dry_run(db.url, include_seed="true")
    assert result.code == 3 and result.says("seed pattern", "leads past more than 200000 files and folders"), result
    assert len(result.errors) == 1 and result.seconds < 20, result


def test_detection_does_not_get_lost_there_either(circles, action):
    circles(9)
    result = action(mode="detect", include_seed="true")
    assert result.code == 0 and result.status == "skipped" and result.seconds < 20, result


def test_a_signal_ends_the_search_for_seeds(circles, action):
    circles(9)
    for _ in range(5):  # on a busy machine the signal may come when it is over
        run = action.start(mode="dry-run", db_url="postgresql://u:passpass@127.0.0.1:1/x", include_seed="true", skip_unchanged="false")
        while not run.stdout and run.process.poll() is None:
            threading.Event().wait(0.002)
        run.signal(signal.SIGTERM)
        result = run.wait(10)
        if result.code != 3:
            break
    assert result.code == 130 and result.says("cancelled while seed files were looked for"), result


def test_a_huge_seed(db, seeded, action):
    lines = ["insert into t values ('%s');" % ("x" * 1000) for _ in range(12000)]
    seeded({"seed.sql": "\n".join(lines)})
    result = action.push(db.url, include_seed="true")
    assert result.code == 0 and db.value("select count(*) from t") == 12000, result


def test_lock_timeout_holds_for_seeds(db, seeded, action):
    seeded({})
    action.push(db.url)
    seeded({"seed.sql": "insert into t values ('x');"})
    blocker = db.connect()
    blocker.autocommit = False
    blocker.cursor().execute("lock table t in access exclusive mode")
    result = action.push(db.url, include_seed="true", lock_timeout="200ms", lock_retries="1")
    blocker.rollback()
    blocker.close()
    assert result.code == 14 and result.says("55P03", "tried 2 times"), result
    assert recorded(db) == {} and result.seconds < 20
    assert action.push(db.url, include_seed="true").status == "pushed"


def test_a_seed_that_cannot_get_a_lock_is_tried_again(db, seeded, action):
    seeded({})
    action.push(db.url)
    seeded({"seed.sql": "insert into t values ('x');"})
    blocker = db.connect()
    blocker.autocommit = False
    blocker.cursor().execute("lock table t in access exclusive mode")
    run = action.start(mode="push", db_url=db.url, include_seed="true", lock_timeout="100ms")
    for _ in range(600):
        if b"try 3 of 11" in run.stdout:
            break
        threading.Event().wait(0.05)
    blocker.rollback()
    blocker.close()
    result = run.wait(30)
    assert result.code == 0 and rows(db) == ["x"], result
    assert result.says("supabase/seed.sql: canceling statement due to lock timeout (55P03); rolled back, try 2 of 11"), result


def test_a_signal_ends_the_pause_before_the_next_try(db, seeded, action):
    seeded({})
    action.push(db.url)
    seeded({"seed.sql": "insert into t values ('x');"})
    blocker = db.connect()
    blocker.autocommit = False
    blocker.cursor().execute("lock table t in access exclusive mode")
    run = action.start(mode="push", db_url=db.url, include_seed="true", lock_timeout="100ms")
    for _ in range(600):
        if b"try 4 of 11" in run.stdout:
            break
        threading.Event().wait(0.05)
    run.signal(signal.SIGINT)
    result = run.wait(4)
    blocker.close()
    assert result.code == 130 and rows(db) == [] and recorded(db) == {}, result


def test_statement_timeout_holds_for_seeds(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x'); select pg_sleep(20);"})
    result = action.push(db.url, include_seed="true", statement_timeout="200ms")
    assert result.code == 14 and result.says("57014"), result
    assert rows(db) == [] and recorded(db) == {}


def wait_for(db, text):
    for _ in range(300):
        if any(text in row[2] for row in db.backends("active")):
            return
        threading.Event().wait(0.05)
    raise AssertionError("the server never ran %r" % text)


def test_a_cancelled_seed_is_rolled_back(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x'); select pg_sleep(60);"})
    run = action.start(mode="push", db_url=db.url, include_seed="true")
    wait_for(db, "pg_sleep")
    run.signal(signal.SIGTERM)
    result = run.wait(15)
    assert result.code == 130 and result.says("cancelled at seed supabase/seed.sql"), result
    assert rows(db) == [] and recorded(db) == {} and not db.backends("active")


def test_a_killed_process_leaves_no_half_seed(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x'); select pg_sleep(1); insert into t values ('y');"})
    run = action.start(mode="push", db_url=db.url, include_seed="true")
    wait_for(db, "pg_sleep")
    run.kill()
    run.process.wait()
    threading.Event().wait(2)
    # Our last command, COMMIT, had been sent already, so the server may go on and finish.
    assert (rows(db), set(recorded(db))) in (([], set()), (["x", "y"], {"supabase/seed.sql"}))
    assert action.push(db.url, include_seed="true").code == 0
    assert rows(db) == ["x", "y"]


def test_a_lost_connection_is_resolved_by_the_record(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x'); select pg_sleep(30);"})
    run = action.start(mode="push", db_url=db.url, include_seed="true")
    wait_for(db, "pg_sleep")
    db.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%%pg_sleep%%' and pid <> pg_backend_pid()")
    result = run.wait(30)
    assert result.code == 9 and result.says("nothing of it is in the database"), result
    assert rows(db) == [] and recorded(db) == {}


def test_two_pushes_load_a_seed_once(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x'); select pg_sleep(1.5);"})
    assert action.push(db.url).status == "pushed"
    runs = [action.start(mode="push", db_url=db.url, include_seed="true") for _ in range(2)]
    results = [run.wait(30) for run in runs]
    assert rows(db) == ["x"] and len(recorded(db)) == 1, results
    assert sorted(result.code for result in results)[0] == 0, results
    for result in results:
        assert result.code == 0 or result.says("another run has loaded this file"), result


@pytest.fixture
def meanwhile(db, action):
    """A push that has made its plan, and waits for the lock while another one does `sql`."""
    def run(sql, **inputs):
        holder = db.connect()
        holder.cursor().execute("select pg_advisory_lock(%d)" % KEY)
        run = action.start(mode="push", db_url=db.url, include_seed="true", **inputs)
        for _ in range(300):
            if b"waiting for another push" in run.stdout:
                break
            threading.Event().wait(0.05)
        db.query(sql)
        holder.close()
        return run.wait(30)
    return run


RECORD = "insert into supabase_migrations.seed_files values ('supabase/seed.sql', '%s')"
RENEW = "update supabase_migrations.seed_files set hash = '%s' where path = 'supabase/seed.sql'"
OURS, THEIRS = "insert into t values ('ours');", "insert into t values ('theirs');"


@pytest.fixture
def two(db, seeded, action):
    """The first seed is loaded; seed.sql is new."""
    seeded({"a.sql": "insert into t values ('a');"}, '["a.sql", "seed.sql", "z.sql"]')
    assert action.push(db.url, include_seed="true").status == "pushed"
    seeded({"seed.sql": OURS})


def test_a_new_seed_of_which_another_push_has_loaded_another_version(db, seeded, two, action, meanwhile):
    """By now it is a changed one. Those are not run: it would be recorded as loaded, and never was."""
    seeded({"z.sql": "insert into t values ('z');"})
    result = meanwhile(THEIRS + RECORD % sha(THEIRS))
    assert result.code == 14 and result.status == "failed" and result.names("seed-files") == [], result
    assert result.says("supabase/seed.sql: its record has changed since the plan was made", "makes a new plan"), result
    assert [row["state"] for row in result.report["seeds"]] == ["loaded already", "failed, rolled back", "new"], result
    assert rows(db) == ["a", "theirs"] and recorded(db)["supabase/seed.sql"] == sha(THEIRS)
    result = action.push(db.url, include_seed="true")
    assert result.status == "pushed" and result.says("has changed since it was loaded"), result
    assert rows(db) == ["a", "theirs", "z"] and recorded(db)["supabase/seed.sql"] == sha(OURS)


def test_with_reseed_the_other_version_is_no_obstacle(db, two, meanwhile):
    result = meanwhile(THEIRS + RECORD % sha(THEIRS), reseed="true")
    assert result.code == 0 and result.report["seeds"][1]["state"] == "loaded", result
    assert rows(db) == ["a", "ours", "theirs"] and recorded(db)["supabase/seed.sql"] == sha(OURS)


def test_a_new_seed_that_another_push_has_loaded(db, two, meanwhile):
    result = meanwhile(OURS + RECORD % sha(OURS))
    assert result.code == 0 and result.status == "up-to-date" and rows(db) == ["a", "ours"], result
    assert result.report["seeds"][1]["state"] == "loaded already", result


def test_a_changed_seed_whose_record_goes_is_not_run(db, seeded, two, action, meanwhile):
    """Its row was deleted so that it is run; that was not the plan."""
    assert action.push(db.url, include_seed="true").status == "pushed"
    seeded({"seed.sql": THEIRS})
    result = meanwhile("delete from supabase_migrations.seed_files where path = 'supabase/seed.sql'")
    assert result.code == 14 and result.says("its record has changed since the plan was made"), result
    assert action.push(db.url, include_seed="true").status == "pushed" and rows(db) == ["a", "ours", "theirs"]


def test_nothing_is_done_to_a_seed_for_which_nothing_was_planned(db, seeded, two, action, meanwhile):
    assert action.push(db.url, include_seed="true").status == "pushed"
    seeded({"z.sql": "insert into t values ('z');"})
    result = meanwhile(THEIRS + RENEW % sha(THEIRS))
    assert result.code == 0 and rows(db) == ["a", "ours", "theirs", "z"], result
    assert recorded(db)["supabase/seed.sql"] == sha(THEIRS) and result.names("seed-files") == ["supabase/z.sql"], result


def test_a_role_that_may_not_read_the_record(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x');"})
    action.push(db.url, include_seed="true")
    db.query("alter table supabase_migrations.seed_files owner to supabase_admin")
    result = action.push(db.url, include_seed="true")
    assert result.code == 14 and result.says("seed_files", "cannot be read"), result


def test_a_role_that_may_not_make_the_record(db, seeded, action):
    seeded({})
    action.push(db.url)
    seeded({"seed.sql": "insert into t values ('x');"})
    db.query("alter schema supabase_migrations owner to supabase_admin")
    db.query("grant usage on schema supabase_migrations to postgres")
    result = action.push(db.url, include_seed="true")
    assert result.code == 14 and result.says("seed_files", "cannot be made", "42501"), result
    assert rows(db) == []


def test_rows_hidden_by_a_policy_are_an_error(db, seeded, action):
    seeded({"seed.sql": "insert into t values ('x');"})
    action.push(db.url, include_seed="true")
    db.query("alter table supabase_migrations.seed_files enable row level security")
    db.query("alter table supabase_migrations.seed_files force row level security")
    result = action.push(db.url, include_seed="true")
    assert result.code == 14 and rows(db) == ["x"], result


def test_a_staging_project_is_set_up_in_one_run(db, seeded, migrations, action):
    """A long history and the seed behind it, on an empty database: the guide's `db push` and `db reset`."""
    seeded({"seed.sql": "insert into t values ('seed');"})
    migrations({migration(number): "create table m%d (a int);\ninsert into m%d values (%d);" % (number, number, number)
                for number in range(2, 302)})
    result = action.push(db.url, include_seed="true")
    assert result.code == 0 and len(result.applied) == 301, result
    assert result.names("seed-files") == ["supabase/seed.sql"] and rows(db) == ["seed"]
    assert action.push(db.url, include_seed="true").status == "up-to-date"
