"""The rehearsal on a throw-away server: the target's history is replayed there first."""
import pytest

from workspace import migration, version


@pytest.fixture
def scratch(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


def test_the_targets_own_history_is_replayed_and_the_pending_files_are_rehearsed(db, scratch, migrations, action):
    migrations({migration(1): "create table public.t (a int); -- a comment\n\n-- more\ncreate view public.v as select a from public.t;\n"})
    assert action.push(db.url).status == "pushed"
    before = db.snapshot()
    migrations({migration(2): "alter table public.t drop column a;\n"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    fault = result.report["errors"][0]
    assert result.code == 8 and (fault["sqlstate"], fault["line"]) == ("2BP01", 1), result
    assert scratch.versions() == [version(1)] and db.snapshot() == before
    migrations({migration(2): "alter table public.t add column b int;\n"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 0 and result.report["rehearsal"] == {**result.report["rehearsal"], "on": "scratch", "complete": True}, result
    assert scratch.versions() == [version(1)]


def test_what_no_transaction_can_hold_is_committed_there(db, scratch, migrations, action):
    migrations({migration(1): "create table public.t (a int);\ninsert into public.t values (1), (1);\n"})
    assert action.push(db.url).status == "pushed"
    migrations({migration(2): "create type public.e as enum ('a');", migration(3): "alter type public.e add value 'b';",
                migration(4): "create table public.u (e public.e default 'b');\nvacuum public.t;\n"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 0 and result.report["rehearsal"]["complete"], result
    assert scratch.versions() == [version(n) for n in range(1, 5)] and db.versions() == [version(1)]


def test_the_target_itself_and_a_server_in_use_are_refused(db, scratch, migrations, action):
    migrations({migration(1): "create table public.t (a int);"})
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=db.url + "?application_name=x")
    assert result.code == 2 and db.tables() == [], result
    scratch.as_owner("create table public.precious (a int)")
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 2 and scratch.tables() == ["precious"], result
    assert action.dry_run(db.url, rehearse="scratch").code == 2


@pytest.mark.parametrize("is_applied", [True, False])
def test_what_may_be_the_target_is_refused(db, migrations, action, is_applied):
    """Where a login may not ask for the system, equal histories prove nothing."""
    if is_applied:
        migrations({migration(1): "create table public.t (a int);"})
        assert action.push(db.url).status == "pushed"
    db.query("revoke execute on function pg_control_system() from public")
    migrations({migration(2): "create table public.u (a int);\nvacuum;\n"})
    before = db.snapshot()
    result = action.dry_run(db.url, rehearse="scratch", rehearsal_db_url=db.url + "?application_name=x")
    assert result.code == 2 and result.says("nothing shows that it is not the target itself"), result
    assert db.snapshot() == before
