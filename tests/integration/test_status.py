"""mode: status: each version here, on staging and on the target, with the one next step."""
import pytest

from database import HISTORY
from workspace import migration, version


@pytest.fixture
def staging(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


def tables(*numbers):
    return {migration(n, "t%d" % n): "create table t%d (a int);\n" % n for n in numbers}


def rows(result):
    return {row["version"]: row for row in result.report["overview"]["rows"]}


def states(result):
    return {name: (row["staging"], row["state"]) for name, row in rows(result).items()}


def status(action, db, staging=None, **inputs):
    return action(mode="status", db_url=db.url, staging_db_url=staging.url if staging else None, **inputs)


def record(db, name, text, *statements):
    db.query("insert into %s (version, name, statements) values (%%s, %%s, %%s)" % HISTORY, (name, text, list(statements)))


@pytest.mark.postgres(15, 17)
def test_where_each_version_is(db, staging, migrations, action):
    migrations(tables(1, 2))
    assert action.push(staging.url).code == 0
    migrations(tables(3))
    assert action.push(staging.url).code == 0
    migrations(tables(4))
    db.create_history()
    record(db, version(1), "t1", "create table t1 (a int)")
    before = db.snapshot(), staging.snapshot()
    result = status(action, db, staging, environment_name="production")
    assert (db.snapshot(), staging.snapshot()) == before
    assert result.code == 0 and result.status == "shown", result
    assert states(result) == {version(1): ("applied", "applied"), version(2): ("applied", "pending"),
                              version(3): ("applied", "pending"), version(4): ("pending", "pending")}
    assert [rows(result)[version(n)]["next"] for n in (1, 2, 4)] == ["", "push to production", "push to staging"]
    assert result.outputs["status-staging-pending"] == "1" and result.outputs["pending-count"] == "3"
    assert result.outputs["status-attention"] == "0" and len(result.pending) == 3
    assert result.says("production: 1 pending on staging, 3 pending on production"), result
    assert "| next step |" in result.summary and "push to production" in result.summary


def test_all_is_settled(db, staging, migrations, action):
    migrations(tables(1, 2))
    for target in (staging, db):
        assert action.push(target.url).code == 0
    result = status(action, db, staging)
    assert result.code == 0 and result.status == "up-to-date" and result.outputs["status-attention"] == "0", result


def test_without_staging_there_is_no_column_for_it(db, migrations, action):
    migrations(tables(1))
    result = status(action, db)
    assert states(result) == {version(1): ("", "pending")} and "staging" not in result.summary, result
    assert not db.has_history()


def test_an_edited_file(db, staging, migrations, action):
    migrations(tables(1))
    for target in (staging, db):
        assert action.push(target.url).code == 0
    migrations({migration(1, "t1"): "create table t1 (a bigint);"})
    result = status(action, db, staging)
    assert states(result) == {version(1): ("applied with other content",) * 2} and result.code == 0, result
    assert rows(result)[version(1)]["next"].startswith("restore the file as staging has it"), result
    assert result.outputs["status-attention"] == "1"


def test_white_space_and_comments_are_no_edit(db, migrations, action):
    migrations(tables(1))
    assert action.push(db.url).code == 0
    migrations({migration(1, "t1"): "-- why\nCREATE TABLE t1 (a int)"})
    assert status(action, db).status == "up-to-date"


def test_a_renamed_file_and_the_version_that_it_ran_as(db, workspace, migrations, action):
    migrations(tables(2))
    assert action.push(db.url).code == 0
    workspace.remove(migration(2, "t2"))
    migrations({migration(5, "t2"): tables(2)[migration(2, "t2")]})
    result = status(action, db)
    assert states(result) == {version(2): ("", "only there: a file here, renamed"),
                              version(5): ("", "applied under another version")}, result
    assert rows(result)[version(5)]["other"] == version(2)
    assert rows(result)[version(5)]["next"] == "it has run as %s: give the file that version" % version(2)
    assert rows(result)[version(2)]["next"] == "see " + version(5)


def test_what_only_one_database_knows(db, staging, migrations, action):
    migrations(tables(1))
    for target in (staging, db):
        assert action.push(target.url).code == 0
        record(target, version(3), "both", "create table both (a int)")
        record(target, version(4), "other", "create table other_%s (a int)" % target.name)
    record(staging, version(7), "ahead", "create table ahead (a int)")
    record(db, version(8), "hotfix", "create table hotfix (a int)")
    result = status(action, db, staging)
    assert states(result) == {version(1): ("applied", "applied"), version(3): ("only there", "only there"),
                              version(4): ("only there", "only there, other than on staging"),
                              version(7): ("only there", "–"), version(8): ("–", "only there")}, result
    assert rows(result)[version(7)]["next"] == "staging is ahead: another branch has its file"
    assert "fetch it from the target" in rows(result)[version(8)]["next"]
    assert result.outputs["status-attention"] == "3"


def test_out_of_order_and_run_twice(db, migrations, action):
    migrations({migration(2, "t2"): "create table t2 (a int); insert into t2 values (1);"})
    assert action.push(db.url).code == 0
    record(db, version(3), "again", "create table t2 (a int)", "insert into t2 values (1)")
    migrations(tables(1))
    result = status(action, db)
    assert states(result) == {version(1): ("", "pending, out of order"), version(2): ("", "applied"),
                              version(3): ("", "only there: a file here, run twice")}, result
    assert states(status(action, db, include_all="true"))[version(1)] == ("", "pending")


def test_a_file_that_is_half_done(db, workspace, migrations, action):
    text = "create table h (a int);\ncreate index concurrently h_a on h (a);\ninsert into h values (1 / 0);\n"
    migrations({migration(1, "half"): text})
    assert action.push(db.url).code == 8
    result = status(action, db)
    assert states(result) == {version(1): ("", "half done")}, result
    assert rows(result)[version(1)]["next"] == "push to the target: it resumes with statement 3"
    assert rows(result)[version(1)]["done"] == 2
    migrations({migration(1, "half"): text.replace("a int", "a bigint")})
    assert states(status(action, db)) == {version(1): ("", "half done, changed since")}
    workspace.remove(migration(1, "half"))
    migrations(tables(2))
    result = status(action, db)
    assert states(result) == {version(1): ("", "half done, no file here"), version(2): ("", "pending")}, result
    db.query("update supabase_migrations.promote_progress set in_doubt = true")
    migrations({migration(1, "half"): text})
    assert states(status(action, db))[version(1)] == ("", "half done, in doubt")


def test_content_that_is_not_recorded(db, staging, migrations, action):
    migrations(tables(1, 2))
    for target in (staging, db):
        target.create_history()
        target.query("insert into %s (version) values (%%s)" % HISTORY, (version(1),))
    staging.query("insert into %s (version) values (%%s)" % HISTORY, (version(2),))
    result = status(action, db, staging)
    assert states(result) == {version(1): ("applied, content not recorded",) * 2,
                              version(2): ("applied, content not recorded", "pending")}, result
    assert rows(result)[version(1)]["next"] == ""
    assert rows(result)[version(2)]["next"].startswith("have its statements recorded on staging"), result


def test_a_staging_that_cannot_be_read_fails_after_the_rest_is_shown(db, staging, migrations, action):
    migrations(tables(1))
    staging.create_history(version(1))
    staging.query("revoke all on %s from postgres; alter table %s owner to supabase_admin" % (HISTORY, HISTORY))
    result = status(action, db, staging)
    assert result.code == 6 and result.status == "failed", result
    assert states(result) == {version(1): ("not read", "pending")} and result.says("staging: role postgres lacks"), result


def test_a_target_that_does_not_answer(staging, migrations, action, cluster):
    migrations(tables(1))
    result = action(mode="status", db_url=cluster.url("there_is_none"), staging_db_url=staging.url)
    assert result.code == 5, result
    assert states(result) == {version(1): ("pending", "not read")}, result


def test_hostile_versions_and_names(db, migrations, action):
    evil = "1\n::error::x | <b>@octocat</b> `code` ##[error]"
    migrations({"20240101000001_a | <img src=x> `y` @octocat.sql": "select 1;"})
    db.create_history()
    record(db, evil, "x", "select 2")
    record(db, "", "x", "select 3")
    result = status(action, db)
    assert result.code == 0 and len(rows(result)) == 3 and not result.errors, result
    assert "<img" not in result.summary and "<b>" not in result.summary and "@octocat" not in result.summary.replace("@\u2060", ""), \
        result


def test_a_long_history_is_folded(db, migrations, action):
    migrations({migration(n): "select %d;" % n for n in range(1000)})
    db.create_history()
    db.query("insert into %s (version, statements) select '20240101' || lpad(g::text, 6, '0'), array['select ' || g] "
             "from generate_series(0, 998) g" % HISTORY)
    result = status(action, db)
    overview = result.report["overview"]
    assert overview["versions"] == 1000 and overview["settled"] == 999 and len(overview["rows"]) == 20, result
    assert result.says("… 980 older versions of which nothing is to be done"), result


def test_a_fork_gets_no_database(migrations, action):
    migrations(tables(1))
    result = action(mode="status", event="pull_request",
                    payload={"pull_request": {"head": {"repo": {"full_name": "stranger/shop"}}},
                             "repository": {"full_name": "acme/shop"}})
    assert result.code == 0 and result.status == "skipped", result
