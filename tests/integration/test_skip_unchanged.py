"""skip-unchanged: a dry run that has nothing to check is skipped; a push strands no migration."""
import pytest

import events
from github_stub import TOKEN
from workspace import version

FIRST, SECOND = "20240101000001", "20240101000002"


def unchanged(origin):
    """The push of c6 changes lib/l.c alone; the folder holds one migration, of c1."""
    return events.push(origin, "refs/heads/main", "c6", "c4")


@pytest.fixture
def clone(origin, workspace):
    return lambda branch="main": origin.clone_branch(workspace.root, branch, depth=2)


def test_a_dry_run_without_changes_contacts_no_database(origin, clone, action):
    clone()
    result = action(mode="dry-run", db_url="postgresql://app:secret99@127.0.0.1:1/nowhere", **unchanged(origin))
    assert result.code == 0 and result.status == "skipped", repr(result)
    assert result.outputs["changed"] == "false" and result.outputs["changes"] == "[]"
    assert result.outputs["migrations"] == "false" and result.outputs["migrations_count"] == "0"
    assert len(result.notices) == 1 and "No database was contacted" in result.notices[0].data
    assert origin.shas["c4"][:12] in result.notices[0].data
    assert "no watched file changed" in result.log and "no watched file changed" in result.summary_text


def test_a_dry_run_with_changes_is_done(origin, workspace, action, db):
    origin.clone_branch(workspace.root, "feature", depth=0)
    result = action(mode="dry-run", db_url=db.url, **events.push(origin, "refs/heads/feature", "f2", "f1"))
    assert result.status == "planned" and len(result.pending) == 2, repr(result)
    assert result.outputs["changed"] == "true" and result.outputs["changes"] == '["migrations"]'
    assert result.outputs["migrations_count"] == "1"


def test_a_push_without_changes_applies_what_an_earlier_one_left(origin, clone, action, db):
    clone()
    result = action.push(db.url, **unchanged(origin))
    assert result.code == 0 and result.status == "pushed", repr(result)
    assert result.outputs["changed"] == "false"
    assert db.versions() == [FIRST]
    assert not any("earlier" in notice.data for notice in result.notices), repr(result)  # it is the first
    again = action.push(db.url, **unchanged(origin))
    assert again.status == "up-to-date" and not again.notices, repr(again)


def test_a_push_is_skipped_on_demand(origin, clone, action, db):
    clone()
    result = action.push(db.url, skip_unchanged="true", **unchanged(origin))
    assert result.code == 0 and result.status == "skipped", repr(result)
    assert not db.has_history()


@pytest.mark.parametrize("name, ignored", [("migrations/20990101000000_made.sql", False),
                                           ("migrations/20990101000000_made.sql", True), ("config.toml", False)])
def test_what_an_earlier_step_has_written_is_not_skipped(origin, workspace, clone, action, db, name, ignored):
    """Files that are not committed are in no commit's changes, and would run."""
    clone()
    folder = next(workspace.root.rglob("migrations")).parent
    (folder / name).write_text("create table made (a int);\n" if name.endswith("sql") else "")
    if ignored:
        (workspace.root / ".gitignore").write_text("*_made.sql\n")
    result = action(mode="dry-run", db_url=db.url, **unchanged(origin))
    assert result.status == "planned" and result.says("not skipped", "is not committed"), repr(result)


def test_other_files_that_are_not_committed_are_none_of_ours(origin, workspace, clone, action):
    clone()
    folder = next(workspace.root.rglob("migrations")).parent
    (folder / "types.ts").write_text("export {}\n")
    result = action(mode="dry-run", db_url="postgresql://app:secret99@127.0.0.1:1/nowhere", **unchanged(origin))
    assert result.code == 0 and result.status == "skipped", repr(result)


@pytest.mark.parametrize("name", ["workflow_dispatch", "schedule", "repository_dispatch"])
def test_what_somebody_or_a_clock_has_asked_for_is_done(origin, clone, action, db, name):
    """main's last commit changes no migration, which says nothing of what the target has had."""
    clone()
    event = events.other(origin, name, "refs/heads/main", "c6")
    result = action.dry_run(db.url, **event)
    assert result.status == "planned" and result.outputs["changed"] == "false", repr(result)
    assert action.dry_run(db.url, skip_unchanged="TRUE", **event).status == "skipped"


