"""The JSON report: as docs/report.md describes it, and in a file if one is named."""
import json
import os
import re
from pathlib import Path

import pytest

from action import REPOSITORY
from workspace import migration

FILES = {migration(1, "first"): "create table first (a int);", migration(2, "bad"): "select nothing_here;"}
OPTIONAL = ("findings[]", "predicted", "rehears", "appeared", "disappeared", "security", "promotion", "project", "overview", "drift", "types", "way_back", "verify", "repair", "preflight", "config", "remote", "roles", "vault", "seeds")
TYPES = {"text": str, "number": (int, float), "boolean": bool, "object": dict, "list": list}


def described():
    rows = re.findall(r"^\| `([\w.\[\]]+)` \| (\w+) \|", (REPOSITORY / "docs/report.md").read_text(), flags=re.M)
    return dict(rows)


def fields(value, prefix=""):
    """{path: value} of a document; items of lists are one path."""
    found = {}
    for name, inner in value.items():
        found[prefix + name] = inner
        if isinstance(inner, dict):
            found.update(fields(inner, prefix + name + "."))
        if isinstance(inner, list) and inner:
            found.update(fields(inner[0], prefix + name + "[]."))
    return found


def test_every_field_is_described_and_every_description_is_true(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, environment_name="staging", extra={"GITHUB_SHA": "0" * 40})
    real = fields(json.loads(result.outputs["report"]))
    real = {name: value for name, value in real.items() if not name.startswith("warnings[]")}
    known = described()
    assert set(real) == {name for name in known if not name.startswith(OPTIONAL)}
    for name, value in real.items():
        assert isinstance(value, TYPES[known[name]]), "%s: %r" % (name, value)
    assert real["errors[].line"] == 1 and real["errors[].column"] == 8 and real["errors[].end_column"] == 19


def test_what_goes_along_is_described(db, migrations, action, workspace):
    migrations({migration(1): "select 1;"})
    workspace.write("supabase/config.toml", "[db.seed]\nenabled = true\n")
    workspace.write("supabase/seed.sql", "select 1;")
    workspace.write("supabase/roles.sql", "create role some_role;")
    result = action.push(db.url, include_seed="true", include_roles="true", skip_vault="true")
    found = {name: value for name, value in fields(json.loads(result.outputs["report"])).items() if name.startswith(OPTIONAL)}
    assert {"config", "roles.state", "seeds[].hash"} <= set(found) <= set(described()), result
    for name, value in found.items():
        assert isinstance(value, TYPES[described()[name]]), "%s: %r" % (name, value)


def test_a_project_is_described(pooler, migrations, action):
    migrations({migration(1): "select 1;"})
    result = pooler.run(action, mode="dry-run")
    assert set(json.loads(result.outputs["report"])["project"]) == {"ref", "name", "region"}


@pytest.mark.parametrize("where", ["relative", "workspace", "temp", "folder"])
def test_the_file_is_the_output(db, migrations, action, workspace, where):
    migrations({migration(1): "select 1;"})
    (Path(workspace.root) / "out").mkdir()
    action.prepare()
    action.prepare = lambda: None
    path = {"relative": "report.json", "folder": "./out/report.json", "workspace": "%s/report.json" % workspace.root,
            "temp": "%s/report.json" % action.files["RUNNER_TEMP"]}[where]
    result = action.push(db.url, report_file=path)
    file = Path(workspace.root) / path
    assert result.code == 0, result
    assert file.read_text() == result.outputs["report"] + "\n"
    assert file.stat().st_uid == os.stat(workspace.root).st_uid
    assert not [name for name in os.listdir(file.parent) if name.startswith(".supabase-promote")]


@pytest.mark.parametrize("path", ["/etc/report.json", "../report.json", "out/../../report.json", "link/report.json",
                                   "missing/report.json", "/", ".", "out", "/nowhere/x", "supabase/migrations/x/report.json"])
