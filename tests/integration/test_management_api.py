"""The Management API's faults: each is told as what it is, and none as something else."""
import time

import pytest

from hosts import loopback
from management_stub import POOLER_HOST, REF, TOKEN, branch_body, pooler_row, project_body
from proxy import Proxy
from workspace import migration

FILES = {migration(1): "create table one (a int);\n"}

STOPPED = {"INACTIVE": "is paused", "PAUSING": "is being paused", "PAUSE_FAILED": "is neither running nor paused", "COMING_UP": "is starting",
           "RESTARTING": "is restarting", "RESIZING": "is being resized", "UPGRADING": "is being upgraded",
           "PROMOTING": "is having a replica promoted", "RESTORING": "is being restored", "RESTORE_FAILED": "could not be restored",
           "INIT_FAILED": "could not be set up", "GOING_DOWN": "is being removed", "REMOVED": "has been removed"}


@pytest.mark.parametrize("status", STOPPED)
def test_a_project_that_cannot_be_used_says_why(project, migrations, action, status):
    migrations(FILES)
    project.open_direct()
    project.stub.project = project_body(status=status)
    result = project.run(action)
    assert result.code == 5 and result.says("project shop-staging (%s) %s" % (REF, STOPPED[status]), status), result
    assert result.says("https://supabase.com/dashboard/project/" + REF), result
    assert project.stub.count("login-role") == 0 and not project.db.has_history()


@pytest.mark.parametrize("status", ["ACTIVE_UNHEALTHY", "UNKNOWN", "SOMETHING_NEW"])
def test_a_strange_state_is_told_and_no_hindrance(project, migrations, action, status):
    migrations(FILES)
    project.open_direct()
    project.stub.project = project_body(status=status)
    result = project.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert any(status in warning.data for warning in result.warnings), result


VERDICTS = {401: "Supabase does not accept the access token", 403: "the access token lacks a permission",
            (404, "project"): "the access token sees no such project"}
FAULTS = {
    (401, "project"): ["the access token is not accepted (401: no)", "access-token", "expired"],
    (403, "project"): ["the access token may not (403: no)", "projects_read"],
    (404, "project"): ["sees no such project (404: no)", "project-ref"],
    (400, "project"): ["an unexpected answer (400: no)", "removed"],
    (403, "login-role"): ["cannot create a temporary login role", "database_write", "db-password"],
    (400, "login-role"): ["cannot create a temporary login role", "400: no", "db-password"],
    (404, "login-role"): ["cannot create a temporary login role", "404: no"],
    (403, "pooler"): ["the project's pooler cannot be looked up", "database_pooling_config_read", "cannot be reached from here"],
    (401, "pooler"): ["the project's pooler cannot be looked up", "401: no"],
    (404, "pooler"): ["the project's pooler cannot be looked up", "404: no"],
}


@pytest.mark.parametrize("status, what", FAULTS, ids=["%d %s" % key for key in FAULTS])
def test_a_refusal_is_told_as_what_it_is(project, migrations, action, status, what):
    migrations(FILES)
    if what != "pooler":
        project.open_direct()
    project.stub.fail(what, status, {"message": "no"})
    result = project.run(action)
    assert result.code == 12 and result.says(*FAULTS[status, what]), result
    assert not result.says("IPv6 is not supported") and project.stub.count(what) == 1, result
    verdict = VERDICTS.get((status, what) if status == 404 else status, "a request to GitHub or Supabase failed")
    assert ": failed: %s; nothing was changed" % verdict in result.summary_text.split("\n")[0], result


@pytest.mark.parametrize("what", ["project", "pooler", "login-role"])
def test_too_many_requests_are_waited_for(pooler, migrations, action, what):
    migrations(FILES)
    pooler.stub.fail(what, 429, times=1, headers={"retry-after": "1"})
    result = pooler.run(action)
    assert result.code == 0 and pooler.stub.count(what) == 2 and result.seconds >= 1, result


def test_a_limit_of_the_apis_own_minute_is_waited_for(project, migrations, action):
    """Without Retry-After; x-ratelimit-reset is a number of seconds here, and no time."""
    migrations(FILES)
    project.open_direct()
    project.stub.fail("project", 429, times=1, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "4"})
    result = project.run(action)
    assert result.code == 0 and project.stub.count("project") == 2 and result.seconds >= 4, result


