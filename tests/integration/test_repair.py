"""mode: repair: marks versions as applied or reverted, or shows what is recorded; a dry run first, always."""
import threading

import pytest

from database import HISTORY
from workspace import migration, version

FILES = {migration(n, "t%d" % n): "create table t%d (a int);\n-- trailing\n" % n for n in (1, 2, 3)}


def repair(action, db, *lines, event="workflow_dispatch", **inputs):
    return action(mode="repair", db_url=db.url, event=event, repair="\n".join(lines), **inputs)


def done(action, db, *lines, **inputs):
    """The dry run, and then the run that it has approved."""
    before = db.snapshot()
    dry = repair(action, db, *lines, **inputs)
    assert dry.code == 0 and db.snapshot() == before, dry
    assert dry.outputs["plan-digest"] in dry.log or dry.status == "up-to-date", dry
    return dry, repair(action, db, *lines, expect_plan=dry.outputs["plan-digest"], **inputs)


def actions(result):
    return {row["version"]: row["action"] for row in result.report["repair"]["rows"]}


@pytest.mark.postgres(15, 17)
def test_versions_are_marked_as_the_cli_does(db, migrations, action):
    migrations(FILES)
    db.create_history(version(3), version(9))
    dry, result = done(action, db, "applied " + version(1), "", "# renewed:", "applied " + version(3), "reverted " + version(9))
    assert dry.status == "planned" and dry.says("the history of 3 versions would be repaired; nothing was changed"), dry
    assert actions(dry) == {version(1): "record", version(3): "record again", version(9): "strike"}
    assert result.code == 0 and result.status == "repaired" and result.says("the history of 3 versions was repaired"), result
    assert db.history() == [(version(n), "t%d" % n, ["create table t%d (a int)" % n, "-- trailing"]) for n in (1, 3)]
    assert not db.has_table("t1") and not db.has_table("t3")
    again = repair(action, db, "applied " + version(1))
    assert again.status == "up-to-date" and actions(again) == {version(1): "nothing to do"}, again


def test_it_is_what_the_real_cli_writes(cli, db, workspace, migrations, action, tmp_path):
    import subprocess

    import supabase_cli
    migrations(FILES)
    done(action, db, "applied " + version(2))
    ours = db.history()
    db.query("delete from " + HISTORY)
    (workspace.root / "supabase" / "config.toml").write_text('project_id = "t"\n')
    said = subprocess.run([str(cli), "migration", "repair", "--status", "applied", version(2), "--remote=" + db.url_with(sslmode="disable"),
                           "--yes"], cwd=workspace.root, env=supabase_cli.environment(tmp_path), text=True, capture_output=True)
    assert said.returncode == 0, said.stdout + said.stderr
    assert db.history() == ours


def test_the_table_is_made_for_the_first_version(db, migrations, action):
    migrations(FILES)
    _, result = done(action, db, "applied " + version(1))
    assert result.code == 0 and db.versions() == [version(1)], result
    assert action.push(db.url).applied == [migration(2, "t2"), migration(3, "t3")]


def test_reverted_with_a_file_here_says_that_it_runs_again(db, migrations, action):
    migrations(FILES)
    assert action.push(db.url).code == 0
    dry, result = done(action, db, "reverted " + version(3))
    assert dry.says("its file is here: the next push runs it again") and result.code == 0, dry
    assert db.versions() == [version(1), version(2)]


def test_fetch_shows_what_is_recorded(db, migrations, action):
    migrations(FILES)
    db.create_history()
    db.query("insert into %s values (%%s, %%s, %%s)" % HISTORY, (version(8), ["create table lost (a int)", "select '```'"], "lost"))
    result = repair(action, db, "fetch " + version(8))
    assert result.code == 0 and result.status == "up-to-date", result
    assert "````sql\ncreate table lost (a int);\nselect '```';\n````" in result.summary, result
    assert version(8) + "&#95;lost.sql" in result.summary and "| create table lost (a int);" in result.log
    assert repair(action, db, "fetch " + version(7)).code == 7


@pytest.mark.parametrize("event", ["push", "pull_request", "schedule", "merge_group", "workflow_call"])
def test_only_a_person_starts_it(db, migrations, action, event):
    migrations(FILES)
    result = repair(action, db, "applied " + version(1), event=event)
    assert result.code == 2 and result.says("mode: repair runs by workflow_dispatch alone"), result
    assert not db.has_history()