def test_elsewhere_nothing_is_written_and_nothing_is_pushed(db, migrations, action, workspace, tmp_path, path):
    migrations({migration(1): "create table t (a int);"})
    (Path(workspace.root) / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (Path(workspace.root) / "link").symlink_to(tmp_path / "elsewhere")
    result = action.push(db.url, report_file=path)
    assert result.code == 10 and result.says("report-file"), result
    assert not db.has_table("t") and not list((tmp_path / "elsewhere").iterdir()), result
    assert not (tmp_path / "report.json").exists() and not os.path.exists("/etc/report.json")


def test_a_link_in_its_place_is_replaced_and_not_followed(db, migrations, action, workspace, tmp_path):
    migrations({migration(1): "select 1;"})
    (tmp_path / "victim").write_text("mine")
    (Path(workspace.root) / "report.json").symlink_to(tmp_path / "victim")
    result = action.push(db.url, report_file="report.json")
    assert result.code == 0 and (tmp_path / "victim").read_text() == "mine", result
    assert not (Path(workspace.root) / "report.json").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give a file away")
def test_it_belongs_to_the_workspaces_owner(db, migrations, action, workspace):
    migrations({migration(1): "select 1;"})
    os.chown(workspace.root, 4321, 4321)
    action.push(db.url, report_file="report.json", extra={"HOME": "/"})
    assert (Path(workspace.root) / "report.json").stat().st_uid == 4321


# -- annotations --------------------------------------------------------------------------------------

def test_an_annotation_covers_the_word_that_is_meant(db, migrations, action):
    migrations({migration(1, "bad"): "select 1;\nselect nothing_here from (select 1 as a) x;"})
    (error,) = action.push(db.url).errors
    assert {key: error.properties.get(key) for key in ("line", "endLine", "col", "endColumn")} == {
        "line": "2", "endLine": None, "col": "8", "endColumn": "19"}, error


def test_an_annotation_covers_the_statement_where_no_word_is_meant(db, migrations, action):
    migrations({migration(1, "bad"): "create table a (a int primary key);\n\n-- twice\ninsert into a\nvalues (1),\n  (1);\n"})
    (error,) = action.push(db.url).errors
    assert (error.properties["line"], error.properties["endLine"]) == ("4", "6") and "col" not in error.properties, error


def test_there_are_ten_errors_and_the_last_says_how_many_there_are(db, migrations, action):
    migrations({migration(n): "selec %d;" % n for n in range(1, 31)})
    result = action.dry_run(db.url)
    assert len(result.errors) == 10 and "21 more" in result.errors[-1].data, result
    assert result.errors[0].properties["file"].endswith(migration(1))
    assert result.summary.count("**SQL syntax**") == 30


def test_exactly_ten_are_shown_as_they_are(db, migrations, action):
    migrations({migration(n): "selec %d;" % n for n in range(1, 11)})
    result = action.dry_run(db.url)
    assert len(result.errors) == 10 and not any("more" in error.data for error in result.errors), result


@pytest.mark.parametrize("path", [
    "supabase/migrations/%s" % migration(1), "supabase/migrations/20990101000000_new.sql", "supabase/config.toml",
    "supabase/config.json", ".git/config", ".git/report.json", "sub/.git/report.json", "x/../.git/config", "package.json"])
def test_nothing_that_somebody_reads_is_replaced(db, migrations, action, workspace, path):
    migrations({migration(1): "select 1;"})
    for taken in ("supabase/config.toml", ".git/config", "sub/.git/config", "package.json", "x/y"):
        workspace.write(taken, "# here\n" if taken != "package.json" else "{}\n")
    before = workspace.snapshot()
    result = action.push(db.url, report_file=path)
    assert result.code == 10 and result.says("report-file: cannot write"), result
    assert not db.has_history() and workspace.snapshot() == before, result


def test_an_earlier_report_is_replaced(db, migrations, action, workspace):
    migrations({migration(1): "select 1;"})
    workspace.write("report.json", "")
    assert action.push(db.url, report_file="report.json").code == 0
    assert action.push(db.url, report_file="report.json").status == "up-to-date"
    assert json.loads((workspace.root / "report.json").read_text())["status"] == "up-to-date"
