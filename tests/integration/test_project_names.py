"""Names and addresses: name servers that keep silent, and addresses of several that do."""
import contextlib
import os
import signal
import socket
import time

import pytest

from cluster import OWNER_PASSWORD
from hosts import loopback
from management_stub import POOLER_HOST, REF
from project import DIRECT_HOST
from workspace import migration

FILES = {migration(1): "create table one (a int);\n"}
ENCODED = "Pr0mote%2Fte%24t%40p%3Ass%3F"  # the owner's password
CANCEL_LIMIT = 3.0


@pytest.fixture
def silent_names(project):
    """Names that are in no hosts file are asked for, and never answered."""
    if os.geteuid() != 0:
        pytest.skip("port 53 is root's")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        project.nameserver = loopback()
        server.bind((project.nameserver, 53))
        yield


@contextlib.contextmanager
def full_listener(port=5432):
    """An address that takes no connection and refuses none, as one behind a firewall."""
    address = loopback()
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((address, port))
        listener.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect((address, port))
        time.sleep(0.1)
        yield address


def by_url(project, action, hosts, user="postgres." + REF, **inputs):
    return project.start(action, project_ref=None, access_token=None, api_url=None, **inputs,
                         db_url="postgresql://%s:%s@%s/postgres" % (user, ENCODED, hosts))


def cancelled(run):
    time.sleep(0.7)
    assert run.process.poll() is None
    begun = time.monotonic()
    run.signal(signal.SIGTERM)
    result = run.wait()
    assert time.monotonic() - begun < CANCEL_LIMIT and result.code == 130 and result.status == "failed", result
    assert result.report["status"] == "failed", result


def test_the_direct_hosts_name_is_not_waited_for(pooler, silent_names, migrations, action):
    migrations(FILES)
    del pooler.names[DIRECT_HOST]
    result = pooler.run(action)
    assert result.code == 0 and result.says("route: the shared pooler", "no answer within 2.0 s"), result
    assert result.seconds < 4, result


def test_a_signal_ends_the_wait_for_the_direct_hosts_name(pooler, silent_names, migrations, action):
    migrations(FILES)
    del pooler.names[DIRECT_HOST]
    cancelled(pooler.start(action))


def test_the_poolers_name_is_waited_for_within_the_limit(pooler, silent_names, migrations, action):
    migrations(FILES)
    del pooler.names[POOLER_HOST]
    result = pooler.run(action, connect_timeout="1s", db_password=OWNER_PASSWORD)
    assert result.code == 5 and result.says('could not translate host name "%s"' % POOLER_HOST, "no answer within 1.0 s"), result
    assert result.seconds < 3, result


def test_a_signal_ends_the_wait_for_the_poolers_name(pooler, silent_names, migrations, action):
    migrations(FILES)
    del pooler.names[POOLER_HOST]
    cancelled(pooler.start(action, db_password=OWNER_PASSWORD))


@pytest.mark.parametrize("hosts", ["nobody.example.org", "nobody.example.org,nobody.example.net:5433"])
def test_the_names_of_a_url_are_waited_for_within_the_limit(project, silent_names, migrations, action, hosts):
    migrations(FILES)
    result = by_url(project, action, hosts, connect_timeout="1s").wait()
    assert result.code == 5 and result.says('could not translate host name "nobody.example.org"'), result
    assert result.seconds < 3, result


def test_a_signal_ends_the_wait_for_a_urls_name(project, silent_names, migrations, action):
    migrations(FILES)
    cancelled(by_url(project, action, "nobody.example.org"))


def test_a_silent_address_of_the_pooler_is_passed_over(pooler, migrations, action):
    migrations(FILES)
    with full_listener() as silent:
        pooler.names[POOLER_HOST].insert(0, silent)
        result = pooler.run(action, connect_timeout="3s")
    assert result.code == 0 and result.seconds < 4, result


@pytest.mark.alone
def test_an_address_that_refuses_costs_nothing(pooler, migrations, action):
    migrations(FILES)
    pooler.names[POOLER_HOST].insert(0, loopback())
    result = pooler.run(action)
    assert result.code == 0 and result.seconds < 2, result


def test_silence_of_all_addresses_is_told(pooler, migrations, action):
    migrations(FILES)
    with full_listener() as one, full_listener() as two:
        pooler.names[POOLER_HOST] = [one, two]
        result = pooler.run(action, connect_timeout="2s")
    assert result.code == 5 and result.says("no answer from %s:5432 within 2 s" % POOLER_HOST), result
    assert result.seconds < 4, result


@pytest.mark.parametrize("hosts", ["a.example.org:5432,b.example.org:5432", "a.example.org,b.example.org", "a.example.org,%s"])
def test_a_silent_host_of_a_url_is_passed_over(pooler, migrations, action, hosts):
    migrations(FILES)
    open_one = pooler.names[POOLER_HOST][0]
    with full_listener() as silent:
        pooler.names.update({"a.example.org": [silent], "b.example.org": [open_one]})
        result = by_url(pooler, action, hosts.replace("%s", open_one), connect_timeout="3s", db_ssl_mode="verify-ca").wait()
    assert result.code == 0, result


def test_a_host_of_a_url_without_an_address_is_passed_over(pooler, migrations, action):
    migrations(FILES)
    pooler.names["b.example.org"] = pooler.names[POOLER_HOST]
    result = by_url(pooler, action, "nobody.invalid,b.example.org", db_ssl_mode="verify-ca").wait()
    assert result.code == 0, result


def test_each_host_of_a_url_has_its_port(project, migrations, action):
    migrations(FILES)
    project.names["a.example.org"], project.names["b.example.org"] = [loopback()], ["127.0.0.1"]
    hosts = "a.example.org:1,b.example.org:%d" % project.cluster.port
    result = by_url(project, action, hosts, "postgres", db_ssl_mode="verify-ca").wait()
    assert result.code == 0 and result.says("b.example.org:%d/postgres" % project.cluster.port), result


def test_looking_a_name_up_costs_no_connection(project, migrations, action):
    migrations(FILES)
    proxy = project.open_direct()
    result = by_url(project, action, DIRECT_HOST, "postgres").wait()
    assert result.code == 0 and proxy.connections == 1, result