@pytest.mark.parametrize("what, tries", [("project", 2), ("pooler", 2), ("login-role", 1)])
def test_a_failing_api_is_asked_again_where_that_does_no_harm(pooler, migrations, action, what, tries):
    """A role whose password may have been changed is not asked for once more."""
    migrations(FILES)
    pooler.stub.fail(what, 503, times=1)
    result = pooler.run(action)
    assert pooler.stub.count(what) == tries, result
    assert result.code == (0 if tries == 2 else 12), result
    assert tries == 2 or result.says("Supabase's API is failing (503"), result


def test_a_wait_that_is_too_long_is_not_waited(project, migrations, action):
    migrations(FILES)
    project.stub.fail("project", 429, headers={"retry-after": "3600"})
    result = project.run(action)
    assert result.code == 12 and result.says("too many requests (429") and result.seconds < 5, result


@pytest.mark.parametrize("body", [lambda: {k: v for k, v in project_body().items() if k != "status"},
                                  lambda: {**project_body(), "status": 7}], ids=["missing", "of another type"])
def test_a_missing_field_is_named(project, migrations, action, body):
    migrations(FILES)
    project.stub.fail("project", 200, body)
    result = project.run(action)
    assert result.code == 12 and result.says('no field "status"'), result


STRANGE = ["<html>log in to the wifi</html>", "", "[" * 1500, '"text"']


@pytest.mark.parametrize("what", ["project", "pooler", "login-role"])
@pytest.mark.parametrize("body", STRANGE, ids=["a page", "nothing", "nested", "a string"])
def test_an_answer_of_another_shape_is_not_from_the_api(pooler, migrations, action, what, body):
    migrations(FILES)
    status = 201 if what == "login-role" else 200
    pooler.stub.fail(what, status, body)
    result = pooler.run(action)
    assert result.code == 12 and result.says("an answer that is not from Supabase's API (%d)" % status, "api-url"), result
    assert not result.says("no pooler") and not result.says("no field"), result


@pytest.mark.parametrize("name, region", [(None, None), ("", 7), (7, "")])
def test_name_and_region_are_for_people_only(project, migrations, action, name, region):
    migrations(FILES)
    project.open_direct()
    project.stub.project = {**project_body(), "name": name, "region": region}
    result = project.run(action)
    assert result.code == 0 and result.says("project (%s) in unknown region" % REF), result


def test_fields_that_are_not_known_or_not_needed_do_not_matter(pooler, migrations, action):
    migrations(FILES)
    pooler.stub.project = {"status": "ACTIVE_HEALTHY", "name": "x", "region": "y", "new": {"deep": [1]}}
    pooler.stub.pooler = [{"new": 1, **{key: pooler_row()[key] for key in ("database_type", "db_user", "db_host", "db_name")}}]
    assert pooler.run(action).code == 0


@pytest.mark.parametrize("rows, words", [
    ([], ["no pooler for its primary database"]),
    ([pooler_row(kind="READ_REPLICA")], ["no pooler for its primary database"]),
    ([pooler_row(user="postgres." + "z" * 20)], ["is not of project " + REF, "no password was sent"]),
    ([pooler_row(user="postgres")], ["is not of project " + REF, "no password was sent"]),
    ([pooler_row(host="pooler.supabase.com.evil.example")], ["is not in supabase.com", "no password was sent"]),
    ([pooler_row(host="evilsupabase.com")], ["is not in supabase.com", "no password was sent"]),
    ([pooler_row(host="127.0.0.1," + POOLER_HOST)], ["127.0.0.1," + POOLER_HOST, "is not in supabase.com", "no password was sent"]),
    ([pooler_row(host="/tmp/x.supabase.com")], ["/tmp/x.supabase.com", "is not in supabase.com", "no password was sent"]),
    ([pooler_row(host="@x.supabase.com")], ["@x.supabase.com", "is not in supabase.com", "no password was sent"]),
    ([{"database_type": "PRIMARY"}], ['no field "db_user"']),
    ([{"db_user": "postgres"}], ['no field "database_type"']),
    ([{"database_type": 7}, None], ['no field "database_type"']),
], ids=["none", "replica only", "another project's", "nobody's", "foreign host", "look-alike host", "a list of hosts", "a path",
        "an abstract socket", "no user", "no type", "a type of another type"])
def test_a_pooler_that_is_not_ours_gets_no_password(pooler, migrations, action, rows, words):
    migrations(FILES)
    pooler.stub.pooler = rows
    before = pooler.bouncer.log().count("login attempt")
    result = pooler.run(action)
    assert result.code == 12 and result.says(*words), result
    assert pooler.bouncer.log().count("login attempt") == before


