"""supabase/config.toml and config.json: only what a push uses can stop it."""
import pytest

import vault
from management_stub import REF
from workspace import migration



@pytest.fixture
def files(workspace, migrations):
    def make(text, name="config.toml"):
        migrations({migration(1): "create table t (a text);"})
        workspace.write("supabase/" + name, text)
        for seed in ("base", "remote", "seed"):
            workspace.write("supabase/%s.sql" % seed, "insert into t values ('%s');" % seed)
        return workspace
    return make


def rows(db):
    return [row[0] for row in db.query("select a from t order by a")]


def test_an_unrelated_mistake_stops_nothing(db, files, action):
    files('project_id = ""\nnonsense = 1\n[auth]\nsite_url = 12\nsms.twilio = "x"\n[db]\nport = 0\nmajor_version = "old"\n')
    result = action.push(db.url)
    assert result.status == "pushed" and not result.warnings, result


@pytest.mark.parametrize("text, name, line, column", [
    ("[db.seed]\nenabled = tru\n", "config.toml", "2", "11"), ("[db\n", "config.toml", "1", "4"),
    ("a = 1\r\na = 2\r\n", "config.toml", "2", "1"), ("é = 1\n", "config.toml", "1", "1"), (b"# \xff\n", "config.toml", "1", "3"),
    ('{\n  "db": }\n', "config.json", "2", "9"), ("[]", "config.json", "1", "1")])
def test_a_broken_file_is_named_with_line_and_column(db, files, action, text, name, line, column):
    files(text, name)
    for result in (action.dry_run(db.url), action.push(db.url)):
        assert result.code == 13, result
        error = result.errors[0].properties
        assert (error["file"], error["line"], error["col"]) == ("supabase/" + name, line, column), result
    assert not db.has_table("t")


@pytest.mark.parametrize("text", ["db.seed = {\n  enabled = true\n}\n", "db.seed = { enabled = true, }\n", 'a = "\\x61"\n',
                                  'a = "\\e[0m"\n', "a = 07:30\n", "a = 2024-01-01T07:30Z\n"])
def test_what_only_a_later_toml_has_is_called_so(db, files, action, text):
    files(text)
    result = action.push(db.url)
    assert result.code == 13 and "that is TOML 1.1; supabase-promote reads TOML 1.0" in result.errors[0].data, result


@pytest.mark.parametrize("text", ["db.seed = { enabled = tru, }\n", "db.seed = { enabled = true,, }\n", 'a = "\\xz1"\n', "a = 7:30\n"])
def test_what_no_toml_has_is_not_called_so(db, files, action, text):
    files(text)
    result = action.push(db.url)
    assert result.code == 13 and "TOML 1.1" not in result.errors[0].data, result


@pytest.mark.parametrize("text, kind", [
    ('{"db": {"migrations": {"enabled": null}}}', "null"), ('{"db": {"seed": {"sql_paths": null}}}', "null"),
    ('{"db": {"seed": {"sql_paths": ["seed.sql", null]}}}', "null"), ('{"db": {"vault": {"a": null}}}', "null"),
    ('{"db": {"vault": null}}', "null"), ('{"db": {"seed": {"enabled": 1.5}}}', "a float")])
def test_a_null_where_a_value_should_be_is_called_so(db, files, action, text, kind):
    files(text, "config.json")
    result = action.push(db.url, include_seed="true")
    assert result.code == 13 and result.says("it must be", "and is " + kind), result


def test_a_null_where_a_table_should_be_is_as_good_as_absent(db, files, action):
    files('{"db": {"seed": null, "migrations": null}, "remotes": null}', "config.json")
    assert action.push(db.url, include_seed="true").status == "pushed" and rows(db) == ["seed"]


def test_a_wrong_value_of_a_key_that_is_used(db, files, action):
    files("[db.migrations]\nenabled = 3\n[db.seed]\nsql_paths = 1\n")
    result = action.push(db.url, include_seed="true")
    assert result.code == 13 and len(result.errors) == 2, result
    files("[db.seed]\nsql_paths = 1\nenabled = 7\n")
    assert action.push(db.url).status == "pushed"


def test_disabled_migrations_are_not_pushed(db, files, action):
    files("[db.migrations]\nenabled = false\n")
    for result in (action.dry_run(db.url), action.push(db.url)):
        assert result.status == "up-to-date" and result.says("no migration is pushed"), result
    assert not db.has_table("t") and not db.has_history()


@pytest.mark.parametrize("folder", ["", "packages/db/"])
def test_disabled_migrations_need_no_folder(db, workspace, action, folder):
    workspace.write(folder + "supabase/config.toml", "[db.migrations]\nenabled = false\n")
    workspace.write(folder + "supabase/seed.sql", "create table t as select 'seed' as a;")
    for mode, status in (("dry-run", "planned"), ("push", "pushed"), ("push", "up-to-date")):
        result = action(mode=mode, db_url=db.url, include_seed="true", working_directory=folder or ".")
        assert result.status == status and result.says("no migration is pushed") and not result.warnings, result
    assert rows(db) == ["seed"] and not db.has_history()
    workspace.write(folder + "supabase/config.toml", "")
    result = action.push(db.url, include_seed="true", working_directory=folder or ".")
    assert result.code == 3 and result.says("the migrations folder does not exist"), result


