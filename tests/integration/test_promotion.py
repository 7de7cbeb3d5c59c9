"""The promotion check: what a pull request brings to the branch of production, compared with staging. Production's
secrets are not there, and nobody contacts it."""
import pytest

from repository import FOLDER, Repository
from workspace import migration, version


@pytest.fixture
def repository(workspace):
    return Repository(workspace)


@pytest.fixture
def push(repository, db, action):
    """What is checked out is pushed to staging."""
    def run():
        result = action.push(db.url, working_directory=FOLDER)
        assert result.code == 0, result
    return run


@pytest.fixture
def check(repository, db, action):
    def run(base="main", event=None, **inputs):
        name, payload, ref = event or repository.pull_request(base)
        inputs = {"staging_db_url": db.url, "environment_name": "production", "working_directory": FOLDER, **inputs}
        return action(mode="dry-run", event=name, payload=payload,
                      extra={"GITHUB_REF": ref, "GITHUB_SHA": repository.head()}, **inputs)
    return run


def path(number):
    return "%s/migrations/%s" % (FOLDER, migration(number))


def test_what_has_run_on_staging_will_be_promoted(repository, db, push, check):
    for number in (2, 3, 4):
        repository.add(number, "create table t%d (a int);\n" % number)
    push()
    before = db.snapshot()
    result = check()
    assert result.code == 0 and result.status == "planned", result
    assert result.pending == [migration(2), migration(3), migration(4)] and result.outputs["plan-digest"] == "", result
    verdict = "production: 3 migrations will be promoted: all ran on staging with the same content"
    assert result.says(verdict) and verdict.split(": ")[1] in result.summary_text, result
    assert result.report["promotion"] is True and result.report["target"] == "", result.report
    assert [row["staging"] for row in result.report["migrations"]] == ["identical"] * 3
    assert db.snapshot() == before


def test_nothing_to_promote(repository, push, check):
    push()
    result = check(skip_unchanged="false")
    assert result.code == 0 and result.status == "up-to-date" and result.says("no migration to promote"), result


def test_without_a_change_nobody_is_contacted(check):
    result = check(staging_db_url="postgresql://app:secret99@127.0.0.1:1/nowhere")
    assert result.code == 0 and result.status == "skipped", result


def test_what_has_not_run_on_staging_is_red(repository, push, check):
    push()
    repository.add(2, "create table b (b int);\n")
    result = check()
    assert result.code == 7 and result.status == "blocked" and result.says(migration(2) + " has not run on staging"), result
    result = check(staging_guard="warn")
    assert result.code == 0 and result.says("1 migration will be promoted, of which 0 ran on staging"), result


def test_what_has_changed_since_staging_is_red(repository, push, check):
    repository.add(2, "create table b (b int);\n")
    push()
    repository.add(2, "create table b (b bigint);\n")
    result = check()
    assert result.code == 7 and result.says(migration(2) + " has changed since it ran on staging"), result
    repository.add(2, "-- a comment\nCREATE TABLE b (b int);\n")
    assert check().code == 0


def test_staging_has_forgotten_what_it_ran(repository, db, push, check):
    repository.add(2, "create table b (b int);\n")
    push()
    db.query("update supabase_migrations.schema_migrations set statements = null")
    result = check()
    assert result.code == 7 and result.says("in the staging history without its statements"), result


def test_a_file_of_the_base_branch_that_was_edited(repository, push, check):
    push()
    repository.add(1, "create table a (a bigint);\n")
    assert check(edited_migrations="error").code == 7
    result = check()
    assert result.code == 0 and result.says(migration(1) + " has been changed since it was applied"), result


def test_a_file_of_the_base_branch_that_was_deleted(repository, push, check):
    repository.add(2, "create table b (b int);\n")
    push()
    repository.git("rm", "--quiet", path(1))
    repository.commit("away")
    result = check()
    assert result.code == 7 and result.says(migration(1) + " is deleted by this change, and has run"), result


def test_a_file_that_got_another_version(repository, push, check):
    push()
    repository.git("mv", path(1), path(5))
    repository.commit("later")
    result = check()
    assert result.code == 7 and result.says("is already applied as " + version(1)), result


def test_another_title_is_the_same_migration(repository, push, check):
    push()
    repository.git("mv", path(1), path(1).replace("step", "first"))
    repository.commit("a better name")
    result = check()
    assert result.code == 0 and result.says("no migration to promote"), result


