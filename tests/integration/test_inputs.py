"""Every fault of every input is reported at once, before anything is touched, and secrets stay secret."""
import pytest

from proxy import Proxy
from workspace import migration

FILES = {migration(1, "first"): "create table first (a int);\n"}

BAD_VALUES = [
    ("mode", "deploy"), ("mode", "PUSH"), ("include-all", "maybe"), ("include-all", "1"), ("include-all", "yes"),
    ("transaction", "none"), ("summary", "perhaps"), ("connect-timeout", "2x"), ("connect-timeout", "ten"),
    ("statement-timeout", "-1s"), ("statement-timeout", "5"), ("lock-timeout", "2 parsecs"),
    ("lock-timeout", "99999999999999999999s"), ("lock-timeout", "1.5s"), ("lock-timeout", "s"),
]


def listening(cluster):
    """A server that only counts who comes."""
    return Proxy(cluster.port, behaviour="refuse")


@pytest.mark.parametrize("name, value", BAD_VALUES, ids=["%s=%s" % pair for pair in BAD_VALUES])
def test_a_wrong_value_is_named_with_its_input(cluster, db, migrations, action, name, value):
    migrations(FILES)
    with listening(cluster) as proxy:
        result = action(**{"db_url": db.url_with(port=proxy.port), name.replace("-", "_"): value})
        assert proxy.connections == 0
    assert result.code == 2, result
    assert result.says(name) and result.says(value), result
    assert result.status == "failed"
    assert result.errors and not any("file" in error.properties for error in result.errors)


def test_all_faults_come_in_one_report(cluster, db, migrations, action):
    migrations(FILES)
    result = action(mode="deploy", include_all="maybe", transaction="some", connect_timeout="2x",
                    statement_timeout="ten", lock_timeout="-1s", summary="perhaps", db_ca_cert="no-such-file.pem")
    assert result.code == 2, result
    for name in ("mode", "include-all", "transaction", "connect-timeout", "statement-timeout", "lock-timeout",
                 "summary", "db-ca-cert", "db-url"):
        assert result.says(name), "%s is not named\n%r" % (name, result)


def test_a_push_without_a_target_is_a_fault(migrations, action):
    migrations(FILES)
    result = action(mode="push", db_url="")
    assert result.code == 2 and result.says("db-url"), result


def test_a_dry_run_without_a_target_is_a_fault_outside_of_pull_requests(migrations, action):
    migrations(FILES)
    result = action(mode="dry-run", db_url="", event="push")
    assert result.code == 2 and result.says("db-url"), result


@pytest.mark.parametrize("value", ["500ms", "2s", "5m", "1h", "0", " 2s\n"])
def test_durations_have_a_unit(db, migrations, action, value):
    migrations(FILES)
    result = action.dry_run(db.url, lock_timeout=value, statement_timeout=value)
    assert result.code == 0, result


@pytest.mark.parametrize("value", ["true", "True", "TRUE"])
def test_booleans_are_those_of_the_runner(db, migrations, action, value):
    migrations(FILES)
    result = action.dry_run(db.url, include_all=value, summary=value)
    assert result.code == 0 and result.summary, result


def test_values_are_trimmed(db, migrations, action):
    migrations(FILES)
    result = action(mode="  dry-run\n", db_url="\n " + db.url + " \n", transaction=" all ")
    assert result.code == 0, result
    assert result.status == "planned"


def test_an_empty_input_means_its_default(db, migrations, action):
    migrations(FILES)
    result = action(mode="", db_url=db.url, working_directory="", include_all="", transaction="",
                    connect_timeout="", statement_timeout="", lock_timeout="", summary="")
    assert result.code == 0, result
    assert result.status == "pushed"


def test_an_underscore_may_stand_for_a_hyphen(db, migrations, action):
    migrations(FILES)
    result = action(mode="dry-run", extra={"INPUT_DB_URL": db.url}, without=["INPUT_DB-URL"])
    assert result.code == 0, result
    assert result.masks


def test_the_exact_name_wins_over_the_underscore(db, migrations, action):
    migrations(FILES)
    result = action(mode="dry-run", db_url=db.url, extra={"INPUT_DB_URL": "postgresql://127.0.0.1:1/nowhere"})
    assert result.code == 0, result


# -- db-url ------------------------------------------------------------------------------------------

