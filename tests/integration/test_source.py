"""Which files count, in which order, and what makes a folder unusable; all without a server."""
import os
import shlex

import pytest

from proxy import Proxy
from workspace import migration, version

GOOD = "create table good (a int);\n"


@pytest.fixture
def refused(cluster, db, action):
    """Runs a push that must end at the source stage: exit 3, no connection, nothing on the server."""
    def run(**inputs):
        with Proxy(cluster.port) as proxy:
            result = action.push(db.url_with(port=proxy.port), **inputs)
            assert proxy.connections == 0, result
        assert result.code == 3, result
        assert result.status == "failed" and result.errors, result
        return result
    return run


def test_a_missing_migrations_folder_is_an_error(workspace, refused):
    workspace.write("supabase/config.toml", "")
    assert refused().says("migrations")


def test_a_workspace_without_any_supabase_folder_is_an_error(workspace, refused):
    workspace.write("README.md", "")
    assert refused().says("supabase")


def test_an_empty_migrations_folder_is_an_error(migrations, refused):
    migrations({})
    assert refused().says("supabase/migrations")


def test_a_folder_with_only_skipped_files_is_an_error_that_names_them(migrations, refused):
    migrations({"README.md": "", "2024-01-01_dashes.sql": "select 1;", "nodigits.sql": "select 1;"})
    result = refused()
    assert result.says("2024-01-01_dashes.sql", ) and result.says("nodigits.sql"), result


def test_two_files_with_one_version_are_an_error_that_names_both(migrations, refused):
    migrations({migration(1, "one"): GOOD, migration(1, "two"): GOOD})
    result = refused()
    assert result.says(migration(1, "one")) and result.says(migration(1, "two")) and result.says(version(1))


def test_a_dangling_symlink_is_an_error(migrations, workspace, refused):
    migrations({migration(1): GOOD})
    os.symlink("nowhere.sql", workspace.folder / migration(2, "dangling"))
    assert refused().says(migration(2, "dangling"))


def test_a_symlink_out_of_the_workspace_is_an_error(migrations, workspace, tmp_path, refused):
    migrations({migration(1): GOOD})
    outside = tmp_path / "outside.sql"
    outside.write_text("create table outside (a int);")
    os.symlink(outside, workspace.folder / migration(2, "escaping"))
    assert refused().says(migration(2, "escaping"))


def test_a_symlink_to_a_device_is_an_error(migrations, workspace, refused):
    migrations({migration(1): GOOD})
    os.symlink("/dev/zero", workspace.folder / migration(2, "device"))
    assert refused().says(migration(2, "device"))


def test_a_fifo_is_an_error_and_not_a_wait(migrations, workspace, refused):
    migrations({migration(1): GOOD})
    os.mkfifo(workspace.folder / migration(2, "fifo"))
    assert refused().says(migration(2, "fifo"))


def test_a_migrations_folder_that_leads_out_of_the_workspace_is_an_error(workspace, tmp_path, refused):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / migration(1)).write_text(GOOD)
    (workspace.root / "supabase").mkdir()
    os.symlink(outside, workspace.root / "supabase" / "migrations")
    refused()


def test_a_folder_named_like_a_migration_is_an_error(migrations, workspace, refused):
    migrations({migration(1): GOOD})
    (workspace.folder / migration(2, "folder")).mkdir()
    assert refused().says(migration(2, "folder"))


@pytest.mark.parametrize("content, line", [
    (b"select 1;\nselect 'caf\xe9';\n", 2),
    (b"select '\xc3", 1),
    (b"\n\n\nselect '\xed\xa0\x80';", 4),
    (b"select '\xc0\xaf';", 1),
    (b"\xff\xfes\x00e\x00l\x00", 1),
], ids=["latin-1", "cut short", "surrogate", "overlong", "utf-16"])
def test_bytes_that_are_not_utf8_are_an_error_with_its_line(migrations, refused, content, line):
    migrations({migration(1): GOOD, migration(2, "bytes"): content})
    result = refused()
    assert result.says(migration(2, "bytes")) and result.says("utf-8"), result
    places = [(e.properties.get("file"), e.properties.get("line")) for e in result.errors]
    assert ("supabase/migrations/" + migration(2, "bytes"), str(line)) in places, result


