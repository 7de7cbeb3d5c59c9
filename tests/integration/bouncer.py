"""PgBouncer in front of the test server, as Supabase's shared pooler looks from outside: user names of the
form role.ref, TLS, one name for the database.

    with Bouncer(cluster, "session") as bouncer:
        bouncer.admit("postgres.ref", password, as_user="postgres", as_password=password)
"""
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")

INI = """
[databases]
{database} = host=127.0.0.1 port={server_port} dbname={database} user={user} password='{password}'
[pgbouncer]
listen_addr = {address}
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = {mode}
default_pool_size = {pool_size}
server_reset_query = {reset}
client_tls_sslmode = {tls}
client_tls_cert_file = {certificates}/server.crt
client_tls_key_file = {certificates}/server.key
server_tls_sslmode = prefer
server_login_retry = 1
logfile = {folder}/log
ignore_startup_parameters = extra_float_digits
"""


class Bouncer:
    def __init__(self, cluster, mode, address="127.0.0.1", port=5432, database="postgres", tls="require", pool_size=5,
                 reset="DISCARD ALL"):
        self.cluster, self.mode, self.address, self.port, self.database = cluster, mode, address, port, database
        self.tls, self.pool_size, self.reset = tls, pool_size, reset
        self.process = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="promote-bouncer-"))
        self.folder.chmod(0o755)
        self._write("nobody", "x", "nobody", "x")
        prefix = ["setpriv", "--pdeathsig", "TERM"]
        if self.cluster.user:  # PgBouncer refuses root
            uid, gid = str(self.cluster.user.pw_uid), str(self.cluster.user.pw_gid)
            os.chown(self.folder, int(uid), int(gid))
            prefix = ["setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--pdeathsig", "TERM"]
        self.process = subprocess.Popen(prefix + [PROGRAM, "-q", str(self.folder / "ini")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self._await()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, client, client_password, user, password):
        # A file of its own each time: PgBouncer passes over one whose time and length are the same.
        users = self.folder / "users.new"
        users.write_text('"%s" "%s"\n' % (client, client_password.replace('"', '""')))
        users.rename(self.folder / "users")
        (self.folder / "ini").write_text(INI.format(
            database=self.database, server_port=self.cluster.port, user=user, password=password.replace("'", "''"),
            address=self.address, port=self.port, folder=self.folder, mode=self.mode, reset=self.reset, tls=self.tls,
            pool_size=self.pool_size, certificates=self.cluster.base / "tls"))

    def _await(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection((self.address, self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("pgbouncer did not start:\n" + (self.folder / "log").read_text(errors="replace"))

    def admit(self, client, client_password, as_user, as_password):
        """From now on `client` may log in, and is `as_user` for the server."""
        self._write(client, client_password, as_user, as_password)
        before = self.log().count("SIGHUP") + self.log().count("reload")
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 5
        while self.log().count("SIGHUP") + self.log().count("reload") == before and time.monotonic() < deadline:
            time.sleep(0.01)

    def log(self):
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""
