#!/usr/bin/python3
"""A throw-away PostgreSQL cluster on loopback, for tests, the bench and the demo.

    with Cluster() as cluster:
        database = cluster.create_database()
        database.query("select 1")

The server runs as an unprivileged user (initdb refuses root), speaks TLS with a certificate of its own
CA, wants SCRAM from everybody, and is killed by the kernel should this process die without a word.

As a program: `cluster.py run -- COMMAND…` starts a cluster, runs COMMAND with CLUSTER_URL,
CLUSTER_ADMIN_URL and CLUSTER_CA in its environment, stops the cluster, and exits as COMMAND did.
"""
import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import hostile
import management_stub
import postgresql
import supabase
from database import Database

ADMIN = "supabase_admin"
OWNER = "postgres"
# Signs that must be percent-encoded in a URL: a program that prints a decoded password is found out.
OWNER_PASSWORD = "Pr0mote/te$t@p:ss?"
ADMIN_PASSWORD = "adm1n-s3cret-0f-tests"

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{base}'
ssl = on
ssl_cert_file = '{base}/tls/server.crt'
ssl_key_file = '{base}/tls/server.key'
password_encryption = 'scram-sha-256'
fsync = off
full_page_writes = off
max_connections = 60
max_wal_size = '256MB'
max_prepared_transactions = 4
shared_buffers = '64MB'
autovacuum = off
log_statement = '{log_statement}'
log_min_messages = warning
log_line_prefix = '%p %d %a '
logging_collector = off
"""

HBA = """
local   all all scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
host    all all 127.0.0.1/32 scram-sha-256
"""


def unprivileged_user():
    """Whom the server runs as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("neither the user postgres nor nobody exists")


def scratch_folder():
    """In memory where there is room: hundreds of databases are copied and dropped."""
    memory = "/dev/shm"
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 3 << 30
    return memory if roomy else None


def free_port(address="127.0.0.1"):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def run_quietly(argv, **options):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError("%s failed:\n%s" % (argv[0], done.stdout))
    return done.stdout


def make_authority(folder, name):
    """A CA: its key and its self-signed certificate."""
    run_quietly(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                 "-nodes", "-days", "2", "-subj", "/CN=" + name,
                 "-keyout", str(folder / (name + ".key")), "-out", str(folder / (name + ".crt"))])
    return folder / (name + ".crt")


def make_server_certificate(folder, authority):
    """A certificate for localhost and 127.0.0.1, signed by the CA called `authority`; and for a project's hosts."""
    request, extensions = folder / "server.csr", folder / "server.ext"
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:api.supabase.com,DNS:*.pooler.supabase.com,"
                          "DNS:db.%s.supabase.co\n" % management_stub.REF)
    run_quietly(["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-subj", "/CN=localhost", "-keyout", str(folder / "server.key"), "-out", str(request)])
    run_quietly(["openssl", "x509", "-req", "-in", str(request), "-days", "2", "-CAcreateserial",
                 "-CA", str(folder / (authority + ".crt")), "-CAkey", str(folder / (authority + ".key")),
                 "-extfile", str(extensions), "-out", str(folder / "server.crt")])
    (folder / "server.key").chmod(0o600)