def test_older_than_the_base_branch(repository, push, check):
    """main has a hotfix that is newer than what waits on staging: production will refuse it, and no advice makes staging
    run it again."""
    repository.add(2, "create table b (b int);\n")
    feature = repository.head()
    repository.git("checkout", "--quiet", "main")
    repository.add(3, "create table c (c int);\n")
    repository.git("checkout", "--quiet", "--detach", feature)
    repository.git("merge", "--quiet", "--no-edit", "main")
    push()
    result = check()
    assert result.code == 0 and result.pending == [migration(2)] and "git mv" not in result.log, result
    assert result.says("is older than %s, the newest version of the base branch" % version(3), "1 warning"), result
    result = check(include_all="true")
    assert result.code == 0 and not result.warnings, result


def test_production_refuses_it_without_a_new_name(repository, db, push, action, twin):
    """The same in the push: what staging has run keeps its version."""
    repository.add(2, "create table b (b int);\n")
    push()
    twin.create_history(version(9))
    result = action.push(twin.url, staging_db_url=db.url, working_directory=FOLDER, missing_files="off")
    assert result.code == 7 and result.says("but older than its newest version " + version(9)), result
    assert "git mv" not in result.log and result.says("staging has run it under this version"), result


def test_staging_is_ahead(repository, db, push, check):
    repository.add(2, "create table b (b int);\n")
    push()
    db.query("insert into supabase_migrations.schema_migrations (version) values (%s)", (version(9),))
    result = check()
    assert result.code == 0 and result.says("staging is ahead: it has 1 version that is not here"), result


@pytest.mark.parametrize("inputs", [
    {"event": ("push", {"ref": "refs/heads/main"}, "refs/heads/main")}, {"db_password": "not-used-at-all"},
    {"expect_plan": "0" * 64}, {"staging_guard": "off"}], ids=str)
def test_a_target_that_was_forgotten(repository, check, inputs):
    """A missing secret of a run that is meant for a target is an error, as before."""
    repository.add(2, "create table b (b int);\n")
    result = check(**inputs)
    assert result.code == 2 and result.says("missing or empty"), result


def test_staging_does_not_answer(repository, check):
    repository.add(2, "create table b (b int);\n")
    result = check(staging_db_url="postgresql://app:secret99@127.0.0.1:1/nowhere", connect_timeout="1s")
    assert result.code == 5 and result.says("no connection to staging") and not result.says("will be promoted"), result


def test_changes_that_are_not_known(repository, push, check):
    """Nothing is called proven: the pull request's commits are not in the clone, and no token is given."""
    push()
    name, payload, ref = repository.pull_request("main")
    payload["pull_request"]["base"]["sha"] = payload["pull_request"]["head"]["sha"] = "1" * 40
    result = check(event=(name, payload, ref))
    assert result.code != 0 and not result.says("will be promoted") and not result.says("no migration to promote"), result


def test_what_only_a_target_knows_is_not_looked_at(workspace, repository, push, check):
    repository.add(2, "create table b (b int);\n")
    workspace.write(FOLDER + "/roles.sql", "create role promoted_role;\n")
    workspace.write(FOLDER + "/seed.sql", "insert into b values (1);\n")
    push()
    result = check(include_roles="true", include_seed="true")
    assert result.code == 0 and result.says("roles and seeds are not looked at"), result
    assert "roles" not in result.report and "seeds" not in result.report


def test_a_merge_group(repository, push, check):
    base = repository.git("rev-parse", "main")
    repository.add(2, "create table b (b int);\n")
    push()
    ref = "refs/heads/gh-readonly-queue/main/pr-7"
    group = {"head_sha": repository.head(), "head_ref": ref, "base_sha": base, "base_ref": "refs/heads/main"}
    result = check(event=("merge_group", {"merge_group": group, "repository": repository.described()}, ref))
    assert result.code == 0 and result.pending == [migration(2)], result


def test_a_thousand_files(workspace, repository, push, check):
    for number in range(2, 1002):
        workspace.write(path(number), "select %d;\n" % number)
    repository.commit("many")
    push()
    result = check()
    assert result.code == 0 and result.says("1000 migrations will be promoted: all ran"), result.log[-2000:]
