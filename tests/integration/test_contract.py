"""The stub of the Management API, and what we ask it, against Supabase's own description of the API.

Prism stands between the two and refuses whatever does not fit the description. The description is not ours
to copy: PROMOTE_API_DESCRIPTION names it, or it lies in shared/data beside the repository.
"""
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import npm
from action import REPOSITORY
from cluster import free_port
from hosts import Hosts
from management_stub import REF, TOKEN, ManagementStub, branch_body, pooler_row, project_body
from workspace import migration

VERSION = "5.16.0"
CACHE = npm.CACHES / ("prism-" + VERSION)
DESCRIPTION = Path(os.environ.get("PROMOTE_API_DESCRIPTION", REPOSITORY.parent / "shared" / "data" / "management-api.json"))


def install():
    """The path of Prism's launcher; installed on first use, below build/."""
    launcher = CACHE / "node_modules" / ".bin" / "prism"
    with npm.locked(CACHE):
        if launcher.exists():
            return launcher
        try:
            said = npm.run(CACHE, "install", "--prefix", str(CACHE), "@stoplight/prism-cli@" + VERSION)
        except npm.Unavailable as reason:
            pytest.skip("the stub is not checked against the API's description: %s" % reason)
        if not launcher.exists():
            pytest.skip("Prism cannot be installed: " + said[-200:])
        return launcher


@pytest.fixture(scope="module")
def prism(tmp_path_factory):
    """(stub, address of the Prism in front of it)."""
    if not DESCRIPTION.is_file():
        pytest.skip("no description of the API: set PROMOTE_API_DESCRIPTION to its file")
    launcher = install()
    port = free_port()
    log = open(tmp_path_factory.mktemp("prism") / "log", "w+")
    with ManagementStub() as stub:
        process = subprocess.Popen([str(launcher), "proxy", str(DESCRIPTION), stub.url, "--port", str(port), "--errors"],
                                   stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    log.seek(0)
                    assert process.poll() is None and time.monotonic() < deadline, log.read()
                    time.sleep(0.1)
            yield stub, "http://localhost:%d" % port
        finally:
            process.terminate()
            process.wait(10)


def ask(url, method, path, body=None):
    request = urllib.request.Request(url + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"authorization": "Bearer " + TOKEN, "content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


CALLS = [("GET", "", None, 200), ("GET", "branch", None, 200), ("GET", "/config/database/pooler", None, 200), ("POST", "/cli/login-role", {"read_only": True}, 201),
         ("GET", "/database/backups", None, 200), ("POST", "/database/backups/restore-point", {"name": "push-20261129101534"}, 201),
         ("GET", "/database/backups/restore-point?name=push-20261129101534", None, 200), ("POST", "/network-bans/retrieve", None, 201)]


@pytest.mark.parametrize("method, path, body, status", CALLS, ids=[call[1] or "project" for call in CALLS])
def test_the_stub_answers_as_the_description_says(prism, method, path, body, status):
    stub, url = prism
    stub.branch = branch_body() if path == "branch" else None
    stub.points[:] = ["push-20261129101534"]  # what is asked about was made
    try:
        path = "/v1/branches/" + REF if stub.branch else "/v1/projects/%s%s" % (REF, path)
        assert ask(url, method, path, body)[0] == status
    finally:
        stub.branch = None


def test_what_does_not_fit_is_noticed(prism):
    """Otherwise the other tests here would prove nothing."""
    stub, url = prism
    stub.project = {**project_body(), "status": "ASLEEP"}
    try:
        status, body = ask(url, "GET", "/v1/projects/" + REF)
    finally:
        stub.project = project_body()
    assert status == 500 and "VIOLATIONS" in body
    assert ask(url, "POST", "/v1/projects/%s/cli/login-role" % REF, {"read_only": "yes"})[0] in (400, 422)


def test_a_run_asks_as_the_description_says(prism, pooler, tmp_path, migrations, action):
    """Through Prism: a request that does not fit would not get through."""
    stub, url = prism
    host = "aws-0-eu-central-1.pooler.localhost"
    stub.mint, stub.requests[:], stub.pooler = pooler.mint, [], [pooler_row(host=host)]
    migrations({migration(1): "create table one (a int);\n"})
    result = action(project_ref=REF, access_token=TOKEN, api_url=url, db_ssl_mode="require", timeout=60,
                    hosts=Hosts({host: [pooler.bouncer.address]}, tmp_path))
    assert result.code == 0 and result.status == "pushed", result
    assert sorted(request["what"] for request in stub.requests) == ["login-role", "pooler", "project"]
