"""The same files, pushed by the real CLI and by us, leave the same history, byte for byte."""
import pytest

import supabase_cli
from split_inputs import AGREE, DIFFER, NAMES
from split_random import random_files
from workspace import Workspace, migration


def numbered(inputs):
    return {"2024%010d_%s.sql" % (number, name): text for number, (name, text) in enumerate(inputs)}


@pytest.fixture
def agree(cli, db, twin, workspace, action):
    """Pushes files by both, and compares their histories."""
    def compare(files):
        workspace.migrations(files)
        code, said = supabase_cli.push(cli, twin.url_with(sslmode="disable"), workspace.root)
        assert code == 0, said
        result = action.push(db.url)
        ours, theirs = {row[0]: row for row in db.history()}, {row[0]: row for row in twin.history()}
        assert len(theirs) == len(files)
        different = {key: (ours.get(key), theirs[key]) for key in theirs if ours.get(key) != theirs[key]}
        assert not different and result.code == 0, "ours, theirs: %r\n%r" % (different, result)
        assert list(ours) == list(theirs)
    return compare


@pytest.mark.postgres()
def test_the_history_is_the_same_for_every_input(agree):
    agree({**numbered(AGREE), **dict(NAMES)})


@pytest.mark.parametrize("seed", [1, 2])
def test_the_history_is_the_same_for_random_files(agree, seed):
    agree(numbered(random_files(seed, 250)))


@pytest.mark.parametrize("case", DIFFER, ids=[case[0] for case in DIFFER])
def test_a_known_difference_is_still_one(cli, db, twin, workspace, action, case):
    name, text, stored, peer, reason = case
    workspace.migrations({"1_%s.sql" % name: text})
    code, said = supabase_cli.push(cli, twin.url_with(sslmode="disable"), workspace.root)
    if peer == "fails":
        assert code != 0, said
    elif peer == "loses it":
        assert code == 0 and twin.history() == [], said
    else:
        assert [row[2] for row in twin.history()] == [peer], said
    result = action.push(db.url)
    if stored is None:
        assert result.code != 0 and db.history() == [], result
    else:
        assert result.code == 0 and [row[2] for row in db.history()] == [stored], result


@pytest.mark.postgres()
def test_the_two_can_take_turns(cli, db, workspace, action):
    url = db.url_with(sslmode="disable")
    workspace.migrations({"1_ours.sql": "create table ours (a int);"})
    assert action.push(url).status == "pushed"
    workspace.migrations({"2_theirs.sql": "create table theirs (a int);"})
    code, said = supabase_cli.push(cli, url, workspace.root)
    assert code == 0 and "2_theirs.sql" in said and "1_ours.sql" not in said, said
    assert action.push(url).status == "up-to-date"
    workspace.migrations({"3_ours.sql": "create table ours_too (a int);"})
    assert action.push(url).applied == ["3_ours.sql"]
    code, said = supabase_cli.push(cli, url, workspace.root)
    assert code == 0 and "up to date" in said, said


def test_the_old_initial_file_is_skipped_by_both(cli, db, twin, workspace, action):
    """The CLI leaves out a first file `<before 2021-12-09>_init.sql`, which its early versions wrote."""
    workspace.migrations({"20210101000000_init.sql": "create table init (a int);", "20240101000000_b.sql": "select 1;"})
    code, said = supabase_cli.push(cli, twin.url_with(sslmode="disable"), workspace.root)
    assert code == 0, said
    assert action.push(db.url).code == 0
    assert db.history() == twin.history()


def test_the_two_at_once_run_each_file_once(cli, db, workspace, action):
    """The CLI knows no lock: whichever comes second to a file is refused, and a later run finishes."""
    db.as_owner("create table ran (file text)")
    workspace.migrations({migration(n): "insert into ran values ('%d'); select pg_sleep(0.05);\n" % n for n in range(12)})
    ours = action.start(mode="push", db_url=db.url)
    code, said = supabase_cli.push(cli, db.url_with(sslmode="disable"), workspace.root)
    result = ours.wait()
    assert result.code == 0 or code == 0, (said, result)
    assert action.push(db.url).code == 0
    assert len(db.versions()) == 12
    assert db.query("select file, count(*) from ran group by file having count(*) <> 1") == []
