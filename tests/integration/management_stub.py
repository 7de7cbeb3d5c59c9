#!/usr/bin/python3
"""A stand-in for Supabase's Management API: the shapes that were recorded, and the faults that happen.

    with ManagementStub(ref, tls=context) as stub:
        stub.fail("pooler", 503, times=2)
        … requests to stub.url …
        stub.requests, stub.minted

Knows the calls that the program makes. With `branch` set, the reference is a preview branch's, and no project's. What a login role is, `mint` decides: a function that gets
`read_only` and returns role and password. As a program it serves plain HTTP, for the contract test:
`management_stub.py REF PORT`.
"""
import json
import re
import secrets
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REF = "abcdefghijklmnopqrst"
TOKEN = "sbp_" + "0123456789" * 4
REGION = "eu-central-1"
POOLER_HOST = "aws-0-%s.pooler.supabase.com" % REGION

ROUTES = [("GET", r"/v1/projects/([a-z]{20})$", "project"),
          ("GET", r"/v1/branches/([a-z]{20})$", "branch"),
          ("GET", r"/v1/projects/([a-z]{20})/config/database/pooler$", "pooler"),
          ("POST", r"/v1/projects/([a-z]{20})/cli/login-role$", "login-role"),
          ("GET", r"/v1/projects/([a-z]{20})/database/backups$", "backups"),
          ("POST", r"/v1/projects/([a-z]{20})/database/backups/restore-point$", "make-point"),
          ("GET", r"/v1/projects/([a-z]{20})/database/backups/restore-point(?:\?name=[\w-]{1,20})?$", "get-point"),
          ("POST", r"/v1/projects/([a-z]{20})/network-bans/retrieve$", "bans"),
          ("GET", r"/v1/projects/([a-z]{20})/types/typescript\?included_schemas=[\w,%]*$", "types"),
          ("GET", r"/cdn-cgi/trace$", "trace")]


def project_body(ref=REF, status="ACTIVE_HEALTHY", name="shop-staging"):
    return {"id": ref, "ref": ref, "organization_id": "tsrqponmlkjihgfedcba", "organization_slug": "tsrqponmlkjihgfedcba",
            "name": name, "region": REGION, "status": status, "created_at": "2024-01-01T00:00:00.000000Z",
            "database": {"host": "db.%s.supabase.co" % ref, "version": "17.6.1.111", "postgres_engine": "17",
                         "release_channel": "ga"}}


def branch_body(ref=REF, status="ACTIVE_HEALTHY"):
    """As long as its owner lets it be seen, with secrets in it."""
    return {"ref": ref, "postgres_version": "17.6.1.111", "postgres_engine": "17", "release_channel": "ga", "status": status,
            "db_host": "db.%s.supabase.co" % ref, "db_port": 5432, "db_user": "postgres", "db_pass": "the-branch-s-db_pass",
            "jwt_secret": "the-branch-s-jwt_secret"}


def backups_body(pitr=False, at=("2026-11-27T02:10:00.000Z", "2026-11-28T02:10:00.000Z")):
    """Daily backups, of which the last one has failed."""
    states = [(moment, "COMPLETED") for moment in at] + [("2026-11-29T02:10:00.000Z", "FAILED")]
    return {"region": REGION, "walg_enabled": True, "pitr_enabled": pitr, "physical_backup_data": {},
            "backups": [{"id": n, "is_physical_backup": True, "status": status, "inserted_at": moment}
                        for n, (moment, status) in enumerate(states)]}


def pooler_row(ref=REF, kind="PRIMARY", host=POOLER_HOST, user=None):
    user = user or "postgres." + ref
    url = "postgresql://%s:[YOUR-PASSWORD]@%s:6543/postgres" % (user, host)
    return {"identifier": ref, "database_type": kind, "is_using_scram_auth": True, "db_user": user, "db_host": host,
            "db_port": 6543, "db_name": "postgres", "connection_string": url, "connectionString": url,
            "default_pool_size": None, "max_client_conn": None, "pool_mode": "transaction"}


