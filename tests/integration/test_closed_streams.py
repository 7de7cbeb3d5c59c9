"""A step whose standard streams are closed: what is opened first does not become one of them."""
import itertools
import os
import subprocess

import pytest

from action import BINARY
from api_clients import wait_until
from workspace import migration

STREAMS = (0, 1, 2)
SUBSETS = [which for count in STREAMS for which in itertools.combinations(STREAMS, count + 1)]


@pytest.mark.parametrize("closed", SUBSETS, ids=str)
def test_nothing_is_opened_as_a_standard_stream(db, migrations, action, closed):
    """The migration looks at the program's own descriptors: the server runs on this machine."""
    migrations({migration(1): "select pg_sleep(1.5); create table t ();"})
    action.prepare()
    environment = action.environment({"mode": "push", "db-url": db.url})
    running = subprocess.Popen([str(BINARY)], env=environment, cwd=str(action.workspace), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: [os.close(fd) for fd in closed])
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where query like '%pg_sleep(1.5)%' "
                                "and pid <> pg_backend_pid()"))
    streams = {fd: os.readlink("/proc/%d/fd/%d" % (running.pid, fd)) for fd in closed}
    assert running.wait(60) == 0 and len(db.versions()) == 1
    assert set(streams.values()) == {"/dev/null"}, streams
