"""Through PgBouncer in session mode, as Supabase's pooler on port 5432: the lock belongs to the session."""
import os
import shutil
import subprocess
import time

import pytest

from action import SLOWNESS, Action
from cluster import ADMIN_PASSWORD, OWNER_PASSWORD, free_port
from gates import Gated, Writer
from workspace import migration, version

CONFIG = """
[databases]
* = host=127.0.0.1 port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = session
default_pool_size = 8
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
pidfile = {folder}/pid
"""


@pytest.fixture(scope="module")
def pooler(clusters, tmp_path_factory):
    cluster = clusters.default
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
    if not program:
        pytest.skip("pgbouncer is not installed")
    folder = tmp_path_factory.mktemp("pooler")
    own = free_port()
    (folder / "pgbouncer.ini").write_text(CONFIG.format(port=cluster.port, own=own, folder=folder))
    (folder / "users").write_text('"postgres" "%s"\n"supabase_admin" "%s"\n' % (OWNER_PASSWORD, ADMIN_PASSWORD))
    words = cluster._as_server_user([program, folder / "pgbouncer.ini"])
    for path in [folder, *folder.parents][:3]:
        path.chmod(0o755)
    if cluster.user:
        for path in (folder, folder / "pgbouncer.ini", folder / "users"):
            os.chown(path, cluster.user.pw_uid, cluster.user.pw_gid)
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    deadline = time.monotonic() + 10
    while not (folder / "pid").exists():
        assert process.poll() is None and time.monotonic() < deadline, "pgbouncer did not start"
        time.sleep(0.05)
    yield own
    process.terminate()
    process.wait(10)


def through(db, pooler):
    return db.url_with(port=pooler, sslmode="disable")


def advisory_locks(db):
    return db.value("select count(*) from pg_locks where locktype = 'advisory'")


def test_two_pushes_through_the_pooler(cluster, pooler, workspace, tmp_path):
    writer = Writer().file(1, None, None).file(2, None, "vacuum", None)
    workspace.migrations(writer.files)
    with Gated(cluster) as gated:
        pair = [Action(workspace, tmp_path / ("twin%d" % n)) for n in (1, 2)]
        gated.shut(2)
        first = pair[0].start(mode="push", db_url=through(gated.db, pooler))
        assert gated.wait_held(first)
        assert advisory_locks(gated.db) == 1
        second = pair[1].push(through(gated.db, pooler), lock_wait="300ms")
        assert second.code == 7 and second.says("supabase-promote acme/shop 4711"), second
        gated.open()
        result = first.wait()
        assert result.code == 0 and gated.rows() == writer.expected, result
        assert advisory_locks(gated.db) == 0
        assert pair[1].push(through(gated.db, pooler)).status == "up-to-date"
        for twin in pair:
            twin.close()


def test_a_killed_run_gives_the_lock_back(cluster, pooler, workspace, tmp_path):
    workspace.migrations({migration(1): "select public.gate(1);\n"})
    with Gated(cluster) as gated:
        action = Action(workspace, tmp_path / "only")
        gated.shut(1)
        run = action.start(mode="push", db_url=through(gated.db, pooler))
        assert gated.wait_held(run)
        run.kill()
        run.wait(5, check=False)
        deadline = time.monotonic() + 10 * SLOWNESS
        while advisory_locks(gated.db):
            assert time.monotonic() < deadline, "the lock is held on"
            time.sleep(0.05)
        gated.open()
        result = action.push(through(gated.db, pooler))
        assert result.code == 0 and gated.db.versions() == [version(1)], result
        action.close()


@pytest.mark.alone
def test_who_is_in_the_way_is_seen_through_the_pooler(db, pooler, migrations, action):
    """The process that the pooler announces is made up; the one that counts is the server's."""
    db.as_owner("create table t (a int)")
    migrations({migration(1): "alter table t add b int;\n"})
    holder = db.connect(db.url)
    holder.autocommit = False
    holder.cursor().execute("select count(*) from t")
    result = action.push(through(db, pooler), lock_timeout="500ms", lock_retries="0")
    holder.close()
    assert result.code == 8 and result.says("in the way: process"), result
