"""Supabase projects as targets: from a reference and a token to a push, by either route."""
import errno
import json
import os
import time
from urllib.parse import quote

import pytest

from cluster import OWNER_PASSWORD, Cluster
from hosts import Hosts, loopback
from management_stub import POOLER_HOST, REF, TOKEN
from project import API_HOST, DIRECT_HOST, LOGIN, READ_ONLY_LOGIN, Project, empty, refusing_server, silent_listener
from proxy import Proxy
from workspace import migration, version

FILES = {migration(1): "create table one (a int);\n", migration(2): "create table two (a int);\n"}
WHO = "do $$ begin raise notice 'who: % as % via %', session_user, current_user, current_setting('application_name'); end $$;\n"


def test_reference_and_token_are_enough_by_the_direct_route(project, migrations, action):
    migrations({**FILES, migration(3): WHO})
    project.open_direct()
    result = project.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert project.db.versions() == [version(n) for n in (1, 2, 3)]
    assert result.says("route: direct, " + DIRECT_HOST, "who: cli_login_postgres as postgres via supabase-promote"), result
    assert result.says("project shop-staging (%s) in eu-central-1, PostgreSQL 17.6.1.111" % REF), result
    assert "shop-staging" in result.summary and "eu-central-1" in result.summary, result
    assert project.db.value("select tableowner from pg_tables where tablename = 'one'") == "postgres"


def test_and_by_the_pooler_where_the_direct_host_is_out_of_reach(pooler, migrations, action):
    migrations({**FILES, migration(3): WHO})
    result = pooler.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert pooler.db.versions() == [version(n) for n in (1, 2, 3)]
    assert result.says("route: the shared pooler in session mode, %s:5432" % POOLER_HOST, DIRECT_HOST), result
    assert result.says("who: cli_login_postgres as postgres"), result


