"""Outputs and step summary: complete, truthful, and there after every ending."""
import json
import os

import pytest

from action import OUTPUTS, SLOWNESS, declared_inputs, launch
from workspace import migration, version

FILES = {migration(1, "first"): "create table first (a int);\n",
         migration(2, "second"): "create table second (a int);\nselect 1;\n"}
EXPECTED = {"mode": "push", "db-url": "", "db-ca-cert": "", "working-directory": ".", "include-all": "false",
            "transaction": "file", "connect-timeout": "10s", "statement-timeout": "0", "lock-timeout": "2s",
            "environment-name": "", "summary": "true"}


def test_action_yml_declares_the_inputs_and_their_defaults():
    declared = declared_inputs()
    assert {name: declared.get(name) for name in EXPECTED} == EXPECTED


ENDINGS = {
    "planned": dict(mode="dry-run"),
    "pushed": dict(mode="push"),
    "bad input": dict(mode="bogus"),
    "no folder": dict(mode="push", working_directory="nowhere"),
    "no server": dict(mode="push", db_url="postgresql://u:hidden-w0rd@127.0.0.1:1/x"),
    "proposal": dict(mode="push", event="pull_request"),
    "skipped": dict(mode="dry-run", db_url="", event="pull_request"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_outputs_are_set_after_every_ending(db, migrations, action, ending):
    migrations(FILES)
    result = action(**{"db_url": db.url, **ENDINGS[ending]})
    assert set(OUTPUTS) <= set(result.outputs), result
    report = json.loads(result.outputs["report"])
    assert report["status"] == result.status and report["commit"] == "0123456789abcdef0123456789abcdef01234567"
    assert report["mode"] == ("dry-run" if ENDINGS[ending]["mode"] == "dry-run" else "push") and report["program"], report
    assert isinstance(json.loads(result.outputs["changes"]), list), result
    assert result.outputs["changed"] == ("" if result.status == "failed" and not result.report["target"] and
                                         ending != "no server" else "true"), result
    assert result.summary.strip(), result


def test_outputs_are_written_at_the_start_and_at_the_end(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url)
    values = [value for name, value in result.output_pairs if name == "status"]
    assert values[0] == "failed" and values[-1] == "pushed", result
    assert [value for name, value in result.output_pairs if name == "changes"] == ["[]", '["migrations"]'], result
    first = json.loads(next(value for name, value in result.output_pairs if name == "report"))
    assert (first["status"], first["mode"], first["program"]) == ("failed", "push", result.report["program"]), first


def test_values_use_random_delimiters(db, migrations, action):
    migrations(FILES)
    delimiters = []
    for _ in range(2):
        result = action.dry_run(db.url)
        delimiters += [line.split("<<", 1)[1] for line in result.output_text.split("\n") if "<<" in line and
                       line.split("<<")[0] in OUTPUTS]
    assert delimiters and len(set(delimiters)) >= 2, delimiters


def test_the_outputs_of_a_push(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url)
    assert result.status == "pushed"
    assert result.outputs["pending"] == "[]" and result.outputs["pending-count"] == "0"
    assert result.applied == list(FILES) and result.outputs["applied-count"] == "2"
    assert result.outputs["version"] == version(2)


def test_the_outputs_of_a_dry_run(db, migrations, action):
    migrations(FILES)
    result = action.dry_run(db.url)
    assert result.status == "planned" and result.pending == list(FILES)
    assert result.outputs["pending-count"] == "2" and result.outputs["applied-count"] == "0"


def test_the_summary_begins_with_the_verdict(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, environment_name="production")
    first = result.summary.strip().split("\n")[0]
    assert "2" in first and "production" in first, result.summary
    rows = [line for line in result.summary_text.split("\n") if migration(1, "first") in line and line.startswith("|")]
    assert len(rows) == 1, result.summary
    row = next(line for line in result.summary_text.split("\n") if migration(2, "second") in line)
    assert row.startswith("|") and "| 2 |" in row, row


def test_the_summary_of_a_failure_shows_the_failure(db, migrations, action):
    migrations({**FILES, migration(3, "bad"): "select nothing_here;", migration(4, "later"): "select 1;"})
    result = action.push(db.url)
    for words in (migration(1, "first"), migration(3, "bad"), migration(4, "later"), "nothing_here", "42703"):
        assert words in result.summary_text, result.summary


def test_the_verdict_is_the_end_of_the_log(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, environment_name="staging")
    lines = [line for line in result.log.split("\n") if line.strip() and not line.startswith("::")]
    assert any("2" in line and "staging" in line for line in lines[-4:]), lines[-4:]


BAD = migration(3, "bad")
VERDICTS = {
    "syntax in a dry run": (dict(mode="dry-run"), "select 1;\ncreate table x (a int, , b int);\n",
                            "failed: %s:2:24 is not valid SQL; nothing was changed" % BAD),
    "syntax in a push": (dict(mode="push"), "selec 1;", "failed: %s:1:1 is not valid SQL; nothing was changed" % BAD),
    "a statement": (dict(mode="push"), "select nothing_here;", "failed in %s; 2 of 3 migrations applied" % BAD),
    "all": (dict(mode="push", transaction="all"), "select nothing_here;", "failed in %s; 0 of 3 migrations applied" % BAD),
    "half": (dict(mode="push"), "create table h (a int);\ncreate index concurrently on h (a);\nselect nothing_here;",
             "failed in %s, of which a part stays; 2 of 3 migrations applied" % BAD),
    "an input": (dict(mode="push", lock_timeout="soon"), "select 1;", "failed: the inputs are wrong; nothing was changed"),
    "no server": (dict(mode="push", db_url="postgresql://u:hidden-w0rd@127.0.0.1:1/x"), "select 1;",
                  "failed: no connection to the database; nothing was changed"),
    "blocked": (dict(mode="push", expect_plan="0" * 64), "select 1;", "blocked (expect-plan); nothing was changed"),
}


@pytest.mark.parametrize("ending", VERDICTS)
def test_the_verdict_of_a_failure_says_where_or_why_and_what_is_applied(db, migrations, action, ending):
    inputs, text, verdict = VERDICTS[ending]
    migrations({**FILES, BAD: text})
    result = action(environment_name="production", **{"db_url": db.url, **inputs})
    assert "production: " + verdict in result.log.split("\n"), result
    assert result.summary_text.startswith("### %s production: %s\n" % ("⛔" if ending == "blocked" else "❌", verdict)), result
    nothing = "**What is in the database:** nothing was changed.\n" in result.summary_text
    assert nothing == ("nothing was changed" in verdict), result


def test_of_a_transaction_for_all_nothing_is_said_to_be_left(db, migrations, action):
    migrations({**FILES, BAD: "select nothing_here;", migration(4): "select 1;"})
    result = action.push(db.url, transaction="all")
    assert "3 of 4 rolled back, nothing of it is left; 1 of 4 not run." in result.summary_text, result
    assert [row["state"] for row in result.report["migrations"]] == \
        ["rolled back", "rolled back", "failed, rolled back", "not run"], result


def test_groups_are_opened_and_closed(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url)
    depth = 0
    for command in result.commands:
        if command.name == "group":
            assert depth == 0, "groups do not nest"
            depth = 1
        elif command.name == "endgroup":
            assert depth == 1
            depth = 0
        elif command.name in ("error", "warning"):
            assert depth == 0, "an annotation inside a folded group is easily missed"
    assert depth == 0


def test_a_summary_that_is_not_wanted_is_not_written(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, summary="false")
    assert result.code == 0 and result.summary == "", result


def test_a_summary_is_added_to_what_is_there(db, migrations, action, tmp_path):
    migrations(FILES)
    summary = tmp_path / "summary.md"
    summary.write_text("# of an earlier command\n")
    result = action.push(db.url, extra={"GITHUB_STEP_SUMMARY": summary})
    assert result.summary.startswith("# of an earlier command\n") and len(result.summary) > 40


def test_the_summary_of_very_many_files_stays_below_the_runners_limit(db, migrations, action):
    migrations({migration(n, "long_" + "n" * 60): "select 1;" for n in range(3000)})
    result = action.dry_run(db.url)
    assert result.code == 0, result.code
    assert 1000 < len(result.summary.encode()) < 1024 * 1024
    assert "3,000" in result.summary or "3000" in result.summary
    outputs = sum(len(name + value) for name, value in result.outputs.items())
    assert outputs * 2 < 1024 * 1024, "the outputs of a job may have 1 MB, counted as UTF-16"


@pytest.mark.parametrize("variable", ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"])
@pytest.mark.parametrize("target", ["folder", "missing folder"])
def test_a_file_of_the_runner_that_cannot_be_written_is_an_error(db, migrations, action, tmp_path, variable, target):
    migrations(FILES)
    path = tmp_path if target == "folder" else tmp_path / "no" / "such" / "file"
    result = action.push(db.url, extra={variable: path})
    assert result.code == 10, result
    assert result.says(str(path)), result


def test_outputs_that_cannot_be_written_are_noticed_before_the_push(db, migrations, action, tmp_path):
    migrations(FILES)
    action.push(db.url, extra={"GITHUB_OUTPUT": tmp_path})
    assert not db.has_table("first")


def test_a_full_disk_is_an_error(db, migrations, action):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    migrations(FILES)
    result = action.push(db.url, extra={"GITHUB_STEP_SUMMARY": "/dev/full"})
    assert result.code == 10, result


def test_a_log_that_nobody_reads_any_more_kills_no_push(db, migrations, action):
    """The runner closes the pipe when a step is abandoned; SIGPIPE must not tear a migration apart."""
    migrations({migration(1): "do $$ begin for i in 1..2000 loop raise notice 'line %', i; end loop; end $$;",
                migration(2): "create table last (a int);"})
    action.prepare()
    process = launch(action.environment({"mode": "push", "db_url": db.url}), action.workspace)
    process.stdout.close()
    process.stderr.close()
    assert process.wait(30 * SLOWNESS) >= 0, "died of a signal"


def test_the_report_names_the_environment(db, migrations, action):
    migrations(FILES)
    result = action.dry_run(db.url, environment_name="staging")
    assert result.says("staging") and "staging" in result.summary