@pytest.mark.parametrize("name", ["host=%s dbname=postgres", "postgresql://%s/postgres", "host=%s"])
def test_a_poolers_database_is_a_name_and_nothing_else(pooler, migrations, action, name):
    """libpq would read a connection string in it, whose host is another one than was checked."""
    migrations(FILES)
    address = loopback()
    pooler.stub.pooler = [{**pooler_row(), "db_name": name % address}]
    with Proxy(pooler.cluster.port, listen=address, listen_port=5432) as elsewhere:
        result = pooler.run(action, ca=False, db_password="a-real-password")
    assert result.code == 5 and not elsewhere.connections, result


def test_a_row_without_a_type_does_not_hide_the_right_one(pooler, migrations, action):
    migrations(FILES)
    pooler.stub.pooler = [{}, pooler_row()]
    assert pooler.run(action).code == 0


def test_another_row_of_the_primary_database_may_be_in_order(pooler, migrations, action):
    migrations(FILES)
    pooler.stub.pooler = [pooler_row(host="db.%s.supabase.co" % REF), pooler_row()]
    assert pooler.run(action).code == 0


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_page_of_somebody_in_between_is_not_taken_for_the_apis_answer(project, migrations, action, status):
    migrations(FILES)
    project.stub.fail("project", status, "<html>Access denied</html>")
    result = project.run(action)
    assert result.code == 12 and result.says("not from Supabase's API (%d)" % status, "api-url", "proxy"), result


def test_an_api_that_hangs_is_given_up(project, migrations, action):
    """Silence counts as a failure of the API; a signal does not have to wait for it."""
    migrations(FILES)
    project.stub.fail("project", 200, delay=30)
    run = project.start(action)
    time.sleep(1)
    run.signal(2)
    result = run.wait()
    assert result.code == 130 and result.seconds < 4, result


def test_an_api_that_cannot_be_verified_gets_no_token(project, migrations, action):
    migrations(FILES)
    result = project.start(action, extra={"SSL_CERT_FILE": str(project.cluster.foreign_ca)}).wait()
    assert result.code == 12 and result.says("certificate", "SSL_CERT_FILE"), result
    assert not project.stub.requests