def test_a_second_push_has_nothing_to_do(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    assert project.run(action).code == 0
    assert project.run(action).status == "up-to-date"


def test_what_is_asked_of_the_api(pooler, migrations, action):
    """At most three calls before the login, the last two side by side; and who asks."""
    migrations(FILES)
    assert pooler.run(action).code == 0
    assert sorted(request["what"] for request in pooler.stub.requests) == ["login-role", "pooler", "project"]
    assert pooler.stub.requests[0]["what"] == "project"
    for request in pooler.stub.requests:
        assert request["headers"]["user-agent"].startswith("supabase-promote/"), request
        assert request["headers"]["authorization"] == "Bearer " + pooler.stub.token


def test_the_direct_route_asks_for_no_pooler_and_connects_once(project, migrations, action):
    migrations(FILES)
    proxy = project.open_direct()
    assert project.run(action).code == 0
    assert [request["what"] for request in project.stub.requests] == ["project", "login-role"]
    assert proxy.connections == 2, "the probe, which sends nothing, and the session"
    assert [link.volume["client"] > 0 for link in proxy.links] == [False, True]


def test_with_a_password_no_role_is_asked_for(project, migrations, action):
    migrations({migration(1): WHO})
    project.open_direct()
    result = project.run(action, db_password=OWNER_PASSWORD)
    assert result.code == 0 and result.says("who: postgres as postgres"), result
    assert [request["what"] for request in project.stub.requests] == ["project"]


def test_the_pooler_with_a_password(pooler, migrations, action):
    migrations({migration(1): WHO})
    result = pooler.run(action, db_password=OWNER_PASSWORD)
    assert result.code == 0 and result.says("who: postgres as postgres"), result
    assert pooler.stub.count("login-role") == 0


def test_a_dry_run_gets_a_role_that_cannot_write(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.db.create_history(version(1))
    before = project.db.snapshot()
    result = project.run(action, mode="dry-run")
    assert result.code == 0 and result.pending == [migration(2)], result
    assert json.loads(project.stub.requests[1]["body"]) == {"read_only": True}
    assert project.db.snapshot() == before


def asked_roles(project):
    return [json.loads(request["body"])["read_only"] for request in project.stub.requests if request["what"] == "login-role"]


@pytest.mark.parametrize("route", ["direct", "pooler"])
@pytest.mark.parametrize("status", [400, 403])
def test_where_no_role_can_only_read_a_dry_run_does_not_write_by_itself(project, request, migrations, action, status, route):
    """The API refuses one: it is asked for the other, once, which becomes postgres."""
    migrations(FILES)
    project.open_direct() if route == "direct" else request.getfixturevalue("pooler")
    project.db.create_history(version(1))
    before = project.db.snapshot()
    project.stub.fail("login-role", status, {"message": "no such role"}, times=1)
    result = project.run(action, mode="dry-run")
    assert result.code == 0 and result.pending == [migration(2)], result
    assert asked_roles(project) == [True, False] and result.says("no login role that can only read"), result
    assert project.db.snapshot() == before


def test_and_if_there_is_neither_that_is_told(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.stub.fail("login-role", 400, {"message": "permission denied to alter role"})
    result = project.run(action, mode="dry-run")
    assert result.code == 12 and result.says("400: permission denied to alter role", "or give db-password"), result
    assert asked_roles(project) == [True, False] and not result.says("has the project been removed"), result


def test_a_role_that_may_not_read_the_history_is_exchanged(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.db.create_history(version(1))
    before = project.db.snapshot()
    project.db.query("revoke pg_read_all_data from %s" % READ_ONLY_LOGIN)
    offset = project.cluster.log_size()
    try:
        result = project.run(action, mode="dry-run")
    finally:
        project.db.query("grant pg_read_all_data to %s" % READ_ONLY_LOGIN)
    assert result.code == 0 and result.pending == [migration(2)], result
    assert asked_roles(project) == [True, False] and result.says("may not read the history"), result
    assert project.db.snapshot() == before and "authentication failed" not in project.log_since(offset)


def test_and_if_the_other_may_not_either_both_are_told(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.db.create_history(version(1))
    project.db.query("revoke pg_read_all_data from %s; revoke postgres from %s" % (READ_ONLY_LOGIN, LOGIN))
    try:
        result = project.run(action, mode="dry-run")
    finally:
        project.db.query("grant pg_read_all_data to %s; grant postgres to %s" % (READ_ONLY_LOGIN, LOGIN))
    assert result.code in (5, 6) and asked_roles(project) == [True, False], result


def test_a_push_asks_for_a_role_that_can(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.run(action)
    assert json.loads(project.stub.requests[1]["body"]) == {"read_only": False}


@pytest.mark.skipif(os.geteuid() != 0, reason="port 443 is root's")
def test_nothing_but_reference_and_token(cluster, names_of_our_own, tmp_path, migrations, action):
    """The default api-url, and every other default."""
    migrations(FILES)
    project = Project(cluster, tmp_path, stub_port=443)
    try:
        project.open_direct()
        result = action(project_ref=REF, access_token=TOKEN, hosts=Hosts(project.names, tmp_path),
                        extra={"SSL_CERT_FILE": str(cluster.ca)})
        assert result.code == 0 and result.status == "pushed", result
    finally:
        project.close()


def test_a_pull_request_without_the_token_is_checked_without_a_database(project, migrations, action):
    migrations(FILES)
    result = project.start(action, mode="dry-run", access_token="", event="pull_request").wait()
    assert result.code == 0 and result.status == "skipped" and not project.stub.requests, result


def test_the_report_names_the_project(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    report = json.loads(project.run(action).outputs["report"])
    assert report["project"] == {"ref": REF, "name": "shop-staging", "region": "eu-central-1"}
    assert report["target"] == DIRECT_HOST + ":5432/postgres" and report["postgres"][0].isdigit()


def test_the_report_has_the_apis_version_if_there_is_no_login(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    result = project.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.report["postgres"] == "17.6.1.111", result


# -- routes -------------------------------------------------------------------------------------------

@pytest.mark.alone
def test_a_direct_host_with_an_ipv6_address_only(project, migrations, action):
    migrations(FILES)
    end = time.monotonic() + 30
    while project.direct is None:
        try:
            project.open_direct(address="::1")
        except OSError as reason:
            if reason.errno != errno.EADDRINUSE or time.monotonic() > end:
                pytest.skip("[::1]:5432 cannot be had: %s" % reason)
            time.sleep(0.5)  # the same test runs with another build
    result = project.run(action)
    assert result.code == 0 and result.says("route: direct", "(::1)"), result


def test_an_address_of_the_other_family_is_no_hindrance(project, migrations, action):
    """IPv6 first, and no way to it: the IPv4 address is raced against it."""
    migrations(FILES)
    project.open_direct()
    project.names[DIRECT_HOST].insert(0, "2001:db8::1")
    result = project.run(action)
    assert result.code == 0 and result.says("route: direct", "(127."), result
    assert result.seconds < 3, result


def test_an_ipv6_only_host_out_of_reach_costs_no_long_wait(pooler, migrations, action):
    migrations(FILES)
    pooler.names[DIRECT_HOST] = ["2001:db8::1"]
    result = pooler.run(action)
    assert result.code == 0 and result.says("route: the shared pooler"), result
    assert result.seconds < 4, result


def test_a_host_without_an_address(pooler, migrations, action):
    migrations(FILES)
    del pooler.names[DIRECT_HOST]
    result = pooler.run(action)
    assert result.code == 0 and result.says("route: the shared pooler", "resolve"), result


def test_a_direct_host_that_takes_connections_and_keeps_silent(pooler, migrations, action):
    migrations(FILES)
    address = loopback()
    pooler.names[DIRECT_HOST] = [address]
    with silent_listener(address):
        result = pooler.run(action, connect_timeout="1s")
    assert result.code == 0 and result.says("route: the shared pooler", "no answer from"), result
    assert pooler.stub.count("login-role") == 1, "the role is asked for once"


def test_neither_route_is_open(project, migrations, action):
    """The pooler's host does not exist: that is said, and why the pooler was wanted."""
    migrations(FILES)
    result = project.run(action, connect_timeout="1s")
    assert result.code == 5 and result.status == "failed", result
    assert result.says(POOLER_HOST, DIRECT_HOST), result


# -- logins -------------------------------------------------------------------------------------------

@pytest.fixture(params=["direct", "pooler"])
def either(request, project):
    if request.param == "direct":
        project.open_direct()
        return project
    return request.getfixturevalue("pooler")


def refusals(project):
    """Failed logins so far, at whatever stands in front."""
    if project.bouncer:
        return project.bouncer.log().count("closing because: SASL authentication failed")
    return project.failed_logins


def test_a_wrong_password_is_tried_once(either, migrations, action):
    migrations(FILES)
    before = refusals(either)
    result = either.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.says("db-password", "dashboard"), result
    assert refusals(either) == before + 1
    assert not either.db.has_history()


def test_a_password_that_was_rotated_is_asked_for_once_more(either, migrations, action):
    migrations(FILES)
    either.on_mint.append(lambda role: either.rotate(role) if len(either.stub.minted) == 0 else None)
    before = refusals(either)
    result = either.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert len(either.stub.minted) == 2 and refusals(either) == before + 1
    assert result.says("asking once more"), result


def test_and_never_a_third_time(either, migrations, action):
    migrations(FILES)
    either.on_mint.append(either.rotate)
    before = refusals(either)
    result = either.run(action)
    assert result.code == 5 and result.says("refused twice", "db-password"), result
    assert len(either.stub.minted) == 2 and refusals(either) == before + 2


def test_minted_passwords_are_masked_in_all_forms(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    result = project.run(action)
    password = project.stub.minted[0][1]
    assert quote(password, safe="") in result.masks and quote(password, safe="") != password, result


def test_a_banned_runner_is_told_the_remedy(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.stub.banned = ["198.51.100.7", "203.0.113.10"]
    result = project.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.says("203.0.113.10 is banned", "network-bans remove --db-unban-ip 203.0.113.10",
                                            "--project-ref " + REF), result
    assert all(request["method"] != "DELETE" for request in project.stub.requests)


def test_bans_of_others_are_only_told(project, migrations, action):
    migrations(FILES)
    project.stub.banned = ["198.51.100.7"]
    result = project.run(action, connect_timeout="1s")
    assert result.code == 5 and result.says("banned from this project are: 198.51.100.7"), result
    assert not result.says("is banned"), result


@pytest.mark.parametrize("fault", [403, 500, 0])
def test_bans_that_cannot_be_read_change_nothing(project, migrations, action, fault):
    migrations(FILES)
    project.open_direct()
    project.stub.fail("bans", fault)
    result = project.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.says("password authentication failed"), result


@pytest.mark.parametrize("route", ["direct", "pooler"])
def test_a_server_that_hangs_up_may_have_banned_the_runner(project, migrations, action, route):
    migrations(FILES)
    project.stub.banned = ["203.0.113.10"]
    address = loopback()
    project.names[DIRECT_HOST if route == "direct" else POOLER_HOST] = [address]
    with Proxy(project.cluster.port, behaviour="refuse", listen=address, listen_port=5432):
        result = project.run(action)
    assert result.code == 5 and result.says("203.0.113.10 is banned"), result


def test_and_so_may_a_pooler_that_answers_nobody(project, migrations, action):
    migrations(FILES)
    project.stub.banned = ["203.0.113.10"]
    project.names[POOLER_HOST] = [loopback()]
    server, _ = refusing_server(project.cluster, project.names[POOLER_HOST][0], "XX000", "(ECIRCUITBREAKER) too many failures")
    with server:
        result = project.run(action)
    assert result.code == 5 and result.says("ECIRCUITBREAKER", "203.0.113.10 is banned"), result


def test_a_certificate_that_is_refused_is_nobodys_ban(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.stub.banned = ["203.0.113.10"]
    result = project.run(action, db_ca_cert=project.cluster.foreign_ca.read_text())
    assert result.code == 5 and project.stub.count("bans") == 0, result


def test_bans_are_told_if_the_runners_address_is_not_known(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.stub.banned = ["203.0.113.10"]
    project.stub.fail("trace", 0)
    result = project.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.says("banned from this project are: 203.0.113.10", "curl -4", "/cdn-cgi/trace"), result
    assert result.seconds < 5, result


def test_the_runners_ipv4_address_counts(project, migrations, action):
    """The API may be reached by IPv6; bans are of IPv4 addresses."""
    migrations(FILES)
    project.open_direct()
    try:
        project.stub.listen_ipv6()
    except OSError as reason:
        pytest.skip("[::1] cannot be had: %s" % reason)
    project.names[API_HOST].insert(0, "::1")
    project.stub.banned = ["203.0.113.10"]
    result = project.run(action, db_password="wrong-horse-battery")
    assert result.code == 5 and result.says("203.0.113.10 is banned"), result


def test_a_user_who_is_not_let_in_is_not_told_as_a_wrong_password(project, migrations, action):
    migrations(FILES)
    project.names[DIRECT_HOST] = [loopback()]
    server, logins = refusing_server(project.cluster, project.names[DIRECT_HOST][0], "28000",
                                     'no pg_hba.conf entry for host "192.0.2.1", user "x", database "postgres", SSL encryption')
    with server:
        for given in ({"db_password": OWNER_PASSWORD}, {}):
            result = project.run(action, **given)
            assert result.code == 5 and result.says("the server does not allow this user from this address"), result
            assert not result.says("is db-password the project's") and not result.says("refused twice"), result
    assert len(logins) == 2 and len(project.stub.minted) == 1


def test_a_second_role_that_is_not_given_is_not_told_as_a_second_refusal(project, migrations, action):
    migrations(FILES)
    project.open_direct()

    project.on_mint.append(project.rotate)
    answer = project.stub.answer
    project.stub.answer = lambda what, body: (
        (500, {"message": "boom"}) if what == "login-role" and project.stub.minted else answer(what, body))
    before = project.failed_logins
    result = project.run(action)
    assert result.code in (5, 12) and result.says("was refused, and another one could not be created", "500: boom"), result
    assert not result.says("refused twice") and project.failed_logins == before + 1, result


def test_a_login_that_may_not_become_postgres(project, migrations, action):
    migrations(FILES)
    project.open_direct()
    project.db.query("revoke postgres from cli_login_postgres")
    try:
        result = project.run(action)
    finally:
        project.db.query("grant postgres to cli_login_postgres")
    assert result.code == 5 and result.says("cannot become postgres", "db-password"), result


def test_a_lost_connection_finds_its_way_back_with_a_new_password(project, migrations, action):
    """The answer to the commit is lost, and another job has changed the password since."""
    migrations(FILES)
    proxy = project.open_direct()
    slow = {migration(3): "create table three (a int);\nselect pg_sleep(1.5);\n"}
    migrations(slow)
    run = project.start(action)
    wait_for_sleep(project, run)
    project.rotate("cli_login_postgres")
    for link in proxy.links:
        link.close()
    result = run.wait()
    assert len(project.stub.minted) == 2, result
    assert result.says("outcome unknown", "asking once more"), result
    assert result.code in (0, 9) and not result.says("could not be asked"), result


@pytest.mark.parametrize("route", ["direct", "pooler"])
def test_a_server_that_restarts_in_the_middle(programs, names_of_our_own, tmp_path, migrations, action, route):
    """The file that was running is rolled back, which the history proves; another run goes on from there."""
    files = {migration(1): "create table one (a int);\n", migration(2): "create table two (a int);\nselect pg_sleep(20);\n"}
    migrations(files)
    with Cluster(programs=programs) as cluster:
        project = Project(cluster, tmp_path)
        try:
            project.open_direct() if route == "direct" else project.open_pooler()
            run = project.start(action)
            wait_for_sleep(project, run)
            project.db.close()
            cluster.restart()
            result = run.wait()
            assert result.code == 9 and result.applied == [migration(1)] and result.pending == [migration(2)], result
            assert result.says("nothing of it is in the database: run the job again"), result
            assert project.db.versions() == [version(1)]
            migrations({migration(2): "create table two (a int);\n"})
            assert project.run(action).applied == [migration(2)]
        finally:
            project.close()


def wait_for_sleep(project, run):
    deadline = time.monotonic() + 20
    while not project.db.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'"):
        assert time.monotonic() < deadline and run.process.poll() is None, run.wait(1, check=False)
        time.sleep(0.02)


# -- the role -----------------------------------------------------------------------------------------

DROPS = ["reset role", "set role none", "SET ROLE 'none'", "set session role to default", "reset session authorization",
         "set session authorization default", "set local role none", "select set_config('role', 'none', false)"]


@pytest.mark.parametrize("transaction", ["file", "all"])
@pytest.mark.parametrize("drop", DROPS)
def test_the_role_is_taken_on_again(project, migrations, action, drop, transaction):
    """After the statement for the statements behind it, and in any case for the history."""
    behind = "" if "set_config" in drop else "create table behind (a int);\n"
    migrations({migration(1): "create table before (a int);\n%s;\n%s" % (drop, behind), migration(2): "create table later (a int);"})
    project.open_direct()
    result = project.run(action, transaction=transaction)
    assert result.code == 0, result
    assert {row[0] for row in project.db.query("select tableowner from pg_tables where schemaname = 'public'")} == {"postgres"}
    assert project.db.versions() == [version(1), version(2)]


@pytest.mark.parametrize("text", [
    "create table a (x int);\ndiscard all;\ncreate table b (x int);\n",
    "begin;\nreset role;\ncreate table a (x int);\ncommit;\ncreate table b (x int);\n",
    "begin;\nreset role;\nrollback;\ncreate table a (x int);\n",
    "-- pg-delta: transaction=false\nreset role;\ncreate table a (x int);\ndiscard all;\ncreate table b (x int);\n",
    "create table a (x int);\nreset role;\nvacuum a;\ncreate table b (x int);\nset role none;\n"])
def test_the_role_is_taken_on_again_in_files_that_are_not_atomic(project, migrations, action, text):
    migrations({migration(1): text, migration(2): "create table later (a int);"})
    project.open_direct()
    result = project.run(action)
    assert result.code == 0, result
    assert {row[0] for row in project.db.query("select tableowner from pg_tables where schemaname = 'public'")} == {"postgres"}
    assert project.db.versions() == [version(1), version(2)]


@pytest.mark.alone
def test_taking_the_role_on_costs_no_turn(project, migrations, action):
    migrations({migration(1): "reset role;\ncreate table a (x int);\n"})
    proxy = project.open_direct(rtt_ms=40)

    def turns(**inputs):
        empty(project.db)
        proxy.links.clear()
        assert project.run(action, **inputs).code == 0
        return proxy.turns
    assert turns() <= turns(db_password=OWNER_PASSWORD)