def test_disabled_migrations_without_a_folder_and_a_history(db, files, workspace, action):
    files("")
    assert action.push(db.url).status == "pushed"
    files("[db.migrations]\nenabled = false\n")
    (workspace.root / "supabase/migrations" / migration(1)).unlink()
    (workspace.root / "supabase/migrations").rmdir()
    before = db.snapshot()
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url)
        assert result.status == "up-to-date" and result.outputs["version"] == "20240101000001", result
    assert db.snapshot() == before


def test_json_takes_the_place_of_toml(db, files, action):
    files("[db.seed]\nsql_paths = ['base.sql']\n")
    files('{ // ours\n "db": {"seed": {"sql_paths": ["remote.sql",]}} }', "config.json")
    result = action.push(db.url, include_seed="true")
    assert result.code == 0 and rows(db) == ["remote"], result
    assert result.says("settings: supabase/config.json", "supabase/config.toml is ignored"), result
    assert result.report["config"] == "supabase/config.json"


def test_two_forms_of_json_are_a_contradiction(db, files, action):
    files("{}", "config.json")
    files("{}", "config.jsonc")
    assert action.push(db.url).code == 13


def test_the_flag_overrides_a_disabled_seed(db, files, action):
    files("[db.seed]\nenabled = false\n")
    result = action.push(db.url, include_seed="true")
    assert rows(db) == ["seed"] and result.says("include-seed overrides"), result


def test_a_config_outside_of_the_workspace_is_refused(db, files, action, tmp_path):
    workspace = files("")
    (tmp_path / "elsewhere.toml").write_text("[db.migrations]\nenabled = false\n")
    (workspace.root / "supabase/config.toml").unlink()
    (workspace.root / "supabase/config.toml").symlink_to(tmp_path / "elsewhere.toml")
    result = action.push(db.url)
    assert result.code == 13 and result.says("leads out of the workspace"), result
    (workspace.root / "supabase/config.toml").unlink()
    (workspace.root / "supabase/config.toml").symlink_to("base.toml")
    assert action.push(db.url).code == 13


REMOTES = """
[db.seed]
sql_paths = ["base.sql"]
[db.vault]
shared = "value of the base"
other = "other value"
[remotes.staging]
project_id = "tsrqponmlkjihgfedcba"
[remotes.staging.db.vault]
shared = "value of staging"
[remotes.production]
project_id = "%s"
[remotes.production.db.vault]
shared = "value of production"
[remotes.production.db.seed]
enabled = true
sql_paths = ["remote.sql"]
""" % REF


def test_the_remote_of_the_target_is_merged_in(project, files, action):
    project.open_direct()
    vault.install(project.db)
    try:
        files(REMOTES)
        result = project.run(action, include_seed="true", mode="dry-run")
        assert result.status == "planned" and result.says("with [remotes.production]"), result
        assert "value of staging" not in result.masks and "value of staging" not in result.log, result
        result = project.run(action, include_seed="true")
        assert result.status == "pushed" and result.report["remote"] == "production", result
        assert rows(project.db) == ["remote"]
        assert vault.secrets(project.db) == {"shared": "value of production", "other": "other value"}
        assert project.run(action, include_seed="true").status == "up-to-date"
    finally:
        project.db.query("drop schema vault cascade; drop extension pgcrypto cascade")


def test_without_a_remote_of_the_target_the_base_counts(db, files, action):
    vault.install(db)
    files(REMOTES)
    result = action.push(db.url, include_seed="true")
    assert result.status == "pushed" and "remotes" not in result.log, result
    assert rows(db) == ["base"] and vault.secrets(db) == {"shared": "value of the base", "other": "other value"}


def test_everything_twice(db, files, workspace, action):
    """A project with all of it is promoted twice; the second run changes nothing."""
    vault.install(db)
    files(REMOTES)
    workspace.write("supabase/roles.sql", "create role everything_twice;")
    inputs = dict(include_seed="true", include_roles="true")
    try:
        assert action.dry_run(db.url, **inputs).status == "planned"
        first = action.push(db.url, **inputs)
        assert first.status == "pushed", first
        assert "1 migration, roles, 2 vault secrets, 1 seed pushed" in first.log, first
        before = db.snapshot(), vault.times(db), rows(db)
        second = action.push(db.url, **inputs)
        assert second.status == "up-to-date", second
        assert (db.snapshot(), vault.times(db), rows(db)) == before
    finally:
        db.query("drop role everything_twice")