def test_a_nul_byte_is_an_error_with_its_line(migrations, refused):
    migrations({migration(1, "nul"): b"select 1;\nselect 'a\x00b';\n"})
    result = refused()
    assert [e.properties.get("line") for e in result.errors] == ["2"], result


def test_a_file_above_64_mib_is_an_error(migrations, workspace, refused):
    migrations({migration(1): GOOD})
    with open(workspace.folder / migration(2, "huge"), "wb") as huge:
        huge.truncate(64 * 1024 * 1024 + 1)
    assert refused().says(migration(2, "huge"), "64 MiB")


def test_all_unusable_files_come_in_one_report(migrations, workspace, refused):
    migrations({migration(1, "a"): b"\xff", migration(2, "b"): b"ok\n\xff", migration(3, "c"): GOOD,
                migration(3, "d"): GOOD})
    os.symlink("nowhere", workspace.folder / migration(4, "e"))
    result = refused()
    for name in (migration(1, "a"), migration(2, "b"), migration(3, "c"), migration(3, "d"), migration(4, "e")):
        assert result.says(name), "%s is not named\n%r" % (name, result)


def test_hundreds_of_unusable_files_do_not_flood_the_annotations(migrations, refused):
    migrations({migration(number): b"\xff" for number in range(300)})
    result = refused()
    assert result.says(migration(299)), result  # every one is in the log all the same


def test_a_working_directory_that_does_not_exist_is_an_error(migrations, cluster, db, action):
    migrations({migration(1): GOOD})
    result = action.push(db.url, working_directory="packages/nowhere")
    assert result.code in (2, 3) and result.says("packages/nowhere"), result


def test_a_working_directory_outside_of_the_workspace_is_an_error(migrations, tmp_path, db, action):
    migrations({migration(1): GOOD})
    (tmp_path / "elsewhere" / "supabase" / "migrations").mkdir(parents=True)
    (tmp_path / "elsewhere" / "supabase" / "migrations" / migration(1)).write_text(GOOD)
    result = action.push(db.url, working_directory="../elsewhere")
    assert result.code in (2, 3), result
    assert not db.has_table("good")


# -- finding the folder ------------------------------------------------------------------------------

@pytest.mark.parametrize("folder, working_directory", [
    ("supabase/migrations", "."),
    ("supabase/migrations", "supabase"),
    ("supabase/migrations", "supabase/migrations"),
    ("supabase/migrations", "apps/web"),
    ("packages/infrastructure/supabase/migrations", "packages/infrastructure"),
    ("packages/infrastructure/supabase/migrations", "packages/infrastructure/supabase"),
    ("packages/infrastructure/supabase/migrations", "./packages/infrastructure/supabase/"),
], ids=lambda value: value)
def test_the_folder_is_found_from_the_working_directory(workspace, db, action, folder, working_directory):
    workspace.migrations({migration(1): GOOD}, folder)
    workspace.write("apps/web/package.json", "{}")
    result = action.push(db.url, working_directory=working_directory)
    assert result.code == 0, result
    assert db.tables() == ["good"]


def test_an_absolute_working_directory_inside_the_workspace_is_fine(workspace, db, action):
    workspace.migrations({migration(1): GOOD}, "packages/db/supabase/migrations")
    result = action.push(db.url, working_directory=str(workspace.root / "packages/db"))
    assert result.code == 0, result


def test_the_search_does_not_leave_the_workspace(workspace, tmp_path, db, action):
    workspace.write("README.md", "")
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    (tmp_path / "supabase" / "migrations" / migration(1)).write_text(GOOD)
    result = action.push(db.url)
    assert result.code == 3, result
    assert not db.has_table("good")


# -- which files, in which order ---------------------------------------------------------------------

