"""restore-point: what a project can be taken back to before a push, and a push that is refused without one."""
import json
import re
import signal
import subprocess

import pytest

from management_stub import REF, TOKEN, backups_body
from workspace import migration, version

FILES = {migration(1): "create table one (a int);\n"}
NEWEST = "2026-11-28T02:10:00.000Z"


@pytest.fixture(autouse=True)
def opened(project, migrations):
    project.open_direct()
    migrations(FILES)


def way_back(result):
    return result.report["way_back"]


def test_nobody_is_asked_by_default(project, action):
    result = project.run(action)
    assert result.code == 0 and "way_back" not in result.report, result
    assert project.stub.count("backups") == project.stub.count("make-point") == 0


@pytest.mark.parametrize("wish", ["try", "require"])
def test_a_restore_point_is_made_before_the_push(project, action, wish):
    result = project.run(action, restore_point=wish)
    assert result.code == 0 and result.status == "pushed" and not result.warnings, result
    name, = project.stub.points
    assert re.fullmatch(r"push-\d{14}", name) and way_back(result)["kind"] == "restore point"
    assert result.says("way back: restore point " + name) and "Way back:" in result.summary, result
    call = way_back(result)["call"]
    assert call in result.summary_text and TOKEN not in call
    assert subprocess.run(["sh", "-n"], input=call, text=True).returncode == 0
    assert "/v1/projects/%s/database/backups/undo" % REF in call and json.loads(re.search("--data '(.*)'", call)[1]) == {"name": name}
    kinds = [request["what"] for request in project.stub.requests]
    assert kinds.index("make-point") > kinds.index("project")


def test_one_that_takes_its_time_is_waited_for(project, action):
    project.stub.point_states = ["PENDING", "PENDING", "AVAILABLE"]
    result = project.run(action, restore_point="require")
    assert result.code == 0 and way_back(result)["kind"] == "restore point" and project.stub.count("get-point") == 2, result


@pytest.mark.parametrize("state", ["FAILED", "REMOVED", "SOMETHING_NEW"])
def test_one_that_fails(project, action, state):
    project.stub.point_states = ["PENDING", state]
    result = project.run(action, restore_point="require")
    assert result.code == 7 and result.status == "blocked" and not project.db.has_history(), result
    assert result.says("no restore point: Supabase says that it has failed"), result


REFUSALS = {401: "the access token is not accepted", 403: "the access token may not", 404: "sees no such project",
            400: "an unexpected answer", 402: "an unexpected answer", 500: "Supabase's API is failing"}


@pytest.mark.parametrize("status", REFUSALS)
def test_what_the_plan_does_not_offer_is_not_available(project, action, status):
    project.stub.fail("make-point", status, {"message": "not on this plan"})
    result = project.run(action, restore_point="require")
    assert result.code == 7 and not project.db.has_history() and project.stub.count("make-point") == 1, result
    assert result.says("no restore point", REFUSALS[status], "not on this plan", "restore-point: try"), result
    result = project.run(action, restore_point="try")
    assert result.code == 0 and result.status == "pushed" and len(result.warnings) == 1, result
    assert way_back(result)["kind"] == "newest backup" and way_back(result)["backup"] == NEWEST and not way_back(result)["call"]


def test_too_many_requests_are_waited_for(project, action):
    project.stub.fail("make-point", 429, times=1, headers={"retry-after": "1"})
    project.stub.fail("backups", 429, times=1, headers={"retry-after": "1"})
    result = project.run(action, restore_point="require")
    assert result.code == 0 and len(project.stub.points) == 1, result


def test_point_in_time_recovery_is_a_way_back(project, action):
    project.stub.backups = backups_body(pitr=True)
    project.stub.fail("make-point", 403)
    result = project.run(action, restore_point="require")
    assert result.code == 0 and not result.warnings and way_back(result)["kind"] == "point in time", result
    body = json.loads(re.search("--data '(.*)'", way_back(result)["call"])[1])
    assert body == {"recovery_time_target_unix": way_back(result)["moment"]} and way_back(result)["call"] in result.summary_text


@pytest.mark.parametrize("body", ["", "null", "[]", "no JSON {", '{"backups": 7, "pitr_enabled": "yes"}', '{"backups": [null, {"status": 1}]}',
                                  '{"pitr_enabled": null}', "x" * 300000])
def test_odd_answers_are_no_way_back(project, action, body):
    for what in ("backups", "make-point"):
        project.stub.fail(what, 200 if what == "backups" else 201, body.encode())
    result = project.run(action, restore_point="require")
    assert result.code == 7 and not project.db.has_history() and way_back(result)["kind"] in ("none", "unknown"), result


def test_an_api_that_hangs_up(project, action):
    for what in ("backups", "make-point"):
        project.stub.fail(what, 0)
    result = project.run(action, restore_point="try")
    assert result.code == 0 and result.status == "pushed" and way_back(result)["kind"] == "unknown", result
    assert project.stub.count("make-point") == 1  # it may have been made: nobody asks twice


def test_hostile_words_of_the_api(project, action):
    evil = "x\n::error::y <b>@octocat"
    project.stub.backups = {**backups_body(), "backups": [{"status": "COMPLETED", "inserted_at": evil}]}
    project.stub.fail("make-point", 403, {"message": evil})
    result = project.run(action, restore_point="try")
    assert result.code == 0 and not result.errors and "<b>" not in result.summary, result


def test_where_nothing_is_pushed_nothing_is_made(project, action):
    assert project.run(action).code == 0
    assert project.run(action, restore_point="require").status == "up-to-date"
    assert project.run(action, mode="dry-run", restore_point="require").code == 0
    assert not project.stub.points


def test_a_database_of_a_url_has_none(db, action):
    result = action.push(db.url, restore_point="require")
    assert result.code == 2 and result.says("restore-point: require needs project-ref"), result
    result = action.push(db.url, restore_point="try")
    assert result.code == 0 and len(result.warnings) == 1, result


def test_cancel_ends_the_wait(project, action):
    project.stub.point_states = ["PENDING"]
    run = project.start(action, restore_point="require")
    while not project.stub.count("make-point"):
        assert run.process.poll() is None
    run.signal(signal.SIGTERM)
    result = run.wait()
    assert result.code == 130 and not project.db.has_history() and version(1) not in result.applied, result
