"""What the comparison of files and history decides, and what it tells the reader to do."""
import shlex

import pytest

from workspace import migration, version


def tables(*numbers):
    """A migration per number that makes the table t<number>."""
    return {migration(number, "t%d" % number): "create table t%d (a int);\n" % number for number in numbers}


def test_pending_files_are_those_after_the_history(db, migrations, action):
    migrations(tables(1, 2, 3))
    db.create_history(version(1))
    result = action.dry_run(db.url)
    assert result.code == 0 and result.status == "planned", result
    assert result.pending == [migration(2, "t2"), migration(3, "t3")]
    assert result.applied == [] and result.outputs["version"] == version(1)


def test_nothing_pending_is_up_to_date(db, migrations, action):
    migrations(tables(1, 2))
    db.create_history(version(1), version(2))
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url)
        assert result.code == 0 and result.status == "up-to-date", result
        assert result.pending == [] and result.applied == []
        assert result.outputs["version"] == version(2)


def test_only_the_version_is_compared(db, migrations, action):
    migrations({migration(1, "renamed since"): "select 'edited since';"})
    db.create_history(version(1))
    assert action.push(db.url).status == "up-to-date"


@pytest.mark.parametrize("mode", ["dry-run", "push"])
def test_an_out_of_order_file_blocks(db, migrations, action, mode):
    migrations(tables(1, 2, 3, 4))
    db.create_history(version(1), version(3))
    before = db.snapshot()
    result = action(mode=mode, db_url=db.url)
    assert result.code == 7 and result.status == "blocked", result
    assert result.says(migration(2, "t2")) and result.says(version(2)) and result.says(version(3)), result
    assert db.snapshot() == before


def test_the_remedy_for_an_out_of_order_file_is_a_git_mv(workspace, db, action):
    workspace.migrations(tables(1, 2, 3), "packages/infrastructure/supabase/migrations")
    db.create_history(version(1), version(3))
    result = action.dry_run(db.url, working_directory="packages/infrastructure/supabase")
    path = "packages/infrastructure/supabase/migrations/" + migration(2, "t2")
    assert result.says("git mv " + path + " packages/infrastructure/supabase/migrations/"), result
    assert result.says("include-all"), result
    assert any(error.properties.get("file") == path for error in result.errors), result


def test_the_new_name_of_the_remedy_is_after_the_history(db, migrations, action):
    """Even where the history holds a version that lies in the future."""
    migrations({migration(2, "t2"): "select 1;", "29990101000000_far.sql": "select 1;"})
    db.create_history("29990101000000")
    result = action.dry_run(db.url)
    assert result.code == 7, result
    words = result.log.split()
    moves = [words[at:at + 4] for at, word in enumerate(words) if word == "git" and words[at + 1] == "mv"]
    assert moves, result
    new_name = moves[0][3].strip("'\"`;,").split("/")[-1]
    assert new_name.split("_")[0] > "29990101000000" and new_name.endswith("_t2.sql"), moves


def test_every_out_of_order_file_is_named(db, migrations, action):
    migrations(tables(*range(1, 30)))
    db.create_history(version(29))
    result = action.dry_run(db.url)
    assert result.code == 7, result
    for number in range(1, 29):
        assert result.says(migration(number, "t%d" % number)), result