BAD = {"": "it says nothing", "# only this": "it says nothing", "apply 1": "is not a line like", "applied": "is not a line like",
       "applied 1 2": "is not a line like", "applied 1\nreverted 1": "in two lines", "\n".join("applied %d" % n for n in range(1100)): "more than 1000",
       "; drop table t": "is not a line like"}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_lines_that_are_none(db, migrations, action, text):
    migrations(FILES)
    result = repair(action, db, text)
    assert result.code == 2 and result.says(BAD[text]) and not db.has_history(), result


def test_what_cannot_be_done_is_refused(db, migrations, action):
    migrations(FILES)
    db.create_history(version(1))
    for line, says in (("applied " + version(5), "has no file here"), ("reverted " + version(2), "is not in the history"),
                       ("fetch " + version(1), "is recorded without its statements")):
        result = repair(action, db, line, "applied " + version(3))
        assert result.code == 7 and result.says(says), result
        assert db.versions() == [version(1)]
    assert action.push(db.url, repair="applied 1").code == 2


def test_a_file_that_is_half_done_is_not_hidden(db, migrations, action):
    migrations({migration(1): "create table h (a int);\ncreate index concurrently on h (a);\nselect 1 / 0;\n"})
    assert action.push(db.url).code == 8
    before = db.snapshot()
    result = repair(action, db, "applied " + version(1))
    assert result.code == 7 and result.says("was left half done by a push: a repair would hide that"), result
    assert db.snapshot() == before


def test_another_repair_than_the_approved_one_is_refused(db, migrations, action):
    migrations(FILES)
    digest = repair(action, db, "applied " + version(1)).outputs["plan-digest"]
    result = repair(action, db, "applied " + version(2), expect_plan=digest)
    assert result.code == 7 and result.says("this is not the repair that was approved") and not db.has_history(), result
    migrations({migration(1, "t1"): "create table other (a int);"})
    assert repair(action, db, "applied " + version(1), expect_plan=digest).code == 7
    migrations(FILES)
    db.create_history(version(1))
    assert repair(action, db, "applied " + version(1), expect_plan=digest).code == 7  # it is recorded meanwhile
    assert db.history() == [(version(1), "x", [])]


def test_hostile_versions(db, migrations, action):
    evil = "x');drop/**/table/**/t1;--<b>@octocat"
    migrations(FILES)
    db.create_history(evil, version(1))
    dry, result = done(action, db, "reverted " + evil)
    assert result.code == 0 and db.versions() == [version(1)] and "<b>" not in dry.summary + result.summary, result


def test_a_push_under_way_is_waited_for_or_not(db, migrations, action):
    migrations({migration(1): "select pg_sleep(3);\n", **{migration(2, "t2"): FILES[migration(2, "t2")]}})
    db.create_history(version(9))
    digest = repair(action, db, "reverted " + version(9)).outputs["plan-digest"]
    migrations({})
    push = action.start(mode="push", db_url=db.url, missing_files="off", include_all="true")
    other = type(action)(action.workspace, action.scratch / "other")
    while not db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"):
        assert push.process.poll() is None
    result = repair(other, db, "reverted " + version(9), expect_plan=digest, lock_wait="0")
    assert result.code == 7 and result.says("another push is under way"), result
    waited = threading.Thread(target=lambda: results.append(repair(other, db, "reverted " + version(9), expect_plan=digest)))
    results = []
    waited.start()
    assert push.wait().code == 0
    waited.join(60)
    assert results[0].code == 0 and db.versions() == [version(1), version(2)], results[0]


def test_a_trigger_that_swallows_the_row(db, migrations, action):
    migrations(FILES)
    db.create_history(version(9))
    db.query("create function swallow() returns trigger language plpgsql as 'begin return null; end'; "
             "create trigger t before insert or update or delete on %s for each row execute function swallow()" % HISTORY)
    for line in ("applied " + version(1), "reverted " + version(9)):
        _, result = done(action, db, line)
        assert result.code == 6 and db.versions() == [version(9)], result


def test_a_role_that_may_not(db, migrations, action):
    migrations(FILES)
    db.create_history(version(9))
    db.query("alter table %s owner to supabase_admin; grant select on %s to postgres" % (HISTORY, HISTORY))
    _, result = done(action, db, "reverted " + version(9))
    assert result.code == 6 and result.says("role postgres lacks the privilege INSERT"), result
    db.query("grant insert on %s to postgres" % HISTORY)
    result = repair(action, db, "reverted " + version(9), expect_plan=result.outputs["plan-digest"])
    assert result.code == 6 and result.says("the history cannot be repaired", "nothing of it was changed"), result
    assert db.versions() == [version(9)]