def test_skipped_entries_are_named_in_the_log(migrations, workspace, db, action):
    skipped = {"README.md": "", ".gitkeep": "", migration(2, "upper")[:-4] + ".SQL": "", "2024-01-01_x.sql": "",
               "20240101000000.sql": "", "x_20240101000000.sql": "", migration(3) + ".bak": ""}
    migrations({migration(1): GOOD, **skipped})
    (workspace.folder / "archive").mkdir()
    result = action.push(db.url)
    assert result.code == 0, result
    assert result.applied == [migration(1)], result
    for name in skipped:
        assert result.says(name), "%s is not named\n%r" % (name, result)


def test_files_are_ordered_by_version_as_text(migrations, db, action):
    names = ["10_b.sql", "9_d.sql", "010_a.sql", "1000_c.sql", "20240101000000_e.sql"]
    migrations({name: "select 1;" for name in names})
    result = action.push(db.url)
    assert result.code == 0, result
    by_version = sorted(names, key=lambda name: name.split("_")[0])
    assert result.applied == by_version, result
    assert db.versions() == [name.split("_")[0] for name in by_version]


def git_moves(result):
    return [shlex.split(line)[2:] for line in result.log.split("\n") if line.strip().startswith("git mv ")]


def test_a_name_that_does_not_fit_is_a_warning_with_one_that_does(migrations, workspace, db, action):
    """The CLI skips such files in silence: of one real history 52 of 127."""
    migrations({migration(1): GOOD, "20250703155958-uuid.sql": "create table uuid (a int);\n", "2025-07-04 more.SQL": "select 1;\n",
                "notes.sql": "", migration(2) + ".skip": ""})
    result = action.dry_run(db.url)
    assert result.code == 0 and [w.properties["file"] for w in result.warnings] == ["supabase/migrations/2025-07-04 more.SQL"], result
    for text in (result.log, result.warnings[0].data, result.summary):
        assert "2 files are not run" in text and "git mv supabase/migrations/20250703155958-uuid.sql" in text, result
    assert "notes.sql" not in result.warnings[0].data and ".skip" not in result.warnings[0].data, result
    for old, new in git_moves(result)[:2]:
        (workspace.root / old).rename(workspace.root / new)
    result = action.push(db.url)
    assert result.code == 0 and not result.warnings and len(result.applied) == 3, result
    assert db.has_table("uuid")


def test_hundreds_of_names_that_do_not_fit_are_one_warning(migrations, db, action):
    migrations({migration(1): GOOD, **{"20250101%06d-x.sql" % number: "select 1;" for number in range(300)}})
    result = action.dry_run(db.url)
    assert result.code == 0 and len(result.warnings) == 1 and result.says("300 files are not run", ", and 280 more"), result
    assert len(result.summary) < 100_000


def test_a_version_is_what_stands_before_the_first_underscore(migrations, workspace, db, action):
    migrations({"20260301_090000_first.sql": "create table one (a int);\n"})
    result = action.dry_run(db.url)
    assert result.code == 0 and len(result.warnings) == 1 and result.says("20260301_090000_first.sql (20260301)"), result
    assert git_moves(result)[0] == ["supabase/migrations/20260301_090000_first.sql", "supabase/migrations/20260301090000_first.sql"]
    assert action.push(db.url).code == 0 and db.versions() == ["20260301"]
    result = action.dry_run(db.url)  # what is applied keeps its version
    assert result.status == "up-to-date" and not result.warnings, result


def test_two_files_of_one_day_are_offered_their_times(migrations, workspace, db, action, refused):
    migrations({"20260301_170000_fourth.sql": "select 4;\n", "20260301_090000_first.sql": "select 1;\n"})
    result = refused()
    assert len(result.errors) == 1 and result.says("version 20260301 is taken by 2 files", "the digits before the first _ are the version"), result
    for old, new in git_moves(result)[:2]:
        (workspace.root / old).rename(workspace.root / new)
    assert action.push(db.url).applied == ["20260301090000_first.sql", "20260301170000_fourth.sql"]


