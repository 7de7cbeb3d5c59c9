"""mode: compare: staging's schema and the target's, side by side."""
import pytest

from action import Action
from workspace import Workspace, migration, version

FIRST = {migration(1, "one"): "create table one (a int);\n"}


@pytest.fixture
def staging(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


@pytest.fixture
def compare(db, staging, migrations, action):
    migrations(FIRST)

    def run(**inputs):
        return action(mode="compare", **{"db_url": db.url, "staging_db_url": staging.url, **inputs})
    return run


def both(db, staging, sql):
    for database in (db, staging):
        database.as_owner(sql)


def test_two_that_are_the_same(db, staging, compare):
    both(db, staging, "create table t (id int primary key); create view v as select id from t")
    before = db.snapshot(), staging.snapshot()
    result = compare()
    assert result.code == 0 and result.status == "same" and result.names("drift") == [], result
    assert result.says("no drift") and result.report["drift"]["count"] == 0 and result.outputs["drift-count"] == "0", result
    assert (db.snapshot(), staging.snapshot()) == before


def test_what_differs_is_named_and_shown(db, staging, compare):
    both(db, staging, "create table t (id int, name text); create table u (a int)")
    staging.as_owner("alter table t alter name set default 'x'; create policy p on t using (id > 1); create table mine (a int primary key)")
    db.as_owner("create policy p on t using (id > 2); create table theirs (a int)")
    before = db.snapshot(), staging.snapshot()
    result = compare()
    assert result.code == 15 and result.status == "drift", result
    assert set(result.names("drift")) == {"column public.t.name", "policy public.t.p", "table public.mine", "table public.theirs"}, result
    assert result.says("different in the target and on staging: policy public.t.p"), result
    assert "- using (id > 2)\n+ using (id > 1)" in result.log, result
    assert result.says("on staging, but not in the target: table public.mine (with 4 parts)") and result.says("in the target, but not on staging: table public.theirs"), result
    assert "```diff\n" in result.summary and "+ using (id > 1)" in result.summary_text, result
    assert len(result.errors) == 4 and result.errors[0].properties["title"] == "Drift", result
    assert (db.snapshot(), staging.snapshot()) == before


@pytest.mark.parametrize("level, code, warnings", [("error", 15, 0), ("warn", 0, 1), ("off", 0, 0)])
def test_a_level_decides_what_follows(db, staging, compare, level, code, warnings):
    staging.as_owner("create table mine (a int)")
    result = compare(drift=level)
    assert result.code == code and len(result.warnings) == warnings and result.status == "drift", result
    assert result.names("drift") == ["table public.mine"] and result.says("table public.mine"), result


def test_what_may_differ_is_ignored(db, staging, compare):
    both(db, staging, "create table t (id int)")
    staging.as_owner("""create table tmp_1 (a int); create table "tmp/2" (a int); create view v as select 1 as a;
                        create policy "Owners (read)" on t; alter table t add b int""")
    result = compare(drift_ignore='# ours\npublic.tmp_*\n\npublic."tmp/*\nview *\npolicy public.t."Owners (read)"')
    assert result.code == 15 and result.names("drift") == ["column public.t.b"], result
    assert result.report["drift"]["ignored"] >= 4, result


def test_a_staging_database_is_needed(db, migrations, action):
    migrations(FIRST)
    result = action(mode="compare", db_url=db.url)
    assert result.code == 2 and result.says("mode: compare: it needs staging-project-ref or staging-db-url"), result


def test_nothing_can_be_compared_without_secrets(migrations, action):
    migrations(FIRST)
    fork = {"pull_request": {"head": {"repo": {"full_name": "eve/shop", "fork": True}}}, "repository": {"full_name": "acme/shop"}}
    result = action(mode="compare", event="pull_request", payload=fork, staging_db_url="", db_url="")
    assert result.code == 0 and result.status == "skipped", result


def test_migrations_that_lie_between_are_counted(db, staging, migrations, action, tmp_path):
    migrations(FIRST)
    assert action.push(staging.url).code == 0
    result = action(mode="compare", db_url=db.url, staging_db_url=staging.url)
    assert result.report["drift"]["pending"] == 1 and result.report["drift"]["ahead"] == 0, result
    assert result.says("1 migration that staging has had is pending in the target"), result