class Cluster:
    def __init__(self, log_statement="all", programs=None, like_supabase=False):
        """Without programs of postgresql.find(): the distribution's newest."""
        programs = programs or postgresql.newest_of_distribution()
        self.bin, self.version = programs.bin, programs.version
        self.user = unprivileged_user()
        self.log_statement = log_statement
        self.port = free_port()
        self.base = None
        self.process = None
        self.databases = 0
        self.like_supabase = like_supabase

    # -- life ---------------------------------------------------------------------------------------

    def __enter__(self):
        self.base = Path(tempfile.mkdtemp(prefix="promote-pg-", dir=scratch_folder()))
        atexit.register(self.stop)
        try:
            self._make_certificates()
            self._initdb()
            self._start()
            self._make_owner()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends the server and removes its files; harmless when called twice."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        if self.base:
            shutil.rmtree(self.base, ignore_errors=True)
            self.base = None
        atexit.unregister(self.stop)

    def restart(self, as_standby=False):
        """A fast shutdown, which ends all sessions, and a start; as a standby it has no primary."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        if as_standby:
            (self.base / "data" / "standby.signal").touch()
            self._give_away()
        self._start()

    def _make_certificates(self):
        tls = self.base / "tls"
        tls.mkdir()
        self.ca = make_authority(tls, "test-ca")
        self.foreign_ca = make_authority(tls, "foreign-ca")
        make_server_certificate(tls, "test-ca")
        self._give_away()

    def _give_away(self):
        """Hands everything made so far to the user the server will run as."""
        self.base.chmod(0o755)
        if not self.user:
            return
        for root, folders, files in os.walk(self.base):
            for path in [root] + [os.path.join(root, name) for name in folders + files]:
                os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _as_server_user(self, argv):
        prefix = ["setpriv"]
        if self.user:
            prefix += ["--reuid", str(self.user.pw_uid), "--regid", str(self.user.pw_gid), "--clear-groups"]
        # pdeathsig: the server goes down with us, even when we are killed with -9.
        return prefix + ["--pdeathsig", "INT"] + [str(part) for part in argv]

    def _initdb(self):
        secret = self.base / "pwfile"
        secret.write_text(ADMIN_PASSWORD + "\n")
        self._give_away()
        run_quietly(self._as_server_user([
            self.bin / "initdb", "-D", self.base / "data", "-U", ADMIN, "--pwfile", secret, "-A", "scram-sha-256",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]), cwd="/")
        settings = SETTINGS.format(base=self.base, log_statement=self.log_statement)
        with open(self.base / "data" / "postgresql.conf", "a") as conf:
            conf.write(settings)
        (self.base / "data" / "pg_hba.conf").write_text(HBA)

    def _start(self):
        self.log_path = self.base / "server.log"
        with open(self.log_path, "ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches us only, and we stop it in order.
            self.process = subprocess.Popen(
                self._as_server_user([self.bin / "postgres", "-D", self.base / "data", "-p", self.port]),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/")
        deadline = time.monotonic() + 30
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start:\n" + self.log_path.read_text(errors="replace"))
            time.sleep(0.05)

    def _is_ready(self):
        pid_file = self.base / "data" / "postmaster.pid"
        try:
            return pid_file.read_text().split("\n")[7].strip() in ("ready", "standby")
        except (OSError, IndexError):
            return False

    def _make_owner(self):
        """Hosted Supabase gives its users a strong role that is no superuser; so do we."""
        password = OWNER_PASSWORD.replace("'", "''")
        self.maintenance = Database(self, "postgres")
        self.maintenance.query("create role %s login createdb createrole password '%s'" % (OWNER, password))
        hostile.install(Database(self, "template1"))
        if self.like_supabase:
            supabase.make_roles(self.maintenance)
            template = self._copy_database(supabase.TEMPLATE, "template1")
            supabase.fill_template(template)
            template.close()  # nobody may be connected to what is copied

    # -- use ----------------------------------------------------------------------------------------

    def url(self, database, user=OWNER, password=None, port=None, host="127.0.0.1", **parameters):
        """A connection URL; keyword arguments become its query part (sslmode='disable', …)."""
        if password is None:
            password = ADMIN_PASSWORD if user == ADMIN else OWNER_PASSWORD
        query = "&".join("%s=%s" % (key, quote(str(value), safe="")) for key, value in parameters.items())
        return "postgresql://%s:%s@%s:%d/%s%s" % (
            quote(user, safe=""), quote(password, safe=""), host, port or self.port, quote(database, safe=""),
            "?" + query if query else "")

    def create_database(self):
        self.databases += 1
        name = "t%d" % self.databases
        database = self._copy_database(name, supabase.TEMPLATE if self.like_supabase else "template1")
        if self.like_supabase:
            database.query("alter database %s set search_path = %s" % (name, supabase.SEARCH_PATH))
            database.close()  # whoever connects now has it
        return database

    def _copy_database(self, name, template):
        # Copying beats logging here, where nothing is synced; PostgreSQL 15 knows the choice.
        strategy = " strategy file_copy" if self.version >= 15 else ""
        self.maintenance.query("create database %s owner %s template %s%s" % (name, OWNER, template, strategy))
        return Database(self, name)

    def drop_database(self, name):
        self.maintenance.query("drop database if exists %s with (force)" % name)

    def log_size(self):
        return self.log_path.stat().st_size

    def log_since(self, offset):
        """What the server logged after `offset`, a value of log_size()."""
        with open(self.log_path, "rb") as log:
            log.seek(offset)
            return log.read().decode("utf-8", "replace")


def run_in_order(argv, environment):
    """Runs a command; should we be told to go, it is told first, and has a moment to tidy up."""
    process = subprocess.Popen(argv, env=environment)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def command_line(argv):
    if len(argv) < 3 or argv[0] != "run" or argv[1] != "--":
        sys.stderr.write("usage: cluster.py run -- COMMAND…\n")
        return 64
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Cluster(log_statement="none") as cluster:
        database = cluster.create_database()
        environment = dict(os.environ, CLUSTER_URL=database.url, CLUSTER_ADMIN_URL=database.admin_url,
                           CLUSTER_CA=str(cluster.ca))
        return run_in_order(argv[2:], environment)


if __name__ == "__main__":
    try:
        sys.exit(command_line(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