BAD_URLS = [
    "mysql://root:tops3cret@127.0.0.1/db",
    "postgresql://u:tops3cret@127.0.0.1:notaport/db",
    "postgresql://u:tops3cret@127.0.0.1:99999/db",
    "postgresql://u:tops3cret%zz@127.0.0.1/db",
    "postgresql://u:tops3cret@127.0.0.1/db?nosuchoption=1",
    "postgresql://u:tops3cret@[::1/db",
    "host=127.0.0.1 password=tops3cret",
    "tops3cret",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_malformed_url_is_refused_without_showing_it(migrations, action, url):
    migrations(FILES)
    result = action.dry_run(url)
    assert result.code == 2, result
    assert result.says("db-url"), result
    everything = result.log + result.stderr + result.summary + result.output_text
    assert "tops3cret" not in everything, result


ORM = ["pgbouncer=true", "schema=public", "connection_limit=1", "uselibpqcompat=true", "supa=base-pooler.x",
       "prepared_statements=false", "statement-cache-capacity=0"]


@pytest.mark.parametrize("parameters", [[one] for one in ORM] + [ORM], ids=lambda one: one[0] if len(one) == 1 else "all")
def test_parameters_that_only_other_programs_know_are_ignored_but_not_silently(db, migrations, action, parameters):
    migrations(FILES)
    result = action.push(db.url + "?" + "&".join(parameters + ["sslmode=require"]))
    assert result.code == 0 and result.status == "pushed", result
    names = ", ".join(parameter.split("=")[0] for parameter in parameters)
    assert result.says("db-url: ignored, for only other programs understand") and names in result.log, result
    assert "only other programs" in result.summary_text, result


@pytest.mark.parametrize("parameters, says", [
    ("nosuchoption=1", "PostgreSQL knows no parameter 'nosuchoption'"), ("sslaccept=strict", "no parameter 'sslaccept'"),
    ("pgbouncer=true&search_path=x", "no parameter 'search_path'"), ("sslmode=no-verify", "the value of sslmode is not one of"),
    ("sslmode=require&connect_timeout=10s", "the value of connect_timeout is not a number"),
    ("target_session_attrs=master", "the value of target_session_attrs is not one of any|read-write"), ("x%1Fy&a", "cannot be read"),
    ("=", "cannot be read"), ("&&&", "db-url"), ("a=b@c", "must be percent-encoded")])
@pytest.mark.parametrize("name", ["db_url", "staging_db_url"])
def test_parameters_that_nobody_knows_are_named_before_anything_is_contacted(cluster, db, migrations, action, name, parameters, says):
    migrations(FILES)
    with Proxy(cluster.port) as proxy:
        inputs = {"db_url": db.url_with(port=proxy.port), name: db.url_with(port=proxy.port) + "?" + parameters}
        result = action(mode="dry-run", **inputs)
        assert proxy.connections == 0, "it was contacted"
    assert result.code == 2 and result.says(says), result
    assert name.replace("_", "-") + ": " in result.log, result


@pytest.mark.parametrize("password", ["[YOUR-PASSWORD]", "%5BYOUR-PASSWORD%5D", "[YOUR_PASSWORD]"])
def test_a_placeholder_for_the_password_is_named(migrations, action, password):
    migrations(FILES)
    result = action.push("postgresql://postgres:%s@127.0.0.1:1/postgres" % password)
    assert result.code == 2 and result.says("placeholder is still in place of the password", "without the brackets"), result


def test_a_question_mark_in_the_password_begins_no_parameters(migrations, action):
    migrations(FILES)
    result = action.push("postgresql://postgres:a?pgbouncer=b@127.0.0.1:1/postgres")
    assert result.code == 5 and not result.says("ignored"), result


def test_the_url_and_both_spellings_of_its_password_are_masked_first(db, migrations, action):
    migrations(FILES)
    result = action.dry_run(db.url)
    assert db.url in result.masks, result
    assert "Pr0mote%2Fte%24t%40p%3Ass%3F" in result.masks and "Pr0mote/te$t@p:ss?" in result.masks, result


def test_a_password_with_line_breaks_is_masked_whole(cluster, db, migrations, action):
    migrations(FILES)
    result = action.dry_run(db.url_with(password="line one\r\nline%two"))
    assert result.code == 5, result
    assert "line one\r\nline%two" in result.masks, result


def test_a_password_in_the_query_part_is_masked_too(cluster, db, migrations, action):
    migrations(FILES)
    url = "postgresql://postgres@127.0.0.1:%d/%s?password=hidden%%2Dw0rd" % (cluster.port, db.name)
    result = action.dry_run(url)
    assert result.code == 5, result
    assert "hidden%2Dw0rd" in result.masks and "hidden-w0rd" in result.masks, result
    assert "hidden-w0rd" not in result.log + result.stderr + result.summary + result.output_text, result


def test_a_wrong_password_is_an_error_that_shows_none(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url_with(password="n0t the p@ssword"))
    assert result.code == 5, result
    assert result.says("password authentication failed", "postgres"), result


def test_a_missing_database_is_named(cluster, migrations, action):
    migrations(FILES)
    result = action.push(cluster.url("no_such_database"))
    assert result.code == 5 and result.says("no_such_database"), result


def test_a_refused_connection_is_an_error_of_its_own(migrations, action):
    migrations(FILES)
    result = action.push("postgresql://postgres:s3cret-w0rd@127.0.0.1:1/postgres")
    assert result.code == 5 and result.status == "failed", result
    assert result.says("127.0.0.1"), result


def test_an_unknown_host_is_an_error_of_its_own(migrations, action):
    migrations(FILES)
    result = action.push("postgresql://postgres:s3cret-w0rd@no-such-host.invalid/postgres", connect_timeout="5s")
    assert result.code == 5 and result.says("no-such-host.invalid"), result


# -- events and arguments ----------------------------------------------------------------------------

@pytest.mark.parametrize("event", ["pull_request", "merge_group", "pull_request_target"])
def test_a_push_is_refused_on_proposals(cluster, db, migrations, action, event):
    migrations(FILES)
    with listening(cluster) as proxy:
        result = action(mode="push", db_url=db.url_with(port=proxy.port), event=event)
        assert proxy.connections == 0
    assert result.code == 2 and result.says(event), result


LENT = {  # events with the base repository's secrets whose job may have a fork's head checked out
    "pull_request_target": {},
    "workflow_run": {"workflow_run": {"head_repository": {"full_name": "mallory/shop"}}},
    "workflow_run, fork deleted": {"workflow_run": {"head_repository": None}},
    "issue_comment": {"issue": {"number": 7, "pull_request": {"url": "https://api.github.com/repos/acme/shop/pulls/7"}}},
}


@pytest.mark.parametrize("name", LENT)
def test_a_forks_head_beside_secrets_never_gets_a_connection(cluster, db, migrations, action, name):
    migrations(FILES)
    given = {"event": name.split(",")[0], "payload": {"repository": {"full_name": "acme/shop"}, **LENT[name]}}
    with listening(cluster) as proxy:
        url = db.url_with(port=proxy.port)
        checked = action(mode="dry-run", db_url=url, skip_unchanged="false", **given)
        refused = action(mode="push", db_url=url, **given)
        assert proxy.connections == 0
    assert (checked.code, checked.status) == (0, "skipped") and checked.says("without a database"), checked
    assert refused.code == 2 and refused.says("mode: push is refused on " + given["event"]), refused


@pytest.mark.parametrize("event, payload", [
    ("workflow_run", {"workflow_run": {"head_repository": {"full_name": "acme/shop"}}}),
    ("issue_comment", {"issue": {"number": 7}}),
])
def test_our_own_runs_and_issues_are_no_forks(db, migrations, action, event, payload):
    migrations(FILES)
    result = action.push(db.url, event=event, payload={"repository": {"full_name": "acme/shop"}, **payload})
    assert result.code == 0 and result.status == "pushed", result


@pytest.mark.parametrize("event, mode, code", [("push", "dry-run", 0), ("push", "push", 2), ("workflow_dispatch", "dry-run", 2)])
def test_what_dependabot_pushes_gets_no_secrets(migrations, action, event, mode, code):
    """A dry run has nothing to compare with, and says so; a push that does nothing is no success."""
    migrations(FILES)
    result = action(mode=mode, db_url="", event=event, skip_unchanged="false", extra={"GITHUB_ACTOR": "dependabot[bot]"})
    assert result.code == code and (code or result.says("runs that Dependabot starts")), result


def test_a_dry_run_works_on_a_pull_request(db, migrations, action):
    migrations(FILES)
    result = action(mode="dry-run", db_url=db.url, event="pull_request")
    assert result.code == 0 and result.status == "planned", result


def test_without_secrets_a_pull_request_gets_the_static_checks(migrations, action):
    migrations(FILES)
    result = action(mode="dry-run", db_url="", event="pull_request")
    assert result.code == 0 and result.status == "skipped", result
    assert result.pending == [] and result.applied == [], result


def proposal(head):
    return {"pull_request": {"number": 7, "head": {"sha": "0" * 40, "repo": {"full_name": head}}}}


def test_a_secret_that_is_not_set_does_not_pass_a_pull_request_of_the_repository(migrations, action):
    """Its job gets the secrets: an empty one is a slip, and a check that compares nothing would pass for ever."""
    migrations(FILES)
    for inputs in ({"db_url": ""}, {"project_ref": "abcdefghijklmnopqrst", "access_token": ""}):
        result = action(mode="dry-run", event="pull_request", payload=proposal("acme/shop"), **inputs)
        assert result.code == 2 and result.says("is the secret set"), result
        result = action(mode="dry-run", event="pull_request", payload=proposal("fork/shop"), skip_unchanged="false", **inputs)
        assert result.code == 0 and result.status == "skipped" and result.says("forks and runs that Dependabot starts"), result


def test_the_staging_guard_does_not_switch_itself_off(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, staging_guard="error", staging_project_ref="")
    assert result.code == 2 and result.says("staging-guard", "is the secret set"), result
    assert not db.has_history()


def test_the_static_checks_of_a_pull_request_find_syntax_errors(migrations, action):
    migrations({migration(1): "selec 1;"})
    result = action(mode="dry-run", db_url="", event="pull_request")
    assert result.code == 4, result


def test_the_static_checks_of_a_pull_request_find_unusable_files(migrations, action):
    migrations({migration(1): "select 1;", migration(2): b"select '\xe9';"})
    result = action(mode="dry-run", db_url="", event="pull_request")
    assert result.code == 3, result


def test_the_version_names_every_library(action):
    result = action(arguments=["--version"])
    assert result.code == 0, result
    assert result.stdout.startswith("supabase-promote "), result
    for library in ("libpq", "libpg_query", "OpenSSL"):
        assert library.lower() in result.stdout.lower(), result


@pytest.mark.parametrize("arguments", [["push"], ["--help"], ["--version", "x"], [""], ["-v"]])
def test_no_other_argument_is_accepted(db, migrations, action, arguments):
    migrations(FILES)
    result = action(arguments=arguments, db_url=db.url)
    assert result.code == 64, result
    assert not db.has_history()


def test_outside_of_actions_no_workflow_command_is_printed(db, migrations, action):
    migrations(FILES)
    assert action.push(db.url, actions=False).code == 0  # checked for every run; here with success …
    migrations({migration(2): "select nothing_here;"})
    assert action.push(db.url, actions=False).code == 8  # … and with an error
    assert action(mode="bogus", actions=False).code == 2


def test_it_runs_without_any_file_of_the_runner(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, actions=False,
                         without=["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH", "GITHUB_EVENT_NAME"])
    assert result.code == 0, result
    assert db.has_table("first")


@pytest.mark.parametrize("name, meant", [
    ("MDOE", "mode"), ("DRY-RUN", ""), ("DB-URLS", "db-url"), ("LOCK_TIMEOUTS", "lock-timeout"), ("X" * 200, "")])
def test_an_input_that_there_is_not_is_refused_before_anything_is_contacted(db, migrations, action, name, meant):
    migrations({migration(1): "create table t (a int);"})
    result = action(db_url=db.url, extra={"INPUT_" + name: "dry-run"})
    assert result.code == 2 and result.says("there is no input " + name[:64].lower().replace("_", "-")), result
    assert result.says("did you mean %s?" % meant) == bool(meant), result
    assert not db.has_table("t"), result


@pytest.mark.parametrize("name", ["ARGS", "ENTRYPOINT", "MDOE"])
def test_what_the_runner_sets_and_what_is_empty_is_no_input(db, migrations, action, name):
    migrations({migration(1): "select 1;"})
    value = "" if name == "MDOE" else "x"
    assert action(mode="dry-run", db_url=db.url, extra={"INPUT_" + name: value}).code == 0
