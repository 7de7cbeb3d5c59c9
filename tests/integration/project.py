"""A Supabase project as it looks from a runner: the Management API, the direct host and the shared pooler,
under their real names, at loopback addresses. The database behind them is the test server's.

    project = Project(cluster, folder); project.open_direct(); project.run(action, mode="push")
"""
import contextlib
import re
import secrets
import socket
import ssl
import struct
import threading

import management_stub
from bouncer import Bouncer
from cluster import OWNER, OWNER_PASSWORD
from database import Database
from hosts import Hosts, loopback
from management_stub import POOLER_HOST, REF, TOKEN, ManagementStub
from proxy import Proxy

API_HOST = "api.supabase.com"
DIRECT_HOST = "db.%s.supabase.co" % REF
LOGIN, READ_ONLY_LOGIN = "cli_login_postgres", "cli_login_supabase_read_only_user"


def tls_context(cluster):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cluster.base / "tls" / "server.crt", cluster.base / "tls" / "server.key")
    return context


def make_roles(admin):
    """As in a hosted project: logins that are members of what they are for, and inherit nothing."""
    for role, member_of in ((LOGIN, OWNER), (READ_ONLY_LOGIN, "pg_read_all_data")):
        if not admin.value("select 1 from pg_roles where rolname = %s", (role,)):
            admin.query("create role %s login %s in role %s" % (
                role, "noinherit" if member_of == OWNER else "bypassrls", member_of))
    admin.query("alter role %s set default_transaction_read_only = on" % READ_ONLY_LOGIN)


def empty(db):
    """The database called postgres is the project's; other tests have their own."""
    for schema in ("supabase_migrations", "public"):
        db.query("drop schema if exists %s cascade" % schema)
    db.query("create schema public authorization %s; grant usage on schema public to public" % OWNER)
    db.query("grant create on database postgres to %s" % OWNER)


class Project:
    def __init__(self, cluster, folder, stub_port=0, **stub):
        self.cluster, self.folder = cluster, folder
        self.db = Database(cluster, "postgres")
        empty(self.db)
        make_roles(self.db)
        self.stack = contextlib.ExitStack()
        self.api_address = loopback()
        self.stub = self.stack.enter_context(ManagementStub(
            tls=tls_context(cluster), listen=self.api_address, host=API_HOST, port=stub_port, **stub))
        self.stub.mint = self.mint
        self.names = {API_HOST: [self.api_address]}
        self.direct, self.bouncer = None, None
        self.on_mint = []
        self.nameserver = None
        # Nothing listens there: refused at once, as the direct host is where there is no IPv6.
        self.names[DIRECT_HOST] = [loopback()]

    def close(self):
        self.stack.close()
        self.db.close()

    # -- the ways in --------------------------------------------------------------------------------

    def open_direct(self, target=None, address=None, **options):
        address = address or loopback()
        self.direct = self.stack.enter_context(Proxy(target or self.cluster.port, listen=address, listen_port=5432, **options))
        self.names[DIRECT_HOST] = [address]
        return self.direct

    def open_pooler(self, mode="session", rtt_ms=0, **options):
        address = loopback()
        if rtt_ms:
            self.bouncer = self.stack.enter_context(Bouncer(self.cluster, mode, address=loopback(), **options))
            self.pooler = self.stack.enter_context(Proxy((self.bouncer.address, 5432), listen=address, listen_port=5432,
                                                         rtt_ms=rtt_ms))
        else:
            self.bouncer = self.stack.enter_context(Bouncer(self.cluster, mode, address=address, **options))
        self.names[POOLER_HOST] = [address]
        self.admit(OWNER, OWNER_PASSWORD)
        return self.bouncer

    def admit(self, role, password):
        self.bouncer.admit(role + "." + REF, password, role, password)

    # -- passwords ----------------------------------------------------------------------------------

    def set_password(self, role, password):
        self.db.query("alter role %s password '%s'" % (role, password))

    def mint(self, read_only):
        """One role for everybody, whose password each call changes."""
        role, password = READ_ONLY_LOGIN if read_only else LOGIN, "minted/" + secrets.token_urlsafe(18)
        self.set_password(role, password)
        if self.bouncer:
            self.admit(role, password)
        for hook in self.on_mint:
            hook(role)
        return role, password

    def rotate(self, role):
        """What another job does between our mint and our login."""
        self.set_password(role, "another-jobs-password")
        if self.bouncer:
            self.admit(role, "another-jobs-password")

    # -- runs ---------------------------------------------------------------------------------------

    def start(self, action, ca=True, extra=None, **inputs):
        inputs = {"project_ref": REF, "access_token": TOKEN, "api_url": self.stub.url, "mode": "push", **inputs}
        if ca:
            inputs.setdefault("db_ca_cert", self.cluster.ca.read_text())
        return action.start(hosts=Hosts(self.names, self.folder, self.nameserver),
                            extra={"SSL_CERT_FILE": str(self.cluster.ca), **(extra or {})}, **inputs)

    def run(self, action, ca=True, timeout=60, **inputs):
        """With the project's reference and token alone, unless more is said."""
        before = len(self.stub.minted)
        result = self.start(action, ca, **inputs).wait(timeout)
        if self.stub.branch:
            assert not re.search("the-branch-s", result.stdout + result.stderr + result.output_text + result.summary), result
        places = result.log + result.stderr + result.output_text + result.summary
        for _, password in self.stub.minted[before:]:
            assert password not in places, result
            assert password in result.masks or result.code == 12, result
        return result

    def log_since(self, offset):
        return self.cluster.log_since(offset)

    @property
    def failed_logins(self):
        return self.cluster.log_path.read_text(errors="replace").count("password authentication failed")


def silent_listener(address, port=5432):
    """Takes connections, and never says a word."""
    return socket.create_server((address, port), backlog=16)


@contextlib.contextmanager
def serving(address, answer):
    """Each connection is answered in turn. The thread ends here: one that is left in accept() may take a connection
    of a later listener, whose descriptor has the same number."""
    listener = silent_listener(address)

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), connection:
                answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(20)


def refusing_server(cluster, address, code, message):
    """Speaks TLS, and refuses every login in these words. Returns a context and a list of the logins."""
    logins = []
    fields = [b"SFATAL", b"VFATAL", b"C" + code.encode(), b"M" + message.encode(), b"", b""]
    body = b"\0".join(fields)

    def answer(plain):
        if not plain.recv(8):
            return
        plain.sendall(b"S")
        with tls_context(cluster).wrap_socket(plain, server_side=True) as session:
            if session.recv(4096):
                logins.append(address)
                session.sendall(b"E" + struct.pack("!i", len(body) + 4) + body)

    return serving(address, answer), logins


__all__ = ["Project", "management_stub", "serving", "silent_listener"]