@pytest.mark.parametrize("name", ["workflow_run", "workflow_dispatch", "repository_dispatch"])
def test_what_is_checked_out_is_compared(origin, workspace, action, name):
    """The event is of main's last commit; the job has checked out a branch with a migration."""
    origin.clone_branch(workspace.root, "feature", depth=0)
    event = events.other(origin, name, "refs/heads/main", "c6")
    event["payload"]["workflow_run"] = {"head_repository": {"full_name": "acme/shop"}}
    result = action(mode="detect", **event)
    assert result.outputs["migrations"] == "true" and origin.shas["f2"][:12] in result.log, repr(result)


def test_an_older_commit_of_the_default_branch_is_compared_with_the_one_before(origin, workspace, action):
    origin.clone_branch(workspace.root, "main", sha=origin.shas["c2"], depth=0)
    result = action(mode="detect", filters="src: src/**", **events.other(origin, "workflow_dispatch", "refs/heads/main", "c6"))
    assert result.outputs["src"] == "true", repr(result)


def test_a_push_with_something_else_checked_out_is_not_skipped(origin, workspace, action, db):
    origin.clone_branch(workspace.root, "feature", depth=0)
    result = action.dry_run(db.url, **unchanged(origin))
    assert result.status == "planned" and result.outputs["changed"] == "false", repr(result)


def test_a_pull_request_with_something_else_checked_out_is_not_skipped(origin, workspace, action, db, github):
    origin.clone_branch(workspace.root, "main", depth=0)
    github.pull(8, "main", "main")
    event = events.pull(origin, base="c4", head="f1", merge="m", number=8)
    event["extra"]["GITHUB_API_URL"] = github.url
    result = action.dry_run(db.url, token=TOKEN, **event)
    assert result.status == "planned" and result.outputs["changed"] == "false", repr(result)


def test_nothing_is_skipped_on_demand(origin, clone, action, db):
    clone()
    result = action.dry_run(db.url, skip_unchanged="false", **unchanged(origin))
    assert result.status == "planned", repr(result)


def test_a_migration_counts_also_when_no_filter_names_it(origin, workspace, action, db):
    origin.clone_branch(workspace.root, "feature", depth=0)
    result = action.dry_run(db.url, filters="docs: nothing/**", **events.push(origin, "refs/heads/feature", "f2", "f1"))
    assert result.status == "planned", repr(result)
    assert result.outputs["docs"] == "false" and result.outputs["changes"] == "[]"
    assert result.outputs["changed"] == "true"


def test_a_watched_file_of_a_filter_counts(origin, clone, action, db):
    clone()
    result = action.dry_run(db.url, filters="lib: lib/**", **unchanged(origin))
    assert result.status == "planned" and result.outputs["lib"] == "true", repr(result)


def test_a_supabase_folder_below_and_a_name_with_glob_characters(tmp_path, workspace, action):
    from origin import Origin
    other = Origin(tmp_path / "other")
    folder = "apps/[x] (y)*/supabase/migrations/"
    other.commit("a", {folder + "20240101000001_a.sql": "select 1;\n"})
    other.commit("b", {folder + "20240101000002_b.sql": "select 2;\n"})
    other.commit("c", {"apps/x/supabase/migrations/20240101000002_b.sql": "select 2;\n"})
    other.clone_branch(workspace.root, "main", depth=0)
    for base, head, changed in (("a", "b", "true"), ("b", "c", "false")):
        event = events.push(other, "refs/heads/main", head, base)
        result = action(mode="detect", working_directory="apps/[x] (y)*", **event)
        assert result.outputs["migrations"] == changed, repr(result)


def test_detection_finds_the_folder_as_a_push_does(origin, workspace, action):
    origin.clone_branch(workspace.root, "feature", depth=0)
    for directory in ("supabase", "supabase/migrations", "lib", "sp ace"):
        result = action(mode="detect", working_directory=directory,
                        **events.push(origin, "refs/heads/feature", "f2", "f1"))
        assert result.outputs["migrations"] == "true", repr(result)


def test_a_repository_checked_out_into_a_folder(origin, workspace, action):
    origin.clone_branch(workspace.root / "repository", "feature", depth=0)
    result = action(mode="detect", working_directory="repository",
                    **events.push(origin, "refs/heads/feature", "f2", "f1"))
    assert result.outputs["migrations"] == "true" and result.outputs["migrations_count"] == "1", repr(result)


