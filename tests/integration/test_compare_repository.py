"""mode: compare with a throw-away server: what the target has that no migration has made."""
import pytest

from proxy import Cut, Proxy
from workspace import migration, version

FILES = {migration(1, "one"): "create table one (a int);\ncreate index concurrently i on one (a);\n",
         migration(2, "two"): "create view two as select a from one;\nalter table one enable row level security;\n"}


@pytest.fixture
def scratch(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


@pytest.fixture
def compare(db, scratch, migrations, action):
    migrations(FILES)

    def run(**inputs):
        return action(mode="compare", **{"db_url": db.url, "rehearsal_db_url": scratch.url, **inputs})
    return run


@pytest.mark.postgres(15, 17, 18)
def test_what_no_migration_has_made_is_drift(db, scratch, compare, action):
    assert action.push(db.url).code == 0
    db.as_owner("create policy hot on one; create table fix (a int); drop index i")
    before = db.snapshot()
    result = compare()
    assert result.code == 15 and result.status == "drift", result
    assert set(result.names("drift")) == {"policy public.one.hot", "table public.fix", "index public.i"}, result
    assert result.says("in the target, but not in the repository: policy public.one.hot", "in the repository, but not in the target: index public.i"), result
    assert result.says("drift: 3 objects differ between the repository and the target"), result
    assert result.report["drift"]["reference"] == "repository" and "| | repository | target |" in result.summary, result
    assert db.snapshot() == before and scratch.versions() == [version(1), version(2)]


def test_what_migrations_alone_have_made_is_the_same(db, scratch, compare, action):
    assert action.push(db.url).code == 0
    result = compare()
    assert result.code == 0 and result.status == "same" and result.says("no drift", "compared with the repository"), result


def test_what_is_pending_is_no_drift(db, scratch, migrations, compare, action):
    assert action.push(db.url).code == 0
    migrations({migration(3, "three"): "alter table one add b int; create table three (a int);"})
    result = compare()
    assert result.code == 0 and result.report["drift"]["explained"] == 2, result
    assert result.says("1 migration of the repository is not in the target yet", "does not count as drift"), result


def test_what_the_target_has_had_without_a_file_is_drift(db, scratch, workspace, migrations, compare, action):
    migrations({migration(3, "three"): "create table three (a int);"})
    assert action.push(db.url).code == 0
    workspace.remove(migration(3, "three"))
    result = compare()
    assert result.code == 15 and result.names("drift") == ["table public.three"], result
    assert result.says("1 migration of the target is not in the repository") and "does not count" not in result.log, result


def test_a_file_that_cannot_be_replayed_proves_nothing(db, scratch, migrations, compare, action):
    db.query("create table by_hand (a int)")
    migrations({migration(3, "three"): "select 1;\nalter table by_hand add b int;\n"})
    result = compare()
    fault = result.report["errors"][0]
    assert result.code == 15 and result.status == "failed" and "drift" not in result.report, result
    assert (fault["file"].endswith(migration(3, "three")), fault["line"], fault["sqlstate"]) == (True, 2, "42P01"), fault
    assert "the repository's migrations cannot be replayed from nothing: " in fault["message"], fault
    assert db.tables() == ["by_hand"] and db.versions() == []


def test_a_server_that_has_something_is_not_touched(db, scratch, compare, action):
    scratch.as_owner("create table precious (a int)")
    result = compare()
    assert result.code == 2 and result.says("the server is not empty") and scratch.tables() == ["precious"], result
    scratch.query("drop table precious")
    assert compare().code == 0
    before = scratch.snapshot()
    result = compare()
    assert result.code == 2 and result.says("it has had migrations") and scratch.snapshot() == before, result


def test_the_target_is_not_touched(db, compare):
    before = db.snapshot()
    assert compare(rehearsal_db_url=db.url).code == 2
    result = compare(rehearsal_db_url=db.url + "?application_name=x")
    assert result.code == 2 and result.says("rehearsal-db-url: it is the target itself") and db.snapshot() == before, result


def test_nor_is_what_may_be_the_target(db, scratch, compare):
    for database in (db, scratch):
        database.query("revoke execute on function pg_control_system() from public")
    before = db.snapshot()
    for url in (scratch.url, db.url + "?application_name=x"):
        result = compare(rehearsal_db_url=url)
        assert result.code == 2 and result.says("nothing shows that it is not the target itself") and db.snapshot() == before, result


def test_one_comparison_at_a_time(db, scratch, compare):
    result = compare(staging_db_url=scratch.url.replace("localhost", "127.0.0.1") + "?application_name=x")
    assert result.code == 2 and result.says("and not with both") and scratch.versions() == [], result


def test_a_lost_throw_away_server_is_no_drift(cluster, db, scratch, compare, action):
    assert action.push(db.url).code == 0
    before = db.snapshot()
    with Proxy(cluster.port, cuts=[Cut(b"create view two", when="after", then="refuse")]) as proxy:
        result = compare(rehearsal_db_url=scratch.url_with(port=proxy.port, sslmode="disable"))
    assert result.code not in (0, 15) and result.status == "failed" and "drift" not in result.report, result
    assert db.snapshot() == before


def test_a_killed_comparison_leaves_the_target_alone(cluster, db, scratch, compare, action, migrations):
    assert action.push(db.url).code == 0
    migrations({migration(3, "slow"): "select pg_sleep(3);\n"})
    before = db.snapshot()
    run = action.start(mode="compare", db_url=db.url, rehearsal_db_url=scratch.url)
    while not scratch.backends("active"):
        assert run.process.poll() is None, run.wait()
    run.kill()
    run.wait(20, check=False)
    assert db.snapshot() == before and db.versions() == [version(1), version(2)]
