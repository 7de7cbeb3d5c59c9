"""Findings as SARIF 2.1.0, as GitHub's code scanning wants it: what it requires is in "SARIF support for code scanning"."""
import json
import urllib.parse
from pathlib import Path

from cluster import OWNER_PASSWORD
from workspace import migration

FILES = {migration(1, "good"): "create table t (id int primary key);\n",
         migration(2, "bad"): "select 1;\nalter table gone\n  alter column a set not null;\n",
         migration(3, "allow"): "-- promote: allow key-scan: small\nselect 1;\n"}


def load(workspace, name="findings.sarif"):
    document = json.loads((Path(workspace.root) / name).read_text())
    check(document)
    return document["runs"][0]


def check(document):
    """The members that the schema, or code scanning, wants."""
    assert document["version"] == "2.1.0" and document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "supabase-promote" and driver["version"]
    assert run["automationDetails"]["id"].startswith("supabase-promote/") and run["automationDetails"]["id"].endswith("/")
    assert isinstance(run["invocations"][0]["executionSuccessful"], bool)
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")), rule
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"] and result["level"] in ("error", "warning", "note") and result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith("/")
        region = place["region"]
        assert region["startLine"] >= 1 and region.get("endLine", region["startLine"]) >= region["startLine"], region
    for one in run["invocations"][0].get("toolExecutionNotifications", []):
        assert one["message"]["text"] and one["level"] in ("error", "warning")


def test_each_finding_is_a_result_at_its_place(db, migrations, action, workspace):
    migrations(FILES)
    result = action.dry_run(db.url, report_file="findings.sarif", lint="warn", environment_name="staging")
    run = load(workspace)
    assert result.code == 7 and run["automationDetails"]["id"] == "supabase-promote/staging/", result
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [("missing-object", "error"), ("allow-unused", "note")], run
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "supabase/migrations/" + migration(2, "bad"), "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] == 3 and first["properties"]["sqlstate"] == "42P01", first
    assert "does not exist" in first["message"]["text"], first
    rule = run["tool"]["driver"]["rules"][0]
    assert "is named that is not there" in rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] == "error"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_without_findings_there_are_no_results(db, migrations, action, workspace):
    migrations({migration(1): "select 1;"})
    assert action.push(db.url, report_file="findings.sarif").code == 0
    run = load(workspace)
    assert run["results"] == [] and run["invocations"][0]["executionSuccessful"], run
    assert action.push(db.url, report_file="findings.sarif").code == 0  # an earlier one is replaced


def test_what_has_no_rule_is_said_beside_the_results(db, migrations, action, workspace):
    migrations({migration(1): "selec 1;"})
    assert action.dry_run(db.url, report_file="findings.sarif").code != 0
    run = load(workspace)
    assert run["results"] == [] and "syntax error" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], run


def test_names_are_encoded_and_secrets_are_replaced(db, migrations, action, workspace):
    name = migration(1, "a b#c%20")
    migrations({name: "alter table \"%s\" add column a int;\n" % OWNER_PASSWORD})
    action.dry_run(db.url, report_file="findings.sarif", lint="warn")
    (result,) = load(workspace)["results"]
    assert OWNER_PASSWORD not in (Path(workspace.root) / "findings.sarif").read_text() and "***" in result["message"]["text"], result
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith("a%20b%23c%2520.sql"), uri


def test_what_another_tool_has_written_is_not_replaced(db, migrations, action, workspace):
    migrations({migration(1): "create table t (a int);"})
    other = '{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"tool":{"driver":{"name":"other"}}}]}'
    workspace.write("findings.sarif", other)
    result = action.push(db.url, report_file="findings.sarif")
    assert result.code == 10 and not db.has_table("t"), result
    assert (Path(workspace.root) / "findings.sarif").read_text() == other