def test_unknown_changes_do_not_stop_a_run_that_needs_no_answer(workspace, action, db):
    """No clone, no token: paths-filter would fail."""
    workspace.migrations({"%s_a.sql" % version(1): "select 1;\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.status == "pushed", repr(result)
    assert result.outputs["changed"] == "true" and result.outputs["changes"] == '["migrations"]'
    assert result.says("count as changed") and not result.warnings


@pytest.mark.parametrize("inputs", [{"filters": "a: b"}, {"skip_unchanged": "true"}])
def test_unknown_changes_stop_a_run_that_needs_them(workspace, action, db, inputs):
    workspace.migrations({"%s_a.sql" % version(1): "select 1;\n"})
    result = action.push(db.url, **inputs)
    assert result.code == 11 and result.status == "failed", repr(result)
    assert not db.has_history()


def test_a_dry_run_of_a_fork_without_secrets_is_skipped_too(origin, clone, action):
    clone()
    event = events.pull(origin, base="c4", head="c6", merge="c6")
    event["payload"]["pull_request"]["head"]["repo"] = {"full_name": "stranger/shop"}
    result = action(mode="dry-run", **event)
    assert result.code == 0 and result.status == "skipped" and "no watched file" in result.log, repr(result)


def test_filters_from_a_file(origin, clone, action, workspace):
    clone()
    workspace.write(".github/filters.yml", "# ours\nlib:\n  - 'lib/**'\n")
    result = action(mode="detect", filters=".github/filters.yml", list_files="CSV", **unchanged(origin))
    assert result.outputs["lib_files"] == "lib/l.c", repr(result)
    workspace.write(".github/filters.yml", "lib:\n  - *.js\n")
    broken = action(mode="detect", filters=".github/filters.yml", **unchanged(origin))
    assert broken.code == 2 and broken.errors[0].properties["file"] == ".github/filters.yml", repr(broken)
    assert broken.errors[0].properties["line"] == "2"
    for path in ("missing.yml", "../outside.yml", "/etc/hostname", ".github"):
        result = action(mode="detect", filters=path, **unchanged(origin))
        assert result.code == 2 and result.says("filters", "cannot read"), repr(result)


@pytest.mark.parametrize("name", ["status", "changed", "changes", "report", "version"])
def test_a_filter_may_not_hide_an_output(origin, clone, action, name):
    clone()
    result = action(mode="detect", filters="%s: a" % name, **unchanged(origin))
    assert result.code == 2 and result.says(name), repr(result)


def test_lists_that_are_too_long_are_refused_before_anything_is_done(tmp_path, workspace, action, db):
    from origin import Origin
    other = Origin(tmp_path / "other")
    other.commit("a", {"supabase/migrations/20240101000001_a.sql": "select 1;\n"})
    other.commit("b", {"x" * 200 + "/%04d" % n: "x" for n in range(6000)})
    other.clone_branch(workspace.root, "main", depth=2)
    result = action.push(db.url, filters="any: '**'", list_files="json", **events.push(other, "refs/heads/main", "b", "a"))
    assert result.code == 11 and result.says("1 MiB", "any"), repr(result)
    assert not db.has_history()


@pytest.mark.parametrize("changed, migrations, seeds, roles", [
    ("supabase/seed.sql", "false", "true", "false"),
    ("supabase/roles.sql", "false", "false", "true"),
    ("data/more/x.sql", "false", "false", "false"),
])
def test_seeds_and_roles_are_watched_when_they_are_pushed(tmp_path, workspace, action, changed, migrations, seeds, roles):
    from origin import Origin
    other = Origin(tmp_path / "other")
    other.commit("a", {"app/supabase/migrations/20240101000001_a.sql": "select 1;\n", "app/supabase/roles.sql": ""})
    other.commit("b", {"app/" + changed: "select 2;\n"})
    other.clone_branch(workspace.root, "main", depth=2)
    event = events.push(other, "refs/heads/main", "b", "a")
    result = action(mode="detect", working_directory="app", include_seed="true", include_roles="true", **event)
    assert [result.outputs[name] for name in ("migrations", "seeds", "roles")] == [migrations, seeds, roles], repr(result)
    plain = action(mode="detect", working_directory="app", **event)
    assert "seeds" not in plain.outputs and plain.outputs["changed"] == "false", repr(plain)


def test_the_seeds_of_the_settings_are_watched(tmp_path, workspace, action, db):
    from origin import Origin
    other = Origin(tmp_path / "other")
    other.commit("a", {"supabase/migrations/20240101000001_a.sql": "select 1;\n", "supabase/data/one.sql": "select 1;\n",
                       "supabase/config.toml": "[db.seed]\nsql_paths = ['./data']\n"})
    other.commit("b", {"supabase/data/one.sql": "select 2;\n"})
    other.clone_branch(workspace.root, "main", depth=2)
    event = events.push(other, "refs/heads/main", "b", "a")
    result = action.dry_run(db.url, include_seed="true", **event)
    assert result.status == "planned" and result.outputs["changes"] == '["seeds"]', repr(result)
    assert action.dry_run(db.url, **event).status == "skipped"