def test_include_all_pushes_out_of_order_files_in_order(db, migrations, action):
    migrations(tables(1, 2, 3, 4))
    db.create_history(version(1), version(3))
    result = action.push(db.url, include_all="true")
    assert result.code == 0, result
    assert result.applied == [migration(2, "t2"), migration(4, "t4")], result
    assert db.tables() == ["t2", "t4"] and db.versions() == [version(n) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("include_all", ["false", "true"])
@pytest.mark.parametrize("mode", ["dry-run", "push"])
def test_a_version_without_a_file_blocks_always(db, migrations, action, mode, include_all):
    migrations(tables(1, 3))
    db.create_history(version(1), version(2))
    before = db.snapshot()
    result = action(mode=mode, db_url=db.url, include_all=include_all)
    assert result.code == 7 and result.status == "blocked", result
    assert result.says("mode: repair with a line `fetch VERSION`", "`reverted VERSION`"), result
    assert db.snapshot() == before


def test_both_mismatches_come_in_one_report(db, migrations, action):
    migrations(tables(1, 2))
    db.create_history(version(3), version(4))
    result = action.dry_run(db.url)
    assert result.code == 7, result
    for number in (1, 2, 3, 4):
        assert result.says(version(number)), result


def test_hundreds_of_mismatches_do_not_flood_the_annotations(db, migrations, action):
    migrations(tables(*range(1, 200)))
    db.create_history(*[version(number) for number in range(200, 400)])
    result = action.dry_run(db.url)  # the limit of annotations is checked for every run
    assert result.code == 7, result
    assert result.says(version(399)) and result.says(version(1)), result


def test_a_version_that_is_no_number_in_the_history_is_missing_locally(db, migrations, action):
    migrations(tables(1))
    db.create_history("by-hand\n::error::x")
    result = action.dry_run(db.url)
    assert result.code == 7 and result.says("by-hand"), result


def test_versions_of_different_width_are_compared_as_text(db, migrations, action):
    migrations({"2024_old.sql": "select 1;", "20240101000000_new.sql": "select 2;"})
    db.create_history("2024")
    result = action.push(db.url)
    assert result.code == 0 and result.applied == ["20240101000000_new.sql"], result


def git_moves(result):
    """The commands of the remedies, as a shell would read them."""
    moves = []
    for line in result.log.split("\n"):
        if "git mv " in line and not line.startswith("::"):
            words = shlex.split(line[line.index("git mv "):].split("; or ")[0])
            moves.append((words[2], words[3]))
    return moves


def test_the_remedy_can_be_pasted_into_a_shell(db, migrations, action):
    name = "20240101000002_it's $(touch x) `y` \"z\" & more.sql"
    migrations({name: "select 1;", migration(3): "select 1;"})
    db.create_history(version(3))
    old, new = git_moves(action.dry_run(db.url))[0]
    assert old == "supabase/migrations/" + name
    assert new.startswith("supabase/migrations/") and new.endswith(name[14:])


def test_several_remedies_keep_the_order_of_the_files(db, migrations, action):
    migrations(tables(1, 2, 3, 9))
    db.create_history(version(9))
    moves = git_moves(action.dry_run(db.url))
    assert [old.split("/")[-1] for old, _ in moves] == [migration(n, "t%d" % n) for n in (1, 2, 3)]
    assert [new for _, new in moves] == sorted({new for _, new in moves})


def test_no_useless_remedy_where_no_time_stamp_can_sort_last(db, migrations, action):
    """Versions are compared as text: after a 9, no year of this era comes last."""
    migrations({"9_old.sql": "select 1;", migration(1): "select 1;"})
    db.create_history("9")
    result = action.dry_run(db.url)
    assert result.code == 7, result
    assert all(new.split("/")[-1].split("_")[0] > "9" for _, new in git_moves(result)), result


def test_a_history_of_thousands_of_versions(db, migrations, action):
    migrations({migration(n): "select 1;" for n in range(2000)})
    db.create_history()
    db.query("insert into supabase_migrations.schema_migrations (version) select '20240101' || lpad(g::text, 6, '0') "
             "from generate_series(0, 1998) g")
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(1999)], result


def test_thousands_of_missing_files_fit_into_the_report(db, migrations, action):
    migrations(tables(1))
    db.create_history()
    db.query("insert into supabase_migrations.schema_migrations (version) select '2023' || lpad(g::text, 10, '0') "
             "from generate_series(1, 20000) g")
    result = action.push(db.url)
    assert result.code == 7 and result.status == "blocked", result.code
    assert len(result.summary.encode()) < 1024 * 1024