def test_nothing_of_an_answer_can_speak_to_the_runner(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    name = "shop\n::error::forged\r::warning::forged ##[error]forged <b>x</b> | `y`"
    project.stub.project = project_body(name=name)
    result = project.run(action)
    assert result.code == 0 and not any(c.data.strip() == "forged" for c in result.commands), result
    assert "<b>" not in result.summary
    project.stub.fail("project", 403, {"message": name})
    result = project.run(action)
    assert result.code == 12 and not any(c.data.strip() == "forged" for c in result.commands), result


# -- preview branches ---------------------------------------------------------------------------------

@pytest.fixture(params=["direct", "pooler"])
def branch(request, project):
    """The reference is a preview branch's: the API has no project of that name."""
    if request.param == "direct":
        project.open_direct()
    else:
        request.getfixturevalue("pooler")
    project.stub.branch = branch_body()
    return project


def test_a_preview_branch_has_a_reference_of_its_own(branch, migrations, action):
    migrations(FILES)
    result = branch.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert result.says("preview branch (%s)" % REF, "PostgreSQL 17.6.1.111") and not result.says("project preview branch"), result
    assert [request["what"] for request in branch.stub.requests][:2] == ["project", "branch"]
    assert result.report["project"]["ref"] == REF and result.report["project"]["name"] == "preview branch", result


@pytest.mark.parametrize("status", ["INACTIVE", "REMOVED"])
def test_a_branch_that_cannot_be_used_says_why(project, migrations, action, status):
    migrations(FILES)
    project.open_direct()
    project.stub.branch = branch_body(status=status)
    result = project.run(action)
    assert result.code == 5 and result.says("preview branch (%s) %s" % (REF, STOPPED[status]), status), result
    assert project.stub.count("login-role") == 0


def test_a_branch_in_a_strange_state_is_told(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.stub.branch = branch_body(status="ACTIVE_UNHEALTHY")
    result = project.run(action)
    assert result.code == 0 and any("ACTIVE_UNHEALTHY" in warning.data for warning in result.warnings), result


def test_neither_a_project_nor_a_branch(project, migrations, action):
    migrations(FILES)
    project.stub.fail("project", 404, {"message": "Project not found"})
    result = project.run(action)
    assert result.code == 12 and result.says("sees no such project (404: Project not found)") and len(result.errors) == 1, result
    assert project.stub.count("branch") == 1 and not result.says("if it is a preview branch's"), result


@pytest.mark.parametrize("status", [403, 500])
def test_a_branch_that_cannot_be_looked_up_is_still_no_project(project, migrations, action, status):
    migrations(FILES)
    project.stub.fail("project", 404, {"message": "Project not found"})
    project.stub.fail("branch", status, {"message": "no"})
    result = project.run(action)
    assert result.code == 12 and result.says("sees no such project (404: Project not found)", "if it is a preview branch's",
                                             "(%d: no)" % status), result
    assert status == 500 or result.says("branching_development_read"), result


# -- inputs, before any request ------------------------------------------------------------------------

WRONG = [
    ({"project_ref": "short"}, ["project-ref"]), ({"project_ref": "A" * 20}, ["project-ref"]),
    ({"project_ref": "a" * 19 + "1"}, ["project-ref"]), ({"project_ref": REF + "x"}, ["project-ref"]),
    ({"access_token": "sbp_short"}, ["access-token"]), ({"access_token": TOKEN.upper()}, ["access-token"]),
    ({"access_token": TOKEN + "0"}, ["access-token"]), ({"access_token": "sbp_oauth_v0_" + "0" * 40}, ["access-token"]),
    ({"access_token": "eyJhbGciOiJIUzI1NiJ9"}, ["access-token"]), ({"access_token": ""}, ["access-token", "missing"]),
    ({"project_ref": ""}, ["project-ref", "missing"]), ({"project_ref": "", "access_token": ""}, ["project-ref and db-url", "missing"]),
    ({"db_url": "postgresql://postgres@127.0.0.1/x"}, ["project-ref", "exactly one"]),
    ({"project_ref": "", "db_url": "postgresql://postgres@127.0.0.1/x", "db_password": "long-enough"}, ["db-password"]),
    ({"db_ssl_mode": "prefer"}, ["db-ssl-mode"]), ({"db_ssl_mode": "require", "db_ca_cert": "CA"}, ["db-ssl-mode"]),
    ({"api_url": "http://api.supabase.com"}, ["api-url"]), ({"api_url": "ftp://x.org"}, ["api-url"]),
    ({"api_url": "https://user:pass@api.supabase.com"}, ["api-url"]), ({"api_url": "https://x.org/?q=1"}, ["api-url"]),
]


@pytest.mark.parametrize("inputs, words", WRONG, ids=[" ".join("%s=%s" % item for item in row[0].items())[:60] for row in WRONG])
def test_wrong_inputs_are_refused_before_any_request(project, migrations, action, inputs, words):
    migrations(FILES)
    if inputs.get("db_ca_cert"):
        inputs = {**inputs, "db_ca_cert": project.cluster.ca.read_text()}
    result = project.run(action, ca="db_ca_cert" in inputs, **inputs)
    assert result.code == 2 and result.says(*words), result
    assert not project.stub.requests


@pytest.mark.parametrize("token", ["sbp_oauth_" + "ab" * 20, "sbp_v0_" + "12" * 20])
def test_all_kinds_of_tokens_are_taken(project, migrations, action, token):
    migrations(FILES)
    project.open_direct()
    project.stub.token = token
    assert project.run(action, access_token=token).code == 0


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", ["socks6://proxyuser:pr0xyS%2Fcret@127.0.0.1:1", "http://proxyuser:pr0xyS%2Fcret@127.0.0.1:99999",
                                   "proxyuser:pr0xyS%2Fcret@proxy.invalid:3128"])
def test_a_proxys_password_is_not_shown(project, migrations, action, name, proxy):
    migrations(FILES)
    result = project.start(action, extra={name: proxy}).wait()
    assert result.code == 12, result
    places = result.log + result.stderr + result.output_text + result.summary
    for form in ("pr0xyS%2Fcret", "pr0xyS/cret", "proxyuser:"):
        assert form not in places, result
    assert "pr0xyS/cret" in result.masks, result


def test_the_api_is_reached_through_the_runners_proxy(project, migrations, action):
    """A CONNECT proxy would do; that it is asked for the API is enough here, and that the database is not."""
    migrations(FILES)
    project.open_direct()
    with Proxy(project.cluster.port, behaviour="refuse") as proxy:
        run = project.start(action, extra={"https_proxy": "http://127.0.0.1:%d" % proxy.port})
        deadline = time.monotonic() + 10
        while not proxy.connections and time.monotonic() < deadline:
            time.sleep(0.02)
        run.signal(2)
        result = run.wait()
    assert proxy.connections and result.code in (12, 130) and not project.stub.requests, result