def test_a_later_time_of_the_same_day_is_not_called_older_without_a_reason(migrations, workspace, db, action):
    migrations({"20260301080000_a.sql": "select 1;\n"})
    assert action.push(db.url).code == 0
    migrations({"20260301_170000_b.sql": "select 2;\n"})
    result = action.push(db.url)
    assert result.code == 7 and result.says("its own is 20260301, the digits before the first _"), result
    for old, new in git_moves(result)[:1]:
        (workspace.root / old).rename(workspace.root / new)
    assert action.push(db.url).applied == ["20260301170000_b.sql"]


def test_129_copies_are_told_once_and_the_genuine_files_are_left_alone(migrations, workspace, db, action, refused):
    names = [migration(number, "x") for number in range(1, 130)]
    migrations({name: "select 1;\n" for name in names})
    migrations({name.replace("x.sql", "x 2.sql"): "select 1;\n" for name in names})
    result = refused()
    assert len(result.errors) == 1 and result.errors[0].properties["file"].endswith("x 2.sql"), result
    assert result.log.count("remove what is a copy") == result.log.count("::error") + 1, result
    words = next(shlex.split(line) for line in result.log.split("\n") if line.strip().startswith("git rm "))
    assert len(words) == 102 and all(word.endswith("x 2.sql") for word in words[2:]), words
    for name in names:
        workspace.remove(name.replace("x.sql", "x 2.sql"))
    assert action.push(db.url).code == 0


def test_a_symlink_inside_the_workspace_is_followed(migrations, workspace, db, action):
    migrations({})
    workspace.write("shared/real.sql", GOOD)
    os.symlink("../../shared/real.sql", workspace.folder / migration(1, "linked"))
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.has_table("good") and db.history()[0][1] == "linked"


def test_a_byte_order_mark_is_dropped(migrations, db, action):
    migrations({migration(1): "\ufeff" + GOOD})
    assert action.push(db.url).code == 0
    assert db.history()[0][2] == ["create table good (a int)"]


def test_carriage_returns_are_kept(migrations, db, action):
    migrations({migration(1): "create table good (\r\n  a text default 'x\r\ny'\r\n);\r\n"})
    assert action.push(db.url).code == 0
    assert db.history()[0][2] == ["create table good (\r\n  a text default 'x\r\ny'\r\n)"]


@pytest.mark.parametrize("text, stored", [("", []), (" \n\t\n", []), (";;\n;", []),
                                          ("-- nothing\n", ["-- nothing"]), ("/* nothing */", ["/* nothing */"])],
                         ids=["empty", "blank", "semicolons", "line comment", "block comment"])
def test_a_file_without_statements_is_recorded(migrations, db, action, text, stored):
    migrations({migration(1, "hollow"): text})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.history() == [(version(1), "hollow", stored)]


def test_nothing_is_written_into_the_workspace(migrations, workspace, db, action):
    migrations({migration(1): GOOD, migration(2): "select nothing_here;"})
    before = workspace.snapshot()
    action.dry_run(db.url)
    action.push(db.url)
    assert workspace.snapshot() == before


def test_the_workspace_may_be_reached_through_a_link(workspace, tmp_path, db, action):
    workspace.migrations({migration(1, "bad"): "select nothing_here;"})
    os.symlink(workspace.root, tmp_path / "link")
    for path in (str(tmp_path / "link"), str(workspace.root) + "/", str(workspace.root) + "/./"):
        result = action.push(db.url, extra={"GITHUB_WORKSPACE": path})
        assert [e.properties.get("file") for e in result.errors] == ["supabase/migrations/" + migration(1, "bad")], result


def test_a_missing_workspace_is_an_error(migrations, tmp_path, db, action):
    migrations({migration(1): GOOD})
    result = action.push(db.url, extra={"GITHUB_WORKSPACE": str(tmp_path / "nowhere")})
    assert result.code == 3, result


def test_a_forgotten_working_directory_is_suggested(workspace, db, action):
    workspace.migrations({migration(1): GOOD}, "packages/infrastructure/supabase/migrations")
    result = action.push(db.url)
    assert result.code == 3 and result.says("packages/infrastructure/supabase"), result