class ManagementStub:
    def __init__(self, ref=REF, token=TOKEN, tls=None, listen="127.0.0.1", port=0, host=None):
        """tls: a server's ssl.SSLContext, or None for plain HTTP. host: the name in the URL."""
        self.ref, self.token = ref, token
        self.project = project_body(ref)
        self.pooler = [pooler_row(ref, "READ_REPLICA", host="aws-0-us-east-1.pooler.supabase.com"), pooler_row(ref)]
        self.branch = None
        self.second, self.tls = None, tls
        self.types = ""
        self.banned, self.address = [], "203.0.113.10"
        self.mint = lambda read_only: ("cli_login_postgres", secrets.token_urlsafe(24))
        self.requests, self.minted = [], []
        self.backups, self.points, self.point_states = backups_body(), [], ["AVAILABLE"]
        self.faults = {}
        self.delay = 0
        self.lock = threading.Lock()
        handler = type("Handler", (Handler,), {"stub": self})
        self.server = ThreadingHTTPServer((listen, port), handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        self.url = "%s://%s:%d" % ("https" if tls else "http", host or listen, self.port)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        for server in (self.server, self.second):
            if server:
                server.shutdown()
                server.server_close()

    def listen_ipv6(self, address6="2001:db8::77"):
        """Under [::1], too, where callers are seen as `address6`."""
        family = type("Server6", (ThreadingHTTPServer,), {"address_family": socket.AF_INET6, "daemon_threads": True})
        self.second = family(("::1", self.port), type("Handler6", (Handler,), {"stub": self, "seen_as": address6}))
        if self.tls:
            self.second.socket = self.tls.wrap_socket(self.second.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.second.serve_forever, args=(0.02,), daemon=True).start()

    def fail(self, what, status, body=None, times=1000, headers=(), delay=0):
        """The next `times` requests for `what` are answered so; status 0 hangs up instead."""
        self.faults[what] = [times, status, {"message": "fault"} if body is None else body, dict(headers), delay]

    def count(self, what):
        return sum(1 for request in self.requests if request["what"] == what)

    def fault_of(self, what):
        with self.lock:
            fault = self.faults.get(what)
            if not fault or not fault[0]:
                return None
            fault[0] -= 1
            return fault[1:]

    # -- the answers --------------------------------------------------------------------------------

    def answer(self, what, body):
        if what == "project":
            return (404, {"message": "Project not found"}) if self.branch else (200, self.project)
        if what == "branch":
            return (200, self.branch) if self.branch else (404, {"message": "Branch not found"})
        if what == "pooler":
            return 200, self.pooler
        if what == "backups":
            return 200, self.backups
        if what in ("make-point", "get-point"):
            state = self.point_states.pop(0) if len(self.point_states) > 1 else self.point_states[0]
            if what == "make-point":
                self.points.append(body["name"])
            return 201 if what == "make-point" else 200, {
                "name": self.points[-1], "status": state, "completed_on": "2026-11-29T10:00:00Z" if state == "AVAILABLE" else None}
        if what == "types":
            return 200, {"types": self.types}
        if what == "bans":
            return 201, {"banned_ipv4_addresses": self.banned}
        if what == "login-role":
            role, password = self.mint(body["read_only"])
            self.minted.append((role, password))
            return 201, {"role": role, "password": password, "ttl_seconds": 3600}
        return 200, "fl=1\nip=%s\nts=1\n" % (body or self.address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, disable_nagle_algorithm = 65536, True  # an answer is one packet, at once
    stub, seen_as = None, None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._serve("GET")

    def do_POST(self):
        self._serve("POST")

    def _serve(self, method):
        length = int(self.headers.get("content-length") or 0)
        raw = self.rfile.read(length)
        found = [(name, re.match(pattern, self.path)) for verb, pattern, name in ROUTES if verb == method]
        what, match = next(((name, match) for name, match in found if match), (None, None))
        with self.stub.lock:
            self.stub.requests.append({"method": method, "path": self.path, "what": what, "body": raw,
                                       "headers": {name.lower(): value for name, value in self.headers.items()}})
        time.sleep(self.stub.delay)
        status, body, headers, = *self._judge(what, match, raw), {}
        fault = self.stub.fault_of(what)
        if fault:
            status, body, headers, delay = fault
            time.sleep(delay)
        if status == 0:
            self.close_connection = True
            return
        self._send(status, body() if callable(body) else body, headers)

    def _judge(self, what, match, raw):
        if what is None:
            return 404, {"message": "Cannot %s %s" % (self.command, self.path)}
        if what == "trace":
            return self.stub.answer(what, self.seen_as)
        if self.headers.get("authorization") != "Bearer " + self.stub.token:
            return 401, {"message": "Unauthorized"}
        if match.group(1) != self.stub.ref:
            return 404, {"message": "Project not found"}
        if what in self.stub.faults and self.stub.faults[what][0]:
            return 500, {}  # replaced by the fault: nothing is minted
        return self.stub.answer(what, json.loads(raw or b"null"))

    def _send(self, status, body, headers):
        text = body if isinstance(body, (str, bytes)) else json.dumps(body)
        data = text.encode() if isinstance(text, str) else text
        self.send_response(status)
        kind = "text/plain" if isinstance(body, str) else "application/json; charset=utf-8"
        for name, value in {"content-type": kind, "content-length": str(len(data)), "x-ratelimit-limit": "120",
                            "x-ratelimit-remaining": "119", "x-ratelimit-reset": "60", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass


if __name__ == "__main__":
    with ManagementStub(sys.argv[1], port=int(sys.argv[2])) as served:
        print(served.url, flush=True)
        threading.Event().wait()
